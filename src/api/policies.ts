// The policies of projects, connections, providers, secrets and service accounts: read, set, tested. The platform reads some
// by GET and some by POST; so do these rows.
import { Type } from 'typebox';
import { operation, type ServiceName } from './operation.ts';
import { AnyObject } from './schema.ts';

const Binding = Type.Object({ role: Type.String(), members: Type.Array(Type.String({ description: 'user:…, group:…, serviceAccount:…, domain:…, principal://…, allUsers, allAuthenticatedUsers' })) }, { title: 'Binding' });
const Policy = Type.Object({ version: Type.Optional(Type.Integer()), etag: Type.String(), bindings: Type.Optional(Type.Array(Binding)), auditConfigs: Type.Optional(Type.Array(AnyObject)) }, { title: 'Policy' });
const PolicyRequest = Type.Object({
  policy: Type.Object({ version: Type.Optional(Type.Integer()), etag: Type.Optional(Type.String({ description: 'Of the policy that was read.' })), bindings: Type.Optional(Type.Array(Binding)), auditConfigs: Type.Optional(Type.Array(AnyObject)) }, { title: 'PolicyInput' }),
  updateMask: Type.Optional(Type.String({ description: 'bindings, etag, auditConfigs; bindings without it.' })),
}, { title: 'SetIamPolicyRequest' });
const PolicyOptions = Type.Object({ options: Type.Optional(Type.Object({ requestedPolicyVersion: Type.Optional(Type.Integer()) })) }, { title: 'GetIamPolicyRequest' });
const Permissions = Type.Object({ permissions: Type.Optional(Type.Array(Type.String())) }, { title: 'Permissions' });
const requestedPolicyVersion = { 'options.requestedPolicyVersion': Type.Optional(Type.Integer({ description: '1; conditions, which 3 stands for, are not evaluated here.' })) };

/** What the rows of one kind of resource have in common. */
interface About {
  readonly what: string;
  /** The permissions are `{permission}.getIamPolicy` and `{permission}.setIamPolicy`. */
  readonly permission: string;
  readonly service?: ServiceName;
}

const PROJECT: About = { what: 'a project', permission: 'resourcemanager.projects' };
const CONNECTION: About = { what: 'a connection', permission: 'connectors.connections', service: 'connectors' };
const PROVIDER: About = { what: 'a provider', permission: 'connectors.providers', service: 'connectors' };
const SECRET: About = { what: 'a secret', permission: 'secretmanager.secrets', service: 'secretmanager' };
const SERVICE_ACCOUNT: About = { what: 'a service account', permission: 'iam.serviceAccounts' };

const served = ({ service }: About): { readonly service?: ServiceName } => (service === undefined ? {} : { service });

const read = <const Path extends string>(id: string, path: Path, about: About) => operation({
  id, summary: `Shows the policy of ${about.what}.`, http: { method: 'GET', path }, permission: `${about.permission}.getIamPolicy`, effect: 'read',
  ...served(about), query: Type.Object(requestedPolicyVersion), body: undefined, output: Policy,
});

const readByPost = <const Path extends string>(id: string, path: Path, about: About) => operation({
  id, summary: `Shows the policy of ${about.what}.`, http: { method: 'POST', path }, permission: `${about.permission}.getIamPolicy`, effect: 'read',
  ...served(about), query: Type.Object(requestedPolicyVersion), body: AnyObject, bodyShape: PolicyOptions, output: Policy,
});

const set = <const Path extends string>(id: string, path: Path, about: About) => operation({
  id, summary: `Sets the policy of ${about.what}; with an etag, only where it has not changed since.`, http: { method: 'POST', path }, permission: `${about.permission}.setIamPolicy`, effect: 'write',
  ...served(about), query: Type.Object({}), body: AnyObject, bodyShape: PolicyRequest, output: Policy,
});

const test = <const Path extends string>(id: string, path: Path, about: About) => operation({
  id, summary: `Tells which of some permissions the caller has on ${about.what}.`, http: { method: 'POST', path }, permission: null, effect: 'read',
  ...served(about), query: Type.Object({}), body: AnyObject, bodyShape: Permissions, output: Permissions,
});

export const policyOperations = {
  'projects.getIamPolicy': readByPost('projects.getIamPolicy', '/v1/{project}:getIamPolicy', PROJECT),
  'projects.setIamPolicy': set('projects.setIamPolicy', '/v1/{project}:setIamPolicy', PROJECT),
  'projects.testIamPermissions': test('projects.testIamPermissions', '/v1/{project}:testIamPermissions', PROJECT),
  'connections.getIamPolicy': read('connections.getIamPolicy', '/v1/{connection}:getIamPolicy', CONNECTION),
  'connections.setIamPolicy': set('connections.setIamPolicy', '/v1/{connection}:setIamPolicy', CONNECTION),
  'connections.testIamPermissions': test('connections.testIamPermissions', '/v1/{connection}:testIamPermissions', CONNECTION),
  'providers.getIamPolicy': read('providers.getIamPolicy', '/v1/{provider}:getIamPolicy', PROVIDER),
  'providers.setIamPolicy': set('providers.setIamPolicy', '/v1/{provider}:setIamPolicy', PROVIDER),
  'providers.testIamPermissions': test('providers.testIamPermissions', '/v1/{provider}:testIamPermissions', PROVIDER),
  'secrets.getIamPolicy': read('secrets.getIamPolicy', '/v1/{secret}:getIamPolicy', SECRET),
  'secrets.setIamPolicy': set('secrets.setIamPolicy', '/v1/{secret}:setIamPolicy', SECRET),
  'secrets.testIamPermissions': test('secrets.testIamPermissions', '/v1/{secret}:testIamPermissions', SECRET),
  'serviceAccounts.getIamPolicy': readByPost('serviceAccounts.getIamPolicy', '/v1/{serviceAccount}:getIamPolicy', SERVICE_ACCOUNT),
  'serviceAccounts.setIamPolicy': set('serviceAccounts.setIamPolicy', '/v1/{serviceAccount}:setIamPolicy', SERVICE_ACCOUNT),
  'serviceAccounts.testIamPermissions': test('serviceAccounts.testIamPermissions', '/v1/{serviceAccount}:testIamPermissions', SERVICE_ACCOUNT),
} as const;
