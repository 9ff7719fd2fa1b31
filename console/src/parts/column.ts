// What a column of a table is, how wide it is at least, and how rows are sorted by it. It draws nothing.
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** What it is sorted by; a column without it is not sorted. */
  readonly order?: (row: Row) => string | number;
  /** A length of CSS grids that its content does not decide: `minmax(120px, 1fr)` unless set. */
  readonly width?: string;
  readonly align?: 'start' | 'end';
}

export interface Sort {
  readonly key: string;
  readonly isDescending: boolean;
}

const LEAST = 120;
const WIDTH = `minmax(${LEAST}px, 1fr)`;
/** Between columns, and at both ends, in pixels: as the style sheet of tables has it. */
const GAP = 16;

/** The columns as a grid has them. */
export function gridOf(columns: readonly Pick<Column<never>, 'width'>[]): string {
  return columns.map(({ width }) => width ?? WIDTH).join(' ');
}

/** Classes of the style sheet of tables, for the cell of a column at a place. */
export function cellClass(align: 'start' | 'end' | undefined, at: number): string | undefined {
  return at === 0 ? 'first' : align;
}

/** What all columns take where there is no room to share, in pixels. */
export function leastWidth(columns: readonly Pick<Column<never>, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + leastOf(width), GAP * (columns.length + 1));
}

/** The greatest length of a width, where it has one. */
function leastOf(width: string | undefined): number {
  const found = width?.matchAll(/(\d+)px/g).toArray().at(-1)?.[1];
  return found === undefined ? LEAST : Number(found);
}

/** `-name` → by name, descending; undefined where nothing is said. */
export function sortOf(order: string): Sort | undefined {
  return order === '' ? undefined : { key: order.replace(/^-/, ''), isDescending: order.startsWith('-') };
}

export function sortedRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | undefined, language: string): readonly Row[] {
  const order = columns.find(({ key }) => key === sort?.key)?.order;
  if (sort === undefined || order === undefined) return rows;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const sign = sort.isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [order(a), order(b)];
    return sign * (typeof left === 'number' && typeof right === 'number' ? left - right : compare(String(left), String(right)));
  });
}
