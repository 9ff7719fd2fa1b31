// What a row answered, printed: streams as they come, lists item by item where that is asked for, everything else whole.
import type { ApiOperation } from '../../api/operation.ts';
import { CommandError } from '../command-error.ts';
import { field, textIn } from '../members.ts';
import type { Terminal } from '../deeds.ts';
import { createPrinter, printItem, put, type Columns, type Item, type OutputOptions } from '../output.ts';
import type { Reached } from '../transport.ts';
import type { GivenInput } from '../../client/row-client.ts';
import { itemsKey, type Row } from './rows.ts';

type Bytes = AsyncIterable<Uint8Array>;

export async function printStream({ out }: Pick<Terminal, 'out'>, bytes: Bytes): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) await put(out, decoder.decode(chunk, { stream: true }));
  await put(out, decoder.decode());
}

/** @param all follows the pages of a list. @throws CommandError */
export async function printAnswer(reached: Reached, terminal: Pick<Terminal, 'out' | 'err'>, { id, row }: Row, given: GivenInput, options: OutputOptions, all: boolean): Promise<void> {
  const key = itemsKey(row);
  if (all && key === undefined) throw new CommandError('INVALID_ARGUMENT', `${id} has no pages: leave --all out.`);
  const answer = await ask(reached, { id, row }, given);
  const isWhole = options.output === 'json' || options.output === 'yaml';
  if (key === undefined || (isWhole && !all)) return printItem(terminal, options.output, answer, columnsOf([answer]));
  await printList(reached, terminal, { id, row }, given, options, { key, first: answer, all });
}

interface List {
  readonly key: string;
  readonly first: Item;
  readonly all: boolean;
}

async function printList(reached: Reached, terminal: Pick<Terminal, 'out' | 'err'>, row: Row, given: GivenInput, options: OutputOptions, { key, first, all }: List): Promise<void> {
  let page = first;
  const printer = await createPrinter(terminal, options, columnsOf(itemsIn(page, key)));
  for (;;) {
    await printer.print(itemsIn(page, key));
    const pageToken = textIn(page, 'nextPageToken');
    if (pageToken !== '' && !all) terminal.err.write('There are more: --all goes on to the end.\n');
    if (pageToken === '' || !all) break;
    page = await ask(reached, row, withPage(row.row, given, pageToken));
  }
  await printer.end();
}

/** Lists that are asked by POST take their token in the body. */
function withPage({ query }: ApiOperation, given: GivenInput, pageToken: string): GivenInput {
  if (Object.hasOwn(query.properties, 'pageToken')) return { ...given, query: { ...given.query, pageToken } };
  return { ...given, body: { ...Object(given.body), pageToken } };
}

async function ask(reached: Reached, { id }: Row, given: GivenInput): Promise<Item> {
  return { ...await reached.callAny(id, given) };
}

function itemsIn(page: Item, key: string): readonly Item[] {
  const items = field(page, key);
  return (Array.isArray(items) ? items : []).map((one: unknown) => (typeof one === 'object' && one !== null ? { ...one } : { value: one }));
}

function columnsOf(items: readonly Item[]): Columns {
  return Object.fromEntries([...new Set(items.flatMap(Object.keys))].map((name) => [name, (item: Item) => item[name]]));
}
