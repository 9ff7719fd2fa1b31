// Finding connections by words: each must stand in what a connection is called, in its labels, or in what it offers.
import { connectorOf } from './validate.ts';
import type { Connection } from './model.ts';

/** What a connection offers, by name. */
export interface Offered {
  readonly entities: readonly string[];
  readonly actions: readonly string[];
}

export interface SearchResult {
  readonly connection: Connection;
  /** What the words mean most, where they mean an entity type or an action at all. */
  readonly entity?: string;
  readonly action?: string;
}

const MOST_WORDS = 20;

/** The words of a query, in lower case. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter((word) => word !== '').slice(0, MOST_WORDS);
}

/** Undefined where some word is not found. */
export function searchIn(connection: Connection, offered: Offered, words: readonly string[]): SearchResult | undefined {
  const { provider = '', connector = '' } = connectorOf(connection.connectorVersion) ?? {};
  const id = connection.name.split('/').at(-1) ?? '';
  const texts = [id, connection.description ?? '', provider, connector, ...Object.entries(connection.labels ?? {}).flat()].map((text) => text.toLowerCase());
  const others = words.filter((word) => !texts.some((text) => text.includes(word)));
  // A word that stands in the connection itself may mean what it offers all the same.
  const entity = bestOf(offered.entities, others.length > 0 ? others : words);
  const action = bestOf(offered.actions, others.length > 0 ? others : words);
  const names = [...offered.entities, ...offered.actions].map((name) => name.toLowerCase());
  if (!others.every((word) => names.some((name) => name.includes(word)))) return undefined;
  return { connection, ...(entity === undefined ? {} : { entity }), ...(action === undefined ? {} : { action }) };
}

/** The name that holds most of the words; of those alike the one that a word is, or begins, or that is shortest. */
function bestOf(names: readonly string[], words: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly score: number } | undefined;
  for (const name of names) {
    const low = name.toLowerCase();
    const score = words.reduce((sum, word) => sum + (low === word ? 3_000 : low.startsWith(word) ? 2_000 : low.includes(word) ? 1_000 : 0), 0) - (words.some((word) => low.includes(word)) ? name.length : 0);
    if (score > (best?.score ?? 0)) best = { name, score };
  }
  return best?.name;
}
