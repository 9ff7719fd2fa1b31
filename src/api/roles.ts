// The roles that policies may bind, wire-compatible with iam.googleapis.com v1. Everybody may know them.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { nextPageToken, PageQuery } from './schema.ts';

const Role = Type.Object({
  name: Type.String({ description: 'roles/connectors.invoker' }), title: Type.String(), description: Type.String(), stage: Type.String({ description: 'GA' }),
  includedPermissions: Type.Optional(Type.Array(Type.String(), { description: 'In a list with the FULL view, and of one role.' })),
}, { title: 'Role' });
const view = Type.Optional(Type.Enum(['BASIC', 'FULL'], { description: 'FULL tells the permissions too.' }));
const filter = Type.Optional(Type.String({ maxLength: 4_096, description: 'name, title, description, includedPermissions: includedPermissions:connectors.entities.list' }));

export const roleOperations = {
  'roles.list': operation({
    id: 'roles.list', summary: 'Lists the roles that a policy may bind.',
    http: { method: 'GET', path: '/v1/roles' }, permission: null, effect: 'read',
    query: Type.Object({ ...PageQuery, filter, view }), body: undefined, output: Type.Object({ roles: Type.Array(Role), nextPageToken }),
  }),
  'roles.get': operation({
    id: 'roles.get', summary: 'Shows a role with its permissions.',
    http: { method: 'GET', path: '/v1/roles/{role}' }, permission: null, effect: 'read',
    query: Type.Object({}), body: undefined, output: Role,
  }),
} as const;
