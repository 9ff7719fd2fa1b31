// What the connector does where Stripe or the way to it fails, against the sandbox that fails on purpose and tells what it did:
// its ledger of effects is the witness.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../src/filter/comparable.ts';
import type { Row } from '../../src/spi/connector.ts';
import { startStripeWorld, type StripeWorld } from './stripe-world.ts';

let world: StripeWorld;
beforeAll(async () => {
  world = await startStripeWorld();
});
afterEach(() => sandbox('DELETE', 'faults'));
afterAll(() => world.close());

async function sandbox(method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await fetch(`${world.config.apiBase}/_sandbox/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return reply.json();
}

const fail = (fault: Readonly<Record<string, unknown>>): Promise<unknown> => sandbox('POST', 'faults', fault);

interface Told {
  /** Effects that the sandbox has noted under the key of the write. */
  readonly effects: number;
  readonly requests: number;
  readonly row: Row | undefined;
  readonly error: unknown;
}

async function countOf(path: string): Promise<number> {
  const { total } = (await sandbox('GET', path)) as { readonly total: number };
  return total;
}

/** Runs one write under a key of its own and asks the sandbox what came of it. */
async function told(work: (options: { readonly idempotencyKey: string }) => Promise<Row | readonly Row[] | void>): Promise<Told> {
  const { idempotencyKey } = world.write();
  const [row, error] = await work({ idempotencyKey }).then((one) => [Array.isArray(one) ? one[0] : one, undefined], (thrown: unknown) => [undefined, thrown]);
  const [effects, requests] = await Promise.all(['effects', 'requests'].map((kind) => countOf(`${kind}?idempotency_key=${idempotencyKey}`)));
  return { effects: effects ?? 0, requests: requests ?? 0, row: row as Row | undefined, error };
}

const createCustomer = (milliseconds = 30_000): Promise<Told> => told((options) => world.session.create({ ...world.call(), deadline: new Date(Date.now() + milliseconds) }, 'Customer', { Name: 'Budi' }, options));
const customer = async (): Promise<string> => textOf((await world.create('Customer', { Name: 'Ani' }))['Id']) ?? '';

describe('a write', () => {
  it.each(['rate_limit', 'rate_limit_endpoint_concurrency', 'rate_limit_unexplained', 'lock_timeout', 'server_error', 'reset', 'reset_after', 'truncate'])('is done once and acknowledged through two faults: %s', async (fault) => {
    await fail({ fault, times: 2, method: 'POST', path: '/v1/customers' });
    const { effects, requests, row } = await createCustomer();
    expect({ effects, requests, id: row?.['Id'] }).toEqual({ effects: 1, requests: 3, id: expect.stringMatching(/^cus_/) });
  });

  it('waits for its own first attempt while that holds the key', async () => {
    const { idempotencyKey } = world.write();
    await fail({ fault: 'latency', delay_ms: 500, method: 'POST', path: '/v1/customers' });
    const two = await Promise.all([1, 2].map(() => world.session.create(world.call(), 'Customer', { Name: 'Citra' }, { idempotencyKey })));
    expect(new Set(two.map(({ Id }) => Id)).size).toBe(1);
    expect(await countOf(`effects?idempotency_key=${idempotencyKey}`)).toBe(1);
  });

  it('whose whole body is broken is asked for again under its key', async () => {
    await fail({ status: 200, body: '{"id": "cus_', method: 'POST', path: '/v1/customers' });
    const { effects, requests, row } = await createCustomer();
    expect({ effects, requests, id: row?.['Id'] }).toEqual({ effects: 1, requests: 2, id: expect.stringMatching(/^cus_/) });
  });

  it('is not sent again after a decline, even where the header asks for it', async () => {
    await fail({ status: 402, body: { error: { type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor', message: 'Declined.' } }, headers: { 'Stripe-Should-Retry': 'true' }, times: 9, method: 'POST' });
    const { requests, error } = await createCustomer();
    expect(requests).toBe(1);
    expect(error).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'CARD_DECLINED', metadata: { declineCode: 'do_not_honor' } });
    expect(error).not.toMatchObject({ metadata: { outcome: 'unknown' } });
  });

  it.each([['true', 400, 2], ['false', 429, 1], ['false', 503, 1]])('obeys Stripe-Should-Retry: %s on %i', async (wish, status, attempts) => {
    await fail({ status, body: { error: { type: 'api_error', message: 'No.' } }, headers: { 'Stripe-Should-Retry': wish }, method: 'POST', path: '/v1/customers' });
    expect((await createCustomer()).requests).toBe(attempts);
  });

  it('whose 500 Stripe keeps ends with an unknown outcome and its key', async () => {
    await fail({ fault: 'server_error_after', method: 'POST', path: '/v1/customers' });
    const { effects, error } = await createCustomer();
    expect(effects).toBe(1);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', metadata: { outcome: 'unknown', idempotencyKey: expect.any(String) } });
  });

  it('says that its outcome is unknown where only its first attempt may have been done', async () => {
    await fail({ fault: 'reset_after', method: 'POST', path: '/v1/customers' });
    await fail({ fault: 'rate_limit', times: 20, method: 'POST', path: '/v1/customers' });
    const { effects, error } = await createCustomer(3_000);
    expect(effects).toBe(1);
    expect(error).toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'BACKEND_RATE_LIMITED', metadata: { outcome: 'unknown' } });
  });

  it('that was refused throughout says nothing of that kind', async () => {
    await fail({ fault: 'rate_limit', times: 20, method: 'POST', path: '/v1/customers' });
    const { effects, error } = await createCustomer(3_000);
    expect(effects).toBe(0);
    expect(error).not.toMatchObject({ metadata: { outcome: 'unknown' } });
  });

  it('that hangs ends at its deadline', async () => {
    await fail({ fault: 'hang', times: 9, method: 'POST', path: '/v1/customers' });
    const { effects, error } = await createCustomer(2_000);
    expect(effects).toBe(0);
    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', metadata: { outcome: 'unknown' } });
  });
});

describe('a deletion', () => {
  it('whose answer was lost is acknowledged, although the next attempt finds nothing', async () => {
    const id = await customer();
    await fail({ fault: 'reset_after', method: 'DELETE', path: `/v1/customers/${id}` });
    const { error } = await told((options) => world.session.delete(world.call(), 'Customer', id, options));
    expect(error).toBeUndefined();
    const { effects } = (await sandbox('GET', `effects?path=/v1/customers/${id}`)) as { readonly effects: readonly { readonly method: string }[] };
    expect(effects.map(({ method }) => method)).toEqual(['DELETE']);
  });

  it('of what was never there is NOT_FOUND', async () => {
    const { error } = await told((options) => world.session.delete(world.call(), 'Customer', 'cus_none', options));
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a read', () => {
  it.each(['rate_limit', 'lock_timeout', 'server_error', 'reset', 'truncate'])('is repeated through two faults: %s', async (fault) => {
    const id = await customer();
    await fail({ fault, times: 2, method: 'GET', path: `/v1/customers/${id}` });
    expect((await world.session.get(world.call(), 'Customer', id))['Name']).toBe('Ani');
  });

  it('of a page that breaks off asks for a smaller one at once', async () => {
    await Promise.all(Array.from({ length: 5 }, customer));
    await fail({ fault: 'truncate', times: 2, method: 'GET', path: '/v1/customers' });
    const plan = world.connector.planList(world.config, { entity: 'Customer', filter: { kind: 'and', filters: [] }, sort: [], columns: 'all' });
    const before = world.sent.length;
    const { rows } = await world.session.scan(world.call(), 'Customer', plan, { size: 5 });
    expect(rows.length).toBeGreaterThan(0);
    expect(world.sent.slice(before).map(({ url }) => /limit=(\d+)/.exec(url)?.[1])).toEqual(['5', '3', '2']);
  });
});
