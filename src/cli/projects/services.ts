// konektor services: what a project has enabled.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, printItems, type Columns } from '../output.ts';
import { idOf, serviceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

const COLUMNS: Columns = { SERVICE: ({ name }) => idOf(name), STATE: ({ state }) => state, TITLE: ({ config }) => titleOf(config) };
const NAMED = '\n\nconnectors stands for connectors.googleapis.com, secretmanager likewise.';

function titleOf(config: unknown): unknown {
  return typeof config === 'object' && config !== null && 'title' in config ? config.title : undefined;
}

export function addServices(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const services = program.command('services').description('which services a project has enabled')
    .addHelpText('after', examples('konektor services list --project toko', 'konektor services disable secretmanager --project toko') + NAMED);

  listing(inProject(services.command('list')), 'state:DISABLED').description('list the services of a project')
    .addHelpText('after', examples('konektor services list', 'konektor services list --project toko --filter state:DISABLED'))
    .action(async (options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { project: projectName(reached) };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('services.list', { path, query }), ({ services: found }) => found);
    });

  inProject(services.command('show')).description('show whether a service is enabled').argument('<service>', 'its name')
    .addHelpText('after', examples('konektor services show connectors --project toko') + NAMED)
    .action(async (service: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('services.get', { path: { service: serviceName(reached, service) } }), COLUMNS);
    });

  inProject(services.command('enable')).description('enable services; of several all or none').argument('<service...>', 'their names')
    .addHelpText('after', examples('konektor services enable connectors --project toko', 'konektor services enable connectors secretmanager') + NAMED)
    .action(async (given: readonly string[], options: CallOptions) => {
      const reached = await reach(options, shell);
      const [first = '', ...others] = given.map((one) => serviceName(reached, one));
      if (others.length === 0) await reached.call('services.enable', { path: { service: first }, body: {} });
      else await reached.call('services.batchEnable', { path: { project: first.split('/').slice(0, 2).join('/') }, body: { serviceIds: [first, ...others].map(idOf) } });
      const shown = await Promise.all([first, ...others].map((service) => reached.call('services.get', { path: { service } })));
      await printItems(terminal, options.output, shown, COLUMNS);
    });

  confirmed(inProject(services.command('disable'))).description('disable a service: its calls are refused until it is enabled').argument('<service>', 'its name')
    .addHelpText('after', examples('konektor services disable connectors --project toko', 'konektor services disable secretmanager --yes') + NAMED)
    .action(async (given: string, options: CallOptions & ConfirmOptions) => {
      const reached = await reach(options, shell);
      const service = serviceName(reached, given);
      await confirm(terminal, options, `Disables ${service}: every call of it is refused until it is enabled again.`);
      await reached.call('services.disable', { path: { service }, body: {} });
      await printItem(terminal, options.output, await reached.call('services.get', { path: { service } }), COLUMNS);
    });
}
