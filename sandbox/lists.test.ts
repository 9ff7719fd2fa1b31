// Lists: order, cursors, filters, what is hidden; nested lists, expand, search.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import type { JsonObject } from './json.ts';
import { object, objects, text } from './json.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let clock = 1_800_000_000_000;

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => clock });
});

afterAll(async () => {
  await sandbox.close();
});

let world = 0;

/** A client with an account of its own, so that tests do not see each other. */
function client(): Client {
  world += 1;
  return new Client(sandbox.url, 'sk_test_lists', { 'stripe-account': `acct_lists${world}` });
}

async function customers(mine: Client, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    clock += 1000;
    ids.push(await mine.make('/v1/customers', { name: `n${at}`, email: `e${at % 3}@x.org` }));
  }
  return ids.toReversed();
}

describe('pages', () => {
  it('go newest first, ten at a time, on from a cursor and back before one', async () => {
    const mine = client();
    const ids = await customers(mine, 23);
    const first = await mine.row('GET', '/v1/customers');
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' });
    expect(await mine.ids('/v1/customers')).toEqual(ids.slice(0, 10));
    expect(await mine.ids('/v1/customers', { limit: 7, starting_after: ids[6] })).toEqual(ids.slice(7, 14));
    expect(await mine.ids('/v1/customers', { limit: 5, ending_before: ids[12] })).toEqual(ids.slice(7, 12));
    expect(await mine.row('GET', '/v1/customers', { limit: 3, starting_after: ids[19] })).toMatchObject({ has_more: false });
    expect(await mine.row('GET', '/v1/customers', { limit: 3, ending_before: ids[3] })).toMatchObject({ has_more: false });
  });

  it('refuse cursors that are gone, limits out of range, and both cursors at once', async () => {
    const mine = client();
    const [id = ''] = await customers(mine, 2);
    await mine.row('DELETE', `/v1/customers/${id}`);
    expect(await mine.error('GET', '/v1/customers', { starting_after: id })).toMatchObject({ status: 400, code: 'resource_missing', param: 'starting_after' });
    expect(await mine.error('GET', '/v1/customers', { ending_before: 'cus_never' })).toMatchObject({ code: 'resource_missing', param: 'ending_before' });
    expect(await mine.error('GET', '/v1/customers', { limit: 0 })).toMatchObject({ param: 'limit', code: 'parameter_invalid_integer' });
    expect(await mine.error('GET', '/v1/customers', { limit: 101 })).toMatchObject({ param: 'limit' });
    expect(await mine.error('GET', '/v1/customers', { starting_after: 'a', ending_before: 'b' })).toMatchObject({ status: 400 });
  });

  it('stay whole while rows come and go', async () => {
    const mine = client();
    const ids = await customers(mine, 9);
    const page = await mine.ids('/v1/customers', { limit: 4 });
    await customers(mine, 2);
    await mine.row('DELETE', `/v1/customers/${ids[5] ?? ''}`);
    expect(await mine.ids('/v1/customers', { limit: 4, starting_after: page.at(-1) })).toEqual([ids[4], ids[6], ids[7], ids[8]]);
  });
});

describe('filters', () => {
  it('take exact values and created ranges', async () => {
    const mine = client();
    const ids = await customers(mine, 6);
    const created = Math.floor(clock / 1000);
    expect(await mine.ids('/v1/customers', { email: 'e1@x.org' })).toEqual([ids[1], ids[4]]);
    expect(await mine.ids('/v1/customers', { email: 'E1@x.org' })).toEqual([]);
    expect(await mine.ids('/v1/customers', { created: { gte: created - 1 } })).toEqual(ids.slice(0, 2));
    expect(await mine.ids('/v1/customers', { created: { gt: created - 3, lt: created } })).toEqual(ids.slice(1, 3));
    expect(await mine.ids('/v1/customers', { created })).toEqual(ids.slice(0, 1));
    expect(await mine.error('GET', '/v1/customers', { created: { after: 1 } })).toMatchObject({ code: 'parameter_unknown', param: 'created[after]' });
  });

  it('hide canceled subscriptions, inactive and inline prices, rows of test clocks, tax ids of customers', async () => {
    const mine = client();
    const card = await mine.row('POST', '/v1/payment_methods', { type: 'card', card: { token: 'tok_visa' } });
    const customer = await mine.make('/v1/customers', { payment_method: text(card, 'id'), invoice_settings: { default_payment_method: text(card, 'id') } });
    const product = await mine.make('/v1/products', { name: 'p' });
    const price = await mine.make('/v1/prices', { product, currency: 'usd', unit_amount: 100, recurring: { interval: 'month' } });
    const off = await mine.make('/v1/prices', { product, currency: 'usd', unit_amount: 100, active: false });
    const kept = await mine.make('/v1/subscriptions', { customer, items: [{ price }] });
    const ended = await mine.make('/v1/subscriptions', { customer, items: [{ price_data: { currency: 'usd', product, unit_amount: 5, recurring: { interval: 'year' } } }] });
    await mine.row('DELETE', `/v1/subscriptions/${ended}`);
    expect(await mine.ids('/v1/subscriptions')).toEqual([kept]);
    expect(await mine.ids('/v1/subscriptions', { status: 'all' })).toEqual([ended, kept]);
    expect(await mine.ids('/v1/subscriptions', { status: 'ended' })).toEqual([ended]);
    expect(await mine.ids('/v1/subscriptions', { price })).toEqual([kept]);
    expect(await mine.ids('/v1/prices')).toEqual([price]);
    expect(await mine.ids('/v1/prices', { active: false })).toEqual([off]);
    const clocked = await mine.make('/v1/customers', { test_clock: await mine.make('/v1/test_helpers/test_clocks', { frozen_time: 1_800_000_000 }) });
    expect(await mine.ids('/v1/customers')).toEqual([customer]);
    const clockOf = await mine.row('GET', `/v1/customers/${clocked}`);
    expect(await mine.ids('/v1/customers', { test_clock: text(clockOf, 'test_clock') })).toEqual([clocked]);
    const theirs = await mine.make(`/v1/customers/${customer}/tax_ids`, { type: 'eu_vat', value: 'DE123456789' });
    const own = await mine.make('/v1/tax_ids', { type: 'eu_vat', value: 'DE123456789' });
    expect(await mine.ids('/v1/tax_ids')).toEqual([own]);
    expect(await mine.ids('/v1/tax_ids', { owner: { type: 'customer', customer } })).toEqual([theirs]);
    expect(await mine.ids(`/v1/customers/${customer}/tax_ids`)).toEqual([theirs]);
  });

  it('demand what Stripe demands', async () => {
    expect(await client().error('GET', '/v1/subscription_items')).toMatchObject({ code: 'parameter_missing', param: 'subscription' });
  });
});

describe('nested lists', () => {
  it('are cut at ten and go on at their own address', async () => {
    const mine = client();
    const customer = await mine.make('/v1/customers');
    const invoice = await mine.make('/v1/invoices', { customer, currency: 'usd' });
    for (let at = 0; at < 13; at += 1) await mine.make('/v1/invoiceitems', { customer, invoice, amount: 100 + at, currency: 'usd' });
    const row = await mine.row('GET', `/v1/invoices/${invoice}`);
    const lines = object(row, 'lines');
    expect(objects(lines, 'data').map((line) => line['amount'])).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
    expect(lines).toMatchObject({ has_more: true, url: `/v1/invoices/${invoice}/lines` });
    const tenth = text(objects(lines, 'data').at(-1), 'id');
    const rest = await mine.row('GET', `/v1/invoices/${invoice}/lines`, { starting_after: tenth });
    expect(objects(rest, 'data').map((line) => line['amount'])).toEqual([110, 111, 112]);
    expect(row['total']).toBe(1378);
  });

  it('are shown on demand where Stripe shows them on demand', async () => {
    const mine = client();
    const customer = await mine.make('/v1/customers', { source: 'tok_visa' });
    expect(await mine.row('GET', `/v1/customers/${customer}`)).not.toHaveProperty('sources');
    const row = await mine.row('GET', `/v1/customers/${customer}`, { expand: ['sources', 'subscriptions', 'tax_ids'] });
    expect(objects(object(row, 'sources'), 'data')).toHaveLength(1);
    expect(object(row, 'subscriptions')).toMatchObject({ object: 'list', data: [] });
  });
});

describe('expand', () => {
  it('reaches four levels down, in lists under data', async () => {
    const mine = client();
    const product = await mine.make('/v1/products', { name: 'p' });
    const price = await mine.make('/v1/prices', { product, currency: 'usd', unit_amount: 100, recurring: { interval: 'month' } });
    const card = await mine.row('POST', '/v1/payment_methods', { type: 'card', card: { token: 'tok_visa' } });
    const customer = await mine.make('/v1/customers', { payment_method: text(card, 'id'), invoice_settings: { default_payment_method: text(card, 'id') } });
    const subscription = await mine.make('/v1/subscriptions', { customer, items: [{ price }] });
    const row = await mine.row('GET', `/v1/subscriptions/${subscription}`, { expand: ['customer.invoice_settings.default_payment_method', 'latest_invoice.payments', 'items.data.price.product'] });
    expect(row).toMatchObject({
      customer: { object: 'customer', invoice_settings: { default_payment_method: { object: 'payment_method' } } },
      latest_invoice: { object: 'invoice', payments: { data: [{ status: 'paid' }] } },
      items: { data: [{ price: { product: { name: 'p' } } }] },
    });
    const page = await mine.row('GET', '/v1/subscriptions', { expand: ['data.customer'] });
    expect(objects(page, 'data')[0]).toMatchObject({ customer: { id: customer } });
    expect(await mine.row('GET', `/v1/subscriptions/${subscription}`)).toMatchObject({ customer });
  });

  it('refuses what cannot be expanded', async () => {
    const mine = client();
    const customer = await mine.make('/v1/customers');
    expect(await mine.error('GET', `/v1/customers/${customer}`, { expand: ['nothing'] })).toMatchObject({ status: 400, message: expect.stringContaining('cannot be expanded') });
    expect(await mine.error('GET', `/v1/customers/${customer}`, { expand: ['a.b.c.d.e'] })).toMatchObject({ code: 'property_expansion_max_depth' });
    expect(await mine.error('GET', `/v1/customers/${customer}`, { expand: ['email'] })).toMatchObject({ status: 400 });
  });

  it('shows a stub for a deleted customer', async () => {
    const mine = client();
    const customer = await mine.make('/v1/customers');
    const intent = await mine.make('/v1/payment_intents', { amount: 500, currency: 'usd', customer });
    await mine.row('DELETE', `/v1/customers/${customer}`);
    expect(await mine.row('GET', `/v1/payment_intents/${intent}`, { expand: ['customer'] })).toMatchObject({ customer: { id: customer, deleted: true } });
  });
});

describe('search', () => {
  async function found(mine: Client, query: string): Promise<(string | undefined)[]> {
    return objects(await mine.row('GET', '/v1/customers/search', { query }), 'data').map((row) => text(row, 'name'));
  }

  async function shop(): Promise<Client> {
    const mine = client();
    const rows: readonly JsonObject[] = [
      { name: 'Anna Berg', email: 'anna@x.org', metadata: { plan: 'gold' } }, { name: 'Bernd Anner', email: 'bernd@x.org', metadata: { plan: 'silver' } }, { name: 'Carla "C" Diaz', phone: '123' },
    ];
    for (const row of rows) {
      clock += 1000;
      await mine.make('/v1/customers', row);
    }
    return mine;
  }

  it('knows the grammar', async () => {
    const mine = await shop();
    const last = Math.floor(clock / 1000);
    expect(await found(mine, 'email:"ANNA@x.org"')).toEqual(['Anna Berg']);
    expect(await found(mine, 'name~"ann"')).toEqual(['Bernd Anner', 'Anna Berg']);
    expect(await found(mine, 'metadata["plan"]:"gold" OR metadata["plan"]:"silver"')).toEqual(['Bernd Anner', 'Anna Berg']);
    expect(await found(mine, 'name~"ann" AND -metadata["plan"]:"gold"')).toEqual(['Bernd Anner']);
    expect(await found(mine, 'email:null')).toEqual(['Carla "C" Diaz']);
    expect(await found(mine, '-email:null')).toHaveLength(2);
    expect(await found(mine, 'name:"Carla \\"C\\" Diaz"')).toHaveLength(1);
    expect(await found(mine, `created>=${last}`)).toEqual(['Carla "C" Diaz']);
  });

  it('refuses the rest, and pages', async () => {
    const mine = await shop();
    for (const query of ['', 'name', 'name:"a" AND email:"b" OR phone:"c"', 'colour:"red"', 'name>"a"', 'name~"an"']) {
      expect(await mine.error('GET', '/v1/customers/search', { query: query === '' ? undefined : query }), query).toMatchObject({ status: 400, param: 'query' });
    }
    const first = await mine.row('GET', '/v1/customers/search', { query: 'created>0', limit: 2, expand: ['total_count'] });
    expect(first).toMatchObject({ object: 'search_result', has_more: true, total_count: 3, url: '/v1/customers/search' });
    const second = await mine.row('GET', '/v1/customers/search', { query: 'created>0', limit: 2, page: text(first, 'next_page') });
    expect(second).toMatchObject({ has_more: false, next_page: null });
    expect(objects(second, 'data')).toHaveLength(1);
  });
});
