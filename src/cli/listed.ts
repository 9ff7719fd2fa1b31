// Lists of the API printed page by page as they come, and the options that all of them share.
import type { Command } from 'commander';
import type { CallOptions } from './call-options.ts';
import { countOf } from './count.ts';
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

/** @param read asks for a page. @param itemsOf what of it is shown. @throws CommandError */
export async function printPages<Page extends { readonly nextPageToken?: string }>(
  terminal: Pick<Terminal, 'out'>, options: ListOptions, columns: Columns, read: (query: PageQuery) => Promise<Page>, itemsOf: (page: Page) => readonly object[] | undefined,
): Promise<void> {
  const { filter, limit } = options;
  const query = { pageSize: Math.min(limit === undefined ? Infinity : countOf('--limit', limit), MOST_IN_A_PAGE), ...(filter === undefined ? {} : { filter }) };
  async function* shown(): AsyncGenerator<readonly object[]> {
    for await (const page of eachPage((next) => read({ ...query, ...next }))) yield itemsOf(page) ?? [];
  }
  await printBatches(terminal, options, columns, shown());
}

/** Items as they come, to the end or to the limit: behind that nothing is asked for any more. @throws CommandError */
export async function printBatches(terminal: Pick<Terminal, 'out'>, options: ListOptions, columns: Columns, batches: AsyncIterable<readonly object[]>): Promise<void> {
  let left = options.limit === undefined ? Infinity : countOf('--limit', options.limit);
  const printer = await createPrinter(terminal, options, columns);
  for await (const batch of batches) {
    const items = batch.slice(0, left).map((one) => ({ ...one }));
    if (items.length > 0) await printer.print(items);
    left -= items.length;
    if (left <= 0) break;
  }
  await printer.end();
}
