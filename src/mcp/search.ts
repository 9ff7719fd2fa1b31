// Finds among many tools those that a few words mean. Pure.
import type { Tool } from '../api/tools.ts';

/** What people and models say for what tools are called. */
const SYNONYMS: Readonly<Record<string, string>> = {
  find: 'list', search: 'list', query: 'list', all: 'list', read: 'get', show: 'get', fetch: 'get', retrieve: 'get', look: 'get', add: 'create', new: 'create', make: 'create', insert: 'create',
  change: 'update', edit: 'update', modify: 'update', set: 'update', remove: 'delete',
};
const EMPTY = new Set(['a', 'an', 'the', 'of', 'for', 'to', 'in', 'by', 'with', 'and', 'or', 'from', 'on', 'my', 'all']);

/** The best first, of equals what overwrites or ends nothing; nothing that shares no word. An empty query finds everything in its order. */
export function searchTools<T extends Pick<Tool, 'name' | 'description' | 'annotations'>>(tools: readonly T[], query: string): readonly T[] {
  const wanted = wordsOf(query).filter((word) => !EMPTY.has(word));
  if (wanted.length === 0) return tools;
  const scored = tools.map((tool, index) => ({ tool, index, ...scoreOf(tool, wanted) })).filter(({ score }) => score > 0);
  return scored.toSorted((a, b) => b.score - a.score || Number(a.tool.annotations.destructiveHint) - Number(b.tool.annotations.destructiveHint) || a.length - b.length || a.index - b.index).map(({ tool }) => tool);
}

const WHOLE = 8;
const MEANT = 6;
const BEGUN = 3;
const TOLD = 1;

function scoreOf({ name, description }: Pick<Tool, 'name' | 'description'>, wanted: readonly string[]): { readonly score: number; readonly length: number } {
  const named = wordsOf(name);
  const told = new Set(wordsOf(description));
  const score = wanted.map((word): number => {
    if (named.includes(word)) return WHOLE;
    if (named.includes(SYNONYMS[word] ?? word)) return MEANT;
    if (word.length > 2 && named.some((one) => one.startsWith(word))) return BEGUN;
    return told.has(word) ? TOLD : 0;
  }).reduce((sum, one) => sum + one, 0);
  return { score, length: named.length };
}

/** In lower case and in the singular: `list_PaymentIntent` is list, payment, intent. */
function wordsOf(text: string): readonly string[] {
  const spaced = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return spaced.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word));
}
