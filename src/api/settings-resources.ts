// Settings of a project and of its regions (v1), and where a region's runtime is.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject } from './schema.ts';

const Named = Type.Object({ name: Type.String() }, { additionalProperties: true });
const LongRunning = Type.Object({ name: Type.String(), metadata: AnyObject, done: Type.Boolean() }, { additionalProperties: true });
const updateMask = Type.Optional(Type.String({ maxLength: 4_096, description: 'The fields to change, comma-separated; without it those that the body holds.' }));

export const settingsOperations = {
  'settings.get': operation({
    id: 'settings.get', summary: 'Shows the settings of a project; the location is `global`.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/settings' }, permission: 'connectors.settings.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Named,
  }),
  'settings.patch': operation({
    id: 'settings.patch', summary: 'Changes the settings of a project. They are kept and shown; nothing here hangs on them.', service: 'connectors',
    http: { method: 'PATCH', path: '/v1/{location}/settings' }, permission: 'connectors.settings.update', effect: 'write',
    query: Type.Object({ updateMask }), body: AnyObject, output: LongRunning,
  }),
  'regionalSettings.get': operation({
    id: 'regionalSettings.get', summary: 'Shows the settings of a project in a region.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/regionalSettings' }, permission: 'connectors.regionalSettings.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Named,
  }),
  'regionalSettings.patch': operation({
    id: 'regionalSettings.patch', summary: 'Changes the settings of a project in a region. They are kept and shown; calls leave from the addresses of this server.', service: 'connectors',
    http: { method: 'PATCH', path: '/v1/{location}/regionalSettings' }, permission: 'connectors.regionalSettings.update', effect: 'write',
    query: Type.Object({ updateMask }), body: AnyObject, output: LongRunning,
  }),
  'runtimeConfig.get': operation({
    id: 'runtimeConfig.get', summary: 'Shows where the runtime of a region is: this server.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/runtimeConfig' }, permission: 'connectors.runtimeconfig.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Named,
  }),
} as const;
