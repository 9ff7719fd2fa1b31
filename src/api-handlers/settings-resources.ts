// What the rows of settings do.
import type { ApiHandlers } from '../api/table.ts';
import type { Locations } from '../connections/locations.ts';
import type { SettingsService } from '../connections/settings.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';

type SettingsHandlers = Pick<ApiHandlers<Principal>, 'settings.get' | 'settings.patch' | 'regionalSettings.get' | 'regionalSettings.patch' | 'runtimeConfig.get'>;

/** @param publicHost under which callers reach this server, where a setting says so: connections tell it too */
export function settingsHandlers(settings: SettingsService, locations: Locations, publicHost: string | undefined): SettingsHandlers {
  return {
    'settings.get': async (_call, { path }) => settings.get(path.location, 'settings'),
    'settings.patch': async (_call, { path, query, body }) => settings.patch(path.location, 'settings', body, query.updateMask),
    'regionalSettings.get': async (_call, { path }) => settings.get(path.location, 'regionalSettings'),
    'regionalSettings.patch': async (_call, { path, query, body }) => settings.patch(path.location, 'regionalSettings', body, query.updateMask),
    'runtimeConfig.get': async ({ headers }, { path }) => {
      const name = `${path.location}/runtimeConfig`;
      const locationId = path.location.split('/')[3] ?? '';
      if (!locations.isLocation(locationId)) throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
      // One server is every region's runtime. Behind a balancer only the setting knows its address; else it is where this call came to.
      const host = publicHost ?? headers['host'];
      return { name, locationId, state: 'ACTIVE', ...(typeof host === 'string' ? { runtimeEndpoint: host } : {}) };
    },
  };
}
