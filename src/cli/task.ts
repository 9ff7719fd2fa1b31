// konektor task: runs a Connectors task as Application Integration exported it. What the task is to do is read from the file;
// the server runs it as a call of its own.
import type { Command } from 'commander';
import type { TaskInputs } from '../api/integrations.ts';
import type { RowCaller, RowOutput } from '../api/row-caller.ts';
import { connectionName, shortName, throughConnection, type CallOptions } from './call-options.ts';
import { CommandError } from './command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from './confirm.ts';
import type { Terminal } from './deeds.ts';
import { examples } from './examples.ts';
import { readText } from './input.ts';
import { printItem, printItems, type Columns, type Output } from './output.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';
import { cell } from './width.ts';

interface Options extends CallOptions, ConfirmOptions {
  readonly input?: ReadonlyMap<string, string>;
  readonly task?: string;
  readonly idempotencyKey?: string;
}

type Outputs = RowOutput<'integrations.execute'>;

const RUN = [
  'konektor task run get-customer.json --input customerId=cus_OxHsz0u5bCGWuy',
  'konektor task run order-flow.json --task "Write order" \\',
  "    --input 'order={\"amount\": 1500}' -c demo/us-central1/stripe-sandbox",
  'konektor task run customers.json -o csv > customers.csv',
  'konektor task run delete-customer.json --input id=cus_1 --yes',
  'cat get-customer.json | konektor task run - --input customerId=cus_1',
];
const MORE = `

FILE is a version of an integration, or one task of it, in JSON. --input gives
a variable its value; those not given keep the value of the file. A number, a
list or an object is given as JSON, as the type of the variable asks for.`;

export function addTask(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const task = program.command('task').description('run Connectors tasks of Application Integration').addHelpText('after', examples(...RUN) + MORE);

  /** What deletes, changes all rows that pass a filter, or ends something for good is asked about. */
  async function confirmTask(call: RowCaller, { operation, entity = '', entityId, filterClause, action, connectorInputPayload }: TaskInputs, connection: string, options: Options): Promise<void> {
    const one = typeof entityId === 'string';
    const which = cell(one ? `${entity ?? ''} ${entityId}` : `every row of ${entity ?? ''} where ${filterClause ?? ''}`);
    if (operation === 'DELETE_ENTITY') await confirm(terminal, options, `Deletes ${which}\nthrough ${shortName(connection)}.`);
    if (operation === 'UPDATE_ENTITY' && !one) await confirm(terminal, options, `Changes ${which}\nthrough ${shortName(connection)}.`);
    if (operation !== 'EXECUTE_ACTION' || typeof action !== 'string' || options.yes === true) return;
    const described = await call('actions.get', { path: { connection, action } });
    await (await import('./actions/confirm-action.ts')).confirmAction(terminal, options, { described, parameters: connectorInputPayload ?? {}, connection });
  }

  confirmed(throughConnection(task.command('run'), 'json')).description('run a task that was exported').argument('<file>', 'the export; "-" reads it from the input')
    .option('-i, --input <name=value>', 'value of a variable; once for each', addInput).option('--task <id>', 'id or display name, where there are several')
    .option('--idempotency-key <key>', 'the same key again does a write no second time')
    .addHelpText('after', examples(...RUN) + MORE)
    .action(async (file: string, options: Options) => {
      const text = await readText(file, terminal);
      const reached = await reach(options, shell);
      const other = options.connection === undefined ? undefined : await connectionName(reached);
      const inputs = await inputsOf(file, text, options, other);
      const connection = other ?? await connectionName(reached, inputs.connectionName ?? undefined);
      await confirmTask(reached.call, inputs, connection, options);
      const outputs = await reached.call('integrations.execute', {
        path: { location: connection.split('/').slice(0, 4).join('/'), integration: 'ExecuteConnection' }, query: { triggerId: 'api_trigger/ExecuteConnection' }, body: { ...inputs, connectionName: connection },
      }, options.idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': options.idempotencyKey } });
      await print(terminal, options.output, outputs, inputs.operation ?? 'LIST_ENTITIES');
    });
}

function addInput(given: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const at = given.indexOf('=');
  if (at < 1) throw new CommandError('INVALID_ARGUMENT', `"${given}" gives no variable a value: write --input name=value.`);
  const name = given.slice(0, at);
  if (before.has(name)) throw new CommandError('INVALID_ARGUMENT', `${name} is given twice.`);
  return new Map([...before, [name, given.slice(at + 1)]]);
}

/** @throws CommandError with everything that the file or what was given lacks */
async function inputsOf(file: string, text: string, { task: wanted, input = new Map() }: Options, connection: string | undefined) {
  const [{ chooseTask, readExported }, { inputsOf: fill }, { ValueFault }, { StatusError }] = await Promise.all([
    import('../task/exported.ts'), import('../task/exported-inputs.ts'), import('../task/values.ts'), import('../errors/status-error.ts'),
  ]);
  try {
    const exported = readExported(text);
    return fill({ file: exported, task: chooseTask(exported.tasks, wanted), given: input, ...(connection === undefined ? {} : { connection }) });
  } catch (error) {
    if (error instanceof ValueFault) throw new CommandError('INVALID_ARGUMENT', `${file === '-' ? 'The input' : file} ${error.message}.`);
    if (!(error instanceof StatusError)) throw error;
    const lines = error.violations.map(({ field, description }) => `${field} ${description}`);
    throw new CommandError(error.code, lines.join('\n'), 'A variable is given its value by --input name=value.');
  }
}

/** The outputs of the task; as a table, as CSV and as lines the rows alone. */
async function print(terminal: Terminal, output: Output, { connectorOutputPayload, nextPageToken }: Outputs, operation: string): Promise<void> {
  const isList = operation === 'LIST_ENTITIES';
  if (output === 'json' || output === 'yaml') {
    // As many outputs as the operation has on the platform.
    const outputs = { ...(operation === 'DELETE_ENTITY' ? {} : { connectorOutputPayload }), ...(isList ? { listEntitiesNextPageToken: nextPageToken } : {}) };
    return printItem(terminal, output, outputs, {});
  }
  const rows = Array.isArray(connectorOutputPayload) ? connectorOutputPayload : [connectorOutputPayload];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length > 0) await printItems(terminal, output, rows, Object.fromEntries(names.map((name) => [name, (row: Readonly<Record<string, unknown>>) => row[name]])) satisfies Columns);
  if (isList && nextPageToken !== '') terminal.err.write(`There are more rows; the token of their page is ${nextPageToken}\n`);
}
