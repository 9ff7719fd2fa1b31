// konektor locations: the regions of a project.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, type Columns } from '../output.ts';
import { resourceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

const COLUMNS: Columns = { LOCATION: ({ locationId }) => locationId, NAME: ({ displayName }) => displayName };
const RUNTIME: Columns = { LOCATION: ({ locationId }) => locationId, STATE: ({ state }) => state, ENDPOINT: ({ runtimeEndpoint }) => runtimeEndpoint };
const LOCATION = ['<location>', 'its id, such as us-central1'] as const;

export function addLocations(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const locations = program.command('locations').description('the regions in which connections may be made')
    .addHelpText('after', examples('konektor locations list', 'konektor locations show us-central1', 'konektor locations runtime us-central1'));

  listing(inProject(locations.command('list')), 'displayName = "Tokyo"').description('list the regions in which connections may be made, and global')
    .addHelpText('after', examples('konektor locations list', 'konektor locations list --project toko -o json'))
    .action(async (options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { project: projectName(reached) };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('locations.list', { path, query }), (page) => page.locations);
    });

  inProject(locations.command('show')).description('show a location').argument(...LOCATION).addHelpText('after', examples('konektor locations show us-central1'))
    .action(async (location: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('locations.get', { path: { location: resourceName(reached, 'location', location) } }), COLUMNS);
    });

  inProject(locations.command('runtime')).description('show where the runtime of a region is').argument(...LOCATION).addHelpText('after', examples('konektor locations runtime us-central1'))
    .action(async (location: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('runtimeConfig.get', { path: { location: resourceName(reached, 'location', location) } }), RUNTIME);
    });
}
