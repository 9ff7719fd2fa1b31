// The order of rows in a sort of ours, and a heap that keeps only the rows of one page while a whole scan goes by.
//
// Ascending is by the value as its column compares it, NULL (and what cannot be compared) last, equal values by id;
// descending is the exact reverse, so NULL first.
import type { Column } from '../filter/column.ts';
import { comparableOf, comparerOf, textOf, type Comparable } from '../filter/comparable.ts';
import type { Row } from '../spi/connector.ts';
import type { Sort } from '../spi/filter.ts';

export interface Place {
  readonly value: Comparable | null;
  readonly id: string;
}

export interface Placed extends Place {
  readonly row: Row;
}

export interface RowOrder {
  readonly place: (row: Row) => Placed;
  /** Negative, zero or positive, as the first comes before, with or behind the second. */
  readonly compare: (left: Place, right: Place) => number;
}

/** Texts are sorted by so many code units, so that a place fits in a page token; rows equal that far follow by id. */
const SORTED_LENGTH = 512;

/** @param key the field of the id; without one, rows of equal value count as equal. */
export function rowOrder(column: Column, direction: Sort['direction'], key: string | undefined): RowOrder {
  const compareValues = comparerOf(column.type);
  const ascending = (left: Place, right: Place): number => {
    if (left.value === null || right.value === null) {
      if (left.value !== right.value) return left.value === null ? 1 : -1;
    } else {
      const order = compareValues(left.value, right.value);
      if (order !== 0) return order;
    }
    if (left.id === right.id) return 0;
    return left.id < right.id ? -1 : 1;
  };
  return {
    place: (row) => ({ row, value: shortened(comparableOf(column.type, column.read(row))), id: key === undefined ? '' : (textOf(row[key]) ?? '') }),
    compare: direction === 'asc' ? ascending : (left, right) => ascending(right, left),
  };
}

function shortened(value: Comparable | null): Comparable | null {
  return typeof value === 'string' ? value.slice(0, SORTED_LENGTH) : value;
}

/** The first rows of an order, out of any number that go by: a heap with the last of those kept on top. */
export class FirstRows {
  private readonly order: RowOrder;
  private readonly bound: number;
  private readonly heap: Placed[] = [];

  constructor(order: RowOrder, bound: number) {
    this.order = order;
    this.bound = bound;
  }

  add(row: Placed): void {
    const top = this.heap[0];
    if (this.heap.length < this.bound) {
      this.heap.push(row);
      this.rise(this.heap.length - 1);
    } else if (top !== undefined && this.order.compare(row, top) < 0) {
      this.heap[0] = row;
      this.sink(0);
    }
  }

  /** The rows kept, in order. */
  inOrder(): readonly Placed[] {
    return this.heap.toSorted((left, right) => this.order.compare(left, right));
  }

  private rise(from: number): void {
    for (let child = from; child > 0;) {
      const parent = (child - 1) >>> 1;
      if (!this.isBehind(child, parent)) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  private sink(from: number): void {
    for (let parent = from;;) {
      const left = parent * 2 + 1;
      const right = left + 1;
      let last = parent;
      if (this.isBehind(left, last)) last = left;
      if (this.isBehind(right, last)) last = right;
      if (last === parent) return;
      this.swap(parent, last);
      parent = last;
    }
  }

  private isBehind(one: number, other: number): boolean {
    const [first, second] = [this.heap[one], this.heap[other]];
    return first !== undefined && second !== undefined && this.order.compare(first, second) > 0;
  }

  private swap(one: number, other: number): void {
    const [first, second] = [this.heap[one], this.heap[other]];
    if (first === undefined || second === undefined) return;
    this.heap[one] = second;
    this.heap[other] = first;
  }
}
