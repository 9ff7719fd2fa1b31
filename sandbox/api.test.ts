// What holds for every request: keys, accounts, versions, errors, idempotency, unsetting, v2, files; and what tests can watch and break.
import fc from 'fast-check';
import { Stripe } from 'stripe';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import { NOT_DONE } from './lives/index.ts';
import { object, objects, text } from './json.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new Client(sandbox.url);
});

afterEach(async () => {
  await client.ask('DELETE', '/_sandbox/faults');
});

afterAll(async () => {
  await sandbox.close();
});

describe('keys', () => {
  it('open the one account: test data or live data', async () => {
    const id = await new Client(sandbox.url, 'sk_test_one').make('/v1/customers');
    expect(await new Client(sandbox.url, 'rk_test_two').row('GET', `/v1/customers/${id}`)).toMatchObject({ id, livemode: false });
    const error = await new Client(sandbox.url, 'sk_live_one').error('GET', `/v1/customers/${id}`);
    expect(error).toMatchObject({ status: 404, code: 'resource_missing', param: 'id', message: `No such customer: '${id}'; a similar object exists in test mode, but a live mode key was used to make this request.` });
    const live = await new Client(sandbox.url, 'sk_live_one').row('POST', '/v1/customers');
    expect(live['livemode']).toBe(true);
    const basic = await fetch(`${sandbox.url}/v1/customers/${id}`, { headers: { authorization: `Basic ${Buffer.from('sk_test_one:').toString('base64')}` } });
    expect(basic.status).toBe(200);
  });

  it('are refused where they open nothing', async () => {
    for (const [key, more] of [['', {}], ['pk_test_x', { code: 'secret_key_required' }], ['nonsense', {}], ['sk_prod_x', {}]] as const) {
      expect(await new Client(sandbox.url, key).error('GET', '/v1/customers')).toMatchObject({ status: 401, type: 'invalid_request_error', ...more });
    }
    expect(await new Client(sandbox.url, 'sk_test_a', { 'stripe-account': 'nobody' }).error('GET', '/v1/customers')).toMatchObject({ status: 403, code: 'account_invalid' });
    expect(await new Client(sandbox.url, 'sk_test_a', { 'stripe-version': 'yesterday' }).error('GET', '/v1/customers')).toMatchObject({ status: 400 });
  });

  it('reach connected accounts, which see nothing of each other', async () => {
    const [a, b] = ['acct_a', 'acct_b'].map((account) => new Client(sandbox.url, 'sk_test_x', { 'stripe-account': account }));
    const id = await a?.make('/v1/products', { name: 'of a' });
    expect(await a?.ids('/v1/products')).toEqual([id]);
    expect(await b?.ids('/v1/products')).toEqual([]);
    expect(await a?.row('GET', '/v1/account')).toMatchObject({ id: 'acct_a', object: 'account' });
  });
});

describe('parameters', () => {
  it('are refused in Stripe’s words', async () => {
    expect(await client.error('POST', '/v1/customers', { emial: 'x' })).toMatchObject({ status: 400, code: 'parameter_unknown', param: 'emial', message: 'Received unknown parameter: emial. Did you mean email?', request_log_url: expect.stringContaining('/logs/req_') });
    expect(await client.error('POST', '/v1/customers', { address: { lin1: 'x' } })).toMatchObject({ param: 'address[lin1]' });
    expect(await client.error('POST', '/v1/customers', { aaa: '1', bbb: '2' })).toMatchObject({ message: 'Received unknown parameters: aaa, bbb' });
    expect(await client.error('POST', '/v1/payment_intents', { currency: 'usd' })).toMatchObject({ code: 'parameter_missing', param: 'amount', message: 'Missing required param: amount.' });
    expect(await client.error('POST', '/v1/payment_intents', { currency: 'usd', amount: '15.5' })).toMatchObject({ code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: 15.5' });
    expect(await client.error('POST', '/v1/customers', { tax_exempt: 'maybe' })).toMatchObject({ param: 'tax_exempt', message: 'Invalid tax_exempt: must be one of exempt, none, or reverse' });
    expect(await client.error('POST', '/v1/prices', { currency: 'usd', recurring: { interval: 'hour' } })).toMatchObject({ param: 'recurring[interval]' });
    expect(await client.error('POST', '/v1/subscriptions', { customer: '' })).toMatchObject({ code: 'parameter_invalid_empty', param: 'customer' });
    expect(await client.error('POST', '/v1/products', { name: 'x', active: 'yes' })).toMatchObject({ param: 'active', message: 'Invalid boolean: yes' });
    expect(await client.error('GET', '/v1/unicorns')).toMatchObject({ status: 404, message: expect.stringContaining('Unrecognized request URL (GET: /v1/unicorns)') });
    expect(await client.error('POST', '/v1/disputes/du_x/close')).toMatchObject({ status: 404 });
    expect(await client.error('POST', '/v1/terminal/readers/tmr_x/cancel_action')).toMatchObject({ status: 404 });
  });

  it('are unset by an empty text; metadata merges and is deleted key by key or whole', async () => {
    const id = await client.make('/v1/customers', { name: 'N', description: 'D', address: { city: 'C', line1: 'L' }, metadata: { a: '1', b: '2' }, preferred_locales: ['id', 'en'] });
    const changed = await client.row('POST', `/v1/customers/${id}`, { description: '', address: { city: '' }, metadata: { a: '', c: '3' } });
    expect(changed).toMatchObject({ name: 'N', description: null, metadata: { b: '2', c: '3' }, address: { city: null, line1: 'L' }, preferred_locales: ['id', 'en'] });
    expect(changed['metadata']).not.toHaveProperty('a');
    expect(await client.row('POST', `/v1/customers/${id}`, { metadata: '', address: '' })).toMatchObject({ metadata: {}, address: null });
  });

  it('carry any text whole', async () => {
    const name = 'Ünïcødé & = + % [x] "q" 漢字 \u{1F600}\n';
    const id = await client.make('/v1/customers', { name, metadata: { 'k.e-y': name } });
    expect(await client.row('GET', `/v1/customers/${id}`)).toMatchObject({ name, metadata: { 'k.e-y': name } });
    const broken = await fetch(`${sandbox.url}/v1/customers`, { method: 'POST', headers: { authorization: 'Bearer sk_test_x' }, body: 'name=%zz' });
    expect(broken.status).toBe(400);
    const json = await fetch(`${sandbox.url}/v1/customers`, { method: 'POST', headers: { authorization: 'Bearer sk_test_x', 'content-type': 'application/json' }, body: '{}' });
    expect(json.status).toBe(400);
  });

  it('arrive as the SDK sends them, whatever they hold', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const stripe = new Stripe('sk_test_any', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
    const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((one) => !/[[\]]/.test(one) && one.length <= 40 && one !== '__proto__');
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    await fc.assert(fc.asyncProperty(value, fc.dictionary(key, value, { maxKeys: 5 }), fc.array(fc.constantFrom('id', 'en', 'de'), { minLength: 1, maxLength: 3 }), async (name, metadata, locales) => {
      const row = await stripe.customers.create({ name, metadata, preferred_locales: locales, address: { city: name } });
      expect(row).toMatchObject({ name, preferred_locales: locales, address: { city: name } });
      expect(new Map(Object.entries(row.metadata))).toEqual(new Map(Object.entries(metadata)));
    }), { numRuns: 60 });
  });

  it('choose their own ids where Stripe allows it, once', async () => {
    expect(await client.row('POST', '/v1/products', { id: 'my-product', name: 'x' })).toMatchObject({ id: 'my-product' });
    expect(await client.error('POST', '/v1/products', { id: 'my-product', name: 'x' })).toMatchObject({ status: 400, code: 'resource_already_exists' });
    expect(await client.row('POST', '/v1/coupons', { id: 'TEN', percent_off: 10.5 })).toMatchObject({ id: 'TEN', percent_off: 10.5 });
  });
});

describe('idempotency', () => {
  const send = (params: Readonly<Record<string, string>>, key: string, path = '/v1/customers'): ReturnType<Client['ask']> => client.ask('POST', path, params, { 'idempotency-key': key });

  it('replays the first answer and refuses another request', async () => {
    const first = await send({ name: 'one' }, 'key-1');
    const second = await send({ name: 'one' }, 'key-1');
    expect(second.row).toEqual(first.row);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expect(second.headers.get('request-id')).not.toBe(first.headers.get('request-id'));
    expect((await send({ name: 'two' }, 'key-1')).row).toMatchObject({ error: { type: 'idempotency_error' } });
    expect((await send({ name: 'one' }, 'key-1', '/v1/products')).status).toBe(400);
    const other = await new Client(sandbox.url, 'sk_live_x').ask('POST', '/v1/customers', { name: 'two' }, { 'idempotency-key': 'key-1' });
    expect(other.status).toBe(200);
  });

  it('keeps declines, but no validation failures', async () => {
    const params = { amount: '1000', currency: 'usd', payment_method: 'pm_card_chargeDeclined', confirm: 'true', 'automatic_payment_methods[enabled]': 'true', 'automatic_payment_methods[allow_redirects]': 'never' };
    const declined = await send(params, 'key-2', '/v1/payment_intents');
    expect(declined.status).toBe(402);
    expect((await send(params, 'key-2', '/v1/payment_intents')).row).toEqual(declined.row);
    expect((await send({ currency: 'usd' }, 'key-3', '/v1/payment_intents')).status).toBe(400);
    expect((await send({ currency: 'usd', amount: '1000' }, 'key-3', '/v1/payment_intents')).status).toBe(200);
  });

  it('answers 409 while the first request still runs', async () => {
    const control = (method: string, body?: object): Promise<Response> => fetch(`${sandbox.url}/_sandbox/faults`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    await control('POST', { path: '/v1/customers', delay_ms: 600_000 });
    const slow = send({ name: 'slow' }, 'key-4');
    await expect.poll(async () => (await control('GET')).json()).toMatchObject({ faults: [] });
    expect(await send({ name: 'slow' }, 'key-4')).toMatchObject({ status: 409, row: { error: { code: 'idempotency_key_in_use' } } });
    // With the faults forgotten it waits no longer.
    await control('DELETE');
    const done = await slow;
    expect(done.status).toBe(200);
    expect((await send({ name: 'slow' }, 'key-4')).row).toEqual(done.row);
  });
});

describe('versions', () => {
  it('before basil show what invoices, payment intents and subscriptions had', async () => {
    const old = new Client(sandbox.url, 'sk_test_old', { 'stripe-version': '2025-02-24.acacia' });
    const card = await old.row('POST', '/v1/payment_methods', { type: 'card', card: { token: 'tok_visa' } });
    const customer = await old.make('/v1/customers', { payment_method: text(card, 'id'), invoice_settings: { default_payment_method: text(card, 'id') } });
    const empty = await old.make('/v1/invoices', { customer });
    expect(await old.row('POST', `/v1/invoices/${empty}/finalize`)).toMatchObject({ paid: true, paid_out_of_band: false, charge: null, payment_intent: null, lines: { data: [], has_more: false, total_count: 0 } });
    const id = await old.make('/v1/invoices', { customer });
    await old.make('/v1/invoiceitems', { customer, invoice: id, amount: 500, currency: 'usd' });
    const paid = await old.row('POST', `/v1/invoices/${id}/pay`, { expand: ['payment_intent'] });
    expect(paid).toMatchObject({ paid: true, charge: expect.stringContaining('ch_'), payment_intent: { invoice: id, level3: null }, subscription: null, lines: { total_count: 1 } });
    expect(Object.keys(paid).slice(0, 3)).toEqual(['id', 'object', 'account_country']);
    const now = await new Client(sandbox.url, 'sk_test_old').row('GET', `/v1/invoices/${id}`);
    for (const gone of ['paid', 'charge', 'payment_intent', 'subscription']) expect(now).not.toHaveProperty(gone);
    expect(object(now, 'lines')).not.toHaveProperty('total_count');
    const intent = await old.row('POST', '/v1/payment_intents', { amount: 500, currency: 'usd', payment_method_types: ['card'] });
    expect(intent).toMatchObject({ payment_method_types: ['card'], automatic_payment_methods: null, capture_method: 'automatic_async', invoice: null });
    const latest = new Client(sandbox.url, 'sk_test_old', { 'stripe-version': '2026-10-28.endive' });
    expect(await latest.error('POST', '/v1/payment_intents', { amount: 500, currency: 'usd', payment_method_types: ['card'] })).toMatchObject({ code: 'parameter_unknown' });
  });

  it('are echoed', async () => {
    const { headers } = await client.ask('GET', '/v1/balance', {}, { 'stripe-version': '2024-06-20' });
    expect(headers.get('stripe-version')).toBe('2024-06-20');
    expect(headers.get('request-id')).toMatch(/^req_\w{14}$/);
    expect((await client.ask('GET', '/v1/balance')).headers.get('stripe-version')).toBe('2026-10-28.endive');
  });
});

describe('the rest of the surface', () => {
  it('answers a deleted customer with a stub, other deleted rows with 404', async () => {
    const id = await client.make('/v1/customers');
    const stub = { id, object: 'customer', deleted: true };
    expect(await client.row('DELETE', `/v1/customers/${id}`)).toEqual(stub);
    expect(await client.row('GET', `/v1/customers/${id}`)).toEqual(stub);
    expect(await client.error('DELETE', `/v1/customers/${id}`)).toMatchObject({ status: 404 });
    expect(await client.error('POST', `/v1/customers/${id}`, { name: 'x' })).toMatchObject({ status: 404 });
    const product = await client.make('/v1/products', { name: 'gone' });
    await client.row('DELETE', `/v1/products/${product}`);
    expect(await client.error('GET', `/v1/products/${product}`)).toMatchObject({ status: 404, code: 'resource_missing' });
  });

  it('keeps children under their parents', async () => {
    const [mine, other] = [await client.make('/v1/customers'), await client.make('/v1/customers')];
    const id = await client.make(`/v1/customers/${mine}/tax_ids`, { type: 'eu_vat', value: 'DE123456789' });
    expect(await client.row('GET', `/v1/customers/${mine}/tax_ids/${id}`)).toMatchObject({ id, customer: mine, country: 'DE' });
    expect(await client.error('GET', `/v1/customers/${other}/tax_ids/${id}`)).toMatchObject({ status: 404 });
    expect(await client.error('POST', '/v1/customers/cus_none/tax_ids', { type: 'eu_vat', value: 'DE123456789' })).toMatchObject({ status: 404 });
  });

  it('takes files and gives links to them', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const form = new FormData();
    form.append('purpose', 'business_logo');
    form.append('file', new Blob(['PNG']), 'logo.png');
    const response = await fetch(`http://${hostname}:${port}/v1/files`, { method: 'POST', headers: { authorization: 'Bearer sk_test_plain' }, body: form });
    const file = (await response.json()) as { id: string };
    expect(file).toMatchObject({ filename: 'logo.png', size: 3, type: 'png', purpose: 'business_logo' });
    const link = await client.make('/v1/file_links', { file: file.id });
    expect(await client.row('GET', `/v1/files/${file.id}`)).toMatchObject({ links: { data: [{ id: link }] } });
  });

  it('speaks JSON in v2 and pages by address', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const stripe = new Stripe('sk_test_v2', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
    for (let at = 0; at < 5; at += 1) await stripe.v2.core.eventDestinations.create({ name: `d${at}`, type: 'webhook_endpoint', enabled_events: ['*'], event_payload: 'thin', webhook_endpoint: { url: 'https://x.org' } });
    const names: string[] = [];
    for await (const one of stripe.v2.core.eventDestinations.list({ limit: 2 })) names.push(one.name);
    expect(names).toEqual(['d4', 'd3', 'd2', 'd1', 'd0']);
    await expect(stripe.v2.core.eventDestinations.retrieve('ed_none')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('has one balance and one account', async () => {
    expect(await client.row('GET', '/v1/balance')).toMatchObject({ object: 'balance', available: expect.any(Array), pending: expect.any(Array) });
    expect(await client.row('GET', '/v1/account')).toMatchObject({ object: 'account', charges_enabled: true });
    expect(await client.row('POST', '/v1/tax/settings', { defaults: { tax_behavior: 'inclusive' } })).toMatchObject({ defaults: { tax_behavior: 'inclusive' } });
    expect(await client.row('GET', '/v1/tax/settings')).toMatchObject({ defaults: { tax_behavior: 'inclusive' } });
  });
});

it('names in its README all that it does not do', () => {
  const said = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  expect(NOT_DONE.filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
  const refused = said.slice(said.indexOf('These answer 501')).matchAll(/`((?:GET|POST|DELETE) [^`]+)`/g);
  expect([...refused].map((match) => match[1] ?? '').filter((name) => !NOT_DONE.includes(name))).toEqual([]);
});

describe('under /_sandbox', () => {
  const control = async (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

  it('requests are counted', async () => {
    await control('POST', 'reset-requests');
    await client.row('GET', '/v1/customers', { limit: 1 });
    await client.row('GET', '/v1/customers', { limit: 2 });
    const report = (await (await control('GET', 'requests')).json()) as object;
    expect(report).toMatchObject({ total: 2, counts: { 'GET /v1/customers': 2 }, requests: [{ method: 'GET', path: '/v1/customers?limit=1', at: expect.any(Number) }, {}] });
    expect(await (await control('GET', 'health')).json()).toMatchObject({ status: 'ok' });
  });

  it('faults are ordered', async () => {
    await control('POST', 'faults', { fault: 'rate_limit', method: 'GET', path: '/v1/balance', times: 2 });
    const statuses = [await client.ask('GET', '/v1/balance'), await client.ask('GET', '/v1/balance'), await client.ask('GET', '/v1/balance')].map((one) => one.status);
    expect(statuses).toEqual([429, 429, 200]);
    await control('POST', 'faults', { fault: 'lock_timeout', path: '/v1/customers*' });
    expect(await client.error('GET', '/v1/customers/cus_x')).toMatchObject({ status: 429, code: 'lock_timeout' });
    await control('POST', 'faults', { status: 503, body: { error: { type: 'api_error' } }, headers: { 'Stripe-Should-Retry': 'true' } });
    expect((await client.ask('GET', '/v1/balance')).headers.get('stripe-should-retry')).toBe('true');
    await control('POST', 'faults', { fault: 'reset', path: '/v1/products' });
    await expect(client.ask('GET', '/v1/products')).rejects.toThrow();
    await control('POST', 'faults', { fault: 'reset_after', path: '/v1/products' });
    const before = (await client.ids('/v1/plans')).length;
    expect(before).toBe(0);
    await expect(client.ask('POST', '/v1/products', { name: 'made all the same' })).rejects.toThrow();
    const page = await client.row('GET', '/v1/products', { limit: 1 });
    expect(objects(page, 'data')[0]).toMatchObject({ name: 'made all the same' });
  });
});
