// What the rows of roles do.
import type { ApiHandlers } from '../api/table.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { findRole, ROLES } from '../iam/roles.ts';
import { listPage } from '../listing/page.ts';

type RoleHandlers = Pick<ApiHandlers<Principal>, 'roles.list' | 'roles.get'>;

const FIELDS = { name: 'text', title: 'text', description: 'text', includedPermissions: 'texts' } as const;

export function roleHandlers(): RoleHandlers {
  return {
    'roles.list': async (_call, { query: { view, ...query } }) => {
      const all = Object.entries(ROLES).map(([name, { title, description, permissions }]) => ({ name, title, description, stage: 'GA', includedPermissions: permissions.toSorted() }));
      const { items, nextPageToken } = listPage(all, query, { list: 'roles', fields: FIELDS, sizes: { usual: 300, most: 1_000 } });
      const roles = view === 'FULL' ? items : items.map(({ name, title, description, stage }) => ({ name, title, description, stage }));
      return { roles, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },
    'roles.get': async (_call, { path }) => {
      const name = `roles/${path.role}`;
      const role = findRole(name);
      if (role === undefined) throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
      const { title, description, permissions } = role;
      return { name, title, description, stage: 'GA', includedPermissions: permissions.toSorted() };
    },
  };
}
