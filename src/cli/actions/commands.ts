// konektor actions: what a source can do beside its rows, and doing it.
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RowCallOptions, RowOutput } from '../../api/row-caller.ts';
import { connectionName, gather, throughConnection, type CallOptions } from '../call-options.ts';
import { confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { readAssignments, readObject } from '../input.ts';
import { listing, printBatches, type ListOptions } from '../listed.ts';
import { printItem, printItems, put, type Columns, type Item, type Output } from '../output.ts';
import { patient } from '../patience.ts';
import { isUnsure, toldOfKey } from '../rows/outcome.ts';
import type { Shell } from '../shell.ts';
import { eachPage } from '../../client/pages.ts';
import { reach } from '../transport.ts';

interface RunOptions extends CallOptions, ConfirmOptions {
  readonly input?: readonly string[];
  readonly data?: string;
  readonly text?: true;
  readonly idempotencyKey?: string;
  readonly dryRun?: true;
}

const RUN = [
  'konektor actions run ConfirmPaymentIntent --input PaymentIntentId=pi_1',
  'konektor actions run CapturePaymentIntent --data capture.json -o json',
  'konektor actions run CancelRefund --input RefundId=re_1 --dry-run',
];
const LISTED: Columns = { ACTION: ({ name }) => name, DESCRIPTION: ({ description }) => description };

export function addActions(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const actions = program.command('actions').description('list actions, show what one takes, run one')
    .addHelpText('after', examples('konektor actions list --search refund', 'konektor actions show ConfirmPaymentIntent', ...RUN));

  listing(throughConnection(actions.command('list'))).description('list the actions of a connection').option('--search <words>', 'those whose name or description has every word')
    .addHelpText('after', examples('konektor actions list', "konektor actions list --search 'payment intent'", 'konektor actions list -o json'))
    .action(async ({ search, ...options }: ListOptions & { readonly search?: string }) => {
      const reached = await reach(options, shell);
      const call = patient(reached, terminal);
      const connection = await connectionName(reached);
      const { hasWords } = await import('../schema/search.ts');
      async function* found(): AsyncGenerator<readonly object[]> {
        for await (const page of eachPage((next) => call('actions.list', { path: { connection }, query: { pageSize: 200, ...next } }))) {
          yield page.actions.map(({ name, description }) => ({ name, description })).filter(({ name, description = '' }) => hasWords(search, name, description));
        }
      }
      await printBatches(terminal, options, LISTED, found());
    });

  throughConnection(actions.command('show')).description('show what an action takes and gives').argument('<action>', 'such as ConfirmPaymentIntent').option('--all', 'in a table: every input, not the required alone')
    .addHelpText('after', examples('konektor actions show ConfirmPaymentIntent', 'konektor actions show ConfirmPaymentIntent -o yaml'))
    .action(async (action: string, { all, ...options }: CallOptions & { readonly all?: true }) => {
      const reached = await reach(options, shell);
      const described = await patient(reached, terminal)('actions.get', { path: { connection: await connectionName(reached), action }, query: { view: 'ACTION_SCHEMA_VIEW_ENRICHED' } });
      const { actionInputs } = await import('../schema/entity-shape.ts');
      const { actionText, COLUMNS } = await import('../schema/told.ts');
      const inputs = actionInputs(described);
      if (options.output === 'table') return put(terminal.out, actionText(described, inputs, { isWhole: all === true, isCut: terminal.out.isTTY === true }));
      if (options.output === 'csv') return printItems(terminal, options.output, inputs, COLUMNS);
      await printItem(terminal, options.output, described, {});
    });

  confirmed(throughConnection(actions.command('run'))).description('run an action').argument('<action>', 'such as ConfirmPaymentIntent')
    .option('-i, --input <name=value>', 'a value of an input; once for each', gather).option('-d, --data <file>', 'inputs in JSON or YAML; "-" reads the input')
    .option('--text', 'results in the text form of the platform, not as typed JSON').option('--idempotency-key <key>', 'the same key again does it no second time').option('--dry-run', 'show the request, and send none')
    .addHelpText('after', `${examples(...RUN)}\n\nA value is read as its input has it; Name:=null or Name:='{"a": 1}' gives JSON,\nand Card.exp_year=2030 sets a key of an object. An action that ends something\nfor good, such as CancelSubscription, asks first; --yes runs it without asking.`)
    .action(async (action: string, { input = [], data, text, idempotencyKey, dryRun, yes, ...options }: RunOptions) => {
      const assignments = readAssignments(input);
      const before = data === undefined ? {} : await readObject(data, terminal);
      const reached = await reach(options, shell);
      const call = patient(reached, terminal);
      const connection = await connectionName(reached);
      const key = idempotencyKey ?? randomUUID();
      const callOptions: RowCallOptions = { headers: { 'idempotency-key': key, 'x-konektor-output': text === true ? 'text' : 'typed' } };
      const asks = yes !== true && dryRun !== true;
      const described = asks || input.length > 0 ? await call('actions.get', { path: { connection, action }, query: { view: 'ACTION_SCHEMA_VIEW_ENRICHED' } }) : undefined;
      const parameters = described === undefined || input.length === 0 ? before : await filled(before, described);
      const order = { path: { connection, action }, body: { parameters } } as const;
      if (dryRun === true) return (await import('../rows/dry-run.ts')).showRequest(terminal, options.output, reached.server, 'actions.execute', order, callOptions);
      if (asks && described !== undefined) await (await import('./confirm-action.ts')).confirmAction(terminal, {}, { described, parameters, connection });
      const { results } = await call('actions.execute', order, callOptions).catch((error: unknown) => { throw isUnsure(error) ? toldOfKey(error, key) : error; });
      await printResults(options.output, results);

      async function filled(values: Readonly<Record<string, unknown>>, known: RowOutput<'actions.get'>): Promise<Readonly<Record<string, unknown>>> {
        const [{ actionInputs }, { withAssignments }] = await Promise.all([import('../schema/entity-shape.ts'), import('../schema/typed-values.ts')]);
        return withAssignments(values, assignments, actionInputs(known));
      }
    });

  /** One result reads better from top to bottom. */
  async function printResults(output: Output, results: readonly Item[]): Promise<void> {
    const names = [...new Set(results.flatMap((row) => Object.keys(row)))];
    const { isTold, plainColumns } = await import('../rows/shown-columns.ts');
    const [only] = results;
    if (output === 'table' && only !== undefined && results.length === 1) return printItem(terminal, output, only, plainColumns(names.filter((name) => isTold(only[name]))));
    await printItems(terminal, output, results, plainColumns(output === 'table' ? names.filter((name) => results.some((row) => isTold(row[name]))) : names));
  }
}
