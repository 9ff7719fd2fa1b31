// konektor writes: list what went through a connection, and find out how it ended where that is not known.
import type { Command } from 'commander';
import { CommandError, field } from './command-error.ts';
import type { Deeds, Terminal } from './deeds.ts';
import { cell, printItems, type Columns, type Output } from './output.ts';
import { connected } from './tokens.ts';
import { connect, type ConnectionOptions, type Transport } from './transport.ts';

interface Options extends ConnectionOptions {
  readonly output: Output;
  readonly unsettled?: true;
  readonly filter?: string;
  readonly as?: string;
}

type Item = Readonly<Record<string, unknown>>;

const EXAMPLES = `
Examples:
  konektor writes list $CONNECTION --unsettled
  konektor writes list $CONNECTION --filter 'idempotencyKey = "order-17"'
  konektor writes reconcile $CONNECTION                  all that are not known
  konektor writes reconcile $CONNECTION order-17         one, by its key or id
  konektor writes reconcile $CONNECTION order-17 --as NOT_DONE

A connection is named projects/{p}/locations/{l}/connections/{c}, or {p}/{l}/{c}.`;

/** So much of an id tells writes apart. */
const SHOWN_ID = 12;
const idOf = (item: Item): string => String(item['name']).split('/').at(-1) ?? '';
const COLUMNS: Columns = {
  ID: (item) => idOf(item).slice(0, SHOWN_ID), STATE: ({ state }) => state, KEY: ({ idempotencyKey }) => cut(idempotencyKey, 26), WHAT: ({ target }) => cut(target, 20), AGE: ({ createTime }) => ageOf(createTime),
};

export function addWrites(program: Command, deeds: Deeds, terminal: Terminal): void {
  const writes = program.command('writes').description('the journal of writes: what was sent, and how it ended').addHelpText('after', EXAMPLES);

  connected(writes.command('list')).description('list the writes of a connection, newest first').argument('<connection>', 'its name')
    .option('--unsettled', 'only those of which it is not known how they ended').option('--filter <filter>', 'as of the API: state = FAILED AND target = Customer')
    .addHelpText('after', EXAMPLES)
    .action(async (connection: string, { unsettled, filter, output, ...options }: Options) => {
      const parts = [...(unsettled === true ? ['state = UNKNOWN'] : []), ...(filter === undefined ? [] : [`(${filter})`])];
      const transport = await connect(options, deeds, terminal);
      printItems(terminal, output, await listed(transport, nameOf(connection), parts.join(' AND ')), COLUMNS);
    });

  connected(writes.command('reconcile')).description('find out how writes ended of which it is not known').argument('<connection>', 'its name')
    .argument('[write]', 'an Idempotency-Key, or an id of the list; without it all that are not known')
    .option('--as <state>', 'say yourself how it ended: SUCCEEDED or NOT_DONE').addHelpText('after', EXAMPLES)
    .action(async (connection: string, write: string | undefined, { as, output, ...options }: Options) => {
      if (as !== undefined && as !== 'SUCCEEDED' && as !== 'NOT_DONE') throw new CommandError('INVALID_ARGUMENT', `"${as}" is no end of a write: write SUCCEEDED or NOT_DONE.`);
      if (as !== undefined && write === undefined) throw new CommandError('INVALID_ARGUMENT', '--as says how one write ended: name it.');
      const transport = await connect(options, deeds, terminal);
      const results = write === undefined ? await reconcileAll(transport, nameOf(connection)) : [await reconcileOne(transport, nameOf(connection), write, as)];
      if (output === 'json') return printItems(terminal, 'json', results, {});
      for (const result of results) terminal.out.write(told(result));
      terminal.out.write(summary(results));
    });
}

/** @throws CommandError */
function nameOf(connection: string): string {
  if (/^projects\/[^/]+\/locations\/[^/]+\/connections\/[^/]+$/.test(connection)) return connection;
  const [project, location, id, ...rest] = connection.split('/');
  if (id !== undefined && rest.length === 0 && ![project, location, id].includes('')) return `projects/${project}/locations/${location}/connections/${id}`;
  throw new CommandError('INVALID_ARGUMENT', `"${connection}" names no connection: write projects/{project}/locations/{location}/connections/{connection}.`);
}

function listed(transport: Transport, connection: string, filter: string): Promise<Item[]> {
  return Array.fromAsync(transport.list(`/v1/${connection}/writes?pageSize=1000${filter === '' ? '' : `&filter=${encodeURIComponent(filter)}`}`, 'writes'));
}

async function reconcileOne(transport: Transport, connection: string, write: string, as: string | undefined): Promise<Item> {
  const byKey = await listed(transport, connection, `idempotencyKey = ${JSON.stringify(write)}`);
  const isId = new RegExp(`^[0-9a-f]{${SHOWN_ID},48}$`).test(write);
  // Rows that a filter found share a key with the request: the request comes first, and with it all is told.
  const found = byKey.length === 0 && isId ? await listed(transport, connection, `name = "${connection}/writes/${write}*"`) : byKey.filter((item) => item['partOf'] === undefined);
  const [one] = found;
  if (one === undefined) throw new CommandError('NOT_FOUND', `There is no write "${write}" in the journal of this connection.`, 'konektor writes list shows those there are.');
  if (found.length > 1) throw new CommandError('INVALID_ARGUMENT', `"${write}" is the beginning of ${found.length} ids: write more of it.`);
  return transport.call('POST', `/v1/${connection}/writes/${idOf(one)}:reconcile`, as === undefined ? {} : { as });
}

async function reconcileAll(transport: Transport, connection: string): Promise<readonly Item[]> {
  const results: Item[] = [];
  let pageToken = '';
  do {
    const page = await transport.call('POST', `/v1/${connection}/writes:reconcile`, pageToken === '' ? {} : { pageToken });
    const found = page['results'];
    for (const one of Array.isArray(found) ? found : []) if (typeof one === 'object' && one !== null) results.push({ ...one });
    const next = field(page, 'nextPageToken');
    pageToken = typeof next === 'string' ? next : '';
  } while (pageToken !== '');
  return results;
}

const WIDTH = 80;

/** `Customer order-17 is SUCCEEDED.` and what is known of it, within the width of a terminal. */
function told({ write, note }: Item): string {
  const item: Item = typeof write === 'object' && write !== null ? { ...write } : {};
  const lines: string[] = [];
  for (const word of cell(note).split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > WIDTH) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `${String(item['state']).padEnd(9)}  ${String(item['target'])}  ${cut(item['idempotencyKey'], 36)}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function summary(results: readonly Item[]): string {
  if (results.length === 0) return 'There is no write of which it is not known how it ended.\n';
  const open = results.filter(({ write }) => field(write, 'state') === 'UNKNOWN').length;
  return `${results.length - open} of ${results.length} are settled${open === 0 ? '' : `; of ${open} it cannot be told yet`}.\n`;
}

function cut(value: unknown, most: number): string {
  const text = cell(value);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const UNITS = [['d', 86_400], ['h', 3_600], ['m', 60], ['s', 1]] as const;

function ageOf(time: unknown): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(String(time))) / 1_000));
  const [unit, size] = UNITS.find(([, one]) => seconds >= one) ?? ['s', 1];
  return `${Math.floor(seconds / size)}${unit}`;
}
