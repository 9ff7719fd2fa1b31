// konektor connections list, search, show, check, nodes: what there is, and how it is.
import type { Command } from 'commander';
import { connected, connectionName, isProjectKnown, located, locationName, seenConnections, shortName, type CallOptions } from '../call-options.ts';
import { CommandError, field } from '../command-error.ts';
import { examples } from '../examples.ts';
import { shownLabels } from '../labels.ts';
import { createPrinter, printItem, printItems, type Columns } from '../output.ts';
import { idOf } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { eachPage } from '../../client/pages.ts';
import { reach } from '../transport.ts';

interface ListOptions extends CallOptions {
  readonly filter?: string;
  readonly sort?: string;
}

const COLUMNS: Columns = {
  CONNECTION: ({ name }) => idOf(name), LOCATION: ({ name }) => String(name).split('/')[3], STATE: ({ status }) => field(status, 'state'), CONNECTOR: ({ connectorVersion }) => String(connectorVersion).split('/')[7],
  CHANGED: ({ updateTime }) => updateTime, DESCRIPTION: ({ status, description }) => field(status, 'description') ?? description,
};
/** By the names that other commands take. */
const EVERYWHERE: Columns = Object.fromEntries(Object.entries({ ...COLUMNS, CONNECTION: ({ name }: Readonly<Record<string, unknown>>) => shortName(String(name)) }).filter(([head]) => head !== 'LOCATION'));
const ONE: Columns = {
  NAME: ({ name }) => name, STATE: ({ status }) => field(status, 'state'), TOLD: ({ status }) => field(status, 'description'), REASON: ({ status }) => field(status, 'status'), DESCRIPTION: ({ description }) => description,
  LABELS: ({ labels }) => shownLabels(labels), CONNECTOR: ({ connectorVersion }) => connectorVersion, ACCOUNT: ({ serviceAccount }) => serviceAccount,
  NODES: ({ nodeConfig }) => `${String(field(nodeConfig, 'minNodeCount'))} to ${String(field(nodeConfig, 'maxNodeCount'))}`, SUSPENDED: ({ suspended }) => (suspended === true ? 'yes' : 'no'),
  LOCKED: ({ lockConfig }) => (field(lockConfig, 'locked') === true ? `yes: ${String(field(lockConfig, 'reason'))}` : 'no'), REVISION: ({ connectionRevision }) => connectionRevision, CREATED: ({ createTime }) => createTime, CHANGED: ({ updateTime }) => updateTime,
};
/** What was found, and within it what the words were found in. */
const FOUND: Columns = {
  ...Object.fromEntries(Object.entries(COLUMNS).map(([head, read]) => [head, ({ connection }: Readonly<Record<string, unknown>>) => read(Object(connection) as Readonly<Record<string, unknown>>)])),
  OFFERS: ({ entitySchema, actionSchema }) => field(entitySchema, 'entity') ?? field(actionSchema, 'action'),
};
const NODES: Columns = {
  LIMITED: ({ limited }) => (limited === true ? 'yes' : 'no'), NODES: ({ nodeCount }) => nodeCount, LEAST: ({ minNodeCount }) => minNodeCount, MOST: ({ maxNodeCount }) => maxNodeCount,
  'PER SECOND': ({ transactionsPerSecond }) => transactionsPerSecond, WAITING: ({ waitingCalls }) => waitingCalls, PROCESSES: ({ processCount }) => processCount,
};

const LIST = ['konektor connections list', 'konektor connections list --filter status.state=ERROR --sort "updateTime desc"', 'konektor connections list --project demo -o csv'];

export function addShowCommands(connections: Command, shell: Shell): void {
  const { terminal, ended } = shell;

  located(connections.command('list')).description('list the connections of a project; without one, of all projects')
    .option('--filter <filter>', 'labels.env:prod AND status.state=ACTIVE').option('--sort <fields>', 'createTime desc, name')
    .addHelpText('after', examples(...LIST))
    .action(async ({ filter, sort, ...options }: ListOptions) => {
      const reached = await reach(options, shell);
      const query = { pageSize: 1_000, ...(filter === undefined ? {} : { filter }), ...(sort === undefined ? {} : { orderBy: sort }) };
      if (!isProjectKnown(reached) && reached.defaults.location === undefined) {
        // Whoever names no project sees all there are: at first there is one.
        return printItems(terminal, options.output, await Array.fromAsync(seenConnections(reached.call, query)), EVERYWHERE);
      }
      const location = locationName(reached, reached.defaults.location ?? '-');
      const printer = await createPrinter(terminal, options, COLUMNS);
      for await (const { connections: found } of eachPage((page) => reached.call('connections.list', { path: { location }, query: { ...query, ...page } }))) await printer.print(found.map((one) => ({ ...one })));
      await printer.end();
    });

  located(connections.command('search')).description('find connections by words in what they are and what they offer').argument('<words...>', 'each must be found')
    .addHelpText('after', examples('konektor connections search prod invoice'))
    .action(async (words: readonly string[], options: CallOptions) => {
      const reached = await reach(options, shell);
      const location = locationName(reached, reached.defaults.location ?? '-');
      const printer = await createPrinter(terminal, options, FOUND);
      for await (const { connections: found } of eachPage((page) => reached.call('connections.search', { path: { location }, query: { query: words.join(' '), ...page } }))) await printer.print(found.map((one) => ({ ...one })));
      await printer.end();
    });

  located(connections.command('show')).description('show a connection').argument('[connection]', 'its name; without it that of the context')
    .addHelpText('after', examples('konektor connections show shop', 'konektor connections show shop -o yaml'))
    .action(async (connection: string | undefined, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('connections.get', { path: { connection: await connectionName(reached, connection) } }), ONE);
    });

  located(connections.command('check')).description('try a connection out, and tell how it is; ends with 3 where it does not work').argument('[connection]', 'its name; without it that of the context')
    .option('--readiness', 'ask whether calls are served, and try nothing out')
    .addHelpText('after', examples('konektor connections check shop', 'konektor connections check shop --readiness -o json'))
    .action(async (given: string | undefined, { readiness, ...options }: CallOptions & { readonly readiness?: true }) => {
      const reached = await reach(options, shell);
      const connection = await connectionName(reached, given);
      if (readiness === true) return printItem(terminal, options.output, await reached.call('connections.checkReadiness', { path: { connection } }), { STATUS: ({ status }) => status });
      const status = await reached.call('connections.checkStatus', { path: { connection } });
      await printItem(terminal, options.output, status, { STATE: ({ state }) => state, DESCRIPTION: ({ description }) => description });
      if (status.state !== 'ACTIVE') ended(new CommandError('FAILED_PRECONDITION', '').exitCode);
    });

  connected(connections.command('nodes')).description('how many nodes a connection has now, and who waits').argument('[connection]', 'its name; without it that of the context')
    .addHelpText('after', examples('konektor connections nodes shop'))
    .action(async (given: string | undefined, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('connections.showNodes', { path: { connection: await connectionName(reached, given) } }), NODES);
    });
}
