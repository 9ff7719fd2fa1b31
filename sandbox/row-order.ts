// Rows where they lie, in their order (oldest first, by their own time and then as they came), and indexes over them: for a property,
// the rows that hold a value, in the same order. It must not know what rows are about.
import type { Json, JsonObject } from './json.ts';

/** A row where it lies. The texts are its serialised forms, made when first asked for. */
export interface Entry {
  readonly key: string;
  readonly collection: string;
  readonly sequence: number;
  readonly created: number;
  readonly parent: string | undefined;
  row: JsonObject;
  latestText: string | undefined;
  legacyText: string | undefined;
}

function after(a: Entry, b: Entry): boolean {
  return a.created === b.created ? a.sequence > b.sequence : a.created > b.created;
}

/** Where an entry lies in an order, or belongs. */
export function positionOf(order: readonly Entry[], entry: Entry): number {
  let low = 0;
  for (let high = order.length; low < high; ) {
    const middle = (low + high) >> 1;
    const at = order[middle];
    if (at !== undefined && after(entry, at)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first position in an order whose entry is of a time, or later. */
export function positionAt(order: readonly Entry[], time: number): number {
  let low = 0;
  for (let high = order.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((order[middle]?.created ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts an entry where it belongs. */
export function insert(order: Entry[], entry: Entry): void {
  const last = order.at(-1);
  if (last === undefined || after(entry, last)) order.push(entry);
  else order.splice(positionOf(order, entry), 0, entry);
}

/** Takes an entry out. */
export function takeOut(order: Entry[], entry: Entry): void {
  const at = positionOf(order, entry);
  if (order[at] === entry) order.splice(at, 1);
}

/** Tells under which values a row is found. */
export type ValuesOf = (row: JsonObject) => readonly string[];

const NONE: readonly Entry[] = [];

function valuesIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  if (typeof value !== 'object' || value === null) return [];
  return typeof value['id'] === 'string' ? [value['id']] : [];
}

/** Finds rows by a property: its text, the id of the row in it, or any of those in an array. */
export function byProperty(name: string): ValuesOf {
  return (row) => valuesIn(row[name]);
}

/** The rows that hold each value. */
export class RowIndex {
  private readonly valuesOf: ValuesOf;
  private readonly found = new Map<string, Entry[]>();

  constructor(entries: readonly Entry[], valuesOf: ValuesOf) {
    this.valuesOf = valuesOf;
    for (const entry of entries) this.add(entry);
  }

  get(value: string): readonly Entry[] {
    return this.found.get(value) ?? NONE;
  }

  add(entry: Entry): void {
    for (const value of new Set(this.valuesOf(entry.row))) {
      const entries = this.found.get(value);
      if (entries === undefined) this.found.set(value, [entry]);
      else insert(entries, entry);
    }
  }

  /** Takes out an entry as it was with a row. */
  drop(entry: Entry, row: JsonObject): void {
    for (const value of new Set(this.valuesOf(row))) {
      const entries = this.found.get(value) ?? [];
      takeOut(entries, entry);
      if (entries.length === 0) this.found.delete(value);
    }
  }

  /** Whether a change of a row leaves it where it is. */
  same(before: JsonObject, now: JsonObject): boolean {
    return JSON.stringify(this.valuesOf(before)) === JSON.stringify(this.valuesOf(now));
  }
}
