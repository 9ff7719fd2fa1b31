// One page out of a scan, in the source's own order. The trap: a page of ours ends in the middle of a page of the source, whose
// cursors lead only to its beginnings. So the next page reads that source page once more, and skips what callers have had.
//
// Skipping "up to the last row given" would lose everything when that row is deleted, and counting rows would repeat some
// when others come in front. So the token carries a short mark of every row given from the source page on, and exactly
// those are skipped, wherever they turn up.
import { textOf } from '../filter/comparable.ts';
import type { ListPlan, Row } from '../spi/connector.ts';
import { SOURCE_PAGE_SIZE, type PlannedList } from './list-plan.ts';
import type { Position } from './page-token.ts';
import type { SourceReader } from './source-reader.ts';

export interface Cut {
  readonly rows: readonly Row[];
  /** Where the next page begins; absent when there is none. */
  readonly next?: Position;
}

export interface Scan {
  readonly list: PlannedList;
  readonly plan: ListPlan;
  readonly reader: SourceReader;
  readonly key: string;
  readonly mark: (id: string) => string;
}

/** Marks of rows that were given and never came again (most were deleted) are dropped beyond this number, the oldest first. */
const MAX_MARKS = 300;

/** Reads on until the page is full or the source ends. */
export async function readScanPage(scan: Scan, position: Position & { kind: 'cursor' }): Promise<Cut> {
  const { list, plan, reader } = scan;
  const given = new Set(position.given);
  const rows: Row[] = [];
  // Where nothing is left to filter, exactly what is missing is asked for, so that the page ends where one of the source does.
  let isExact = list.settled && given.size === 0;
  for (let { cursor } = position; ;) {
    const page = await reader.page(plan, cursor, isExact ? list.pageSize - rows.length : SOURCE_PAGE_SIZE);
    const begin = rows.length;
    const metAgain: string[] = [];
    for (const row of page.rows) {
      const mark = given.size > 0 ? markOf(scan, row) : '';
      if (given.has(mark)) {
        metAgain.push(mark);
      } else if (!list.matches(row)) {
        isExact = false;
      } else if (rows.length < list.pageSize) {
        rows.push(row);
      } else {
        return { rows, next: cursorAt(cursor, [...given, ...rows.slice(begin).map((one) => markOf(scan, one))]) };
      }
    }
    if (page.next === undefined) return { rows };
    // Behind this cursor they cannot come again. The others may: rows that came in front have pushed them on.
    for (const mark of metAgain) given.delete(mark);
    cursor = page.next;
    if (rows.length === list.pageSize) return { rows, next: cursorAt(cursor, [...given]) };
  }
}

function markOf({ key, mark }: Scan, row: Row): string {
  return mark(textOf(row[key]) ?? '');
}

function cursorAt(cursor: string | undefined, given: readonly string[]): Position {
  return { kind: 'cursor', given: given.slice(-MAX_MARKS), ...(cursor === undefined ? {} : { cursor }) };
}
