// What a file would change: the form of a file, its round trip, and plans.
import { describe, expect, it } from 'vitest';
import { planConnection } from './plan.ts';
import { readConnections, type WantedConnection } from './read.ts';
import { writeConnection } from './write.ts';

const NAME = 'projects/toko/locations/us-central1/connections/shop';
const VERSION = 'projects/toko/locations/global/providers/stripe/connectors/stripe/versions/1';
const SHOWN = {
  name: NAME, createTime: '2026-01-01T00:00:00Z', updateTime: '2026-01-01T00:00:00Z', status: { state: 'ACTIVE' }, connectionRevision: '1', host: '127.0.0.1', subscriptionType: 'PAY_G',
  nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, serviceAccount: 'connections@toko.iam.gserviceaccount.com', connectorVersion: VERSION, labels: { team: 'kasir', env: 'prod' },
  configVariables: [{ key: 'verbosity' }, { key: 'proxy_enabled', boolValue: false }, { key: 'account_id', stringValue: '1' }], logConfig: {}, description: 'The shop',
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/toko/secrets/stripe/versions/latest' } }] },
};
const WRITTEN = `name: ${NAME}
description: The shop
labels:
  env: prod
  team: kasir
connectorVersion: ${VERSION}
configVariables:
  - key: verbosity
  - key: proxy_enabled
    boolValue: false
  - key: account_id
    stringValue: "1"
authConfig:
  authType: AUTH_TYPE_UNSPECIFIED
  additionalVariables:
    - key: api_key
      secretValue:
        secretVersion: projects/toko/secrets/stripe/versions/latest
`;

function wanted(text: string): WantedConnection {
  const { connections: [one], faults } = readConnections({ file: 'shop.yaml', text }, { project: undefined, location: undefined });
  expect(faults).toEqual([]);
  if (one === undefined) throw new Error('nothing was read');
  return one;
}
const plan = (text: string, current: object | undefined = SHOWN) => planConnection(wanted(text), current);
const textOf = (one: ReturnType<typeof plan>): string => one.diff.map(({ text }) => text).join('\n');

describe('the file of a connection', () => {
  it('holds what its user sets, without defaults, in one order', () => {
    expect(writeConnection(NAME, SHOWN)).toBe(WRITTEN);
    expect(writeConnection(NAME, { ...SHOWN, nodeConfig: { maxNodeCount: 50, minNodeCount: 5 }, serviceAccount: 'kasir@toko.iam.gserviceaccount.com' })).toMatch(/serviceAccount: kasir@[^]*nodeConfig:\n {2}minNodeCount: 5\n$/);
  });

  it('writes nothing that is good for once', () => {
    expect(writeConnection(NAME, { authConfig: { authType: 'OAUTH2_AUTH_CODE_FLOW', oauth2AuthCodeFlow: { clientId: 'c', authCode: 'once', pkceVerifier: 'verify' } } })).not.toMatch(/once|verify/);
  });

  it('says that nothing differs when it is read again', () => {
    expect(plan(WRITTEN)).toMatchObject({ deed: 'none', mask: [], diff: [], faults: [] });
  });
});

describe('a plan', () => {
  it('creates what is not there, and shows all of it', () => {
    const made = planConnection(wanted(WRITTEN), undefined);
    expect(made).toMatchObject({ deed: 'create', faults: [], body: { connectorVersion: VERSION } });
    expect(textOf(made)).toBe(`--- /dev/null\n+++ shop.yaml\n@@ -0,0 +1,18 @@\n${WRITTEN.trimEnd().split('\n').map((line) => `+${line}`).join('\n')}`);
    expect(planConnection(wanted(`name: ${NAME}`), undefined).faults).toEqual([{ file: 'shop.yaml', line: 1, path: 'connectorVersion', description: 'is missing' }]);
  });

  it('changes the fields that differ, and takes back what the file leaves out', () => {
    const changed = plan(WRITTEN.replace('The shop', 'Toko').replace(/labels:\n.*\n.*\n/, '').replace('proxy_enabled\n    boolValue: false', 'proxy_enabled'));
    expect(changed).toMatchObject({ deed: 'update', mask: ['description', 'labels', 'configVariables'] });
    expect(textOf(changed)).toBe(`--- ${NAME} (on the server)
+++ shop.yaml
@@ -1,13 +1,9 @@
 name: ${NAME}
-description: The shop
-labels:
-  env: prod
-  team: kasir
+description: Toko
 connectorVersion: ${VERSION}
 configVariables:
   - key: verbosity
   - key: proxy_enabled
-    boolValue: false
   - key: account_id
     stringValue: "1"
 authConfig:`);
  });

  it('leaves the connector where the file has none, and refuses what cannot be changed', () => {
    expect(plan(WRITTEN.replace(/connectorVersion: .*\n/, ''))).toMatchObject({ deed: 'none', diff: [] });
    expect(plan(`${WRITTEN}fallbackOnAdminCredentials: true\n`).faults).toEqual([{ file: 'shop.yaml', line: 19, path: 'fallbackOnAdminCredentials', description: 'cannot be changed: delete the connection and create it anew' }]);
  });
});
