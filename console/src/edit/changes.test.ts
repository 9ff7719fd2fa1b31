import { expect, it } from 'vitest';
import type { ConnectionBody } from '../connection-form/body.ts';
import { bodyOfChanges, changesOf, maskOf } from './changes.ts';

const before: ConnectionBody = {
  description: 'Toko', labels: { team: 'a', old: '' }, nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, configVariables: [{ key: 'verbosity', stringValue: '1' }, { key: 'account_id', stringValue: 'acct_1' }],
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/p/secrets/s/versions/1' } }] },
  destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
};

it('names what changed, and nothing else', () => {
  const after: ConnectionBody = {
    ...before, nodeConfig: { minNodeCount: 3, maxNodeCount: 50 }, labels: { team: 'b' }, configVariables: [{ key: 'account_id', stringValue: 'acct_1' }, { key: 'verbosity', intValue: '4' }],
  };
  const changes = changesOf(before, after);
  expect(changes).toEqual([
    { part: 'field', key: 'nodeConfig.minNodeCount', mask: 'nodeConfig.minNodeCount', before: '2', after: '3' }, { part: 'variable', key: 'verbosity', mask: 'configVariables', before: '1', after: '4' },
    { part: 'label', key: 'team', mask: 'labels', before: 'a', after: 'b' }, { part: 'label', key: 'old', mask: 'labels', before: '' },
  ]);
  expect(maskOf(changes)).toBe('nodeConfig.minNodeCount,configVariables,labels');
  expect(bodyOfChanges(after, changes)).toEqual({ nodeConfig: after.nodeConfig, labels: after.labels, configVariables: after.configVariables });
});

it('clears what is no longer there', () => {
  const { description: _description, ...after } = before;
  const changes = changesOf(before, after);
  expect([maskOf(changes), bodyOfChanges(after, changes)]).toEqual(['description', {}]);
});

it('finds nothing where a number is spelled as a text', () => {
  expect(changesOf(before, { ...before, nodeConfig: { minNodeCount: '2', maxNodeCount: 50 } })).toEqual([]);
});
