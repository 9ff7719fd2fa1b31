import { describe, expect, it } from 'vitest';
import type { ConfigVariable, ConnectionSpec } from './model.ts';
import { connectionTemplate } from './templates.ts';
import { checkVariables, readVariables } from './variables.ts';

const TEMPLATE = connectionTemplate({
  variables: [
    { key: 'account_id', valueType: 'STRING', displayName: 'Account', description: 'The account.', pattern: { regex: '^acct_[a-z0-9]+$', words: 'must be an account, acct_…' } },
    { key: 'retries', valueType: 'INT', displayName: 'Retries', description: 'How often.' },
  ],
  auth: [
    { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', displayName: 'Key', description: 'A key.', isDefault: true, variables: [{ key: 'api_key', valueType: 'SECRET', displayName: 'Key', description: 'The key.', required: true, aliases: ['apikey'] }] },
    { authType: 'USER_PASSWORD', displayName: 'User', description: 'A user.', isDefault: false, variables: [{ key: 'password', valueType: 'SECRET', displayName: 'Password', description: 'The password.', required: true }] },
  ],
  destinations: [{ key: 'stripe_api', displayName: 'Stripe', description: 'Where.', max: 1, port: 'OPTIONAL' }],
});
const SECRET = { secretValue: { secretVersion: 'projects/p/secrets/s/versions/1' } };
const AUTH: NonNullable<ConnectionSpec['authConfig']> = { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', ...SECRET }] };
const PROXY = { key: 'proxy_server', destinations: [{ host: 'proxy.example.com', port: 3128 }] };

type Configured = Partial<Pick<ConnectionSpec, 'configVariables' | 'authConfig' | 'destinationConfigs'>>;

function check(spec: Configured): { readonly faults: readonly string[]; readonly warnings: readonly string[] } {
  const faults: string[] = [];
  const warnings = checkVariables({ authConfig: AUTH, ...spec }, TEMPLATE, { add: (field, description) => faults.push(`${field}: ${description}`) });
  return { faults, warnings };
}
const faultsOf = (...configVariables: readonly ConfigVariable[]): readonly string[] => check({ configVariables }).faults;

describe('the variables of a connection', () => {
  it('may be left out, or given without a value', () => {
    expect(check({})).toEqual({ faults: [], warnings: [] });
    expect(faultsOf(...TEMPLATE.variables.map(({ key }) => ({ key })))).toEqual([]);
    expect(faultsOf({ key: 'verbosity', stringValue: '' }, { key: 'proxy_ssltype', stringValue: '' })).toEqual([]);
  });

  it('mean the defaults where they have no value', () => {
    const values = readVariables([{ key: 'verbosity' }, { key: 'retries', intValue: '3' }, { key: 'proxy_enabled', stringValue: 'TRUE' }], TEMPLATE.variables);
    expect(Object.fromEntries(values)).toEqual({ account_id: '', retries: 3, proxy_enabled: true, proxy_auth_scheme: 'NONE', proxy_user: '', proxy_password: '', proxy_ssltype: 'AUTO', verbosity: '1' });
  });

  it.each<[string, ConfigVariable]>([
    ['1 to 5, as text', { key: 'verbosity', stringValue: '5' }], ['1 to 5, as a number', { key: 'verbosity', intValue: 5 }], ['an int64 as text', { key: 'verbosity', intValue: '1' }],
    ['false as text', { key: 'proxy_enabled', stringValue: 'false' }], ['a number as text', { key: 'retries', stringValue: '7' }], ['a pattern', { key: 'account_id', stringValue: 'acct_1' }],
    ['a member', { key: 'proxy_ssltype', stringValue: 'TUNNEL' }], ['a secret', { key: 'proxy_password', ...SECRET }],
  ])('take %s', (_what, variable) => {
    expect(faultsOf(variable)).toEqual([]);
  });

  it.each<[ConfigVariable, string]>([
    [{ key: 'verbosity', stringValue: '6' }, '.stringValue: verbosity must be 1 to 5'],
    [{ key: 'verbosity', intValue: 0 }, '.intValue: verbosity must be 1 to 5'],
    [{ key: 'verbosity', boolValue: true }, '.boolValue: verbosity is text: give it as stringValue'],
    [{ key: 'proxy_enabled', stringValue: 'yes' }, '.stringValue: proxy_enabled is true or false: give it as boolValue'],
    [{ key: 'proxy_enabled', intValue: 1 }, '.intValue: proxy_enabled is true or false: give it as boolValue'],
    [{ key: 'retries', stringValue: 'many' }, '.stringValue: retries is a whole number: give it as intValue'],
    [{ key: 'proxy_ssltype', stringValue: 'auto' }, '.stringValue: proxy_ssltype must be AUTO, ALWAYS, NEVER or TUNNEL'],
    [{ key: 'proxy_auth_scheme', stringValue: 'NTLM' }, '.stringValue: proxy_auth_scheme must be BASIC, DIGEST or NONE'],
    [{ key: 'proxy_password', stringValue: 'hunter2' }, '.stringValue: proxy_password is a secret: store it as a secret version and name that in secretValue.secretVersion'],
    [{ key: 'proxy_user', ...SECRET }, '.secretValue: proxy_user is text: give it as stringValue'],
    [{ key: 'account_id', stringValue: 'cus_1' }, '.stringValue: account_id must be an account, acct_…'],
    [{ key: 'retries', intValue: 1, stringValue: '2' }, ': retries has more than one value: intValue, stringValue'],
  ])('refuse %o', (variable, fault) => {
    expect(faultsOf(variable)).toEqual([`configVariables[0]${fault}`]);
  });

  it('are each given once; unknown ones are kept with a warning', () => {
    expect(faultsOf({ key: 'verbosity' }, { key: 'verbosity', stringValue: '2' })).toEqual(['configVariables[1].key: verbosity is given twice']);
    expect(check({ configVariables: [{ key: 'sample', intValue: 1 }] })).toEqual({ faults: [], warnings: ['configVariables[0]: the connector has no variable sample; it is kept and not used'] });
    expect(check({ configVariables: [{ key: 'acount_id', stringValue: 'acct_1' }] }).warnings).toEqual(['configVariables[0]: the connector has no variable acount_id; it is kept and not used. account_id may be meant']);
  });
});

describe('a proxy', () => {
  const enabled: ConfigVariable = { key: 'proxy_enabled', boolValue: true };

  it('needs a destination that is not the source itself', () => {
    const wanted = ['destinationConfigs: a destination proxy_server with host and port is required where proxy_enabled is true'];
    expect(faultsOf(enabled)).toEqual(wanted);
    expect(check({ configVariables: [enabled], destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox', port: 1 }] }] }).faults).toEqual(wanted);
    expect(check({ configVariables: [enabled], destinationConfigs: [{ key: 'proxy_server', destinations: [] }] }).faults).toEqual(wanted);
    expect(check({ configVariables: [enabled], destinationConfigs: [PROXY] }).faults).toEqual([]);
    expect(check({ configVariables: [enabled], destinationConfigs: [{ ...PROXY, key: 'url' }] }).faults, 'any other key').toEqual([]);
  });

  it('needs its host and port, five at most', () => {
    expect(check({ configVariables: [enabled], destinationConfigs: [{ key: 'proxy_server', destinations: [{ host: 'a' }, { port: 1 }] }] }).faults)
      .toEqual(['destinationConfigs[0].destinations[0].port: is required', 'destinationConfigs[0].destinations[1].host: is required']);
    const six = Array.from({ length: 6 }, () => ({ host: 'a', port: 1 }));
    expect(check({ destinationConfigs: [{ key: 'proxy_server', destinations: six }] }).faults).toEqual(['destinationConfigs: proxy_server takes at most 5 destinations']);
    expect(check({ destinationConfigs: [PROXY, PROXY] }).faults).toEqual(['destinationConfigs[1].key: proxy_server is given twice']);
    expect(check({ destinationConfigs: [{ key: 'proxy_server', destinations: [{}] }] }).faults, 'not enabled').toEqual([]);
  });

  it.each(['BASIC', 'DIGEST'])('with %s needs a user and a password', (scheme) => {
    const scheming: ConfigVariable = { key: 'proxy_auth_scheme', stringValue: scheme };
    const faultsWith = (...configVariables: readonly ConfigVariable[]): readonly string[] => check({ configVariables, destinationConfigs: [PROXY] }).faults;
    const where = 'is required where proxy_enabled is true and (proxy_auth_scheme is BASIC or proxy_auth_scheme is DIGEST)';
    expect(faultsWith(enabled, scheming)).toEqual([`configVariables: proxy_user ${where}`, `configVariables: proxy_password ${where}`]);
    expect(faultsWith(enabled, scheming, { key: 'proxy_user', stringValue: 'u' }, { key: 'proxy_password', ...SECRET })).toEqual([]);
    expect(faultsWith(scheming), 'without a proxy').toEqual([]);
    expect(faultsWith(enabled, { key: 'proxy_auth_scheme', stringValue: 'NONE' })).toEqual([]);
  });
});

describe('the authentication of a connection', () => {
  it('is complete in any of its ways', () => {
    expect(check({ authConfig: { additionalVariables: [{ key: 'ApiKey', ...SECRET }] } }).faults).toEqual([]);
    expect(check({ authConfig: { authType: 'USER_PASSWORD', userPassword: { username: 'u', password: SECRET.secretValue } } }).faults).toEqual([]);
  });

  it('is refused otherwise', () => {
    expect(check({ authConfig: {} }).faults).toEqual(['authConfig.additionalVariables: api_key is required: the key']);
    expect(check({ authConfig: { ...AUTH, authType: 'OAUTH2_JWT_BEARER' } }).faults).toEqual(['authConfig.authType: must be AUTH_TYPE_UNSPECIFIED or USER_PASSWORD']);
    expect(check({ authConfig: { additionalVariables: [{ key: 'api_key', stringValue: 'sk_1' }] } }).faults)
      .toEqual(['authConfig.additionalVariables[0].stringValue: api_key is a secret: store it as a secret version and name that in secretValue.secretVersion']);
  });
});
