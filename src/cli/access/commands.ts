// konektor access: who may do what with a project, a connection, a secret, a service account or a provider.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { CommandError, exitCodeOf } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { readObject } from '../input.ts';
import { nearestRole } from '../meant.ts';
import { printItem, printItems, put, type Columns } from '../output.ts';
import { accountEmail } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';
import { findPlace, type PlaceChoice, type Policy } from './places.ts';
import { changePolicy, granted, readBindings, revoked, roleName, type Bindings } from './policy-change.ts';

interface Options extends CallOptions, PlaceChoice {}

const COLUMNS: Columns = { ROLE: ({ role }) => role, MEMBER: ({ member }) => member };
const TESTED: Columns = { PERMISSION: ({ permission }) => permission, HELD: ({ held }) => (held === true ? 'yes' : 'no') };
const GRANT = [
  'konektor access grant user:ani@example.com connectors.invoker --project toko',
  'konektor access grant group:ops connectors.viewer --connection shop',
  'konektor access grant serviceAccount:kasir secretmanager.viewer \\',
  '    secretmanager.secretAccessor --secret stripe-key',
];
const SHOW = ['konektor access show --project toko', 'konektor access show --connection shop', 'konektor access show --secret stripe-key -o yaml > policy.yaml'];
const ON = '\n\nWithout --connection, --secret, --service-account or --provider it is about the\nproject; what is granted there holds for everything in it.';
const MEMBERS = '\nMembers: user:…, group:…, domain:…, serviceAccount:kasir, allAuthenticatedUsers.';

export function addAccess(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const access = program.command('access').description('who may do what: the policies of projects and of what is in them')
    .addHelpText('after', examples(...SHOW, ...GRANT, 'konektor access revoke user:ani@example.com connectors.invoker', 'konektor access test connectors.entities.list -c shop') + ON);
  const begun = (name: string): Command => inProject(access.command(name))
    .option('-c, --connection <name>', 'of a connection').option('--secret <secret>', 'of a secret').option('--service-account <account>', 'of a service account').option('--provider <provider>', 'of a provider of connectors');

  begun('show').description('show who has which role').addHelpText('after', examples(...SHOW) + ON)
    .action(async (options: Options) => {
      const place = await findPlace(await reach(options, shell), options);
      await print(shell, options, place.name, await place.read());
    });

  begun('grant').description('grant a member roles').argument('<member>', 'user:ani@example.com, group:ops, serviceAccount:kasir, …').argument('<role...>', 'such as connectors.invoker')
    .addHelpText('after', `${examples(...GRANT)}${ON}${MEMBERS}\nRoles: konektor roles list.`)
    .action(async (member: string, roles: readonly string[], options: Options) => edit(shell, member, roles, options, granted));

  begun('revoke').description('take roles away from a member').argument('<member>', 'user:ani@example.com, group:ops, serviceAccount:kasir, …').argument('<role...>', 'such as connectors.invoker')
    .addHelpText('after', examples('konektor access revoke user:ani@example.com connectors.invoker', 'konektor access revoke group:ops connectors.viewer --connection shop') + ON)
    .action(async (member: string, roles: readonly string[], options: Options) => edit(shell, member, roles, options, revoked));

  confirmed(begun('set')).description('replace a policy by that of a file').requiredOption('-f, --file <file>', 'as "access show -o yaml" prints it; - for the input')
    .addHelpText('after', `${examples('konektor access show -o yaml > policy.yaml', 'konektor access set -f policy.yaml')}\n\nWith the etag of the file, only where nobody has changed the policy since.${ON}`)
    .action(async ({ file, ...options }: Options & ConfirmOptions & { readonly file: string }) => {
      const { etag, bindings, ...rest } = await readObject(file, terminal, '{"bindings": []}');
      const wanted = bindings === undefined ? {} : { bindings: readBindings(bindings) };
      const place = await findPlace(await reach(options, shell), options);
      await confirm(terminal, options, `Replaces the whole policy of ${place.name}.`);
      await print(shell, options, place.name, await place.write({ ...rest, etag: typeof etag === 'string' ? etag : '', ...wanted }));
    });

  begun('test').description('tell which permissions you have; ends with 4 where one is lacking').argument('<permission...>', 'such as connectors.entities.list')
    .addHelpText('after', `${examples('konektor access test connectors.connections.update --project toko', 'konektor access test connectors.entities.list -c shop -o json')}${ON}\nWhich permission a call asks for: konektor api show.`)
    .action(async (permissions: readonly string[], options: Options) => {
      const place = await findPlace(await reach(options, shell), options);
      const held = await place.test(permissions);
      await printItems(terminal, options.output, permissions.map((permission) => ({ permission, held: held.includes(permission) })), TESTED);
      if (!permissions.every((permission) => held.includes(permission))) shell.ended(exitCodeOf('PERMISSION_DENIED'));
    });
}

async function print({ terminal }: Shell, { output }: Options, name: string, policy: Policy): Promise<void> {
  if (output === 'json' || output === 'yaml') return printItem(terminal, output, policy, {});
  const rows = (policy.bindings ?? []).flatMap(({ role, members }) => members.map((member) => ({ role, member })));
  if (output === 'table' && rows.length === 0) return put(terminal.out, `The policy of ${name} grants nobody anything.\n`);
  await printItems(terminal, output, rows, COLUMNS);
}

async function edit(shell: Shell, given: string, roles: readonly string[], options: Options, change: (bindings: Bindings, member: string, roles: readonly string[]) => Bindings): Promise<void> {
  const reached = await reach(options, shell);
  const place = await findPlace(reached, options);
  const member = memberName(given, place.name);
  const names = roles.map(roleName);
  try {
    await print(shell, options, place.name, await changePolicy(place, (bindings) => change(bindings, member, names)));
  } catch (error) {
    throw error instanceof CommandError && error.code === 'INVALID_ARGUMENT' ? await withRole(reached, names, error) : error;
  }
}

const bare = (role: string): string => role.replace(/^roles\//, '');

/** `serviceAccount:kasir` is one of the project. */
function memberName(given: string, place: string): string {
  const [, account] = /^serviceAccount:([^@:]+)$/.exec(given) ?? [];
  return account === undefined ? given : `serviceAccount:${accountEmail(account, place.split('/')[1] ?? projectName({ defaults: {} }))}`;
}

/** Where roles are none, those that were meant. */
async function withRole({ call }: Reached, names: readonly string[], error: CommandError): Promise<CommandError> {
  const { roles } = await call('roles.list', { path: {}, query: { pageSize: 1_000 } });
  const known = roles.map(({ name }) => name);
  const faults = names.filter((name) => !known.includes(name)).map((name) => {
    const meant = nearestRole(bare(name), known.map(bare));
    return `There is no role ${name}${meant === undefined ? '.' : `: is roles/${meant} meant?`}`;
  });
  return faults.length === 0 ? error : new CommandError(error.code, faults.join('\n'), 'konektor roles list shows those there are.');
}
