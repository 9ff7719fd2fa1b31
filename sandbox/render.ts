// From stored rows to what leaves: hidden keys dropped, nested lists filled in, texts kept until the row changes.
// It must not change anything but those texts.
import type { JsonObject } from './json.ts';
import { NESTED, OLDEST_FIRST } from './nesting.ts';
import type { Nested } from './nesting.ts';
import type { Entry, Scope } from './store.ts';
import { addLegacyFields } from './versions.ts';

const NESTED_ROWS = 10;

/** The row that leaves, as a new object; what is inside it is shared and must not be changed. */
export function materialise(scope: Scope, entry: Entry, legacy = false): JsonObject {
  const shown: JsonObject = {};
  for (const key in entry.row) {
    const value = entry.row[key];
    if (value !== undefined && key.charCodeAt(0) !== 95) shown[key] = value;
  }
  for (const nested of NESTED[entry.collection] ?? []) {
    if (nested.onExpand !== true && shown[nested.property] !== undefined) shown[nested.property] = nestedList(scope, entry.key, nested, legacy);
  }
  return legacy ? addLegacyFields(scope, entry, shown) : shown;
}

/** The list that stands inside a row: ten rows and whether there are more. */
export function nestedList(scope: Scope, id: string, nested: Nested, legacy: boolean): JsonObject {
  const entries = nestedEntries(scope, id, nested);
  return {
    object: 'list',
    data: entries.slice(0, NESTED_ROWS).map((entry) => materialise(scope, entry, legacy)),
    has_more: entries.length > NESTED_ROWS,
    ...(legacy ? { total_count: entries.length } : {}),
    url: nested.url.replace('{}', id),
  };
}

function nestedEntries(scope: Scope, id: string, { collection, by }: Nested): readonly Entry[] {
  const rows = scope.collections.get(collection);
  if (rows === undefined) return [];
  const entries = by === undefined ? (rows.children.get(id) ?? []) : rows.where(by, id).filter((entry) => !(entry.collection === '/v1/subscriptions' && entry.row['status'] === 'canceled'));
  return OLDEST_FIRST.has(collection) ? entries : entries.toReversed();
}

/** The row as JSON text, made once per change. */
export function renderText(scope: Scope, entry: Entry, legacy: boolean): string {
  if (legacy) return (entry.legacyText ??= JSON.stringify(materialise(scope, entry, true)));
  return (entry.latestText ??= JSON.stringify(materialise(scope, entry, false)));
}
