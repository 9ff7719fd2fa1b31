// The services of a project, wire-compatible with serviceusage.googleapis.com v1.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, PageQuery } from './schema.ts';

const Service = Type.Object({ name: Type.String(), parent: Type.String(), config: AnyObject, state: Type.Enum(['ENABLED', 'DISABLED']) });
const Done = Type.Object({ name: Type.String(), done: Type.Boolean(), response: AnyObject });

export const serviceOperations = {
  'services.list': operation({
    id: 'services.list', summary: 'Lists the services that a project has or may have.',
    http: { method: 'GET', path: '/v1/{project}/services' }, permission: 'serviceusage.services.list', effect: 'read',
    query: Type.Object({ ...PageQuery, filter: Type.Optional(Type.String({ description: 'state:ENABLED or state:DISABLED' })) }), body: undefined,
    output: Type.Object({ services: Type.Optional(Type.Array(Service)), nextPageToken: Type.Optional(Type.String()) }),
  }),
  'services.get': operation({
    id: 'services.get', summary: 'Shows whether a service is enabled.',
    http: { method: 'GET', path: '/v1/{service}' }, permission: 'serviceusage.services.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Service,
  }),
  'services.enable': operation({
    id: 'services.enable', summary: 'Enables a service in a project. The operation has ended already.',
    http: { method: 'POST', path: '/v1/{service}:enable' }, permission: 'serviceusage.services.enable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: Done,
  }),
  'services.disable': operation({
    id: 'services.disable', summary: 'Disables a service in a project: its calls are refused until it is enabled again. The operation has ended already.',
    http: { method: 'POST', path: '/v1/{service}:disable' }, permission: 'serviceusage.services.disable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: Done,
  }),
  'services.batchEnable': operation({
    id: 'services.batchEnable', summary: 'Enables several services in a project, all or none. The operation has ended already.',
    http: { method: 'POST', path: '/v1/{project}/services:batchEnable' }, permission: 'serviceusage.services.enable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: Done,
  }),
} as const;
