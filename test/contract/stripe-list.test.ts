// List through the connector is the same as reading everything and filtering by hand, for entities of every kind, and costs no
// more calls than it must.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRows } from '../../src/engine/list.ts';
import { createPageTokens } from '../../src/engine/page-token.ts';
import { textOf } from '../../src/filter/comparable.ts';
import type { Row } from '../../src/spi/connector.ts';
import type { Scalar } from '../../src/spi/filter.ts';
import { assertListEquivalence, type EquivalenceReport } from '../conformance/list-equivalence.ts';
import { startStripeWorld, type StripeWorld } from './stripe-world.ts';

const START = Date.UTC(2026, 0, 1);
let clock = START;
let world: StripeWorld;
let customer = '';
let invoice = '';
let setupIntent = '';

const RUNS = 60;
const TOKENS = createPageTokens(new Uint8Array(32));
const BUDGET = { rows: 1_000_000, calls: 100_000, milliseconds: 600_000 };

function idOf(row: Row): string {
  return textOf(row['Id']) ?? '';
}

async function fill(): Promise<void> {
  const create = async (entity: string, row: Row): Promise<Row> => world.create(entity, row);
  const customers: string[] = [];
  for (let index = 0; index < 45; index += 1) {
    clock += (index % 4) * 1_000;
    customers.push(idOf(await create('Customer', {
      Email: `${['jenny', 'JENNY', 'adi', 'budi'][index % 4]}@example.com`, Name: index % 5 === 0 ? null : `Name ${index % 7}`,
      Balance: index % 3, Metadata: { tier: String(index % 2), 'order.id': 'x' },
    })));
  }
  customer = customers[0] ?? '';
  const products = await Promise.all(['Basic', 'Pro'].map(async (Name) => idOf(await create('Product', { Name }))));
  const prices: string[] = [];
  for (let index = 0; index < 30; index += 1) {
    clock += (index % 3) * 1_000;
    const Recurring = index % 2 === 0 ? { Interval: index % 4 === 0 ? 'month' : 'year' } : undefined;
    const price = idOf(await create('Price', {
      Currency: index % 3 === 0 ? 'idr' : 'usd', UnitAmount: 500 * index, Product: products[index % 2], LookupKey: index % 5 === 0 ? `key_${index}` : null, Recurring,
    }));
    prices.push(price);
    if (index % 3 === 0) await world.session.update(world.call(), 'Price', price, { Active: false }, world.write());
  }
  for (let index = 0; index < 24; index += 1) {
    clock += 1_000;
    const subscription = idOf(await create('Subscription', { Customer: customers[index % 3], Items: [{ Price: prices[4] }], CollectionMethod: 'send_invoice', DaysUntilDue: 3 }));
    if (index % 3 === 0) await world.session.delete(world.call(), 'Subscription', subscription, world.write());
  }
  for (let index = 0; index < 26; index += 1) {
    clock += 1_000;
    await create('PaymentIntent', { Amount: 100 * (index + 1), Currency: index % 2 === 0 ? 'usd' : 'eur', ...(index % 3 === 0 ? { Customer: customers[1] } : {}) });
  }
  for (let index = 0; index < 14; index += 1) await create('CustomerTaxId', { CustomerId: customer, Type: index % 2 === 0 ? 'eu_vat' : 'gb_vat', Value: index % 2 === 0 ? `DE12345678${index % 10}` : `GB12345678${index % 10}` });
  const draft = await create('Invoice', { Customer: customer });
  invoice = idOf(draft);
  for (let index = 0; index < 15; index += 1) await create('InvoiceItem', { Customer: customer, Invoice: invoice, Amount: 100 * index, Currency: 'usd', Description: `Line ${index % 4}` });
  await world.session.execute(world.call(), 'FinalizeInvoice', { InvoiceId: invoice }, world.write());
  setupIntent = idOf(await create('SetupIntent', { PaymentMethod: 'pm_card_visa', Customer: customer, Confirm: true }));
}

beforeAll(async () => {
  world = await startStripeWorld({ now: () => clock });
  await fill();
}, 120_000);

afterAll(async () => {
  await world.close();
});

const word = fc.constantFrom<Scalar>('', 'usd', 'nothing', 'Name 1', 'jenny@example.com', 'all', 'ended', 'canceled', 'active');
const number = fc.constantFrom<Scalar>('0', '1', '100', '500.5', '7000');
const flag = fc.constantFrom<Scalar>('true', 'false');
const time = fc.integer({ min: START / 1000 - 5, max: START / 1000 + 200 }).chain((second) => fc.constantFrom<Scalar>(String(second), String(second + 0.5), new Date(second * 1000).toISOString()));

interface Case {
  readonly entity: string;
  readonly literals: Readonly<Record<string, fc.Arbitrary<Scalar>>>;
  readonly demanded?: () => string;
  readonly isPushed?: boolean;
}

const CASES: readonly Case[] = [
  { entity: 'Customer', literals: { Email: word, Name: word, Created: time, Balance: number, 'Metadata.tier': word, Id: word } },
  { entity: 'Price', literals: { Active: flag, Currency: word, LookupKey: word, Type: word, UnitAmount: number, RecurringInterval: word, Created: time, Id: word } },
  { entity: 'Subscription', literals: { Status: word, Customer: word, CollectionMethod: word, Created: time, CanceledAt: time } },
  { entity: 'Invoice', literals: { Status: word, Customer: word, Total: number, Created: time, DueDate: time, ParentSubscriptionDetailsSubscription: word, Subscription: word } },
  { entity: 'PaymentIntent', literals: { Amount: number, Currency: word, Customer: word, Status: word, Created: time } },
  { entity: 'CustomerTaxId', literals: { Type: word, Value: word, Created: time, Id: fc.constantFrom<Scalar>('cus_nobody/txi_nobody', '') }, demanded: () => `Customer = '${customer}'`, isPushed: true },
  { entity: 'Balance', literals: { Livemode: flag, Object: word }, isPushed: false },
  { entity: 'InvoiceLineItem', literals: { Amount: number, Description: word, Currency: word }, demanded: () => `Invoice = '${invoice}'`, isPushed: true },
  { entity: 'SetupAttempt', literals: { Status: word, Created: time, Usage: word }, demanded: () => `SetupIntent = '${setupIntent}'`, isPushed: true },
  { entity: 'Event', literals: { Type: fc.constantFrom<Scalar>('customer.created', 'customer.*', 'price.created', 'nothing'), Created: time, PendingWebhooks: number } },
];

describe('List is evaluate-everything', () => {
  it.each(CASES)('$entity', async ({ entity, literals, demanded, isPushed }) => {
    const { connector, config, session } = world;
    const report: EquivalenceReport = await assertListEquivalence({
      target: { connection: 'c', connector, config, entity: world.entity(entity) }, session, call: () => world.call(), literals, runs: RUNS,
      ...(demanded === undefined ? {} : { demanded: demanded() }),
    });
    expect(report.rows).toBeGreaterThan(0);
    if (isPushed !== false) expect(report.pushed).toBeGreaterThan(5);
  }, 120_000);
});

describe('calls', () => {
  async function count(entity: string, query: { readonly filter?: string; readonly pageSize?: number; readonly sort?: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[] }): Promise<{ readonly calls: number; readonly rows: number; readonly pages: number }> {
    const { connector, config, session, sent } = world;
    const before = sent.length;
    let rows = 0;
    let pages = 0;
    for (let pageToken = ''; ;) {
      const page = await listRows({ connection: 'c', connector, config, entity: world.entity(entity) }, session, world.call(), { ...query, pageToken }, { budget: BUDGET, tokens: TOKENS });
      rows += page.rows.length;
      pages += 1;
      if (page.nextPageToken === undefined || query.pageSize === undefined) return { calls: sent.length - before, rows, pages };
      pageToken = page.nextPageToken;
    }
  }

  it('asks once for rows of one email', async () => {
    expect(await count('Customer', { filter: "Email = 'adi@example.com'" })).toEqual({ calls: 1, rows: 11, pages: 1 });
  });

  it('asks once for the first 25 rows', async () => {
    expect(await count('Customer', {})).toEqual({ calls: 1, rows: 25, pages: 1 });
    expect(world.sent.at(-1)?.url).toMatch(/\/v1\/customers\?limit=25$/);
  });

  it('reads a range by the parameters of Stripe', async () => {
    const { calls } = await count('Customer', { filter: `Created >= '${START / 1000 + 10}' AND Created < '2026-01-01T00:00:20.5Z'` });
    expect([calls, world.sent.at(-1)?.url]).toEqual([1, expect.stringContaining(`created[gte]=${START / 1000 + 10}&created[lte]=${START / 1000 + 20}`)]);
  });

  it('reads pages of what Stripe filters at one call each', async () => {
    const { calls, pages, rows } = await count('Customer', { pageSize: 7 });
    expect([rows, calls]).toEqual([45, pages]);
  });

  it('costs N pages of what we filter no more than one scan and N calls', async () => {
    const { calls, pages } = await count('Customer', { pageSize: 7, filter: "Metadata.tier = '1'" });
    expect(calls).toBeLessThanOrEqual(pages + 1);
  });

  it('lets Stripe sort where it does', async () => {
    expect((await count('Customer', { sort: [{ field: 'Created', direction: 'desc' }] })).calls).toBe(1);
  });
});

describe('reading on', () => {
  it('gives every row once while the rows that were given are deleted', async () => {
    const { connector, config, session } = world;
    const made = await Promise.all(Array.from({ length: 40 }, async (_, index) => idOf(await world.create('Product', { Name: `Doomed ${index}` }))));
    clock += 1_000;
    const given: string[] = [];
    for (let pageToken = '', more = true; more; more = pageToken !== '') {
      const page = await listRows({ connection: 'c', connector, config, entity: world.entity('Product') }, session, world.call(), { filter: "Name LIKE 'Doomed%'", pageSize: 7, pageToken }, { budget: BUDGET, tokens: TOKENS });
      for (const row of page.rows) {
        given.push(idOf(row));
        await session.delete(world.call(), 'Product', idOf(row), world.write());
      }
      pageToken = page.nextPageToken ?? '';
    }
    expect(given.toSorted()).toEqual(made.toSorted());
  });

  it('completes the lines of invoices where the query reads them, and in Get', async () => {
    const { connector, config, session } = world;
    const target = { connection: 'c', connector, config, entity: world.entity('Invoice') };
    const settings = { budget: BUDGET, tokens: TOKENS };
    const linesOf = (row: Row | undefined): unknown => row?.['Lines'];
    const filter = `Customer = '${customer}' AND Id > 'a' AND BillingReason = 'manual'`;
    const whole = await listRows(target, session, world.call(), { filter, columns: ['Id', 'Lines'] }, settings);
    expect(linesOf(whole.rows[0])).toMatchObject({ has_more: false, data: { length: 15 } });
    const asStripe = await listRows(target, session, world.call(), { filter }, settings);
    expect(linesOf(asStripe.rows[0])).toMatchObject({ has_more: true, data: { length: 10 } });
    expect(linesOf(await session.get(world.call(), 'Invoice', invoice))).toMatchObject({ has_more: false, data: { length: 15 } });
  });
});

describe('Search, where the connection asks for it', () => {
  it.each(["Name = 'Name 1'", "Metadata.tier = '1' AND Balance = '2'", "Name = 'Name 1' AND Created > '2026-01-01T00:00:20Z'"])('finds the rows of %s', async (filter) => {
    const { config, session } = await world.open({ search_pushdown: true });
    const list = async (target: typeof config, by: typeof session): Promise<readonly string[]> =>
      (await listRows({ connection: 'c', connector: world.connector, config: target, entity: world.entity('Customer') }, by, world.call(), { filter, pageSize: 200 }, { budget: BUDGET, tokens: TOKENS })).rows.map(idOf).toSorted();
    const wanted = await list(world.config, world.session);
    const before = world.sent.length;
    expect(await list(config, session)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
    expect(world.sent.slice(before).filter(({ url }) => url.includes('/v1/customers/search?'))).toHaveLength(1);
  });
});

describe('the rows that Stripe hides', () => {
  async function ids(entity: string, filter: string): Promise<readonly Row[]> {
    const { connector, config, session } = world;
    return (await listRows({ connection: 'c', connector, config, entity: world.entity(entity) }, session, world.call(), { filter, pageSize: 200 }, { budget: BUDGET, tokens: TOKENS })).rows;
  }

  it('are listed: cancelled subscriptions and inactive prices', async () => {
    expect((await ids('Subscription', '')).filter((row) => row['Status'] === 'canceled')).toHaveLength(8);
    expect((await ids('Price', '')).filter((row) => row['Active'] === false)).toHaveLength(10);
  });

  it('have no pseudo-status', async () => {
    expect(await ids('Subscription', "Status = 'all'")).toEqual([]);
    expect(await ids('Subscription', "Status = 'ended'")).toEqual([]);
  });

  it('are none where the filter names an object that does not exist', async () => {
    expect(await ids('PaymentIntent', "Customer = 'cus_nobody'")).toEqual([]);
    expect(await ids('CustomerTaxId', "Customer = 'cus_nobody'")).toEqual([]);
  });
});
