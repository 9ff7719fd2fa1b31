// What stands before the API: restricted keys and connected accounts, rate limits and locks, faults by rule, by rate and by header, the
// requests seen and the ledger of what they did.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import type { JsonObject } from './json.ts';
import { objects, text } from './json.ts';
import { declaredKeys, readRestrictedKeys } from './restricted-keys.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

const KEY = 'rk_test_readsCustomersOnly';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ restrictedKeys: { [KEY]: { customers: 'read', charges: 'write', checkout_sessions: 'read' } }, knownAccountsOnly: true });
  client = new Client(sandbox.url, 'sk_test_front');
});

afterAll(async () => {
  await sandbox.close();
});

async function control(method: string, path: string, body?: unknown): Promise<JsonObject> {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return (await response.json()) as JsonObject;
}

afterEach(async () => {
  await control('DELETE', 'faults');
  await control('DELETE', 'limits');
});

describe('restricted keys', () => {
  it('may do what was declared, and are refused in Stripe’s words', async () => {
    const key = new Client(sandbox.url, KEY);
    expect((await key.ask('GET', '/v1/customers')).status).toBe(200);
    expect((await key.ask('GET', '/v1/customers/search', { query: "name:'x'" })).status).toBe(200);
    const refused = await key.error('POST', '/v1/customers');
    expect(refused).toMatchObject({ status: 403, type: 'invalid_request_error' });
    expect(text(refused, 'message')).toMatch(/^The provided key 'rk_test_\*+Only' does not have the required permissions for this endpoint on account 'acct_\w+'\. Having the 'rak_customer_write' permission would allow this request to continue\.$/);
    expect(text(await key.error('GET', '/v1/payment_methods'), 'message')).toContain("'rak_payment_method_read'");
    expect(text(await key.error('POST', '/v1/checkout/sessions'), 'message')).toContain("'rak_checkout_session_write'");
    expect(text(await key.error('POST', '/v1/customers/cus_1/tax_ids', { type: 'eu_vat', value: 'DE1' }), 'message')).toContain("'rak_customer_write'");
    expect(await key.error('POST', '/v1/charges', { amount: 1000, currency: 'usd', source: 'tok_nope' })).toMatchObject({ status: 400 });
    expect((await new Client(sandbox.url, 'rk_test_undeclared').ask('POST', '/v1/customers')).status).toBe(200);
    expect(await new Client(sandbox.url, 'pk_test_public').error('GET', '/v1/customers')).toMatchObject({ status: 401, code: 'secret_key_required' });
  });

  it('are declared as JSON, and a declaration that means nothing is refused', () => {
    expect(readRestrictedKeys('{"rk_test_1": {"*": "write", "invoices": "none"}}')).toEqual({ rk_test_1: { '*': 'write', invoices: 'none' } });
    expect(declaredKeys(undefined, undefined)).toEqual({});
    for (const wrong of ['[]', '{"sk_test_1": {}}', '{"rk_test_1": {"customer": "read"}}', '{"rk_test_1": {"customers": "maybe"}}']) expect(() => readRestrictedKeys(wrong), wrong).toThrow();
  });
});

describe('connected accounts', () => {
  it('have data of their own, and must exist where that was asked for', async () => {
    const account = await client.make('/v1/accounts', { type: 'custom' });
    const connected = new Client(sandbox.url, 'sk_test_front', { 'stripe-account': account });
    const id = await connected.make('/v1/customers');
    expect(await client.error('GET', `/v1/customers/${id}`)).toMatchObject({ status: 404 });
    const nowhere = new Client(sandbox.url, 'sk_test_front', { 'stripe-account': 'acct_nowhere' });
    expect(await nowhere.error('GET', '/v1/customers')).toMatchObject({ status: 403, code: 'account_invalid', message: expect.stringContaining("'acct_nowhere'") });
  });
});

describe('limits', () => {
  const burst = async (count: number, path: string): Promise<readonly (readonly [number, string | null])[]> =>
    Promise.all(Array.from({ length: count }, () => client.ask('GET', path).then((one) => [one.status, one.headers.get('stripe-rate-limited-reason')] as const)));

  it('count per account and per endpoint, and are off until switched on', async () => {
    expect((await burst(60, '/v1/customers')).every(([status]) => status === 200)).toBe(true);
    await control('POST', 'limits', { account: { test: 10 } });
    const all = await burst(30, '/v1/customers');
    expect(all.filter(([status]) => status === 200)).toHaveLength(10);
    expect(all.filter(([status, reason]) => status === 429 && reason === 'global-rate')).toHaveLength(20);
    await control('POST', 'limits', { endpoint: { 'GET /v1/customers/{}': 3 } });
    const id = await client.make('/v1/customers');
    expect((await burst(5, `/v1/customers/${id}`)).filter(([, reason]) => reason === 'endpoint-rate')).toHaveLength(2);
    expect((await burst(5, '/v1/customers')).every(([status]) => status === 200)).toBe(true);
    expect(await client.error('GET', `/v1/customers/${id}`)).toMatchObject({ status: 429, code: 'rate_limit', type: 'invalid_request_error' });
    expect(await control('POST', 'limits', { speed: 1 })).toMatchObject({ error: { param: 'speed' } });
    expect(await control('POST', 'limits', { stripe: true })).toMatchObject({ limits: { account: { live: 100, test: 25 }, endpoint: { '*': 25, 'GET /v1/customers/search': 20, 'POST /v1/payouts': 15 } } });
  });

  it('count requests under way, writes to an object, and hold a lock on it', async () => {
    const id = await client.make('/v1/customers');
    /** A request that is under way until it is let go. */
    const slow = async (path: string, body: Readonly<Record<string, string>> = {}): Promise<() => ReturnType<Client['ask']>> => {
      await control('POST', 'faults', { delay_ms: 600_000, method: 'POST' });
      const asked = client.ask('POST', path, body);
      await expect.poll(() => control('GET', 'faults')).toMatchObject({ faults: [] });
      return async () => {
        await control('DELETE', 'faults');
        return asked;
      };
    };
    await control('POST', 'limits', { concurrency: { account: 1 } });
    const first = await slow('/v1/customers');
    const second = await client.ask('GET', '/v1/plans');
    expect([(await first()).status, second.status, second.headers.get('stripe-rate-limited-reason')]).toEqual([200, 429, 'global-concurrency']);
    await control('POST', 'limits', { resource: 2 });
    const writes = [await client.ask('POST', `/v1/customers/${id}`), await client.ask('POST', `/v1/customers/${id}`), await client.ask('POST', `/v1/customers/${id}`)];
    expect(writes.map((one) => one.headers.get('stripe-rate-limited-reason'))).toEqual([null, null, 'resource-specific']);
    await control('POST', 'limits', { locks: true });
    const held = await slow(`/v1/customers/${id}`, { name: 'a' });
    const locked = await client.ask('POST', `/v1/customers/${id}`, { name: 'b' });
    expect(locked).toMatchObject({ status: 429, row: { error: { code: 'lock_timeout' } } });
    expect(locked.headers.get('stripe-rate-limited-reason')).toBeNull();
    expect((await client.ask('GET', `/v1/customers/${id}`)).status).toBe(200);
    expect((await held()).status).toBe(200);
    expect((await client.ask('POST', `/v1/customers/${id}`, { name: 'c' })).status).toBe(200);
  });
});

describe('faults', () => {
  it('come by header', async () => {
    const ask = (fault: string, method = 'GET'): ReturnType<Client['ask']> => client.ask(method, '/v1/customers', {}, { 'sandbox-fault': fault });
    expect((await ask('rate_limit_endpoint_concurrency')).headers.get('stripe-rate-limited-reason')).toBe('endpoint-concurrency');
    const unexplained = await ask('rate_limit_unexplained');
    expect([unexplained.status, unexplained.headers.get('stripe-rate-limited-reason')]).toEqual([429, null]);
    const start = performance.now();
    expect((await ask('latency; delay_ms=80')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(75);
    expect(await ask('no_such_fault')).toMatchObject({ status: 400, row: { error: { param: 'fault' } } });
    await expect(ask('truncate')).rejects.toThrow();
    await expect(ask('reset')).rejects.toThrow();
    await expect(fetch(`${sandbox.url}/v1/customers`, { headers: { authorization: 'Bearer sk_test_front', 'sandbox-fault': 'hang' }, signal: AbortSignal.timeout(100) })).rejects.toThrow();
  });

  it('come by rate, the same for the same seed', async () => {
    const run = async (seed: number): Promise<string> => {
      await control('DELETE', 'faults');
      await control('POST', 'faults', { fault: 'server_error', rate: 0.4, seed, path: '/v1/balance' });
      const statuses: number[] = [];
      for (let at = 0; at < 20; at += 1) statuses.push((await client.ask('GET', '/v1/balance')).status);
      return statuses.join(' ');
    };
    const [one, again, other] = [await run(7), await run(7), await run(8)];
    expect(one).toBe(again);
    expect(one).not.toBe(other);
    expect(one).toContain('200');
    expect(one).toContain('500');
  });

  it('of the server are kept under the idempotency key, with or without the effect', async () => {
    const send = (key: string, fault?: string): ReturnType<Client['ask']> => client.ask('POST', '/v1/customers', { name: key }, { 'idempotency-key': key, ...(fault === undefined ? {} : { 'sandbox-fault': fault }) });
    const made = async (name: string): Promise<number> => objects(await client.row('GET', '/v1/customers/search', { query: `name:'${name}'` }), 'data').length;
    expect((await send('kept-1', 'server_error_kept')).status).toBe(500);
    const replayed = await send('kept-1');
    expect([replayed.status, replayed.headers.get('idempotent-replayed')]).toEqual([500, 'true']);
    expect(await made('kept-1')).toBe(0);
    expect((await send('after-1', 'server_error_after')).status).toBe(500);
    expect((await send('after-1')).status).toBe(500);
    expect(await made('after-1')).toBe(1);
    expect((await send('not-kept-1', 'server_error')).status).toBe(500);
    expect((await send('not-kept-1')).status).toBe(200);
    expect((await send('cut-1', 'reset_after').catch(() => ({ status: 0 }))).status).toBe(0);
    expect((await send('cut-1')).status).toBe(200);
    expect(await made('cut-1')).toBe(1);
  });
});

describe('the ledger', () => {
  it('says what each key did, and what callers were told of it', async () => {
    await control('POST', 'reset-requests');
    const send = (fault?: string): Promise<unknown> => client.ask('POST', '/v1/customers', { name: 'ledger' }, { 'idempotency-key': 'ledger-1', ...(fault === undefined ? {} : { 'sandbox-fault': fault }) }).catch(() => undefined);
    await send('reset_after');
    await send();
    await send();
    const effects = objects(await control('GET', 'effects?idempotency_key=ledger-1'), 'effects');
    expect(effects).toMatchObject([{ method: 'POST', path: '/v1/customers', status: 200, created: [{ collection: '/v1/customers', id: expect.stringContaining('cus_') }], changed: [], events: ['customer.created'] }]);
    const seen = objects(await control('GET', 'requests?idempotency_key=ledger-1'), 'requests');
    expect(seen.map((one) => one['status'] ?? null)).toEqual([null, 200, 200]);
    expect(seen[0]).toMatchObject({ fault: 'reset_after', request_id: text(effects[0], 'request_id') });
    expect(await control('GET', 'requests?method=POST&path=/v1/cust*')).toMatchObject({ total: 3, counts: { 'POST /v1/customers': 3 } });
    const id = await client.make('/v1/customers');
    await client.row('DELETE', `/v1/customers/${id}`);
    expect(objects(await control('GET', `effects?path=/v1/customers/${id}`), 'effects')).toMatchObject([{ method: 'DELETE', deleted: [{ id }] }]);
  });

  it('is kept with the data', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-effects-'));
    try {
      const ledger = async (url: string): Promise<unknown> => ((await (await fetch(`${url}/_sandbox/effects`)).json()) as JsonObject)['effects'];
      const before = await startSandbox({ dataDir });
      await new Client(before.url).make('/v1/customers', { name: 'kept' });
      const wanted = await ledger(before.url);
      await before.close();
      const after = await startSandbox({ dataDir });
      expect(await ledger(after.url)).toEqual(wanted);
      await new Client(after.url).make('/v1/customers');
      expect(await ledger(after.url)).toMatchObject([{ n: 1 }, { n: 2 }]);
      await after.close();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
