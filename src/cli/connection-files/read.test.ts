// Files of connections: every form that is read, and every fault at once with its line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultLines, readConnections } from './read.ts';

const PLACE = { project: 'toko', location: 'us-central1' };
const NOWHERE = { project: undefined, location: undefined };
const VERSION = 'projects/toko/locations/global/providers/stripe/connectors/stripe/versions/1';
const read = (text: string, place: Parameters<typeof readConnections>[1] = PLACE, named = {}) => {
  const { connections, faults } = readConnections({ file: 'shop.yaml', text }, place, named);
  return { connections, faults: faultLines(faults) };
};

const SHOP = `# The shop
name: shop
connectorVersion: ${VERSION}
labels: {env: prod}
configVariables:
  - {key: account_id, stringValue: acct_1032D82eZvKYlo2C}
  - {key: page_size, intValue: 9007199254740993}
  - {key: proxy_enabled, boolValue: false}
  - {key: verbosity}
authConfig:
  authType: AUTH_TYPE_UNSPECIFIED
  additionalVariables:
    - key: api_key
      secretValue: {secretVersion: projects/toko/secrets/stripe/versions/latest}
nodeConfig: {minNodeCount: 3}
`;

describe('a file in the form of the API', () => {
  it('is read as YAML, with its name made full and its numbers exact', () => {
    const { connections, faults } = read(SHOP);
    expect(faults).toEqual([]);
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatchObject({ name: 'projects/toko/locations/us-central1/connections/shop', message: { labels: { env: 'prod' }, nodeConfig: { minNodeCount: 3 } } });
    expect(connections[0]?.message.configVariables).toEqual([
      { key: 'account_id', stringValue: 'acct_1032D82eZvKYlo2C' }, { key: 'page_size', intValue: '9007199254740993' }, { key: 'proxy_enabled', boolValue: false }, { key: 'verbosity' },
    ]);
  });

  it('is read as JSON, in snake_case, and as what the API shows', () => {
    const shown = {
      name: 'projects/a/locations/b/connections/c', connector_version: VERSION, node_config: { min_node_count: '4' }, createTime: '2026-01-01T00:00:00Z', status: { state: 'ACTIVE' }, connectionRevision: '3',
      billingConfig: { billingCategory: 'NON_GCP_CONNECTOR' }, host: 'x',
    };
    const { connections, faults } = read(JSON.stringify(shown, null, '\t'), NOWHERE);
    expect(faults).toEqual([]);
    expect(connections).toMatchObject([{ name: shown.name, message: { connectorVersion: VERSION, nodeConfig: { minNodeCount: 4 } } }]);
  });

  it.each([
    ['documents', `name: a\n---\nname: b\n`], ['a list', '- name: a\n- name: b\n'], ['an answer of the API', '{"connections": [{"name": "a"}, {"name": "b"}], "nextPageToken": ""}'],
  ])('may hold several: %s', (_form, text) => {
    expect(read(text).connections.map(({ name }) => name.split('/').at(-1))).toEqual(['a', 'b']);
  });

  it('takes the name that was given, then its own, then that of the file', () => {
    const id = (text: string, named: object) => read(text, PLACE, named).connections[0]?.name.split('/').at(-1);
    expect([id('name: own', { given: 'given', otherwise: 'file' }), id('name: own', { otherwise: 'file' }), id('description: x', { otherwise: 'file' })]).toEqual(['given', 'own', 'file']);
    expect(read('name: a\n---\nname: b', PLACE, { given: 'c' }).faults).toEqual(['shop.yaml: holds 2 connections, and one name was given']);
    expect(read('name: shop', NOWHERE).faults).toEqual(['shop.yaml:1: name "shop" needs its project and location: name it in full, or give --project and --location']);
  });

  it('tells every fault at once, with its line and its path', () => {
    const { faults } = read(`name: Shop_1
connectorVersion: [1]
configVariable: []
authConfig:
  authTyp: USER_PASSWORD
  additionalVariables:
    - key: api_key
      secretValue: {secretVersion: my-key}
    - stringValue: 5
destinationConfigs:
  - {key: url, destinations: [{hots: a, port: 99999}]}
nodeConfig: {minNodeCount: many}
labels: {n: 1}
logConfig: {level: LOUD}
`);
    expect(faults.toSorted()).toEqual([
      'shop.yaml:11: destinationConfigs[0].destinations[0].hots is no field here; did you mean host?',
      'shop.yaml:11: destinationConfigs[0].destinations[0].port must be a port from 1 to 65535',
      'shop.yaml:12: nodeConfig.minNodeCount must be a whole number',
      'shop.yaml:13: labels must be an object of texts',
      'shop.yaml:14: logConfig.level must be one of LOG_LEVEL_UNSPECIFIED, ERROR, INFO, DEBUG',
      'shop.yaml:1: name "Shop_1" must begin with a lower-case letter, hold only lower-case letters, digits and hyphens, end with a letter or digit, and have at most 63 characters',
      'shop.yaml:2: connectorVersion must be text of at most 4096 characters',
      'shop.yaml:3: configVariable is no field here; did you mean configVariables?',
      'shop.yaml:5: authConfig.authTyp is no field here; did you mean authType?',
      'shop.yaml:8: authConfig.additionalVariables[0].secretValue.secretVersion must name a secret version: projects/{project}/secrets/{secret}/versions/{version}',
      'shop.yaml:9: authConfig.additionalVariables[1].key is missing',
      'shop.yaml:9: authConfig.additionalVariables[1].stringValue must be text of at most 65536 characters',
    ]);
  });

  it.each([
    ['', 'shop.yaml: holds nothing'], ['just text', 'shop.yaml:1: must be a connection: fields with their values'], ['a: [1', /^shop\.yaml:1: /], ['name: a\nname: b', /^shop\.yaml:2: .*unique/],
    ['name: a\n---\nname: a', 'shop.yaml:3: name projects/toko/locations/us-central1/connections/a stands in this file twice'], ['x'.repeat(1_048_577), 'shop.yaml: is larger than 1,048,576 characters'],
    [`a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(10)}]\nc: &c [${'*b,'.repeat(10)}]\nd: [${'*c,'.repeat(10)}]`, /alias/],
  ])('says what is wrong with %j', (text, told) => {
    const { connections, faults } = read(text);
    expect(faults.join('\n')).toMatch(told);
    expect(connections.length).toBeLessThan(2 + (text.includes('---') ? 1 : 0));
  });

  it('is not led astray by keys of objects', () => {
    const { faults } = read('{"name": "shop", "__proto__": {"labels": {"a": "b"}}, "constructor": 1}');
    expect(faults).toEqual(['shop.yaml:1: __proto__ is no field here', 'shop.yaml:1: constructor is no field here']);
  });
});

describe('a file of integrationcli', () => {
  const file = (name: string): string => readFileSync(join(import.meta.dirname, '../../../test/end-to-end/integrationcli', `${name}.json`), 'utf8');

  it.each(['stripe', 'password'])('%s.json is read with its connector and its secrets', (name) => {
    const { connections, faults } = read(file(name), PLACE, { otherwise: name });
    expect(faults).toEqual([]);
    expect(connections).toMatchObject([{ name: `projects/toko/locations/us-central1/connections/${name}`, message: { connectorVersion: VERSION } }]);
    expect(JSON.stringify(connections[0]?.message.authConfig)).toContain('"secretVersion":"projects/toko/secrets/stripe-api-key/versions/1"');
  });

  it('may name a version of a connector of one\'s own, and tells what it lacks', () => {
    const custom = read('connectorDetails: {provider: customconnector, name: mine, versionId: v2}', PLACE, { given: 'a' });
    expect(custom.connections[0]?.message.connectorVersion).toBe('projects/toko/locations/global/providers/customconnector/connectors/mine/versions/v2');
    const lacking = read('connectorDetails: {provider: stripe}\nauthConfig: {userPassword: {passwordDetails: {secretName: "../x"}}}', PLACE, { given: 'a' });
    expect(lacking.faults).toEqual([
      'shop.yaml:2: authConfig.userPassword.passwordDetails.secretName must be the name of a secret',
      'shop.yaml:1: connectorDetails must have provider, name and version: {provider: stripe, name: stripe, version: 1}',
    ]);
  });

  it('keeps a version of a secret that is named beside the details', () => {
    const named = 'projects/toko/secrets/other/versions/7';
    const { connections } = read(`configVariables: [{key: a, secretValue: {secretVersion: ${named}}, secretDetails: {secretName: b}}]`, PLACE, { given: 'a' });
    expect(connections[0]?.message.configVariables).toEqual([{ key: 'a', secretValue: { secretVersion: named } }]);
  });
});
