// konektor writes: list what went through a connection, and find out how it ended where that is not known.
import type { Command } from 'commander';
import type { RowOutput } from '../api/row-caller.ts';
import { connectionName, located, type CallOptions } from './call-options.ts';
import { CommandError } from './command-error.ts';
import { examples } from './examples.ts';
import { listing, printPages, type ListOptions } from './listed.ts';
import { printItem, printItems, put, type Columns } from './output.ts';
import { idOf } from './resource-names.ts';
import type { Shell } from './shell.ts';
import { eachPage } from '../client/pages.ts';
import { reach, type Reached } from './transport.ts';
import { cell, cut, wrap } from './width.ts';

interface Options extends CallOptions {
  readonly as?: string;
}

type Write = RowOutput<'writes.get'>;
type Reconciled = RowOutput<'writes.reconcile'>;

const LIST = ['konektor writes list $CONNECTION --unsettled', 'konektor writes list $CONNECTION --filter \'idempotencyKey = "order-17"\''];
const SHOW = 'konektor writes show $CONNECTION order-17 -o yaml';
const RECONCILE = [
  'konektor writes reconcile $CONNECTION                  all that are not known',
  'konektor writes reconcile $CONNECTION order-17         one, by its key or id',
  'konektor writes reconcile $CONNECTION order-17 --as NOT_DONE',
];
const NAMED = '\n\nA connection is named projects/{p}/locations/{l}/connections/{c}, or\n{p}/{l}/{c}, or {c} alone where the context or the server has one of that name.';

/** So much of an id tells writes apart. */
const SHOWN_ID = 12;
const COLUMNS: Columns = {
  ID: ({ name }) => idOf(name).slice(0, SHOWN_ID), STATE: ({ state }) => state, KEY: ({ idempotencyKey }) => idempotencyKey, WHAT: ({ target }) => target, AGE: ({ createTime }) => ageOf(createTime),
};
const ALL_COLUMNS: Columns = Object.fromEntries(['name', 'state', 'operation', 'target', 'entity', 'idempotencyKey', 'attempts', 'createTime', 'sendTime', 'settleTime', 'reconcileTime', 'error', 'note']
  .map((key) => [key, (item: Readonly<Record<string, unknown>>) => item[key]]));

export function addWrites(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const writes = program.command('writes').description('the journal of writes: what was sent, and how it ended').addHelpText('after', examples(...LIST, SHOW, ...RECONCILE) + NAMED);

  listing(located(writes.command('list')), 'as of the API: state = FAILED AND target = Customer').description('list the writes of a connection, newest first').argument('[connection]', 'its name; without it that of the context')
    .option('--unsettled', 'only those of which it is not known how they ended')
    .addHelpText('after', examples(...LIST) + NAMED)
    .action(async (given: string | undefined, { unsettled, filter, ...options }: ListOptions & { readonly unsettled?: true }) => {
      const parts = [...(unsettled === true ? ['state = UNKNOWN'] : []), ...(filter === undefined ? [] : [`(${filter})`])];
      const reached = await reach(options, shell);
      const path = { connection: await connectionName(reached, given) };
      const asked = parts.length === 0 ? options : { ...options, filter: parts.join(' AND ') };
      await printPages(terminal, asked, options.output === 'csv' ? ALL_COLUMNS : COLUMNS, (query) => reached.call('writes.list', { path, query }), (page) => page.writes);
    });

  located(writes.command('show')).description('show one write; never what it held').argument('<connection>', 'its name').argument('<write>', 'an Idempotency-Key, or an id of the list')
    .addHelpText('after', examples(SHOW) + NAMED)
    .action(async (connection: string, write: string, options: Options) => {
      const reached = await reach(options, shell);
      const { name } = await find(reached, await connectionName(reached, connection), write);
      await printItem(terminal, options.output, await reached.call('writes.get', { path: partsOf(name) }), ALL_COLUMNS);
    });

  located(writes.command('reconcile')).description('find out how writes ended of which it is not known').argument('[connection]', 'its name; without it that of the context')
    .argument('[write]', 'an Idempotency-Key, or an id of the list; without it all that are not known')
    .option('--as <state>', 'say yourself how it ended: SUCCEEDED or NOT_DONE').addHelpText('after', examples(...RECONCILE) + NAMED)
    .action(async (connection: string | undefined, write: string | undefined, { as, output, ...options }: Options) => {
      if (as !== undefined && as !== 'SUCCEEDED' && as !== 'NOT_DONE') throw new CommandError('INVALID_ARGUMENT', `"${as}" is no end of a write: write SUCCEEDED or NOT_DONE.`);
      if (as !== undefined && write === undefined) throw new CommandError('INVALID_ARGUMENT', '--as says how one write ended: name it.');
      const reached = await reach(options, shell);
      const name = await connectionName(reached, connection);
      const results = write === undefined ? await reconcileAll(reached, name) : [await reconcileOne(reached, name, write, as)];
      if (output !== 'table') return printItems(terminal, output, results, { note: ({ note }) => note, ...OF_RECONCILED });
      for (const result of results) await put(terminal.out, told(result, terminal.out.isTTY === true ? MOST_OF_A_KEY : Infinity));
      await put(terminal.out, summary(results));
    });
}

const OF_RECONCILED: Columns = Object.fromEntries(Object.entries(ALL_COLUMNS).map(([key, read]) => [`write.${key}`, ({ write }) => read({ ...Object(write) })]));

async function* listed({ call }: Reached, connection: string, filter: string): AsyncGenerator<readonly Write[]> {
  for await (const { writes } of eachPage((page) => call('writes.list', { path: { connection }, query: { pageSize: 1_000, ...page, ...(filter === '' ? {} : { filter }) } }))) yield writes;
}

/** @throws CommandError where there is none such, or several. */
async function find(reached: Reached, connection: string, write: string): Promise<Write> {
  const all = async (filter: string): Promise<readonly Write[]> => (await Array.fromAsync(listed(reached, connection, filter))).flat();
  const byKey = await all(`idempotencyKey = ${JSON.stringify(write)}`);
  const isId = new RegExp(`^[0-9a-f]{${SHOWN_ID},48}$`).test(write);
  // Rows that a filter found share a key with the request: the request comes first, and with it all is told.
  const found = byKey.length === 0 && isId ? await all(`name = "${connection}/writes/${write}*"`) : byKey.filter(({ partOf }) => partOf === undefined);
  const [one] = found;
  if (one === undefined) throw new CommandError('NOT_FOUND', `There is no write "${write}" in the journal of this connection.`, 'konektor writes list shows those there are.');
  if (found.length > 1) throw new CommandError('INVALID_ARGUMENT', `"${write}" is the beginning of ${found.length} ids: write more of it.`);
  return one;
}

function partsOf(name: string): { readonly connection: string; readonly write: string } {
  return { connection: name.split('/').slice(0, -2).join('/'), write: idOf(name) };
}

async function reconcileOne(reached: Reached, connection: string, write: string, as: 'SUCCEEDED' | 'NOT_DONE' | undefined): Promise<Reconciled> {
  const { name } = await find(reached, connection, write);
  return reached.call('writes.reconcile', { path: partsOf(name), body: as === undefined ? {} : { as } });
}

async function reconcileAll({ call }: Reached, connection: string): Promise<readonly Reconciled[]> {
  const pages = await Array.fromAsync(eachPage((page) => call('writes.reconcileAll', { path: { connection }, body: page })));
  return pages.flatMap(({ results }) => results);
}

const WIDTH = 80;
/** On a terminal. */
const MOST_OF_A_KEY = 36;

/** `Customer order-17 is SUCCEEDED.` and what is known of it, within the width of a terminal. */
function told({ write, note }: Reconciled, mostOfKey: number): string {
  const { state, target, idempotencyKey } = write;
  const lines = wrap(cell(note), WIDTH - 2).map((line) => `  ${line}\n`);
  return `${state.padEnd(9)}  ${cell(target)}  ${cut(cell(idempotencyKey), mostOfKey)}\n${lines.join('')}`;
}

function summary(results: readonly Reconciled[]): string {
  if (results.length === 0) return 'There is no write of which it is not known how it ended.\n';
  const open = results.filter(({ write }) => write.state === 'UNKNOWN').length;
  return `${results.length - open} of ${results.length} are settled${open === 0 ? '' : `; of ${open} it cannot be told yet`}.\n`;
}

const UNITS = [['d', 86_400], ['h', 3_600], ['m', 60], ['s', 1]] as const;

function ageOf(time: unknown): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(String(time))) / 1_000));
  const [unit, size] = UNITS.find(([, one]) => seconds >= one) ?? ['s', 1];
  return `${Math.floor(seconds / size)}${unit}`;
}
