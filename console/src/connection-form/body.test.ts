// What is sent of a connection that was there before: what the form does not show goes along, but for what has lost its meaning.
import { describe, expect, it } from 'vitest';
import type { ConnectorVersion, VariableTemplate } from '../api/catalogue.ts';
import { bodyOf, type ConnectionBody } from './body.ts';
import { type Draft, draftOf } from './draft.ts';

const variable = (key: string, valueType: VariableTemplate['valueType']): VariableTemplate => ({ key, valueType, displayName: key, description: '' });
const PROXY = [variable('proxy_enabled', 'BOOL'), variable('proxy_user', 'STRING'), variable('proxy_password', 'SECRET')];
const connector = (name: string, variables: readonly VariableTemplate[], destinations: readonly string[]): ConnectorVersion => ({
  name: `${name}/versions/1`, displayName: name, releaseVersion: '1', launchStage: 'GA', configVariableTemplates: [...variables, ...PROXY], authConfigTemplates: [],
  destinationConfigTemplates: [...destinations, 'proxy_server'].map((key) => ({ key, displayName: key, description: '', max: 1, portFieldType: 'OPTIONAL' })),
});
const STRIPE = connector('stripe', [variable('verbosity', 'STRING')], ['stripe_api']);
const MEMORY = connector('memory', [variable('verbosity', 'STRING')], []);

const USED: ConnectionBody = {
  connectorVersion: 'stripe/versions/1',
  configVariables: [
    { key: 'verbosity', stringValue: '2' }, { key: 'proxy_enabled', boolValue: true }, { key: 'proxy_user', stringValue: 'siti' }, { key: 'proxy_password', secretValue: { secretVersion: 'projects/p/secrets/s/versions/1' } },
    { key: 'of_tomorrow', stringValue: 'x' },
  ],
  destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }, { key: 'proxy_server', destinations: [{ host: 'proxy', port: 3128 }] }, { key: 'of_tomorrow', destinations: [{ host: 'x' }] }],
};

/** The keys of what would be sent. */
function sent(body: ConnectionBody, change: Partial<Draft>, version: ConnectorVersion | undefined): readonly (readonly string[])[] {
  const { configVariables = [], destinationConfigs = [] } = bodyOf({ ...draftOf('projects/p/locations/l/connections/c', body), ...change }, version);
  return [configVariables, destinationConfigs].map((all) => all.map(({ key }) => key).toSorted());
}

describe('of a connection that was there, what is sent', () => {
  it('is everything that it had where nothing is changed, also what no template names', () => {
    const everything = [['of_tomorrow', 'proxy_enabled', 'proxy_password', 'proxy_user', 'verbosity'], ['of_tomorrow', 'proxy_server', 'stripe_api']];
    expect(sent(USED, {}, STRIPE)).toEqual(everything);
    expect(sent(USED, {}, undefined), 'before its templates are here').toEqual(everything);
  });

  it('is nothing of a proxy that is used no longer', () => {
    expect(sent(USED, { variables: { verbosity: '2' } }, STRIPE)).toEqual([['of_tomorrow', 'verbosity'], ['of_tomorrow', 'stripe_api']]);
  });

  it('is what was there of a proxy that was not used before either: nobody has touched it', () => {
    const unused = { ...USED, configVariables: [{ key: 'proxy_user', stringValue: 'siti' }] };
    expect(sent(unused, {}, STRIPE)).toEqual([['proxy_user'], ['of_tomorrow', 'proxy_server', 'stripe_api']]);
  });

  it('is only what another connector shows, once that is chosen', () => {
    expect(sent(USED, { connector: 'memory', version: 'memory/versions/1' }, MEMORY)).toEqual([['proxy_enabled', 'proxy_password', 'proxy_user', 'verbosity'], ['proxy_server']]);
    expect(sent(USED, { connector: 'memory', version: 'memory/versions/1', variables: {} }, MEMORY)).toEqual([[], []]);
  });
});
