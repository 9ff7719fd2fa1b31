// konektor providers: who provides connectors.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, type Columns } from '../output.ts';
import { idOf, resourceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

const COLUMNS: Columns = { PROVIDER: ({ name }) => idOf(name), NAME: ({ displayName }) => displayName, STAGE: ({ launchStage }) => launchStage, WHAT: ({ description }) => description };

export function addProviders(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const providers = program.command('providers').description('who provides connectors').addHelpText('after', examples('konektor providers list', 'konektor providers show stripe'));

  listing(inProject(providers.command('list'))).description('list the providers of connectors').addHelpText('after', examples('konektor providers list', 'konektor providers list -o json'))
    .action(async (options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { location: `${projectName(reached)}/locations/global` };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('providers.list', { path, query }), (page) => page.providers);
    });

  inProject(providers.command('show')).description('show a provider').argument('<provider>', 'its id').addHelpText('after', examples('konektor providers show stripe'))
    .action(async (provider: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('providers.get', { path: { provider: resourceName(reached, 'provider', provider) } }), COLUMNS);
    });
}
