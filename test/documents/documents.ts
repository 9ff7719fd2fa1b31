// The documents of the project, which of them are run together, and what each language of a code block is for.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, type Block } from './blocks.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Paths of all documents, from the root. */
export const documents: readonly string[] = globSync(['*.md', '{docs,src,sandbox,bench,test}/**/*.md'], { cwd: ROOT, exclude: (path) => path.endsWith('node_modules') }).sort();

export const read = (document: string): string => readFileSync(join(ROOT, document), 'utf8');
export const blocksIn = (document: string): readonly Block[] => blocksOf(read(document));

/** Whether a document says how to change the project, and so is followed in a copy of it. */
export const isInCheckout = (document: string): boolean => /^<!-- in a checkout -->$/m.test(read(document));

/**
 * What becomes of a block: `run` in the shell of its document, `program` run by Node there, `parsed` as what
 * it says it is, `shown` where there is nothing to try.
 */
export const LANGUAGES: Readonly<Record<string, 'run' | 'program' | 'parsed' | 'shown'>> = {
  sh: 'run', console: 'run', js: 'program', ts: 'program', json: 'parsed', yaml: 'parsed', hcl: 'parsed', mermaid: 'shown', text: 'shown', sql: 'shown',
};

/** Groups that are run side by side, each on a server of its own; the first that fits takes a document. */
const GROUPS = {
  begin: /^README|^docs\/tutorials\//,
  howToAM: /^docs\/how-to\/[a-m]/,
  howToNZ: /^docs\/how-to\/[n-z]/,
  others: /^/,
} as const;
export type Group = keyof typeof GROUPS;

/** `README.md` of `README.id.md`; undefined for what is no translation. */
export function originalOf(document: string): string | undefined {
  return /\.[a-z]{2}\.md$/.test(document) ? document.replace(/\.[a-z]{2}\.md$/, '.md') : undefined;
}

/** The documents of a group that have something to run; translations have the commands of their originals. */
export function documentsOf(group: Group): readonly string[] {
  const groups = Object.entries(GROUPS);
  return documents.filter((document) => originalOf(document) === undefined && groups.find(([, pattern]) => pattern.test(document))?.[0] === group && blocksIn(document).some(isRun));
}

/** Whether something is done with a block in its document's shell. */
export function isRun(block: Block): boolean {
  const use = LANGUAGES[block.language];
  return block.file !== undefined || (block.notRun === undefined && (use === 'run' || use === 'program'));
}
