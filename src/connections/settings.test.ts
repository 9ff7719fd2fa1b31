import { describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import { createLocations, REGIONS } from './locations.ts';
import { createSettingsService, type SettingsRepository, type SettingValues } from './settings.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');

function service() {
  const kept = new Map<string, SettingValues>();
  const operations: string[] = [];
  const repository: SettingsRepository = {
    find: async (name) => kept.get(name),
    change: async (name, _project, change) => {
      const { values, operation } = change(kept.get(name) ?? {});
      kept.set(name, values);
      operations.push(operation.name);
    },
  };
  const settings = createSettingsService({
    repository, locations: createLocations([]), now: () => NOW,
    requireProject: async (project) => {
      if (project === 'none') throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: 'There is no project none.' });
    },
  });
  return { settings, operations };
}

describe('settings', () => {
  const REGION = 'projects/p/locations/asia-southeast2';

  it('show what nobody set', async () => {
    const { settings } = service();
    expect(await settings.get('projects/p/locations/global', 'settings')).toEqual({ name: 'projects/p/locations/global/settings' });
    expect(await settings.get(REGION, 'regionalSettings')).toEqual({
      name: `${REGION}/regionalSettings`, provisioned: true, encryptionConfig: { encryptionType: 'GMEK' }, networkConfig: { egressMode: 'AUTO_IP' },
    });
  });

  it('are where they are', async () => {
    const { settings } = service();
    for (const [location, kind] of [[REGION, 'settings'], ['projects/p/locations/global', 'regionalSettings'], ['projects/p/locations/nowhere', 'regionalSettings'], ['projects/none/locations/global', 'settings']] as const) {
      await expect(settings.get(location, kind)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(settings.patch(location, kind, {}, undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('change by a mask in both spellings, or by the body alone, and are cleared where the body has nothing', async () => {
    const { settings, operations } = service();
    const done = await settings.patch(REGION, 'regionalSettings', { networkConfig: { egressMode: 'static_ip' }, client: 'c' }, 'network_config.egress_mode');
    expect(done).toMatchObject({ done: true, metadata: { verb: 'update', target: `${REGION}/regionalSettings` }, response: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.RegionalSettings', networkConfig: { egressMode: 'STATIC_IP' } } });
    expect(operations).toEqual([done.name]);
    expect(await settings.get(REGION, 'regionalSettings')).not.toHaveProperty('client');
    await settings.patch(REGION, 'regionalSettings', { client: 'c', unknown: 1, provisioned: false }, undefined);
    expect(await settings.get(REGION, 'regionalSettings')).toMatchObject({ client: 'c', networkConfig: { egressMode: 'STATIC_IP' }, provisioned: true });
    await settings.patch(REGION, 'regionalSettings', {}, 'networkConfig,client');
    expect(await settings.get(REGION, 'regionalSettings')).toMatchObject({ networkConfig: { egressMode: 'AUTO_IP' } });
    expect(await settings.get(REGION, 'regionalSettings')).not.toHaveProperty('client');
    expect(await settings.patch(REGION, 'regionalSettings', { network_config: { egress_mode: 'STATIC_IP' } }, 'network_config')).toMatchObject({ response: { networkConfig: { egressMode: 'STATIC_IP' } } });
    await settings.patch('projects/p/locations/global', 'settings', { vpcsc: true }, 'vpcsc');
    expect(await settings.get('projects/p/locations/global', 'settings')).toMatchObject({ vpcsc: true });
  });

  it('tell every fault', async () => {
    const { settings, operations } = service();
    const body = { encryptionConfig: { encryptionType: 'CMEK', kmsKeyName: 'k' }, networkConfig: { egressMode: 3 } };
    await expect(settings.patch(REGION, 'regionalSettings', body, 'encryptionConfig,networkConfig,provisioned')).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT', violations: [{ field: 'update_mask' }, { field: 'encryptionConfig.encryptionType' }, { field: 'networkConfig.egressMode' }],
    });
    expect(operations).toEqual([]);
  });
});

describe('locations', () => {
  it('are the platform\'s, or those that were named', () => {
    const all = createLocations([]);
    expect(all.regions.map(({ id }) => id)).toEqual(REGIONS.toSorted());
    expect([all.isLocation('asia-southeast2'), all.isLocation('global'), all.isLocation('jakarta')]).toEqual([true, false, false]);
    const own = createLocations(['jakarta', 'us-central1', 'jakarta']);
    expect(own.regions).toEqual([{ id: 'jakarta', displayName: 'jakarta' }, { id: 'us-central1', displayName: 'Iowa' }]);
    expect([own.isLocation('jakarta'), own.isLocation('asia-southeast2')]).toEqual([true, false]);
  });
});
