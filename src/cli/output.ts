// How results are printed: tables for people, JSON for programs, progress where somebody watches.
import type { Progress, Terminal } from './deeds.ts';

export const OUTPUTS = ['table', 'json'] as const;
export type Output = (typeof OUTPUTS)[number];

type Item = Readonly<Record<string, unknown>>;

/** Columns of a table: its head, and what stands in it. */
export type Columns = Readonly<Record<string, (item: Item) => unknown>>;

export function printItems({ out }: Pick<Terminal, 'out'>, output: Output, items: readonly Item[], columns: Columns): void {
  out.write(output === 'json' ? `${JSON.stringify(items, null, 2)}\n` : table(items, columns));
}

export function printItem({ out }: Pick<Terminal, 'out'>, output: Output, item: Item, columns: Columns): void {
  if (output === 'json') {
    out.write(`${JSON.stringify(item, null, 2)}\n`);
    return;
  }
  const width = Math.max(...Object.keys(columns).map((head) => head.length));
  for (const [head, read] of Object.entries(columns)) out.write(`${`${head.padEnd(width)}  ${cell(read(item))}`.trimEnd()}\n`);
}

function table(items: readonly Item[], columns: Columns): string {
  const heads = Object.keys(columns);
  const rows = [heads, ...items.map((item) => Object.values(columns).map((read) => cell(read(item))))];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((one, column) => one.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

/** What came from a server is shown without what would move the cursor of a terminal. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  // oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
  return plain.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}

const BETWEEN_MS = 200;

/** Shows how far something is, on one line of a terminal, and nothing where nobody watches. */
export function createProgress({ err }: Pick<Terminal, 'err'>, what: string): { readonly progress: Progress; readonly end: () => void } {
  let shownAt = 0;
  return {
    progress(rows) {
      if (err.isTTY !== true || Date.now() - shownAt < BETWEEN_MS) return;
      shownAt = Date.now();
      err.write(`\r${what}: ${rows.toLocaleString('en')} rows`);
    },
    end: () => void (shownAt > 0 && err.write('\r\u001b[K')),
  };
}
