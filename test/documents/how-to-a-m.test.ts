// The how-to pages whose names begin with a to m.
import { runDocuments } from './run-documents.ts';

runDocuments('howToAM');
