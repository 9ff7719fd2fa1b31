// What will be due and when, per clock: a view over the rows that the store keeps up to date with every change, so that it needs no
// place of its own on disk. It must not know what is done when something is due.
import type { JsonObject } from './json.ts';

/** When a row next has something to do (seconds since 1970), by which clock, and what goes first of things due at once. */
export interface Deadline {
  readonly at: number;
  /** The id of a test clock; empty for the sandbox's own. */
  readonly clock: string;
  readonly rank: number;
}

/** Tells a row's deadline, from the row alone. */
export type DeadlineOf = (collection: string, row: JsonObject) => Deadline | undefined;

/** A row that will have something to do. `order` decides between equals: the older row first. */
export interface Due extends Deadline {
  readonly collection: string;
  readonly key: string;
  readonly created: number;
  readonly order: number;
}

function before(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.created === b.created ? a.order < b.order : a.created < b.created;
}

/** A heap per clock; entries that a later change overtook stay in it until they come up. */
export class Agenda {
  private readonly known = new Map<string, Due>();
  private readonly heaps = new Map<string, Due[]>();

  set(due: Due): void {
    const name = `${due.collection}\n${due.key}`;
    const known = this.known.get(name);
    // Most changes of a row leave its deadline alone: the heap must not grow by them.
    if (known !== undefined && known.at === due.at && known.clock === due.clock && known.rank === due.rank) return;
    this.known.set(name, due);
    const heap = this.heaps.get(due.clock) ?? [];
    this.heaps.set(due.clock, heap);
    push(heap, due);
  }

  drop(collection: string, key: string): void {
    this.known.delete(`${collection}\n${key}`);
  }

  /** The first thing due by a clock at a time, or before it. */
  next(clock: string, until: number): Due | undefined {
    const heap = this.heaps.get(clock) ?? [];
    for (let [top] = heap; top !== undefined; [top] = heap) {
      if (this.known.get(`${top.collection}\n${top.key}`) === top) return top.at <= until ? top : undefined;
      pop(heap);
    }
    return undefined;
  }
}

function push(heap: Due[], due: Due): void {
  let at = heap.length;
  heap.push(due);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !before(due, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = due;
}

function pop(heap: Due[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const smaller = left !== undefined && right !== undefined && before(right, left) ? right : left;
    if (smaller === undefined || !before(smaller, last)) break;
    heap[at] = smaller;
    at = smaller === left ? 2 * at + 1 : 2 * at + 2;
  }
  heap[at] = last;
}
