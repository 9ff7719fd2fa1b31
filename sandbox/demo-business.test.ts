// The demo business: everything a first look wants to find is there, in every state, spread over a year, and made quickly.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import { faultsOf } from './conforming.ts';
import type { JsonObject } from './json.ts';
import { number, objects, text } from './json.ts';
import { COLLECTIONS } from './sdk.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ demo: true });
});

afterAll(async () => {
  await sandbox.close();
});

async function all(path: string, params: JsonObject = {}): Promise<JsonObject[]> {
  const client = new Client(sandbox.url);
  const rows: JsonObject[] = [];
  for (;;) {
    const last = text(rows.at(-1), 'id');
    const page = await client.row('GET', path, { ...params, limit: 100, ...(last === undefined ? {} : { starting_after: last }) });
    rows.push(...objects(page, 'data'));
    if (page['has_more'] !== true) return rows;
  }
}

const statuses = (rows: readonly JsonObject[]): string[] => [...new Set(rows.map((row) => text(row, 'status') ?? ''))].sort();

describe('the demo business', () => {
  it('has customers, products and prices in several currencies', async () => {
    const customers = await all('/v1/customers');
    expect(customers).toHaveLength(40);
    expect(new Set(customers.map((row) => text(row, 'email'))).size).toBe(40);
    expect(customers.every((row) => row['address'] !== null && Object.keys(row['metadata'] ?? {}).length > 0)).toBe(true);
    expect(await all('/v1/products')).toHaveLength(12);
    const prices = await all('/v1/prices');
    expect([...new Set(prices.map((row) => text(row, 'currency') ?? ''))].sort((a, b) => a.localeCompare(b))).toEqual(['eur', 'idr', 'jpy', 'usd']);
    expect([await all('/v1/coupons'), await all('/v1/promotion_codes'), await all('/v1/tax_rates')].map((rows) => rows.length)).toEqual([3, 3, 3]);
  });

  it('has everything in every state', async () => {
    expect(statuses(await all('/v1/payment_intents'))).toEqual(['canceled', 'processing', 'requires_action', 'requires_capture', 'requires_confirmation', 'requires_payment_method', 'succeeded']);
    expect(statuses(await all('/v1/invoices'))).toEqual(['draft', 'open', 'paid', 'uncollectible', 'void']);
    expect(statuses(await all('/v1/quotes'))).toEqual(['accepted', 'canceled', 'draft', 'open']);
    expect(statuses(await all('/v1/subscriptions', { status: 'all' }))).toEqual(['active', 'canceled', 'incomplete', 'past_due', 'paused', 'trialing']);
    expect((await all('/v1/refunds')).length).toBeGreaterThan(3);
    expect((await all('/v1/events')).length).toBeGreaterThan(100);
  });

  it('is what the SDK says such rows are, events and all', async () => {
    const faults = new Set<string>();
    let count = 0;
    for (const { path, operations, parents, version } of COLLECTIONS.values()) {
      const filters = operations.get('list')?.params;
      if (filters === undefined || !filters.has('limit') || parents > 0 || version === 'v2' || [...filters.values()].some((field) => field.required)) continue;
      for (const row of await all(path, path === '/v1/subscriptions' ? { status: 'all' } : {})) {
        count += 1;
        faultsOf(row).forEach((fault) => faults.add(fault));
      }
    }
    expect([...faults]).toEqual([]);
    expect(count).toBeGreaterThan(700);
  });

  it('is spread over the last year, and running subscriptions run today', async () => {
    const now = Date.now() / 1000;
    const created = (await all('/v1/payment_intents')).map((row) => number(row, 'created') ?? 0);
    expect(Math.max(...created)).toBeLessThanOrEqual(now);
    expect(Math.min(...created)).toBeGreaterThan(now - 366 * 24 * 3600);
    expect(Math.max(...created) - Math.min(...created)).toBeGreaterThan(250 * 24 * 3600);
    for (const subscription of await all('/v1/subscriptions', { status: 'active' })) {
      const [item] = objects(subscription['items'] as JsonObject, 'data');
      expect(number(item, 'current_period_end')).toBeGreaterThan(now);
    }
  });
});
