// konektor settings: what is kept of a project and of its regions for clients of the platform.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { examples } from '../examples.ts';
import { pair } from '../labels.ts';
import { waitFor } from '../operation-wait.ts';
import { printItem, type Columns } from '../output.ts';
import { resourceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';

interface Options extends CallOptions {
  readonly region?: string;
}

const SET = ['konektor settings set vpcsc=true --project toko', 'konektor settings set networkConfig.egressMode=STATIC_IP --region us-central1'];

export function addSettings(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const settings = program.command('settings').description('settings of a project and of its regions, as the platform has them')
    .addHelpText('after', `${examples('konektor settings show --project toko', 'konektor settings show --region us-central1', ...SET)}\n\nThe settings of the server itself are environment variables:\ndocs/reference/settings.md.`);
  const begun = (name: string): Command => inProject(settings.command(name)).option('--region <location>', 'of a region, such as us-central1');

  begun('show').description('show the settings of a project, or of a region').addHelpText('after', examples('konektor settings show', 'konektor settings show --region us-central1 -o yaml'))
    .action(async (options: Options) => {
      const shown = await read(await reach(options, shell), options.region);
      await printItem(terminal, options.output, shown, columnsOf(shown));
    });

  begun('set').description('change settings of a project, or of a region').argument('<field=value...>', 'such as vpcsc=true')
    .addHelpText('after', examples(...SET))
    .action(async (given: readonly string[], options: Options) => {
      const { body, updateMask } = changesOf(given);
      const reached = await reach(options, shell);
      const operation = options.region === undefined
        ? await reached.call('settings.patch', { path: { location: global(reached) }, query: { updateMask }, body })
        : await reached.call('regionalSettings.patch', { path: { location: resourceName(reached, 'location', options.region) }, query: { updateMask }, body });
      await waitFor(reached, terminal, operation, 'settings');
      const shown = await read(reached, options.region);
      await printItem(terminal, options.output, shown, columnsOf(shown));
    });
}

function global(reached: Reached): string {
  return `${projectName(reached)}/locations/global`;
}

async function read(reached: Reached, region: string | undefined): Promise<object> {
  if (region === undefined) return reached.call('settings.get', { path: { location: global(reached) } });
  return reached.call('regionalSettings.get', { path: { location: resourceName(reached, 'location', region) } });
}

function columnsOf(shown: object): Columns {
  return Object.fromEntries(Object.keys(shown).map((key) => [key, (item) => item[key]]));
}

/** `networkConfig.egressMode=STATIC_IP` as the body and the mask of a change. @throws CommandError */
function changesOf(given: readonly string[]): { readonly body: Readonly<Record<string, unknown>>; readonly updateMask: string } {
  const body: Record<string, unknown> = {};
  const mask: string[] = [];
  for (const [path, text] of given.map((one) => pair(one, 'vpcsc=true'))) {
    const [first = '', second, ...more] = path.split('.');
    if (more.length > 0 || !/^\w+(\.\w+)?$/.test(path)) throw new CommandError('INVALID_ARGUMENT', `"${path}" is no setting: write vpcsc=true, or networkConfig.egressMode=STATIC_IP.`);
    const value = text === 'true' ? true : text === 'false' ? false : text;
    body[first] = second === undefined ? value : { ...Object(body[first]), [second]: value };
    mask.push(path);
  }
  return { body, updateMask: mask.join(',') };
}
