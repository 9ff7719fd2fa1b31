// The services of a project, wire-compatible with serviceusage.googleapis.com v1.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, EndedOperation, nextPageToken, PageQuery } from './schema.ts';

const Service = Type.Object({ name: Type.String(), parent: Type.String(), config: Type.Object({ name: Type.String(), title: Type.String() }), state: Type.Enum(['ENABLED', 'DISABLED']) }, { title: 'Service' });
const ServiceIds = Type.Object({ serviceIds: Type.Array(Type.String()) }, { title: 'BatchEnableServicesRequest' });

export const serviceOperations = {
  'services.list': operation({
    id: 'services.list', summary: 'Lists the services that a project has or may have.',
    http: { method: 'GET', path: '/v1/{project}/services' }, permission: 'serviceusage.services.list', effect: 'read',
    query: Type.Object({ ...PageQuery, filter: Type.Optional(Type.String({ description: 'state:ENABLED or state:DISABLED' })) }), body: undefined,
    output: Type.Object({ services: Type.Optional(Type.Array(Service)), nextPageToken }),
  }),
  'services.get': operation({
    id: 'services.get', summary: 'Shows whether a service is enabled.',
    http: { method: 'GET', path: '/v1/{service}' }, permission: 'serviceusage.services.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Service,
  }),
  'services.enable': operation({
    id: 'services.enable', summary: 'Enables a service in a project. The operation has ended already.',
    http: { method: 'POST', path: '/v1/{service}:enable' }, permission: 'serviceusage.services.enable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: EndedOperation,
  }),
  'services.disable': operation({
    id: 'services.disable', summary: 'Disables a service in a project: its calls are refused until it is enabled again. The operation has ended already.',
    http: { method: 'POST', path: '/v1/{service}:disable' }, permission: 'serviceusage.services.disable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: EndedOperation,
  }),
  'services.batchEnable': operation({
    id: 'services.batchEnable', summary: 'Enables several services in a project, all or none. The operation has ended already.',
    http: { method: 'POST', path: '/v1/{project}/services:batchEnable' }, permission: 'serviceusage.services.enable', effect: 'write',
    query: Type.Object({}), body: AnyObject, bodyShape: ServiceIds, output: EndedOperation,
  }),
} as const;
