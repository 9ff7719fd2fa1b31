// konektor projects: what everything else belongs to.
import type { Command } from 'commander';
import { connected, projectName, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { shownLabels, withLabels } from '../labels.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, type Columns } from '../output.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

interface Options extends CallOptions {
  readonly name?: string;
  readonly label?: readonly string[];
}

const COLUMNS: Columns = {
  PROJECT: ({ projectId }) => projectId, NAME: ({ name }) => name, NUMBER: ({ projectNumber }) => projectNumber, STATE: ({ lifecycleState }) => lifecycleState, LABELS: ({ labels }) => shownLabels(labels), CREATED: ({ createTime }) => createTime,
};
const PROJECT = ['<project>', 'its id'] as const;

export function addProjects(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const projects = program.command('projects').description('what everything else belongs to')
    .addHelpText('after', examples('konektor projects list', 'konektor projects create toko --name Toko', 'konektor projects delete toko'));
  const pathOf = (project: string) => ({ project: projectName({ defaults: {} }, project) });

  listing(connected(projects.command('list')), 'labels.team:kasir AND name:Toko').description('list the projects that you may see')
    .addHelpText('after', examples('konektor projects list', 'konektor projects list --filter labels.team:kasir -o csv'))
    .action(async (options: ListOptions) => {
      const { call } = await reach(options, shell);
      await printPages(terminal, options, COLUMNS, (query) => call('projects.list', { path: {}, query }), ({ projects: found }) => found);
    });

  connected(projects.command('show')).description('show a project').argument('[project]', 'its id; without it that of the context')
    .addHelpText('after', examples('konektor projects show toko', 'konektor projects show -o yaml'))
    .action(async (project: string | undefined, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('projects.get', { path: { project: projectName(reached, project) } }), COLUMNS);
    });

  connected(projects.command('create')).description('create a project, with both services and a first service account').argument('<project>', '1 to 63 lower-case letters, digits and hyphens')
    .option('--name <text>', 'what people call it').option('--label <key=value...>', 'labels')
    .addHelpText('after', `${examples('konektor projects create toko', 'konektor projects create toko --name Toko --label team=kasir')}\n\nYou become its owner. Next: konektor secrets create, then\nkonektor connections create.`)
    .action(async (projectId: string, { name, label, ...options }: Options) => {
      const { call } = await reach(options, shell);
      const labels = label === undefined ? {} : { labels: withLabels({}, label) };
      await call('projects.create', { path: {}, body: { projectId, ...(name === undefined ? {} : { name }), ...labels } });
      await printItem(terminal, options.output, await call('projects.get', { path: pathOf(projectId) }), COLUMNS);
    });

  connected(projects.command('update')).description('change the name and the labels of a project').argument(...PROJECT)
    .option('--name <text>', 'what people call it').option('--label <key=value...>', 'labels; key- takes one away')
    .addHelpText('after', examples('konektor projects update toko --name "Toko Baru"', 'konektor projects update toko --label team=gudang cost-'))
    .action(async (project: string, { name, label, ...options }: Options) => {
      if (name === undefined && label === undefined) throw new CommandError('INVALID_ARGUMENT', 'Nothing is to be changed: pass --name or --label.');
      const { call } = await reach(options, shell);
      const path = pathOf(project);
      // The row replaces both: what is not changed is sent as it was.
      const before = await call('projects.get', { path });
      const body = { name: name ?? before.name, labels: withLabels(before.labels, label ?? []) };
      await printItem(terminal, options.output, await call('projects.update', { path, body }), COLUMNS);
    });

  confirmed(connected(projects.command('delete'))).description('delete a project that has neither connections nor secrets').argument(...PROJECT)
    .addHelpText('after', `${examples('konektor projects delete toko', 'konektor projects delete toko --yes')}\n\nAt once and for good, with its service accounts and policies.`)
    .action(async (project: string, options: CallOptions & ConfirmOptions) => {
      const { call } = await reach(options, shell);
      const path = pathOf(project);
      await call('projects.get', { path });
      await confirm(terminal, options, `Deletes ${path.project}, its service accounts and policies, for good.`, path.project.slice('projects/'.length));
      await call('projects.delete', { path });
      terminal.err.write(`${path.project} is deleted.\n`);
    });
}
