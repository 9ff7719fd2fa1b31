// konektor connections list, search, show, check, nodes: what there is, and how it is.
import type { Command } from 'commander';
import { connectionName, isProjectKnown, located, locationName, seenConnections, shortName, type CallOptions } from '../call-options.ts';
import { exitCodeOf } from '../command-error.ts';
import { field, membersOf } from '../members.ts';
import { countOf } from '../count.ts';
import { examples } from '../examples.ts';
import { shownLabels } from '../labels.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, printItems, type Columns, type Item } from '../output.ts';
import { idOf } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

const COLUMNS: Columns = {
  CONNECTION: ({ name }) => idOf(name), LOCATION: ({ name }) => String(name).split('/')[3], STATE: ({ status }) => field(status, 'state'), CONNECTOR: ({ connectorVersion }) => String(connectorVersion).split('/')[7],
  CHANGED: ({ updateTime }) => updateTime, DESCRIPTION: ({ status, description }) => field(status, 'description') ?? description,
};
/** By the names that other commands take. */
const EVERYWHERE: Columns = Object.fromEntries(Object.entries({ ...COLUMNS, CONNECTION: ({ name }: Item) => shortName(String(name)) }).filter(([head]) => head !== 'LOCATION'));
const ONE: Columns = {
  NAME: ({ name }) => name, STATE: ({ status }) => field(status, 'state'), TOLD: ({ status }) => field(status, 'description'), REASON: ({ status }) => field(status, 'status'), DESCRIPTION: ({ description }) => description,
  LABELS: ({ labels }) => shownLabels(labels), CONNECTOR: ({ connectorVersion }) => connectorVersion, ACCOUNT: ({ serviceAccount }) => serviceAccount,
  NODES: ({ nodeConfig }) => `${String(field(nodeConfig, 'minNodeCount'))} to ${String(field(nodeConfig, 'maxNodeCount'))}`, SUSPENDED: ({ suspended }) => (suspended === true ? 'yes' : 'no'),
  LOCKED: ({ lockConfig }) => (field(lockConfig, 'locked') === true ? `yes: ${String(field(lockConfig, 'reason'))}` : 'no'), REVISION: ({ connectionRevision }) => connectionRevision, CREATED: ({ createTime }) => createTime, CHANGED: ({ updateTime }) => updateTime,
};
/** What was found, and within it what the words were found in. */
const FOUND: Columns = {
  ...Object.fromEntries(Object.entries(COLUMNS).map(([head, read]) => [head, ({ connection }: Item) => read(membersOf(connection))])),
  OFFERS: ({ entitySchema, actionSchema }) => field(entitySchema, 'entity') ?? field(actionSchema, 'action'),
};
const NODES: Columns = {
  LIMITED: ({ limited }) => (limited === true ? 'yes' : 'no'), NODES: ({ nodeCount }) => nodeCount, LEAST: ({ minNodeCount }) => minNodeCount, MOST: ({ maxNodeCount }) => maxNodeCount,
  'PER SECOND': ({ transactionsPerSecond }) => transactionsPerSecond, WAITING: ({ waitingCalls }) => waitingCalls, PROCESSES: ({ processCount }) => processCount,
};

const LIST = ['konektor connections list', 'konektor connections list --filter status.state=ERROR --sort "updateTime desc"', 'konektor connections list --project demo -o csv'];

export function addShowCommands(connections: Command, shell: Shell): void {
  const { terminal, ended } = shell;

  listing(located(connections.command('list')), 'labels.env:prod AND status.state=ACTIVE').description('list the connections of a project; without one, of all projects')
    .option('--sort <fields>', 'createTime desc, name')
    .addHelpText('after', examples(...LIST))
    .action(async ({ sort, ...options }: ListOptions & { readonly sort?: string }) => {
      const reached = await reach(options, shell);
      const order = sort === undefined ? {} : { orderBy: sort };
      if (!isProjectKnown(reached) && reached.defaults.location === undefined) {
        // Whoever names no project sees all there are: at first there is one.
        const seen = await Array.fromAsync(seenConnections(reached.call, { ...(options.filter === undefined ? {} : { filter: options.filter }), ...order }));
        return printItems(terminal, options.output, seen.slice(0, options.limit === undefined ? Infinity : countOf('--limit', options.limit)), EVERYWHERE);
      }
      const path = { location: locationName(reached, reached.defaults.location ?? '-') };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('connections.list', { path, query: { ...query, ...order } }), (page) => page.connections);
    });

  listing(located(connections.command('search'))).description('find connections by words in what they are and what they offer').argument('<words...>', 'each must be found')
    .addHelpText('after', examples('konektor connections search prod invoice'))
    .action(async (words: readonly string[], options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { location: locationName(reached, reached.defaults.location ?? '-') };
      await printPages(terminal, options, FOUND, (query) => reached.call('connections.search', { path, query: { ...query, query: words.join(' ') } }), (page) => page.connections);
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
      if (status.state !== 'ACTIVE') ended(exitCodeOf('FAILED_PRECONDITION'));
    });

  located(connections.command('nodes')).description('how many nodes a connection has now, and who waits').argument('[connection]', 'its name; without it that of the context')
    .addHelpText('after', examples('konektor connections nodes shop'))
    .action(async (given: string | undefined, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('connections.showNodes', { path: { connection: await connectionName(reached, given) } }), NODES);
    });
}
