// Walks every resource for tests: what a creation needs that the SDK's types do not say, parents made first, values for what is required.
// It asks a sandbox over HTTP and must not know how it answers.
import { encode } from './asking.ts';
import type { Json, JsonObject } from './json.ts';
import { text } from './json.ts';
import type { Collection, Field, Type } from './sdk.ts';
import { COLLECTIONS, enumValues, shapeOf } from './sdk.ts';

/** An answer: its status and its JSON. */
export interface Reply {
  readonly status: number;
  readonly row: JsonObject;
}

/** Asks one sandbox and makes what is needed. */
export interface Walker {
  readonly ask: (method: string, path: string, params?: JsonObject) => Promise<Reply>;
  /** The parameters that a creation needs; rows that they name are made. */
  readonly paramsFor: (found: Collection) => Promise<JsonObject>;
  /** A path with parents made for it. */
  readonly placed: (path: string) => Promise<string>;
  /** A value for a parameter. */
  readonly valueFor: (field: Field) => Promise<Json>;
}

/** A required parameter that names a row: where such rows are made. */
const REFERENCES: Readonly<Record<string, string>> = { customer: '/v1/customers', product: '/v1/products', price: '/v1/prices', charge: '/v1/charges', cardholder: '/v1/issuing/cardholders' };

/** What lists demand, by what is known of one of their rows. */
export const LIST_NEEDS: Readonly<Record<string, (row: JsonObject) => JsonObject>> = {
  '/v1/apps/secrets': (row) => ({ scope: row['scope'] ?? {} }),
  '/v1/issuing/tokens': () => ({ card: 'x' }),
  '/v1/radar/value_list_items': (row) => ({ value_list: row['value_list'] ?? '' }),
  '/v1/subscription_items': (row) => ({ subscription: row['subscription'] ?? '' }),
  '/v1/treasury/credit_reversals': () => ({ financial_account: 'fa_of_the_credit' }),
  '/v1/treasury/debit_reversals': () => ({ financial_account: 'fa_of_the_debit' }),
  '/v1/tax/locations': (row) => ({ type: row['type'] ?? '' }),
};

/** Hears every answer. */
export type Listener = (method: string, path: string, reply: Reply) => void;

/** A walker of the sandbox at an address, or of whatever `send` reaches. */
export function walkerOf(url: () => string, hear?: Listener, send: typeof fetch = fetch): Walker {
  async function ask(method: string, path: string, params: JsonObject = {}): Promise<Reply> {
    const v2 = path.startsWith('/v2/');
    const json = v2 && method === 'POST';
    const headers: Record<string, string> = { authorization: 'Bearer sk_test_walk' };
    let address = url() + path;
    let body: string | FormData | undefined;
    if (path === '/v1/files' && method === 'POST') {
      body = new FormData();
      for (const [name, value] of Object.entries(params)) body.append(name, name === 'file' ? new Blob(['hello'], { type: 'text/plain' }) : text(params, name) ?? JSON.stringify(value), ...(name === 'file' ? ['hello.txt'] : []));
    } else if (json) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(params);
    } else if (method === 'POST') {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      body = encode(params);
    } else if (Object.keys(params).length > 0) {
      address += `?${encode(params)}`;
    }
    const response = await send(address, { method, headers, ...(body === undefined ? {} : { body }) });
    const type = response.headers.get('content-type') ?? '';
    const reply = { status: response.status, row: type.startsWith('application/json') ? ((await response.json()) as JsonObject) : {} };
    hear?.(method, path, reply);
    return reply;
  }

  async function make(path: string, params: JsonObject = {}): Promise<string> {
    const { status, row } = await ask('POST', path, params);
    if (status !== 200) throw new Error(`${path}: ${JSON.stringify(row)}`);
    return text(row, 'id') ?? '';
  }

  /** A charge with an application fee is what makes a fee. */
  async function fee(): Promise<string> {
    await make('/v1/payment_intents', { amount: 5000, currency: 'usd', application_fee_amount: 500, transfer_data: { destination: 'acct_1Connected' }, payment_method: 'pm_card_visa', confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
    const { row } = await ask('GET', '/v1/application_fees');
    return /"id":"(fee_\w+)"/.exec(JSON.stringify(row))?.[1] ?? '';
  }

  /** Money that can be moved, and how much of it. */
  async function funds(): Promise<number> {
    await make('/v1/payment_intents', { amount: 5000, currency: 'usd', payment_method: 'pm_card_bypassPending', confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
    return 1000;
  }

  async function collection(path: string): Promise<string> {
    if (path === '/v1/application_fees') return fee();
    const found = COLLECTIONS.get(path);
    return found === undefined ? '' : make(path, await paramsFor(found));
  }

  const customer = (): Promise<string> => collection('/v1/customers');
  const product = (): Promise<string> => collection('/v1/products');
  const price = async (recurring = false): Promise<string> => make('/v1/prices', { currency: 'usd', unit_amount: 1000, product: await product(), ...(recurring ? { recurring: { interval: 'month' } } : {}) });
  const payer = async (): Promise<string> => {
    const id = await customer();
    const { row } = await ask('POST', '/v1/payment_methods/pm_card_visa/attach', { customer: id });
    await ask('POST', `/v1/customers/${id}`, { invoice_settings: { default_payment_method: text(row, 'id') ?? '' } });
    return id;
  };
  const charge = (): Promise<string> => make('/v1/charges', { amount: 1000, currency: 'usd', source: 'tok_visa' });
  const finalInvoice = async (): Promise<string> => {
    const owner = await customer();
    const id = await make('/v1/invoices', { customer: owner });
    await make('/v1/invoiceitems', { customer: owner, invoice: id, amount: 5000, currency: 'usd' });
    await ask('POST', `/v1/invoices/${id}/finalize`);
    return id;
  };

  /** What a creation needs that the SDK's types do not say. */
  const needed: Readonly<Record<string, () => Promise<JsonObject>>> = {
    '/v1/charges': async () => ({ amount: 1000, currency: 'usd', source: 'tok_visa' }),
    '/v1/checkout/sessions': async () => ({ line_items: [{ price: await price(), quantity: 1 }] }),
    '/v1/coupons': async () => ({ percent_off: 10 }),
    '/v1/credit_notes': async () => ({ invoice: await finalInvoice(), amount: 100 }),
    '/v1/customers/{}/sources': async () => ({ source: 'tok_visa' }),
    '/v1/entitlements/features': async () => ({ name: 'f', lookup_key: `k${Math.random()}` }),
    '/v1/invoiceitems': async () => ({ customer: await customer(), amount: 100, currency: 'usd' }),
    '/v1/invoices': async () => ({ customer: await customer() }),
    '/v1/payment_intents': async () => ({ amount: 1000, currency: 'usd' }),
    '/v1/payment_links': async () => ({ line_items: [{ price: await price(), quantity: 1 }] }),
    '/v1/payment_methods': async () => ({ type: 'card', card: { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' } }),
    '/v1/plans': async () => ({ currency: 'usd', interval: 'month', amount: 500, product: await product() }),
    '/v1/prices': async () => ({ currency: 'usd', unit_amount: 100, product: await product() }),
    '/v1/product_catalog/trial_offers': async () => ({ price: await price(true) }),
    '/v1/products/{}/features': async () => ({ entitlement_feature: await collection('/v1/entitlements/features') }),
    '/v1/promotion_codes': async () => ({ promotion: { type: 'coupon', coupon: await collection('/v1/coupons') }, code: `C${Math.random()}`.replace('.', '') }),
    '/v1/radar/value_list_items': async () => ({ value_list: await collection('/v1/radar/value_lists'), value: 'v' }),
    '/v1/refunds': async () => ({ charge: await charge() }),
    '/v1/billing/credit_grants': async () => ({ customer: await customer() }),
    '/v1/billing_portal/sessions': async () => ({ customer: await customer() }),
    '/v1/customer_sessions': async () => ({ customer: await customer() }),
    '/v1/issuing/disputes': async () => ({ transaction: 'ipi_1' }),
    '/v1/subscription_schedules': async () => ({ customer: await payer(), phases: [{ items: [{ price: await price(true) }] }], start_date: 'now' }),
    '/v1/three_d_secure/authentications': async () => ({ payment_method: 'pm_1' }),
    '/v1/tax/calculations': async () => ({ customer_details: { address: { country: 'DE' }, address_source: 'billing' } }),
    '/v1/subscription_items': async () => ({ subscription: await collection('/v1/subscriptions'), price: await price(true) }),
    '/v1/subscriptions': async () => ({ customer: await payer(), items: [{ price: await price(true) }] }),
    '/v1/tokens': async () => ({ card: { number: '4242424242424242', exp_month: '12', exp_year: '2034' } }),
    '/v1/webhook_endpoints': async () => ({ url: 'https://example.com/hook', enabled_events: ['charge.refunded'] }),
    '/v1/payouts': async () => ({ amount: await funds(), currency: 'usd' }),
    '/v1/transfers': async () => ({ amount: await funds(), currency: 'usd', destination: await collection('/v1/accounts') }),
    '/v1/file_links': async () => ({ file: await collection('/v1/files') }),
    '/v1/issuing/cards': async () => ({ cardholder: await collection('/v1/issuing/cardholders'), currency: 'usd', type: 'virtual' }),
  };

  async function paramsFor(found: Collection): Promise<JsonObject> {
    const shape = found.operations.get('create')?.params;
    const more = await needed[found.path]?.();
    const params: JsonObject = {};
    for (const field of shape?.values() ?? []) {
      if (field.required && more?.[field.name] === undefined) params[field.name] = await valueFor(field);
    }
    return { ...params, ...more };
  }

  async function valueFor(field: Field): Promise<Json> {
    const home = REFERENCES[field.name];
    if (home !== undefined && field.type === 'string') return collection(home);
    if (field.name === 'currency') return 'usd';
    return valueOf(field.type);
  }

  async function valueOf(type: Type): Promise<Json> {
    if (typeof type === 'string') return { string: 'x', number: 1000, decimal: '1', boolean: true, file: {}, unknown: 'x' }[type] ?? 'x';
    switch (type[0]) {
      case 'enum': return enumValues(type[1])[0] ?? '';
      case 'array': return [await valueOf(type[1])];
      case 'map': return { key: 'value' };
      case 'object': {
        const inner: JsonObject = {};
        for (const field of shapeOf(type[1]).values()) if (field.required) inner[field.name] = await valueFor(field);
        const [any] = [...shapeOf(type[1]).values()].filter((field) => field.name !== 'metadata');
        if (Object.keys(inner).length === 0 && any !== undefined) inner[any.name] = await valueFor(any); // a form cannot say {}
        return inner;
      }
      case 'or': return valueOf(type[1] ?? 'string');
      case 'row':
      case 'list': return 'x';
    }
  }

  /** The path with parents made for it. */
  async function placed(path: string): Promise<string> {
    let done = '';
    for (const step of path.split('/').slice(1)) {
      const above = path.slice(0, path.indexOf('/{}'));
      done += `/${step === '{}' ? await collection(above) : step}`;
    }
    return done;
  }

  return { ask, paramsFor, placed, valueFor };
}
