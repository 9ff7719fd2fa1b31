// konektor operations: what was begun by a call and takes longer than it.
import type { Command } from 'commander';
import { located, locationName, type CallOptions } from './call-options.ts';
import { field } from './members.ts';
import { confirm, confirmed, type ConfirmOptions } from './confirm.ts';
import { readSeconds } from './duration.ts';
import { examples } from './examples.ts';
import { listing, printPages, type ListOptions } from './listed.ts';
import { waitFor } from './operation-wait.ts';
import { printItem, type Columns } from './output.ts';
import { idOf, resourceName } from './resource-names.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';

const stateOf = (done: unknown, error: unknown): string => (done !== true ? 'RUNNING' : error === undefined ? 'DONE' : 'FAILED');
const COLUMNS: Columns = {
  OPERATION: ({ name }) => idOf(name), STATE: ({ done, error }) => stateOf(done, error), VERB: ({ metadata }) => field(metadata, 'verb'), TARGET: ({ metadata }) => idOf(field(metadata, 'target')), LOCATION: ({ name }) => String(name).split('/')[3],
  CREATED: ({ metadata }) => field(metadata, 'createTime'), ERROR: ({ error }) => field(error, 'message'),
};
const ONE: Columns = {
  NAME: ({ name }) => name, STATE: ({ done, error }) => stateOf(done, error), VERB: ({ metadata }) => field(metadata, 'verb'), TARGET: ({ metadata }) => field(metadata, 'target'), CREATED: ({ metadata }) => field(metadata, 'createTime'),
  ENDED: ({ metadata }) => field(metadata, 'endTime'), ERROR: ({ error }) => field(error, 'message'),
};
const OPERATION = ['<operation>', 'its id, or its whole name'] as const;
const LIST = ['konektor operations list', 'konektor operations list --filter "done=false AND metadata.verb=create"', 'konektor operations list --filter metadata.target:shop --limit 5'];
const ID = 'operation-1792483200-0a1b2c3d';

export function addOperations(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const operations = program.command('operations').description('what was begun and takes longer than a call')
    .addHelpText('after', `${examples(...LIST, `konektor operations wait ${ID}`)}\n\nCommands that begin one wait for it, unless --no-wait; then they print its name.`);
  const begun = (name: string): Command => located(operations.command(name));

  listing(begun('list'), 'done=false AND metadata.verb=create').description('list the operations of a location, or of all, newest first').addHelpText('after', examples(...LIST))
    .action(async (options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { location: locationName(reached, reached.defaults.location ?? '-') };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('operations.list', { path, query }), (page) => page.operations);
    });

  begun('show').description('show how an operation stands').argument(...OPERATION).addHelpText('after', examples(`konektor operations show ${ID} --location us-central1`, `konektor operations show ${ID} -o json`))
    .action(async (given: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('operations.get', { path: { operation: resourceName(reached, 'operation', given) } }), ONE);
    });

  begun('wait').description('wait until an operation is done; ends with the code of its error').argument(...OPERATION).option('--timeout <duration>', 'no longer than that, such as 2m; then it ends with 75')
    .addHelpText('after', examples(`konektor operations wait ${ID}`, 'konektor operations wait $(konektor connections retry shop --no-wait)'))
    .action(async (given: string, { timeout, ...options }: CallOptions & { readonly timeout?: string }) => {
      const most = timeout === undefined ? Infinity : readSeconds(timeout, '--timeout') * 1_000;
      const reached = await reach(options, shell);
      const path = { operation: resourceName(reached, 'operation', given) };
      const operation = await reached.call('operations.get', { path });
      await waitFor(reached, terminal, operation, idOf(operation.metadata.target), most);
      await printItem(terminal, options.output, await reached.call('operations.get', { path }), ONE);
    });

  begun('cancel').description('ask an operation to end; it may succeed all the same').argument(...OPERATION).addHelpText('after', examples(`konektor operations cancel ${ID}`))
    .action(async (given: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      const path = { operation: resourceName(reached, 'operation', given) };
      await reached.call('operations.cancel', { path, body: {} });
      await printItem(terminal, options.output, await reached.call('operations.get', { path }), ONE);
    });

  confirmed(begun('delete')).description('forget an operation that has ended').argument(...OPERATION).addHelpText('after', examples(`konektor operations delete ${ID} --yes`))
    .action(async (given: string, options: CallOptions & ConfirmOptions) => {
      const reached = await reach(options, shell);
      const path = { operation: resourceName(reached, 'operation', given) };
      await confirm(terminal, options, `Forgets ${path.operation}.`);
      await reached.call('operations.delete', { path });
      terminal.err.write(`${path.operation} is forgotten.\n`);
    });
}
