// The first documents that anybody opens: the README, in both languages, and the tutorials.
import { runDocuments } from './run-documents.ts';

runDocuments('begin');
