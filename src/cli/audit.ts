// konektor audit: who did what to which resource, and how it ended.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { RowOutput } from '../api/row-caller.ts';
import { follow } from './audit-follow.ts';
import { calling, inProject, projectName } from './call-options.ts';
import { CommandError, interrupted } from './command-error.ts';
import { countOf } from './count.ts';
import { examples } from './examples.ts';
import { listing, printPages, type ListOptions, type PageQuery } from './listed.ts';
import { field } from './members.ts';
import { readMoment } from './moment.ts';
import { createPrinter, put, type Columns } from './output.ts';
import type { PlaceOptions } from './place.ts';
import type { Shell } from './shell.ts';
import { reach, type Reached } from './transport.ts';

interface Span {
  readonly since?: string;
  readonly until?: string;
  readonly everywhere?: true;
}

const COLUMNS: Columns = {
  TIME: ({ time }) => time, WHO: ({ principal }) => principal, WHAT: ({ operation }) => operation, OUTCOME: ({ status }) => field(status, 'code'), ON: ({ resource }) => String(resource).split('/').slice(-2).join('/'), REQUEST: ({ requestId }) => requestId,
};
/** Records of a whole project are many; who wants them all says so. */
const USUAL_LIMIT = '100';
/** Between two looks of who follows. */
const PAUSE_MS = 2_000;
const FOLLOWED_PAGE = 100;
const LIST = ['konektor audit list --since 1h', 'konektor audit list --follow --filter "kind = DATA_WRITE"', 'konektor audit list --filter "kind = DATA_WRITE AND status.code != OK"', 'konektor audit list --filter \'principal = "user:ani@example.com"\' -o csv'];
const EXPORT = ['konektor audit export --since 2026-03-01 --until 2026-03-02 > march-1.jsonl', 'konektor audit export --everywhere | jq -r .principal | sort | uniq -c'];

export function addAudit(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const audit = program.command('audit').description('the audit log: who did what, and how it ended').addHelpText('after', examples(...LIST, ...EXPORT));

  spanned(listing(inProject(audit.command('list')), 'kind = DATA_WRITE AND status.code != OK')).description(`list what was done in a project, newest first; ${USUAL_LIMIT} records unless --limit`)
    .option('--follow', 'print records as they are stored, oldest first, until you interrupt, or --limit is reached')
    .addHelpText('after', `${examples(...LIST)}\n\n--follow begins with now, or with --since. It looks every two seconds, and shows\nwhat any server of the installation stored within half a minute of its call.`)
    .action(async (given: ListOptions & Span & { readonly follow?: true }) => {
      const { since, until, everywhere, follow: follows, ...options } = given;
      const reached = await reach(options, shell);
      const path = everywhere === true ? undefined : { project: projectName(reached) };
      const read: ReadAudit = (query) => (path === undefined ? reached.call('auditEntries.listAll', { path: {}, query }) : reached.call('auditEntries.list', { path, query }));
      if (follows === true) {
        if (until !== undefined) throw new CommandError('INVALID_ARGUMENT', '--follow has no end, which --until would be: leave one of them out.');
        return printFollowed(reached, shell, read, { ...options, ...(since === undefined ? {} : { since }) });
      }
      const span = [...(since === undefined ? [] : [from(readMoment(since))]), ...(until === undefined ? [] : [`time < "${readMoment(until)}"`])];
      // Alone it stays as it was typed: a fault in it is told by its position.
      const { filter } = options;
      const whole = [...span, ...(filter === undefined ? [] : [span.length === 0 ? filter : `(${filter})`])].join(' AND ');
      const asked = { ...options, limit: options.limit ?? USUAL_LIMIT, ...(whole === '' ? {} : { filter: whole }) };
      await printPages(terminal, asked, COLUMNS, read, (page) => page.auditEntries);
    });

  spanned(calling(audit.command('export').description('print the audit log as lines of JSON, oldest first').option('--project <id>', 'its project (KONEKTOR_PROJECT)')).optionsGroup('Options:'))
    .option('--filter <filter>', 'kind = DATA_WRITE AND status.code != OK')
    .addHelpText('after', examples(...EXPORT))
    .action(async ({ since, until, everywhere, filter, ...options }: PlaceOptions & Span & Pick<ListOptions, 'filter'>) => {
      const reached = await reach(options, shell);
      const query = { ...(filter === undefined ? {} : { filter }), ...(since === undefined ? {} : { from: readMoment(since) }), ...(until === undefined ? {} : { to: readMoment(until) }) };
      const lines = await (everywhere === true ? reached.stream('auditEntries.exportAll', { path: {}, query }) : reached.stream('auditEntries.export', { path: { project: projectName(reached) }, query }));
      const decoder = new TextDecoder();
      for await (const chunk of lines) await put(terminal.out, decoder.decode(chunk, { stream: true }));
    });
}

type ReadAudit = (query: PageQuery) => Promise<RowOutput<'auditEntries.list'>>;

const from = (moment: string): string => `time >= "${moment}"`;

async function printFollowed({ signal }: Pick<Reached, 'signal'>, { terminal }: Shell, read: ReadAudit, { since, filter, limit, ...options }: ListOptions & Pick<Span, 'since'>): Promise<void> {
  let left = limit === undefined ? Infinity : countOf('--limit', limit);
  // Now is what the servers say, whose records these are: after the last that there is.
  const begin = since === undefined ? Date.parse((await read({ pageSize: 1 })).auditEntries[0]?.time ?? '1970-01-01') + 1 : Date.parse(readMoment(since));
  const records = follow({
    since: new Date(begin).toISOString(),
    // The newest of all are at hand; of those that pass a filter the store looks for no older ones.
    read: async ({ from: moment, ...next }) => {
      const { auditEntries: entries, nextPageToken } = await read({ pageSize: FOLLOWED_PAGE, ...next, ...(filter === undefined ? {} : { filter: `${from(moment)} AND (${filter})` }) });
      return { entries, nextPageToken };
    },
    pause: () => sleep(PAUSE_MS, undefined, { signal }).catch(() => { throw interrupted(); }),
  });
  // A list in JSON ends with a bracket, and this has no end.
  const printer = await createPrinter(terminal, { ...options, output: options.output === 'json' ? 'jsonl' : options.output }, COLUMNS);
  for await (const batch of records) {
    if (batch.length > 0) await printer.print(batch.slice(0, left).map((one) => ({ ...one })));
    left -= batch.length;
    if (left <= 0) break;
  }
  await printer.end();
}

function spanned(command: Command): Command {
  return command.option('--since <moment>', 'from then on: 2026-03-01, or 90m for that long ago').option('--until <moment>', 'before then').option('--everywhere', 'of the whole installation; for administrators');
}

