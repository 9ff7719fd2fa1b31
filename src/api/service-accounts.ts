// Service accounts, wire-compatible with iam.googleapis.com v1.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, Empty, nextPageToken, PageQuery } from './schema.ts';

const text = Type.Optional(Type.String());
const ServiceAccount = Type.Object({
  name: Type.String(), email: Type.String(), projectId: Type.String(), uniqueId: Type.String({ description: '21 digits.' }), oauth2ClientId: Type.String(), displayName: text, description: text, disabled: Type.Optional(Type.Boolean()),
}, { title: 'ServiceAccount' });
const CreateRequest = Type.Object({ accountId: Type.String({ description: 'The part of its email before the @.' }), serviceAccount: Type.Optional(Type.Object({ displayName: text, description: text })) }, { title: 'CreateServiceAccountRequest' });
const PatchRequest = Type.Object({ serviceAccount: Type.Optional(Type.Object({ displayName: text, description: text })), updateMask: Type.String({ description: 'displayName, description' }) }, { title: 'PatchServiceAccountRequest' });

export const serviceAccountOperations = {
  'serviceAccounts.create': operation({
    id: 'serviceAccounts.create', summary: 'Creates a service account, without any role.',
    http: { method: 'POST', path: '/v1/{project}/serviceAccounts' }, permission: 'iam.serviceAccounts.create', effect: 'write',
    query: Type.Object({}), body: AnyObject, bodyShape: CreateRequest, output: ServiceAccount,
  }),
  'serviceAccounts.list': operation({
    id: 'serviceAccounts.list', summary: 'Lists the service accounts of a project, in order of email.',
    http: { method: 'GET', path: '/v1/{project}/serviceAccounts' }, permission: 'iam.serviceAccounts.list', effect: 'read',
    query: Type.Object(PageQuery), body: undefined,
    output: Type.Object({ accounts: Type.Optional(Type.Array(ServiceAccount)), nextPageToken }),
  }),
  'serviceAccounts.get': operation({
    id: 'serviceAccounts.get', summary: 'Shows a service account, by its email or its unique id; the project may be -.',
    http: { method: 'GET', path: '/v1/{serviceAccount}' }, permission: 'iam.serviceAccounts.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: ServiceAccount,
  }),
  'serviceAccounts.patch': operation({
    id: 'serviceAccounts.patch', summary: 'Changes the display name and the description of a service account.',
    http: { method: 'PATCH', path: '/v1/{serviceAccount}' }, permission: 'iam.serviceAccounts.update', effect: 'write',
    query: Type.Object({}), body: AnyObject, bodyShape: PatchRequest, output: ServiceAccount,
  }),
  'serviceAccounts.enable': operation({
    id: 'serviceAccounts.enable', summary: 'Enables a service account.',
    http: { method: 'POST', path: '/v1/{serviceAccount}:enable' }, permission: 'iam.serviceAccounts.enable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: Empty,
  }),
  'serviceAccounts.disable': operation({
    id: 'serviceAccounts.disable', summary: 'Disables a service account: connections that act as it fail their next check.',
    http: { method: 'POST', path: '/v1/{serviceAccount}:disable' }, permission: 'iam.serviceAccounts.disable', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: Empty,
  }),
  'serviceAccounts.delete': operation({
    id: 'serviceAccounts.delete', summary: 'Deletes a service account: connections that act as it fail their next check.',
    http: { method: 'DELETE', path: '/v1/{serviceAccount}' }, permission: 'iam.serviceAccounts.delete', effect: 'destroy',
    query: Type.Object({}), body: undefined, output: Empty,
  }),
} as const;
