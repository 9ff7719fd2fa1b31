// The how-to pages whose names begin with n to z.
import { runDocuments } from './run-documents.ts';

runDocuments('howToNZ');
