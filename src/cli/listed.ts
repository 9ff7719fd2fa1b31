// Lists of the API printed page by page as they come, and the options that all of them share.
import type { Command } from 'commander';
import type { CallOptions } from './call-options.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './deeds.ts';
import { createPrinter, type Columns } from './output.ts';
import { eachPage } from '../client/pages.ts';

export interface ListOptions extends CallOptions {
  readonly filter?: string;
  readonly limit?: string;
}

const MOST_IN_A_PAGE = 1_000;

/** @param filter an example of one, where the list takes filters */
export function listing(command: Command, filter?: string): Command {
  return (filter === undefined ? command : command.option('--filter <filter>', filter)).option('-n, --limit <count>', 'no more than so many');
}

/** What is asked of each page: its size, and the filter where one is given. */
export interface PageQuery {
  readonly pageSize: number;
  readonly pageToken?: string;
  readonly filter?: string;
}

/** @param read asks for a page. @param itemsOf what stands in it. @throws CommandError */
export async function printPages<Page extends { readonly nextPageToken?: string }>(
  terminal: Pick<Terminal, 'out'>, options: ListOptions, columns: Columns, read: (query: PageQuery) => Promise<Page>, itemsOf: (page: Page) => readonly object[] | undefined,
): Promise<void> {
  const { filter, limit } = options;
  let left = limit === undefined ? Infinity : countOf(limit);
  const query = { pageSize: Math.min(left, MOST_IN_A_PAGE), ...(filter === undefined ? {} : { filter }) };
  const printer = await createPrinter(terminal, options, columns);
  for await (const page of eachPage((next) => read({ ...query, ...next }))) {
    const items = (itemsOf(page) ?? []).slice(0, left).map((one) => ({ ...one }));
    if (items.length > 0) await printer.print(items);
    left -= items.length;
    if (left <= 0) break;
  }
  await printer.end();
}

/** What `--limit` says. @throws CommandError where it is no count. */
export function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError('INVALID_ARGUMENT', `--limit ${text} is no count: write a number such as 50.`);
}
