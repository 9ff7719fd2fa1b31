// konektor connections figures, states, logs: what went through a connection, how it was, and what it logged.
import type { Command } from 'commander';
import type { StreamInput } from '../../client/row-client.ts';
import { connectionName, located, locationName, type CallOptions } from '../call-options.ts';
import { field, membersOf } from '../members.ts';
import { examples } from '../examples.ts';
import { listing, printBatches, printPages, type ListOptions } from '../listed.ts';
import { printItem, printItems, type Columns } from '../output.ts';
import { idOf } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';

interface LogOptions extends ListOptions {
  readonly follow?: true;
  readonly search?: string;
  readonly request?: string;
  readonly errors?: true;
}

const CONNECTION = ['[connection]', 'its name; without it that of the context'] as const;
const sum = (counts: unknown): number => Object.values(membersOf(counts)).reduce<number>((all, one) => all + (typeof one === 'number' ? one : 0), 0);
const INTERVALS: Columns = {
  FROM: ({ startTime }) => startTime, CALLS: ({ calls }) => sum(calls), ERRORS: ({ calls }) => sum(calls) - sum({ OK: field(calls, 'OK') }), THROTTLED: ({ throttledCalls }) => throttledCalls, 'P50 MS': ({ latency }) => field(latency, 'p50'), 'P99 MS': ({ latency }) => field(latency, 'p99'),
  'AT SOURCE': ({ sourceCalls }) => sum(sourceCalls), NODES: ({ nodeCount }) => nodeCount, WAITING: ({ waitingCalls }) => waitingCalls,
};
const TOTALS: Columns = { CONNECTION: ({ connection }) => idOf(connection), CALLS: ({ calls }) => calls, ERRORS: ({ errors }) => errors, THROTTLED: ({ throttledCalls }) => throttledCalls, 'AT SOURCE': ({ sourceCalls }) => sourceCalls };
const STATES: Columns = { TIME: ({ time }) => time, STATE: ({ state }) => state, REVISION: ({ connectionRevision }) => connectionRevision, REASON: ({ status }) => status, DESCRIPTION: ({ description }) => description };
const LINES: Columns = { TIME: ({ time }) => time, LEVEL: ({ verbosity }) => verbosity, SEVERITY: ({ severity }) => severity, MESSAGE: ({ message }) => message, REQUEST: ({ requestId }) => requestId, FACTS: ({ facts }) => facts };

export function addWatchCommands(connections: Command, shell: Shell): void {
  const { terminal } = shell;

  located(connections.command('figures')).description('tell what went through a connection of late').argument(...CONNECTION).option('--day', 'of the last day, by minutes; else of 15 minutes').option('--all', 'of each connection of the location, in five minutes')
    .addHelpText('after', `${examples('konektor connections figures shop', 'konektor connections figures shop --day -o csv', 'konektor connections figures --all --location -')}\n\nIntervals in which nothing happened are left out. The process that answers knows\nits own figures, and those since it began.`)
    .action(async (given: string | undefined, { day, all, ...options }: CallOptions & { readonly day?: true; readonly all?: true }) => {
      const reached = await reach(options, shell);
      const isWhole = options.output === 'json' || options.output === 'yaml';
      if (all === true) {
        const totals = await reached.call('connections.listFigures', { path: { location: locationName(reached, reached.defaults.location ?? '-') } });
        return isWhole ? printItem(terminal, options.output, totals, {}) : printItems(terminal, options.output, totals.connections, TOTALS);
      }
      const figures = await reached.call('connections.showFigures', { path: { connection: await connectionName(reached, given) }, query: { span: day === true ? 'LAST_DAY' : 'LAST_15_MINUTES' } });
      if (isWhole) return printItem(terminal, options.output, figures, {});
      await printItems(terminal, options.output, figures.intervals, INTERVALS);
    });

  located(connections.command('states')).description('list the states that a connection was in, newest first').argument(...CONNECTION)
    .addHelpText('after', examples('konektor connections states shop'))
    .action(async (given: string | undefined, options: CallOptions) => {
      const reached = await reach(options, shell);
      const { states } = await reached.call('connections.listStates', { path: { connection: await connectionName(reached, given) } });
      await printItems(terminal, options.output, states, STATES);
    });

  listing(located(connections.command('logs'))).description('show the last lines of the log of a connection, newest first').argument(...CONNECTION)
    .option('--follow', 'print lines as they are written, until you interrupt').option('--search <text>', 'lines that hold it').option('--request <id>', 'lines of one call').option('--errors', 'warnings and errors alone')
    .addHelpText('after', `${examples('konektor connections logs shop --limit 20', 'konektor connections logs shop --follow --errors', 'konektor connections logs shop --request 4d0f64a5-6f7c-4e2a-a7a3-5f3a5e0f3a55')}\n\nHow much is logged: docs/how-to/read-the-log.md.`)
    .action(async (given: string | undefined, { follow: follows, search, request, errors, ...options }: LogOptions) => {
      const reached = await reach(options, shell);
      const path = { connection: await connectionName(reached, given) };
      const query = { ...(search === undefined ? {} : { search }), ...(request === undefined ? {} : { requestId: request }), ...(errors === true ? { severity: 'WARNING' as const } : {}) };
      if (follows === true) return follow(reached, shell, { path, query }, options);
      await printPages(terminal, options, LINES, (page) => reached.call('connections.readLog', { path, query: { ...query, ...page } }), ({ lines }) => lines);
    });
}

/** Lines as they are written, to the end or to the limit. A list in JSON ends with a bracket, and this has no end. */
async function follow(reached: Reached, { terminal }: Shell, input: StreamInput<'connections.followLog'>, options: ListOptions): Promise<void> {
  async function* batches(): AsyncGenerator<readonly object[]> {
    for await (const { lines } of await reached.objects('connections.followLog', input)) yield lines;
  }
  await printBatches(terminal, { ...options, output: options.output === 'json' ? 'jsonl' : options.output }, LINES, batches());
}
