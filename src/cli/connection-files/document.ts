// A file of YAML or JSON as values, and the line that each of them stands on. It knows nothing of what they mean.
import { isMap, isSeq, LineCounter, parseAllDocuments, type Node } from 'yaml';

export interface FileFault {
  readonly file: string;
  /** From 1; undefined where it is not known. */
  readonly line: number | undefined;
  /** `authConfig.additionalVariables[0].key`; empty for the whole. */
  readonly path: string;
  readonly description: string;
}

export interface FileDocument {
  readonly value: unknown;
  /** The line of the deepest part of a path that is there, from 1. */
  readonly lineOf: (path: string) => number | undefined;
}

/** So large no file is that somebody wrote. */
const MOST_CHARACTERS = 1_048_576;

/** Every document of a file: YAML may hold several, a list holds several, and so does what a list of the API answers. */
export function readDocuments(file: string, text: string): { readonly documents: readonly FileDocument[]; readonly faults: readonly FileFault[] } {
  if (text.length > MOST_CHARACTERS) return { documents: [], faults: [{ file, line: undefined, path: '', description: `is larger than ${MOST_CHARACTERS.toLocaleString('en')} characters` }] };
  const lines = new LineCounter();
  // JSON is YAML too. Whole numbers are read exactly, so that none is changed by reading it.
  const parsed = parseAllDocuments(text, { lineCounter: lines, intAsBigInt: true, prettyErrors: false });
  const documents: FileDocument[] = [];
  const faults: FileFault[] = [];
  for (const one of 'empty' in parsed ? [] : parsed) {
    for (const { message, pos } of [...one.errors, ...one.warnings]) faults.push({ file, line: lines.linePos(pos[0]).line, path: '', description: message });
    if (one.errors.length > 0) continue;
    const value = attempt(() => exact(one.toJS()));
    if (value instanceof Error) faults.push({ file, line: 1, path: '', description: value.message });
    else documents.push(...split(value, one.contents ?? undefined).map(([part, node]) => ({ value: part, lineOf: (path: string) => lineOf(node, path, lines) })));
  }
  if (documents.length === 0 && faults.length === 0) faults.push({ file, line: undefined, path: '', description: 'holds nothing' });
  return { documents, faults };
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    // Such as aliases that grow without end.
    return error instanceof Error ? error : new Error('cannot be read');
  }
}

function split(value: unknown, node: Node | undefined): readonly (readonly [unknown, Node | undefined])[] {
  if (Array.isArray(value)) return value.map((part: unknown, index) => [part, isSeq<Node>(node) ? node.items[index] : undefined]);
  const listed: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'connections') : undefined;
  return Array.isArray(listed) ? split(listed, isMap<Node, Node>(node) ? childOf(node, 'connections') : undefined) : [[value, node]];
}

/** Whole numbers that JavaScript holds exactly as numbers, larger ones as text, as JSON has them. */
function exact(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, exact(one)]));
}

function lineOf(node: Node | undefined, path: string, lines: LineCounter): number | undefined {
  let found = node;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    const next = childOf(found, key);
    if (next === undefined) break;
    found = next;
  }
  const start = found?.range?.[0];
  return start === undefined ? undefined : lines.linePos(start).line;
}

/** A member by its key, spelled in camelCase or snake_case, or by its place in a list. */
function childOf(node: Node | undefined, key: string): Node | undefined {
  if (isSeq<Node>(node)) return node.items[Number(key)];
  if (!isMap<Node, Node | null>(node)) return undefined;
  const spellings = new Set([key, key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]);
  return node.items.find((pair) => spellings.has(String(pair.key)))?.value ?? undefined;
}
