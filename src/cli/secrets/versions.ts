// konektor secrets add-version, versions, access, enable, disable, destroy: the values of a secret, which never change.
import type { Command } from 'commander';
import type { RowOutput } from '../../api/row-caller.ts';
import { inProject, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, put, type Columns } from '../output.ts';
import { idOf, resourceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';
import { readValue, valued, type ValueOptions } from './value.ts';

const COLUMNS: Columns = { VERSION: ({ name }) => idOf(name), STATE: ({ state }) => state, CREATED: ({ createTime }) => createTime, DESTROYED: ({ destroyTime }) => destroyTime };
const ONE: Columns = { NAME: ({ name }) => name, STATE: ({ state }) => state, CREATED: ({ createTime }) => createTime, DESTROYED: ({ destroyTime }) => destroyTime };
const SECRET = ['<secret>', 'its id'] as const;
const VERSION = ['<version>', 'its number, or latest'] as const;

type Change = (reached: Reached, secretVersion: string) => Promise<RowOutput<'secretVersions.get'>>;

export function addVersions(secrets: Command, shell: Shell): void {
  const { terminal } = shell;

  listing(inProject(secrets.command('versions')), 'state:ENABLED').description('list the versions of a secret, newest first; never values').argument(...SECRET)
    .addHelpText('after', examples('konektor secrets versions stripe-key', 'konektor secrets versions stripe-key --filter state:ENABLED -o json'))
    .action(async (given: string, options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { secret: resourceName(reached, 'secret', given) };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('secretVersions.list', { path, query }), ({ versions }) => versions);
    });

  inProject(secrets.command('version')).description('show a version; never its value').argument(...SECRET).argument('[version]', 'its number; latest without it')
    .addHelpText('after', examples('konektor secrets version stripe-key', 'konektor secrets version stripe-key 3 -o yaml'))
    .action(async (given: string, version: string | undefined, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('secretVersions.get', { path: { secretVersion: versionName(reached, given, version) } }), ONE);
    });

  valued(inProject(secrets.command('add-version'))).description('give a secret a new value; latest names it from then on').argument(...SECRET)
    .addHelpText('after', `${examples('konektor secrets add-version stripe-key --prompt', 'konektor secrets add-version stripe-key --file key.txt', 'pass show stripe | konektor secrets add-version stripe-key --file -')}\n\nConnections that name latest use it from their next call on.`)
    .action(async (given: string, options: CallOptions & ValueOptions) => {
      const reached = await reach(options, shell);
      const path = { secret: resourceName(reached, 'secret', given) };
      const value = await readValue(options, terminal);
      if (value === undefined) throw new CommandError('INVALID_ARGUMENT', 'There is no value: pass --prompt to be asked for it, or --file with where it is.');
      await printItem(terminal, options.output, await reached.call('secrets.addVersion', { path, body: { payload: { data: value.toString('base64') } } }), ONE);
    });

  confirmed(inProject(secrets.command('access'))).description('print the value of a version, as it is').argument(...SECRET).argument('[version]', 'its number; latest without it')
    .addHelpText('after', `${examples('konektor secrets access stripe-key 3', 'konektor secrets access stripe-key > key.txt')}\n\nOn a terminal it is asked first: the value stands there for all to see. Each\naccess is in the audit log.`)
    .action(async (given: string, version: string | undefined, options: CallOptions & ConfirmOptions) => {
      const reached = await reach(options, shell);
      const secretVersion = versionName(reached, given, version);
      if (terminal.out.isTTY === true) await confirm(terminal, options, `Shows the value of ${secretVersion} on this terminal.`);
      const { name, payload } = await reached.call('secretVersions.access', { path: { secretVersion } });
      if (options.output !== 'table') return printItem(terminal, options.output, { name, payload }, { name: () => name, data: () => payload.data });
      await put(terminal.out, Buffer.from(payload.data, 'base64').toString('utf8'));
      if (terminal.out.isTTY === true) terminal.out.write('\n');
    });

  inProject(secrets.command('enable')).description('enable a version that was disabled').argument(...SECRET).argument(...VERSION)
    .addHelpText('after', examples('konektor secrets enable stripe-key 3'))
    .action(async (given: string, version: string, options: CallOptions) => change(given, version, options, shell, undefined, ({ call }, secretVersion) => call('secretVersions.enable', { path: { secretVersion }, body: {} })));

  confirmed(inProject(secrets.command('disable'))).description('disable a version: nobody can use its value until it is enabled').argument(...SECRET).argument(...VERSION)
    .addHelpText('after', examples('konektor secrets disable stripe-key 2', 'konektor secrets disable stripe-key 2 --yes'))
    .action(async (given: string, version: string, options: CallOptions & ConfirmOptions) => change(given, version, options, shell, 'Disables', ({ call }, secretVersion) => call('secretVersions.disable', { path: { secretVersion }, body: {} })));

  confirmed(inProject(secrets.command('destroy'))).description('destroy the value of a version, for good').argument(...SECRET).argument(...VERSION)
    .addHelpText('after', examples('konektor secrets destroy stripe-key 1', 'konektor secrets destroy stripe-key 1 --yes'))
    .action(async (given: string, version: string, options: CallOptions & ConfirmOptions) => change(given, version, options, shell, 'Destroys, for good, the value of', ({ call }, secretVersion) => call('secretVersions.destroy', { path: { secretVersion }, body: {} })));
}

function versionName(reached: Reached, secret: string, version = 'latest'): string {
  return resourceName(reached, 'secretVersion', `${resourceName(reached, 'secret', secret)}/versions/${version}`);
}

/** @param asked what is asked about first; undefined where nothing is */
async function change(given: string, version: string, options: CallOptions & ConfirmOptions, shell: Shell, asked: string | undefined, send: Change): Promise<void> {
  const { terminal } = shell;
  const reached = await reach(options, shell);
  // What latest is now, it may not be any more when it has been asked about.
  const { name } = await reached.call('secretVersions.get', { path: { secretVersion: versionName(reached, given, version) } });
  if (asked !== undefined) await confirm(terminal, options, `${asked} ${name}. Connections that use it stop working.`);
  await printItem(terminal, options.output, await send(reached, name), ONE);
}
