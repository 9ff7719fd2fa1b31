// Secrets and their versions, wire-compatible with secretmanager.googleapis.com v1. A value leaves by `secretVersions.access` alone.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, Empty, Instant, Labels, nextPageToken, PageQuery } from './schema.ts';

const spec = { labels: Type.Optional(Labels), annotations: Type.Optional(Labels) };
const Secret = Type.Object({ name: Type.String(), createTime: Instant, etag: Type.String(), replication: AnyObject, ...spec }, { title: 'Secret' });
const SecretInput = Type.Object({ replication: Type.Optional(AnyObject), ...spec, etag: Type.Optional(Type.String()) }, { title: 'SecretInput' });
const SecretVersion = Type.Object({
  name: Type.String(), createTime: Instant, destroyTime: Type.Optional(Instant), state: Type.Enum(['ENABLED', 'DISABLED', 'DESTROYED']), replicationStatus: AnyObject, etag: Type.String(),
  clientSpecifiedPayloadChecksum: Type.Optional(Type.Boolean()),
}, { title: 'SecretVersion' });
const data = Type.String({ contentEncoding: 'base64', description: 'The value, in base64.' });
const Value = Type.Object({ payload: Type.Object({ data, dataCrc32c: Type.Optional(Type.String({ description: 'Of the value, in decimals; checked where it is given.' })) }) }, { title: 'AddSecretVersionRequest' });
const Etag = Type.Object({ etag: Type.Optional(Type.String()) }, { title: 'EtagRequest' });
const filter = (fields: string) => Type.Optional(Type.String({ description: fields }));
const totalSize = Type.Optional(Type.Integer({ description: 'Left out where there is a filter.' }));
const etag = Type.Optional(Type.String({ maxLength: 256, description: 'Only where the stored etag is this one.' }));

export const secretOperations = {
  'secrets.create': operation({
    id: 'secrets.create', summary: 'Creates a secret without versions.',
    http: { method: 'POST', path: '/v1/{project}/secrets' }, permission: 'secretmanager.secrets.create', effect: 'write', service: 'secretmanager',
    query: Type.Object({ secretId: Type.String({ description: 'Last part of the name of the secret.' }) }), body: AnyObject, bodyShape: SecretInput, output: Secret,
  }),
  'secrets.list': operation({
    id: 'secrets.list', summary: 'Lists the secrets of a project, newest first.',
    http: { method: 'GET', path: '/v1/{project}/secrets' }, permission: 'secretmanager.secrets.list', effect: 'read', service: 'secretmanager',
    query: Type.Object({ ...PageQuery, filter: filter('name, labels.{key}, annotations.{key}, createTime') }), body: undefined,
    output: Type.Object({ secrets: Type.Optional(Type.Array(Secret)), nextPageToken, totalSize }),
  }),
  'secrets.get': operation({
    id: 'secrets.get', summary: 'Shows a secret, but no value.',
    http: { method: 'GET', path: '/v1/{secret}' }, permission: 'secretmanager.secrets.get', effect: 'read', service: 'secretmanager',
    query: Type.Object({}), body: undefined, output: Secret,
  }),
  'secrets.patch': operation({
    id: 'secrets.patch', summary: 'Changes the labels and annotations of a secret, as the mask says.',
    http: { method: 'PATCH', path: '/v1/{secret}' }, permission: 'secretmanager.secrets.update', effect: 'write', service: 'secretmanager',
    query: Type.Object({ updateMask: Type.Optional(Type.String({ maxLength: 1_024, description: 'labels, annotations' })) }), body: AnyObject, bodyShape: SecretInput, output: Secret,
  }),
  'secrets.delete': operation({
    id: 'secrets.delete', summary: 'Deletes a secret with all its versions; their values are purged.',
    http: { method: 'DELETE', path: '/v1/{secret}' }, permission: 'secretmanager.secrets.delete', effect: 'destroy', service: 'secretmanager',
    query: Type.Object({ etag }), body: undefined, output: Empty,
  }),
  'secrets.addVersion': operation({
    id: 'secrets.addVersion', summary: 'Adds a version with a value to a secret.',
    http: { method: 'POST', path: '/v1/{secret}:addVersion' }, permission: 'secretmanager.versions.add', effect: 'write', service: 'secretmanager',
    query: Type.Object({}), body: AnyObject, bodyShape: Value, output: SecretVersion,
  }),
  'secretVersions.list': operation({
    id: 'secretVersions.list', summary: 'Lists the versions of a secret, newest first.',
    http: { method: 'GET', path: '/v1/{secret}/versions' }, permission: 'secretmanager.versions.list', effect: 'read', service: 'secretmanager',
    query: Type.Object({ ...PageQuery, filter: filter('state, name, createTime') }), body: undefined,
    output: Type.Object({ versions: Type.Optional(Type.Array(SecretVersion)), nextPageToken, totalSize }),
  }),
  'secretVersions.get': operation({
    id: 'secretVersions.get', summary: 'Shows a version, but not its value; latest is the newest.',
    http: { method: 'GET', path: '/v1/{secretVersion}' }, permission: 'secretmanager.versions.get', effect: 'read', service: 'secretmanager',
    query: Type.Object({}), body: undefined, output: SecretVersion,
  }),
  'secretVersions.access': operation({
    id: 'secretVersions.access', summary: 'Gives the value of an enabled version; latest is the newest.',
    http: { method: 'GET', path: '/v1/{secretVersion}:access' }, permission: 'secretmanager.versions.access', effect: 'read', service: 'secretmanager', audit: 'DATA_READ',
    query: Type.Object({}), body: undefined, output: Type.Object({ name: Type.String(), payload: Type.Object({ data, dataCrc32c: Type.String() }) }, { title: 'SecretPayload' }),
  }),
  'secretVersions.enable': operation({
    id: 'secretVersions.enable', summary: 'Enables a version that was disabled.',
    http: { method: 'POST', path: '/v1/{secretVersion}:enable' }, permission: 'secretmanager.versions.enable', effect: 'write', service: 'secretmanager',
    query: Type.Object({}), body: AnyObject, bodyShape: Etag, output: SecretVersion,
  }),
  'secretVersions.disable': operation({
    id: 'secretVersions.disable', summary: 'Disables a version: its value can be used by nobody until it is enabled again.',
    http: { method: 'POST', path: '/v1/{secretVersion}:disable' }, permission: 'secretmanager.versions.disable', effect: 'write', service: 'secretmanager',
    query: Type.Object({}), body: AnyObject, bodyShape: Etag, output: SecretVersion,
  }),
  'secretVersions.destroy': operation({
    id: 'secretVersions.destroy', summary: 'Destroys the value of a version for good, and purges it from the disk.',
    http: { method: 'POST', path: '/v1/{secretVersion}:destroy' }, permission: 'secretmanager.versions.destroy', effect: 'destroy', service: 'secretmanager',
    query: Type.Object({}), body: AnyObject, bodyShape: Etag, output: SecretVersion,
  }),
} as const;
