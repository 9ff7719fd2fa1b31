import { describe, expect, it } from 'vitest';
import { StatusError } from '../../errors/status-error.ts';
import { keyMode, parseConfig } from './config.ts';

describe('parseConfig', () => {
  it('fills in what is not said', () => {
    expect(parseConfig({ secretVersion: 'projects/p/secrets/s/versions/1' })).toEqual({
      apiVersion: '2026-10-28.endive', verbosity: 1, searchPushdown: false, accountOverride: false, secretVersion: 'projects/p/secrets/s/versions/1',
      apiBase: 'https://api.stripe.com', filesBase: 'https://files.stripe.com', meterEventsBase: 'https://meter-events.stripe.com',
    });
  });

  it('takes the keys of the manifest and values as text', () => {
    expect(parseConfig({ api_key: 's', account_id: 'acct_1', api_version: '2025-02-24.acacia', verbosity: '5', search_pushdown: 'true', account_override: true, apiBase: 'http://127.0.0.1:12111/' })).toMatchObject({
      accountId: 'acct_1', apiVersion: '2025-02-24.acacia', verbosity: 5, searchPushdown: true, accountOverride: true, filesBase: 'http://127.0.0.1:12111', meterEventsBase: 'http://127.0.0.1:12111',
    });
  });

  it('tells every fault', () => {
    try {
      parseConfig({ account_id: 'cus_1', api_version: 'latest', verbosity: 9, search_pushdown: 'perhaps', apiBase: 'ftp://x', proxy_enabled: true });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(StatusError);
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', violations: ['account_id', 'api_version', 'verbosity', 'api_key', 'apiBase', 'search_pushdown'].map((field) => ({ field })) });
    }
  });

  it('takes no address with more than a host', () => {
    for (const apiBase of ['http://x/path', 'http://user:pw@x', 'http://x?y', 'not a url']) expect(() => parseConfig({ api_key: 's', apiBase }), apiBase).toThrow();
  });
});

describe('keyMode', () => {
  it('is read from the key', () => {
    expect(['sk_test_1', 'rk_test_1', 'rkcs_test_1', 'sk_live_1', 'rk_live_1'].map(keyMode)).toEqual(['test', 'test', 'test', 'live', 'live']);
  });
});
