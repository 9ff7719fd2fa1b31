// How results are printed: tables for people; JSON, JSON lines, CSV and YAML for programs. Items go out as they come, so that no
// list has to fit into memory.
import { Option, type Command } from 'commander';
import type { Terminal, Writable } from './deeds.ts';
import { createTable, type Columns, type Item } from './table.ts';
import { cell, cells, pad, widthOf, wrap } from './width.ts';

export type { Columns, Item } from './table.ts';
export { cell } from './width.ts';

export const OUTPUTS = ['table', 'json', 'jsonl', 'csv', 'yaml'] as const;
export type Output = (typeof OUTPUTS)[number];

export interface OutputOptions {
  readonly output: Output;
  /** Of CSV: texts stay as they are that a spreadsheet would run. */
  readonly exact?: true;
  /** Of tables: nothing is cut, however wide the terminal. */
  readonly wide?: true;
}

/** Says in which form a command answers. */
export function printing(command: Command, usual: Output = 'table', forms: readonly Output[] = OUTPUTS): Command {
  return command.addOption(new Option('-o, --output <form>', 'form of the output').choices(forms).default(usual));
}

/** Prints items as they come. */
export interface Printer {
  print(items: readonly Item[]): Promise<void>;
  /** Ends what has been begun; an empty list is told by it. */
  end(): Promise<void>;
}

/** The width of a terminal; 80 where nobody looks. */
export function widthOfTerminal({ isTTY, columns }: Writable): number {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : 80;
}

/** Writes, and waits where the reader is slower. */
export async function put(out: Writable, text: string): Promise<void> {
  if (text === '' || out.write(text) !== false || out.once === undefined) return;
  await new Promise<void>((resolve) => void out.once?.('drain', resolve));
}

/** @param columns of tables and CSV; the other forms show items whole */
export async function createPrinter({ out }: Pick<Terminal, 'out'>, { output, exact, wide }: OutputOptions, columns: Columns): Promise<Printer> {
  let begun = false;
  const isFirst = (): boolean => !begun && (begun = true);
  switch (output) {
    case 'table': {
      const table = createTable(columns, out.isTTY === true && wide !== true ? widthOfTerminal(out) : undefined);
      const print: Printer['print'] = (items) => put(out, isFirst() || items.length > 0 ? table.lines(items) : '');
      return { print, end: () => (begun ? Promise.resolve() : print([])) };
    }
    case 'json':
      return {
        async print(items) {
          for (const item of items) await put(out, `${isFirst() ? '[' : ','}\n${json(item, 2).replace(/^/gm, '  ')}`);
        },
        end: () => put(out, begun ? '\n]\n' : '[]\n'),
      };
    case 'jsonl':
      return { print: (items) => put(out, items.map((item) => `${json(item)}\n`).join('')), end: () => Promise.resolve() };
    case 'csv': {
      const { csvLines } = await import('./csv.ts');
      const print: Printer['print'] = (items) => put(out, seen(out, csvLines(items, columns, isFirst(), exact === true)));
      return { print, end: () => (begun ? Promise.resolve() : print([])) };
    }
    case 'yaml': {
      const { stringify } = await import('yaml');
      return {
        async print(items) {
          if (items.length > 0) begun = true;
          for (const item of items) await put(out, seen(out, stringify([item], YAML)));
        },
        end: () => put(out, begun ? '' : '[]\n'),
      };
    }
  }
}

const YAML = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/** A list that is there already. */
export async function printItems(terminal: Pick<Terminal, 'out'>, output: Output, items: readonly object[], columns: Columns): Promise<void> {
  const printer = await createPrinter(terminal, { output }, columns);
  await printer.print(items.map((item) => ({ ...item })));
  await printer.end();
}

/** One thing: in a table a line for each column; in CSV heads and one line. */
export async function printItem({ out }: Pick<Terminal, 'out'>, output: Output, item: object, columns: Columns): Promise<void> {
  const one: Item = { ...item };
  if (output === 'json') return put(out, `${json(one, 2)}\n`);
  if (output === 'yaml') return put(out, seen(out, (await import('yaml')).stringify(one, YAML)));
  if (output !== 'table') return printItems({ out }, output, [one], columns);
  const width = Math.max(...Object.keys(columns).map(widthOf));
  const room = out.isTTY === true ? Math.max(20, widthOfTerminal(out) - width - 2) : Infinity;
  for (const [head, read] of Object.entries(columns)) {
    const [first = '', ...rest] = wrap(cell(read(one)), room);
    await put(out, [`${pad(head, width)}  ${first}`, ...rest.map((line) => `${' '.repeat(width)}  ${line}`)].map((line) => `${line.trimEnd()}\n`).join(''));
  }
}

/** JSON leaves some control characters as they are; escaped they are the same text, and move no cursor. */
function json(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What stands on a terminal has nothing that moves its cursor; what goes to a program is left as it is. */
function seen({ isTTY }: Writable, text: string): string {
  return isTTY === true ? cells(text) : text;
}
