// A connection written as YAML, and what a change of it looks like. Nothing secret is in it: connections name versions of secrets.
import { structuredPatch } from 'diff';
import { stringify } from 'yaml';
import { userForm } from './form.ts';

/** The file of a connection, from what an API shows of it. @param name in full */
export function writeConnection(name: string, connection: object): string {
  return stringify({ name, ...userForm(name, connection) }, { lineWidth: 0 });
}

export type DiffLine = { readonly kind: 'head' | 'place' | 'added' | 'removed' | 'same'; readonly text: string };

/** What turns one text into another, as `diff -u` shows it; nothing where they are the same. */
export function diffLines(from: { readonly head: string; readonly text: string }, to: { readonly head: string; readonly text: string }): readonly DiffLine[] {
  const { hunks } = structuredPatch(from.head, to.head, from.text, to.text, '', '', { context: 3 });
  if (hunks.length === 0) return [];
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: inside }): readonly DiffLine[] => [
    { kind: 'place', text: `@@ -${startOf(oldStart, oldLines)},${oldLines} +${startOf(newStart, newLines)},${newLines} @@` },
    ...inside.map((text): DiffLine => ({ kind: text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : 'same', text })),
  ]);
  return [{ kind: 'head', text: `--- ${from.head}` }, { kind: 'head', text: `+++ ${to.head}` }, ...lines];
}

/** Nothing begins at the line before it, as every `patch` has it. */
function startOf(start: number, lines: number): number {
  return lines === 0 ? start - 1 : start;
}
