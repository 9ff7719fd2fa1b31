// konektor roles: what a policy may bind.
import type { Command } from 'commander';
import { connected, type CallOptions } from '../call-options.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, type Columns } from '../output.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

const COLUMNS: Columns = { ROLE: ({ name }) => name, WHAT: ({ description }) => description };
const ONE: Columns = { ROLE: ({ name }) => name, TITLE: ({ title }) => title, WHAT: ({ description }) => description, PERMISSIONS: ({ includedPermissions }) => (Array.isArray(includedPermissions) ? includedPermissions.join(' ') : '') };

export function addRoles(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const roles = program.command('roles').description('lists of permissions that a policy grants')
    .addHelpText('after', examples('konektor roles list', 'konektor roles list --permission connectors.entities.list', 'konektor roles show connectors.invoker'));

  listing(connected(roles.command('list')), 'name:connectors').description('list the roles that there are').option('--permission <permission>', 'only those that hold it')
    .addHelpText('after', examples('konektor roles list', 'konektor roles list --permission connectors.entities.list', 'konektor roles list --filter name:secretmanager'))
    .action(async ({ permission, ...options }: ListOptions & { readonly permission?: string }) => {
      const { call } = await reach(options, shell);
      const parts = [...(permission === undefined ? [] : [`includedPermissions:${JSON.stringify(permission)}`]), ...(options.filter === undefined ? [] : [`(${options.filter})`])];
      await printPages(terminal, parts.length === 0 ? options : { ...options, filter: parts.join(' AND ') }, COLUMNS, (query) => call('roles.list', { path: {}, query }), (page) => page.roles);
    });

  connected(roles.command('show')).description('show a role with its permissions').argument('<role>', 'such as connectors.invoker')
    .addHelpText('after', examples('konektor roles show connectors.invoker', 'konektor roles show roles/owner -o yaml'))
    .action(async (role: string, options: CallOptions) => {
      const { call } = await reach(options, shell);
      await printItem(terminal, options.output, await call('roles.get', { path: { role: role.replace(/^roles\//, '') } }), ONE);
    });
}
