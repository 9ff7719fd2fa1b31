// Settings of a project and of its regions (v1), and where a region's runtime is.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, LongRunning } from './schema.ts';

const settings = { vpcsc: Type.Optional(Type.Boolean()) };
const regional = {
  encryptionConfig: Type.Optional(Type.Object({ encryptionType: Type.Optional(Type.String({ description: 'GMEK' })) })),
  networkConfig: Type.Optional(Type.Object({ egressMode: Type.Optional(Type.Enum(['AUTO_IP', 'STATIC_IP'])) })), client: Type.Optional(Type.String()),
};
const Settings = Type.Object({ name: Type.String(), ...settings }, { title: 'Settings' });
const RegionalSettings = Type.Object({ name: Type.String(), ...regional, provisioned: Type.Optional(Type.Boolean()) }, { title: 'RegionalSettings' });
const RuntimeConfig = Type.Object({ name: Type.String(), locationId: Type.String(), state: Type.String(), runtimeEndpoint: Type.Optional(Type.String({ description: 'KONEKTOR_PUBLIC_HOST, which connections tell too; without it where the call came to.' })) }, { title: 'RuntimeConfig' });
const updateMask = Type.Optional(Type.String({ maxLength: 4_096, description: 'The fields to change, comma-separated; without it those that the body holds.' }));

export const settingsOperations = {
  'settings.get': operation({
    id: 'settings.get', summary: 'Shows the settings of a project; the location is `global`.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/settings' }, permission: 'connectors.settings.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Settings,
  }),
  'settings.patch': operation({
    id: 'settings.patch', summary: 'Changes the settings of a project. They are kept and shown; nothing here hangs on them.', service: 'connectors',
    http: { method: 'PATCH', path: '/v1/{location}/settings' }, permission: 'connectors.settings.update', effect: 'write',
    query: Type.Object({ updateMask }), body: AnyObject, bodyShape: Type.Object(settings, { title: 'SettingsInput' }), output: LongRunning,
  }),
  'regionalSettings.get': operation({
    id: 'regionalSettings.get', summary: 'Shows the settings of a project in a region.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/regionalSettings' }, permission: 'connectors.regionalSettings.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: RegionalSettings,
  }),
  'regionalSettings.patch': operation({
    id: 'regionalSettings.patch', summary: 'Changes the settings of a project in a region. They are kept and shown; calls leave from the addresses of this server.', service: 'connectors',
    http: { method: 'PATCH', path: '/v1/{location}/regionalSettings' }, permission: 'connectors.regionalSettings.update', effect: 'write',
    query: Type.Object({ updateMask }), body: AnyObject, bodyShape: Type.Object(regional, { title: 'RegionalSettingsInput' }), output: LongRunning,
  }),
  'runtimeConfig.get': operation({
    id: 'runtimeConfig.get', summary: 'Shows where the runtime of a region is: this server.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/runtimeConfig' }, permission: 'connectors.runtimeconfig.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: RuntimeConfig,
  }),
} as const;
