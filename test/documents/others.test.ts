// All other documents that show commands.
import { runDocuments } from './run-documents.ts';

runDocuments('others');
