import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

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

  it('tells every fault at once', () => {
    const read = (): unknown => readSettings({ KONEKTOR_PORT: '70000', KONEKTOR_ADMIN_TOKEN: 'short', KONEKTOR_ALLOW_STRIPE_HOSTS: 'nowhere', DATABASE_URL: 'mysql://x', KONEKTOR_LOG_LEVEL: 'loud', KONEKTOR_MASTER_KEY: 'xyz' });
    expect(read).toThrow(SettingsError);
    for (const name of ['KONEKTOR_PORT', 'KONEKTOR_ADMIN_TOKEN', 'KONEKTOR_ALLOW_STRIPE_HOSTS', 'DATABASE_URL', 'KONEKTOR_LOG_LEVEL', 'KONEKTOR_MASTER_KEY']) expect(read).toThrow(name);
  });
});
