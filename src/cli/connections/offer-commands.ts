// konektor connections offers, refresh: which entity types and actions a connection has, as the management API keeps them.
import type { Command } from 'commander';
import { connectionName, located, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { waitFor } from '../operation-wait.ts';
import { printItem, type Columns } from '../output.ts';
import { idOf } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';

interface Options extends ListOptions {
  readonly entities?: true;
  readonly actions?: true;
}

const countOf = (items: unknown): number => (Array.isArray(items) ? items.length : 0);
const ONE: Columns = { STATE: ({ state }) => state, REFRESHED: ({ refreshTime }) => refreshTime, 'ENTITY TYPES': ({ entities }) => countOf(entities), ACTIONS: ({ actions }) => countOf(actions), FAULT: ({ errorMessage }) => errorMessage };
const ENTITIES: Columns = { 'ENTITY TYPE': ({ entity }) => entity, OPERATIONS: ({ operations }) => (Array.isArray(operations) ? operations.join(' ') : '') };
const ACTIONS: Columns = { ACTION: ({ action }) => action, WHAT: ({ description }) => description };

export function addOfferCommands(connections: Command, shell: Shell): void {
  const { terminal } = shell;

  listing(located(connections.command('offers')), 'entity = "Customer", action = "AcceptQuote"').description('tell what a connection offers, and how fresh that is').argument('[connection]', 'its name; without it that of the context')
    .option('--entities', 'list its entity types').option('--actions', 'list its actions')
    .addHelpText('after', examples('konektor connections offers shop', 'konektor connections offers shop --entities', 'konektor connections offers shop --actions -o csv'))
    .action(async (given: string | undefined, { entities, actions, ...options }: Options) => {
      if (entities === true && actions === true) throw new CommandError('INVALID_ARGUMENT', 'One list at a time: pass --entities or --actions.');
      const reached = await reach(options, shell);
      const path = { connection: await connectionName(reached, given) };
      if (entities === true) return printPages(terminal, options, ENTITIES, (query) => reached.call('connectionSchemaMetadata.listEntityTypes', { path, query }), (page) => page.entityTypes);
      if (actions === true) return printPages(terminal, options, ACTIONS, (query) => reached.call('connectionSchemaMetadata.listActions', { path, query }), (page) => page.actions);
      await show(reached, shell, path.connection, options);
    });

  located(connections.command('refresh')).description('read anew what a connection offers, and wait until it is read').argument('[connection]', 'its name; without it that of the context').option('--no-wait', 'do not wait')
    .addHelpText('after', examples('konektor connections refresh shop'))
    .action(async (given: string | undefined, { wait, ...options }: CallOptions & { readonly wait?: boolean }) => {
      const reached = await reach(options, shell);
      const connection = await connectionName(reached, given);
      const operation = await reached.call('connectionSchemaMetadata.refresh', { path: { connection }, body: {} });
      if (wait === false) return printItem(terminal, options.output, operation, { OPERATION: ({ name }) => name });
      await waitFor(reached, terminal, operation, idOf(connection));
      await show(reached, shell, connection, options);
    });
}

async function show(reached: Reached, { terminal }: Shell, connection: string, { output }: CallOptions): Promise<void> {
  await printItem(terminal, output, await reached.call('connectionSchemaMetadata.get', { path: { connection } }), ONE);
}
