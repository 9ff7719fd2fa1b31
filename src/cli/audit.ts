// konektor audit: who did what to which resource, and how it ended.
import type { Command } from 'commander';
import { calling, inProject, projectName } from './call-options.ts';
import { field } from './command-error.ts';
import { examples } from './examples.ts';
import { listing, printPages, type ListOptions } from './listed.ts';
import { readMoment } from './moment.ts';
import { put, type Columns } from './output.ts';
import type { PlaceOptions } from './place.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';

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
const LIST = ['konektor audit list --since 1h', 'konektor audit list --filter "kind = DATA_WRITE AND status.code != OK"', 'konektor audit list --filter \'principal = "user:ani@example.com"\' -o csv'];
const EXPORT = ['konektor audit export --since 2026-03-01 --until 2026-03-02 > march-1.jsonl', 'konektor audit export --everywhere | jq -r .principal | sort | uniq -c'];

export function addAudit(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const audit = program.command('audit').description('the audit log: who did what, and how it ended').addHelpText('after', examples(...LIST, ...EXPORT));

  spanned(listing(inProject(audit.command('list')), 'kind = DATA_WRITE AND status.code != OK')).description(`list what was done in a project, newest first; ${USUAL_LIMIT} records unless --limit`)
    .addHelpText('after', examples(...LIST))
    .action(async (given: ListOptions & Span) => {
      const { since, until, everywhere, ...options } = given;
      const reached = await reach(options, shell);
      const parts = [...(since === undefined ? [] : [`time >= "${readMoment(since)}"`]), ...(until === undefined ? [] : [`time < "${readMoment(until)}"`]), ...(options.filter === undefined ? [] : [`(${options.filter})`])];
      const asked = { ...options, limit: options.limit ?? USUAL_LIMIT, ...(parts.length === 0 ? {} : { filter: parts.join(' AND ') }) };
      const path = everywhere === true ? undefined : { project: projectName(reached) };
      await printPages(terminal, asked, COLUMNS, (query) => (path === undefined ? reached.call('auditEntries.listAll', { path: {}, query }) : reached.call('auditEntries.list', { path, query })), (page) => page.auditEntries);
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

function spanned(command: Command): Command {
  return command.option('--since <moment>', 'from then on: 2026-03-01, or 90m for that long ago').option('--until <moment>', 'before then').option('--everywhere', 'of the whole installation; for administrators');
}

