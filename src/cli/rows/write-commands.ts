// konektor rows create, update, delete: one row by its id, or all that pass a filter, which are counted and asked about first.
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RowCaller, RowCallOptions, RowId, RowInput, RowOutput } from '../../api/row-caller.ts';
import { connectionName, gather, shortName, throughConnection, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { readAssignments, readObject } from '../input.ts';
import { printItem, type Columns } from '../output.ts';
import { patient } from '../patience.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';
import { cell } from '../width.ts';
import { isUnsure, toldOfKey } from './outcome.ts';

interface WriteOptions extends CallOptions, ConfirmOptions {
  readonly set?: readonly string[];
  readonly data?: string;
  readonly filter?: string;
  readonly idempotencyKey?: string;
  readonly dryRun?: true;
}

const CREATE = [
  'konektor rows create Customer --set Name=Ani --set Email=ani@example.com',
  "konektor rows create Customer --set Name=Ani --set 'Metadata.tier=gold'",
  'konektor rows create PaymentIntent --set Amount=1500 --set Currency=usd',
  'konektor rows create Customer --data ani.json --idempotency-key order-17',
  `echo '{"Name": "Ani"}' | konektor rows create Customer --data -`,
];
const UPDATE = [
  'konektor rows update Customer cus_NffrFeUfNV2Hib --set Phone=+62215550101',
  `konektor rows update Customer -f "Metadata.tier = 'gold'" --set Balance=0`,
];
const DELETE = ['konektor rows delete Customer cus_NffrFeUfNV2Hib', `konektor rows delete Customer --filter "Email LIKE '%@example.com'" --dry-run`];
const VALUES = `

A value is read as its column has it: a number, a text, true. Metadata.tier=gold
sets a key of an object, LineItems.0.price=price_1 a place of a list, and
Column:=null or Column:='{"a": 1}' gives JSON. Amounts stand in the smallest
unit of their currency: 1500 usd is $15.00.`;

export function addWriteCommands(rows: Command, shell: Shell): void {
  const writing = (name: string, description: string): Command => throughConnection(rows.command(name)).description(description).argument('<entityType>', 'such as Customer');
  const given = (command: Command): Command => command.option('--set <Column=value>', 'a value of a column; once for each', gather).option('-d, --data <file>', 'columns and values in JSON or YAML; "-" reads the input');
  const keyed = (command: Command): Command => command.option('--idempotency-key <key>', 'the same key again does it no second time').option('--dry-run', 'show the request, and send none');

  keyed(given(writing('create', 'create a row'))).addHelpText('after', examples(...CREATE) + VALUES)
    .action(async (entityType: string, options: WriteOptions) => {
      const { call, connection, write } = await begin(options, shell);
      const fields = await columnsOf(call, connection, entityType, options, shell);
      await write('entities.create', { path: { connection, entityType }, body: { fields } }, async (made) => printMade(made, options, shell));
    });

  confirmed(keyed(given(writing('update', 'change columns of a row, or of all that pass a filter')).argument('[id]', 'its id').option('-f, --filter <filter>', 'all rows that pass; asks first')))
    .addHelpText('after', examples(...UPDATE) + VALUES)
    .action(async (entityType: string, id: string | undefined, options: WriteOptions) => {
      const which = whichRows(id, options);
      const { call, connection, write } = await begin(options, shell);
      const fields = await columnsOf(call, connection, entityType, options, shell);
      if ('id' in which) return write('entities.patch', { path: { connection, entityType, entity: which.id }, body: { fields } }, async (changed) => printMade(changed, options, shell));
      if (!await mayWrite('Changes', { call, connection, entityType, filter: which.filter }, options, shell)) return;
      await write('entities.updateEntitiesWithConditions', { path: { connection, entityType }, query: { conditions: which.filter }, body: { fields } }, async ({ response }) => printItem(shell.terminal, options.output, response, CHANGED));
    });

  confirmed(keyed(writing('delete', 'delete a row, or all that pass a filter').argument('[id]', 'its id').option('-f, --filter <filter>', 'all rows that pass')))
    .addHelpText('after', `${examples(...DELETE)}\n\nIt asks first; --yes does it without asking, as it must be where nobody can be\nasked.`)
    .action(async (entityType: string, id: string | undefined, options: WriteOptions) => {
      const which = whichRows(id, options);
      const { call, connection, write } = await begin(options, shell);
      const done = async (answer: object): Promise<void> => {
        if (options.output !== 'table') return printItem(shell.terminal, options.output, answer, {});
        shell.terminal.err.write(`Deleted${'id' in which ? ` ${entityType} ${which.id}` : ''}.\n`);
      };
      if ('id' in which) {
        if (options.dryRun !== true) await confirm(shell.terminal, options, `Deletes ${entityType} ${cell(which.id)} through ${shortName(connection)}.`);
        return write('entities.delete', { path: { connection, entityType, entity: which.id } }, done);
      }
      if (!await mayWrite('Deletes', { call, connection, entityType, filter: which.filter }, options, shell)) return;
      await write('entities.deleteEntitiesWithConditions', { path: { connection, entityType }, query: { conditions: which.filter } }, done);
    });
}

const CHANGED: Columns = { CHANGED: ({ count }) => count };

type Write = <Id extends RowId>(id: Id, input: RowInput<Id>, done: (answer: RowOutput<Id>) => Promise<void>) => Promise<void>;

/** Every write has a key, so that it can be sent again whatever became of it. */
async function begin(options: WriteOptions, shell: Shell): Promise<{ readonly call: RowCaller; readonly connection: string; readonly write: Write }> {
  const { terminal } = shell;
  const key = options.idempotencyKey ?? randomUUID();
  const callOptions: RowCallOptions = { headers: { 'idempotency-key': key } };
  const reached = await reach(options, shell);
  const call = patient(reached, terminal);
  const connection = await connectionName(reached);
  const write: Write = async (id, input, done) => {
    if (options.dryRun === true) return (await import('./dry-run.ts')).showRequest(terminal, options.output, reached.server, id, input, callOptions);
    const answer = await call(id, input, callOptions).catch((error: unknown) => { throw isUnsure(error) ? toldOfKey(error, key) : error; });
    await done(answer);
  };
  return { call, connection, write };
}

/** @throws CommandError where nothing is given. */
async function columnsOf(call: RowCaller, connection: string, entityType: string, { set = [], data, connection: named }: WriteOptions, { terminal }: Shell): Promise<Readonly<Record<string, unknown>>> {
  if (set.length === 0 && data === undefined) throw new CommandError('INVALID_ARGUMENT', 'No column is given a value.', `Pass --set Column=value, or --data FILE. Its columns: konektor entities show ${entityType}${named === undefined ? '' : ` -c ${shortName(connection)}`}`);
  const assignments = readAssignments(set);
  const before = data === undefined ? {} : await readObject(data, terminal);
  if (set.length === 0) return before;
  const [{ entityShape }, { withAssignments }] = await Promise.all([import('../schema/entity-shape.ts'), import('../schema/typed-values.ts')]);
  const { columns } = entityShape(await call('entityTypes.get', { path: { connection, entityType }, query: { view: 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED' } }));
  return withAssignments(before, assignments, columns);
}

/** @throws CommandError where it is not said which rows are meant, or said twice. */
function whichRows(id: string | undefined, { filter }: WriteOptions): { readonly id: string } | { readonly filter: string } {
  if (id !== undefined && filter !== undefined) throw new CommandError('INVALID_ARGUMENT', 'An id names one row and --filter others: pass one of them.');
  if (id !== undefined) return { id };
  if (filter !== undefined && filter.trim() !== '') return { filter };
  throw new CommandError('INVALID_ARGUMENT', 'No row is named.', 'Pass its id, or --filter for all rows that pass.');
}

/** So many are counted before it is asked. */
const MOST_COUNTED = 1_000;

interface Which {
  readonly call: RowCaller;
  readonly connection: string;
  readonly entityType: string;
  readonly filter: string;
}

/** Tells how many rows pass, and asks. @returns false where none does. @throws CommandError where it is not to be done. */
async function mayWrite(verb: 'Changes' | 'Deletes', { call, connection, entityType, filter }: Which, options: WriteOptions, { terminal }: Shell): Promise<boolean> {
  if (options.yes === true && options.dryRun !== true) return true;
  const { rowPages } = await import('./pages.ts');
  let [count, hasMore] = [0, false];
  for await (const { rows, next } of rowPages(call, { connection, entityType, filter }, { rows: MOST_COUNTED, pageSize: undefined, pageToken: undefined })) [count, hasMore] = [count + rows.length, next !== undefined];
  const rows = `${hasMore ? 'more than ' : ''}${count.toLocaleString('en')} row${count === 1 ? '' : 's'} of ${entityType}`;
  if (options.dryRun === true) terminal.err.write(`${rows} pass${count === 1 ? 'es' : ''} now.\n`);
  else if (count === 0) terminal.err.write(`No row of ${entityType} passes: nothing was done.\n`);
  else await confirm(terminal, options, `${verb} ${rows}, where ${cell(filter)},\nthrough ${shortName(connection)}.`);
  return options.dryRun === true || count > 0;
}

async function printMade({ fields }: RowOutput<'entities.create'>, { output }: WriteOptions, { terminal }: Shell): Promise<void> {
  const { isTold, plainColumns } = await import('./shown-columns.ts');
  await printItem(terminal, output, fields, plainColumns(Object.keys(fields).filter((name) => output !== 'table' || isTold(fields[name]))));
}
