// Tables for people: columns as wide as what stands in them, and on a terminal no wider than it is. It prints nothing.
import { cell, cut, pad, widthOf } from './width.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Columns of a table: its head, and what stands in it. */
export type Columns = Readonly<Record<string, (item: Item) => unknown>>;

export interface Table {
  /** The lines of some items, under the heads where they are the first. */
  lines(items: readonly Item[]): string;
}

const GAP = 2;
/** A column that is narrower tells nothing. */
const NARROWEST = 6;

/** @param width of the terminal; undefined where nobody looks, and nothing is cut. The first items say how wide columns are. */
export function createTable(columns: Columns, width: number | undefined): Table {
  const heads = Object.keys(columns);
  let widths: readonly number[] | undefined;
  const line = (cells: readonly string[], of: readonly number[]): string =>
    `${of.map((most, index) => pad(width === undefined ? (cells[index] ?? '') : cut(cells[index] ?? '', most), most)).join(' '.repeat(GAP)).trimEnd()}\n`;
  return {
    lines(items) {
      const rows = items.map((item) => Object.values(columns).map((read) => cell(read(item))));
      const isFirst = widths === undefined;
      widths ??= fitted(heads.map((head, index) => Math.max(widthOf(head), ...rows.map((row) => widthOf(row[index] ?? '')))), width);
      const of = widths;
      return `${isFirst ? line(heads, of) : ''}${rows.map((row) => line(row, of)).join('')}`;
    },
  };
}

/** Narrows the widest columns until all fit, the first one last: it names what the row is. Columns for which no room is left go. */
export function fitted(wanted: readonly number[], width: number | undefined): readonly number[] {
  if (width === undefined) return wanted;
  const [first = 0, ...rest] = wanted;
  const own = Math.min(first, width);
  const room = (count: number): number => width - own - count * GAP;
  let kept = rest;
  while (kept.length > 0 && kept.reduce((sum, one) => sum + Math.min(one, NARROWEST), 0) > room(kept.length)) kept = kept.slice(0, -1);
  let most = Math.max(0, ...kept);
  while (most > NARROWEST && kept.reduce((sum, one) => sum + Math.min(one, most), 0) > room(kept.length)) most -= 1;
  return [own, ...kept.map((one) => Math.min(one, most))];
}
