import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, unknownVariables } from './settings.ts';

describe('readSettings', () => {
  it('has a default for everything that needs one', () => {
    expect(readSettings({})).toMatchObject({ port: 8080, host: '127.0.0.1', dataDir: '.konektor', sandboxPort: 12111, allowStripeHosts: [] });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readSettings({ KONEKTOR_PORT: ' ', STRIPE_API_KEY: '' })).toMatchObject({ port: 8080, stripeApiKey: undefined });
  });

  it('reads hosts', () => {
    expect(readSettings({ KONEKTOR_ALLOW_STRIPE_HOSTS: 'Proxy.example.com:8443, 127.0.0.1:9000' }).allowStripeHosts).toEqual(['proxy.example.com:8443', '127.0.0.1:9000']);
  });

  it('reads where projects keep their secrets', () => {
    expect(readSettings({ KONEKTOR_SECRET_PROVIDERS: 'acme=google, kota=google:secretmanager.me-central2.rep.googleapis.com,shop=file:/run/secrets/shop,lab=env:LAB_,*=embedded' }).secretProviders).toEqual([
      { project: 'acme', kind: 'google', argument: '' }, { project: 'kota', kind: 'google', argument: 'secretmanager.me-central2.rep.googleapis.com' },
      { project: 'shop', kind: 'file', argument: '/run/secrets/shop' }, { project: 'lab', kind: 'env', argument: 'LAB_' }, { project: '*', kind: 'embedded', argument: '' },
    ]);
    const wrong = ['acme', 'Acme=google', 'a=vault:x', 'b=file:relative', 'c=env:', 'd=google:https://x', 'e=embedded:x', 'f=google', 'f=env:F_', 'g=toString'];
    const read = () => readSettings({ KONEKTOR_SECRET_PROVIDERS: wrong.join(',') });
    expect(read).toThrow(SettingsError);
    for (const part of wrong.filter((one) => one !== 'f=google')) expect(read).toThrow(`"${part}"`);
  });

  it('reads who may do everything, issuers and flags', () => {
    const settings = readSettings({
      KONEKTOR_ADMINS: 'user:Ani@Example.com, group:Ops,principal://Host/Sub', KONEKTOR_ALLOW_ANONYMOUS: 'TRUE',
      KONEKTOR_OIDC_ISSUERS: '[{"issuer":"https://login.example.com/a","audience":"konektor","groupsClaim":"groups"},{"issuer":"http://127.0.0.1:9/","audience":"k","jwksUri":"http://[::1]:9/keys"}]',
    });
    expect(settings).toMatchObject({ admins: ['user:ani@example.com', 'group:ops', 'principal://Host/Sub'], allowAnonymous: true });
    expect(settings.oidcIssuers).toEqual([
      { issuer: 'https://login.example.com/a', audience: 'konektor', groupsClaim: 'groups' }, { issuer: 'http://127.0.0.1:9/', audience: 'k', jwksUri: 'http://[::1]:9/keys' },
    ]);
    expect(readSettings({})).toMatchObject({ admins: [], oidcIssuers: [], allowAnonymous: false, tokenSeconds: 7_776_000, longestTokenSeconds: 31_536_000 });
  });

  it.each([
    ['KONEKTOR_ADMINS', 'ani@example.com', 'ani@example.com'],
    ['KONEKTOR_ALLOW_ANONYMOUS', 'maybe', 'true or false'],
    ['KONEKTOR_TOKEN_LONGEST_SECONDS', '9999999999999', 'hundred years'],
    ['KONEKTOR_OIDC_ISSUERS', '{}', 'no JSON list'],
    ['KONEKTOR_OIDC_ISSUERS', '[{}]', '[0].issuer is missing'],
    ['KONEKTOR_OIDC_ISSUERS', '[{}]', '[0].audience is missing'],
    ['KONEKTOR_OIDC_ISSUERS', '[7]', '[0].issuer is missing'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"http://login.example.com","audience":"k"}]', 'https address'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com?x=1","audience":"k"}]', 'https address'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":"k","jwksUri":"ftp://x"}]', 'jwksUri'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":""}]', 'audience must be a text'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":"k","aud":"k"}]', '"aud"'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":"k","consoleName":"A"}]', 'without consoleClientId'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":"k","consoleClientId":"c","consoleClientSecretFile":"secret"}]', 'absolute path'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":"k","consoleClientId":"c","consoleScopes":"email"}]', 'lacks openid'],
    ['KONEKTOR_OIDC_ISSUERS', '[{"issuer":"https://a.example.com","audience":"k"},{"issuer":"https://a.example.com","audience":"l"}]', 'named twice'],
  ])('refuses %s %s', (variable, text, fault) => {
    expect(() => readSettings({ [variable]: text })).toThrow(SettingsError);
    expect(() => readSettings({ [variable]: text })).toThrow(fault);
  });

  it('reads names', () => {
    expect(readSettings({ KONEKTOR_REGIONS: 'jakarta, us-central1,' }).regions).toEqual(['jakarta', 'us-central1']);
    expect(() => readSettings({ KONEKTOR_REGIONS: 'Jakarta' })).toThrow('KONEKTOR_REGIONS names "Jakarta"');
  });

  it('tells every fault at once', () => {
    const read = (): unknown => readSettings({ KONEKTOR_PORT: '70000', KONEKTOR_ADMIN_TOKEN: 'short', KONEKTOR_ALLOW_STRIPE_HOSTS: 'nowhere', DATABASE_URL: 'mysql://x', KONEKTOR_LOG_LEVEL: 'loud', KONEKTOR_MASTER_KEY: 'xyz' });
    expect(read).toThrow(SettingsError);
    for (const name of ['KONEKTOR_PORT', 'KONEKTOR_ADMIN_TOKEN', 'KONEKTOR_ALLOW_STRIPE_HOSTS', 'DATABASE_URL', 'KONEKTOR_LOG_LEVEL', 'KONEKTOR_MASTER_KEY']) expect(read).toThrow(name);
  });
});

describe('variables that are no settings', () => {
  it('are told of, but not those that the command line reads', () => {
    const ofCommands = readFileSync(new URL('../docs/reference/cli.md', import.meta.url), 'utf8').match(/KONEKTOR_[A-Z_]*[A-Z]/g) ?? [];
    expect(ofCommands).toContain('KONEKTOR_CONTEXT');
    expect(unknownVariables({ ...Object.fromEntries(ofCommands.map((name) => [name, 'x'])), KONEKTOR_PROT: '1' })).toEqual(['KONEKTOR_PROT']);
  });
});
