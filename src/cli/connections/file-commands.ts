// konektor connections create, update, export, import: connections as files, and the usual one by options.
import type { Command } from 'commander';
import type { ConnectionMessage } from '../../connections/fields.ts';
import { connectionName, gather, located, locationName, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirmed } from '../confirm.ts';
import { examples } from '../examples.ts';
import type { Output } from '../output.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';
import type { ApplyOptions, Deeds } from './apply.ts';
import type { Export } from './export.ts';
import { LOG_LEVELS, hasFlags, type ConnectionFlags } from './flags.ts';

interface Options extends CallOptions, ApplyOptions, ConnectionFlags {
  readonly file?: string;
}

const CREATE = [
  'konektor connections create shop --secret stripe-key',
  'konektor connections create shop --secret stripe-key/3 --label env=prod',
  'konektor connections create -f shop.yaml',
  'konektor connections create toko -f shop.yaml --dry-run',
];
const UPDATE = ['konektor connections update -f shop.yaml', 'konektor connections update shop --description "The shop" --min-nodes 4'];
const EXPORT = ['konektor connections export shop > shop.yaml', 'konektor connections export --to connections/', 'konektor connections export -o jsonl'];
const IMPORT = ['konektor connections import shop.yaml', 'konektor connections import connections/ --yes', 'konektor connections import connections/ --dry-run   ends with 1 if it differs'];
const ASKED = `

What a file would do is shown first and asked about; --yes does it without
asking, as it must be where nobody can be asked. What files look like:
docs/how-to/keep-connections-in-files.md.`;

export function addFileCommands(connections: Command, shell: Shell): void {
  const changing = (name: string, description: string): Command => confirmed(located(connections.command(name)).description(description)
    .option('--dry-run', 'show what would be done; ends with 1 where something would').option('--no-wait', 'do not wait until it has been tried out'));

  flagged(changing('create', 'create a connection, and wait until it has been tried out').argument('[connection]', 'its name; without it that of the file'))
    .option('--connector <connector>', 'provider/connector/version; stripe without it')
    .addHelpText('after', `${examples(...CREATE)}\n\nThe key is stored first: konektor secrets create.${ASKED}`)
    .action(async (name: string | undefined, options: Options) => make('create', name, options, shell));

  flagged(changing('update', 'change a connection, to what a file says or by options').argument('[connection]', 'its name; without it that of the file'))
    .option('--connector <connector>', 'another version: provider/connector/version')
    .addHelpText('after', `${examples(...UPDATE)}\n\nA file says all of a connection: what it leaves out goes back to the default.\nOptions change what they name and leave the rest.${ASKED}`)
    .action(async (name: string | undefined, options: Options) => make('update', name, options, shell));

  located(connections.command('export'), 'yaml', FORMS).description('write connections as files: what their users set, secrets by name').argument('[connections...]', 'names; without them all of the location')
    .option('--to <folder>', 'a file for each, {connection}.yaml')
    .addHelpText('after', `${examples(...EXPORT)}\n\nWith --location - the connections of all locations, in a\nfolder for each. What files look like: docs/how-to/keep-connections-in-files.md.`)
    .action(async (names: readonly string[], options: CallOptions & { readonly to?: string }) => {
      const { exportConnections } = await import('./export.ts');
      await exportConnections(await reach(options, shell), shell, { names, ...(options.to === undefined ? {} : { folder: options.to }), form: formOf(options.output) });
    });

  changing('import', 'create what files have and the server has not, change what differs').alias('apply').argument('[path...]', 'files or folders; - for the input')
    .option('-f, --file <path>', 'a path too; once for each', gather)
    .addHelpText('after', `${examples(...IMPORT)}\n\nConnections that no file has are left alone.${ASKED}`)
    .action(async (paths: readonly string[], { file: more = [], ...options }: CallOptions & ApplyOptions & { readonly file?: readonly string[] }) => {
      if (paths.length + more.length === 0) throw new CommandError('INVALID_ARGUMENT', 'No file is named.', 'Name files or folders, or - for the input: konektor connections import shop.yaml.');
      const [{ apply, planAll, refuse }, { readSources }] = await Promise.all([import('./apply.ts'), import('./sources.ts')]);
      const reached = await reach(options, shell);
      const { connections: wanted, faults } = await readSources([...paths, ...more], shell.terminal, placeOf(reached));
      refuse(faults);
      await apply(reached, shell, await planAll(reached, shell, wanted, { deeds: 'any' }), options, true);
    });
}

/** In which files of connections are written. */
const FORMS = ['yaml', 'json', 'jsonl'] as const satisfies readonly Output[];

function formOf(output: Output): Export['form'] {
  return FORMS.find((form) => form === output) ?? 'yaml';
}

function flagged(command: Command): Command {
  return command.option('-f, --file <file>', 'YAML or JSON; - for the input')
    .option('--secret <secret>', 'where its API key is: name, name/version').option('--account-id <account>', 'a connected account, acct_…')
    .option('--description <text>', 'what it is for').option('--label <key=value...>', 'labels; key- takes one away')
    .option('--service-account <account>', 'as which it acts').option('--variable <key=value...>', 'of its configuration').option('--destination <key=host...>', 'host, or host:port')
    .option('--min-nodes <count>', 'always so many').option('--max-nodes <count>', 'never more').option('--log-level <level>', LOG_LEVELS.join(', '));
}

async function make(deed: Exclude<Deeds, 'any'>, given: string | undefined, options: Options, shell: Shell): Promise<void> {
  const { file } = options;
  const { apply, planAll, refuse } = await import('./apply.ts');
  const reached = await reach(options, shell);
  if (file === undefined) {
    if (given === undefined) throw new CommandError('INVALID_ARGUMENT', 'No connection is named.', `Name it, or give a file: konektor connections ${deed} -f shop.yaml.`);
    if (deed === 'update' && !hasFlags(options)) throw new CommandError('INVALID_ARGUMENT', 'Nothing is to be changed.', 'Pass -f with a file, or options such as --description.');
    const plans = await planAll(reached, shell, [await byFlags(reached, deed, given, options)], { deeds: deed, instead: `konektor connections update ${given} with the same options` });
    return apply(reached, shell, plans, options, false);
  }
  if (hasFlags(options)) throw new CommandError('INVALID_ARGUMENT', 'A file says all of a connection: leave the other options out.', 'konektor connections update changes single things afterwards.');
  const { readSources } = await import('./sources.ts');
  const { connections, faults } = await readSources([file], shell.terminal, placeOf(reached), given === undefined ? {} : { given: await fullName(reached, given) });
  refuse(faults);
  const instead = given === undefined ? `konektor connections import ${file}` : `konektor connections update ${given} -f ${file}`;
  return apply(reached, shell, await planAll(reached, shell, connections, { deeds: deed, instead }), options, true);
}

async function byFlags(reached: Reached, deed: Exclude<Deeds, 'any'>, given: string, flags: ConnectionFlags): Promise<{ readonly file: ''; readonly name: string; readonly message: ConnectionMessage; readonly lineOf: () => undefined }> {
  const [{ withFlags }, { userForm }] = await Promise.all([import('./flags.ts'), import('../connection-files/form.ts')]);
  const name = deed === 'create' ? await fullName(reached, given) : await connectionName(reached, given);
  const before: ConnectionMessage = deed === 'create' ? {} : userForm(name, await reached.call('connections.get', { path: { connection: name } }));
  if (deed === 'create' && flags.secret === undefined) throw new CommandError('INVALID_ARGUMENT', 'A connection needs the secret that its API key is in.', 'Store the key (konektor secrets create stripe-key --prompt), then: --secret stripe-key.');
  return { file: '', name, message: withFlags(before, deed === 'create' ? { connector: 'stripe', ...flags } : flags, name.split('/')[1] ?? ''), lineOf: () => undefined };
}

/** The name of a connection that need not be there yet. */
async function fullName(reached: Reached, given: string): Promise<string> {
  return given.includes('/') ? connectionName(reached, given) : `${locationName(reached)}/connections/${given}`;
}

function placeOf({ defaults: { project, location } }: Pick<Reached, 'defaults'>): { readonly project: string | undefined; readonly location: string | undefined } {
  return { project, location };
}

