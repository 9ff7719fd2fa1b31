// Answers held against Stripe's OpenAPI document of 2024-04-10. Shapes have changed since: every difference is a change of Stripe's, listed
// here with what it was, and their number is asserted, so that no difference of the sandbox's own can hide among them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../sandbox/json.ts';
import { objects, text } from '../../sandbox/json.ts';
import { rowShape } from '../../sandbox/sdk.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { gather } from './answers.ts';
import { OPENAPI_VERSION, differencesOf, documented, propertiesOf } from './openapi.ts';

let sandbox: Sandbox;
const places = new Map<string, number>();
const kinds = new Set<string>();
let rows = 0;

function note(row: JsonObject, into: Map<string, number>): void {
  const differences = row['deleted'] === true ? undefined : differencesOf(row);
  if (differences === undefined) return;
  rows += 1;
  kinds.add(text(row, 'object') ?? '');
  for (const { kind, place } of differences) into.set(`${kind} ${place}`, (into.get(`${kind} ${place}`) ?? 0) + 1);
}

beforeAll(async () => {
  sandbox = await startSandbox({ demo: true });
  await gather(sandbox.url, (row) => note(row, places));
});

afterAll(async () => {
  await sandbox.close();
});

const BASIL = 'dropped in 2025-03-31 (basil)';

/** What Stripe has changed since, besides adding properties. */
const CHANGED: Readonly<Record<string, string>> = {
  'missing credit_note.lines.data[].tax_amounts': `${BASIL}: taxes`,
  'missing credit_note.tax_amounts': `${BASIL}: total_taxes`,
  'missing invoice.lines.data[].proration': `${BASIL}: it is in the line's parent`,
  'missing invoice.lines.data[].type': `${BASIL}: the line's parent tells`,
  'missing invoice.paid': `${BASIL}: the status tells`,
  'missing invoice.paid_out_of_band': `${BASIL}: the payments tell`,
  'missing invoice.total_tax_amounts': `${BASIL}: total_taxes`,
  'missing promotion_code.coupon': 'moved to promotion.coupon in 2025-09-30 (clover)',
  'missing subscription.current_period_end': `${BASIL}: each item has its own`,
  'missing subscription.current_period_start': `${BASIL}: each item has its own`,
  'null financial_connections.session.client_secret': 'may be null since',
  'value checkout.session.ui_mode': 'hosted is called hosted_page since, and so on',
  'value treasury.outbound_transfer.destination_payment_method_details.type': 'financial_account is possible since',
};

describe('answers and the OpenAPI document', () => {
  it('differ where Stripe changed the shapes, and nowhere else', () => {
    expect(OPENAPI_VERSION).toBe('2024-04-10');
    expect([...places.keys()].filter((place) => !place.startsWith('unknown ')).toSorted()).toEqual(Object.keys(CHANGED));
    expect(rows).toBeGreaterThan(4_000);
    expect(kinds.size).toBeGreaterThan(80);
  });

  it('differ by properties that were added since, as many as the SDK has more', () => {
    const added = [...places.keys()].filter((place) => place.startsWith('unknown ')).map((place) => place.slice('unknown '.length));
    const unexplained = added.filter((place) => {
      const object = [...kinds].filter((kind) => place.startsWith(`${kind}.`)).toSorted((a, b) => b.length - a.length)[0] ?? '';
      const [name = '', ...deeper] = place.slice(object.length + 1).split(/\.|\[\]/);
      return deeper.length === 0 && rowShape(object)?.has(name) !== true;
    });
    expect(unexplained).toEqual([]);
    expect(added.length).toBeGreaterThan(150);
  });

  it('are of kinds of which many have the properties of then', () => {
    const sets = documented().filter((kind) => rowShape(kind) !== undefined).map((kind) => ({ old: propertiesOf(kind) ?? new Set<string>(), now: new Set(rowShape(kind)?.keys()) }));
    expect(sets).toHaveLength(128);
    expect(sets.filter(({ old, now }) => old.symmetricDifference(now).size === 0)).toHaveLength(69);
    expect(sets.reduce((sum, { old, now }) => sum + now.difference(old).size, 0)).toBe(223);
    expect(sets.reduce((sum, { old, now }) => sum + old.difference(now).size, 0)).toBe(43);
  });

  it('agree on what basil dropped where the document\'s version is asked for', async () => {
    const old = new Map<string, number>();
    for (const path of ['/v1/invoices', '/v1/subscriptions', '/v1/payment_intents', '/v1/charges']) {
      const response = await fetch(`${sandbox.url}${path}?limit=100`, { headers: { authorization: 'Bearer sk_test_x', 'stripe-version': OPENAPI_VERSION } });
      for (const row of objects((await response.json()) as JsonObject, 'data')) note(row, old);
    }
    expect([...old.keys()].filter((place) => !place.startsWith('unknown '))).toEqual([]);
  });
});
