// Every parameter of every resource: unknown, missing and wrong ones are refused in Stripe's form, at any depth; and what is written at
// creation or by a change is read back where the SDK's types say that it is shown. The counts are asserted: none can drop out unseen.
import { beforeAll, describe, expect, it } from 'vitest';
import { dispatch } from './dispatch.ts';
import type { World } from './dispatch.ts';
import { wordFor } from './errors.ts';
import { at, leaves, reads, required, shows, wrongEnums } from './every-parameter.ts';
import type { Leaf } from './every-parameter.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, object, text } from './json.ts';
import { deadlineOf } from './lives/due.ts';
import { OUTER } from './nesting.ts';
import { materialise } from './render.ts';
import type { Collection, Endpoint } from './sdk.ts';
import { COLLECTIONS, rowShape } from './sdk.ts';
import { Store } from './store.ts';
import { walkerOf } from './walk.ts';
import type { Reply } from './walk.ts';

/** Asks the sandbox without a socket, so that thousands of requests take a second. */
function inProcess(world: World): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    const { pathname, search } = new URL(request.url);
    const reply = dispatch(world, { method: request.method, url: pathname + search, headers: Object.fromEntries(request.headers), body: body.length === 0 ? undefined : body });
    return new Response(reply.body.toString(), { status: reply.status, headers: { 'content-type': 'application/json' } });
  };
}

const world: World = { store: new Store(materialise, OUTER, deadlineOf), log: undefined, now: Date.now };
const { ask, paramsFor, placed } = walkerOf(() => 'http://sandbox.test', undefined, inProcess(world));
const all = [...COLLECTIONS.values()];
const errorIn = (reply: Reply): JsonObject => object(reply.row, 'error') ?? {};

describe('every resource', () => {
  const operations = all.flatMap((one) => [...one.operations.values()]);
  const asked = (endpoint: Endpoint): string => endpoint.path.replaceAll('{}', 'x_1');

  it('is walked', () => {
    expect([all.filter((one) => one.version === 'v1').length, all.filter((one) => one.version === 'v2').length, operations.length]).toEqual([145, 27, 493]);
  });

  it('refuses an unknown parameter', async () => {
    const wrong: string[] = [];
    for (const endpoint of operations) {
      const reply = await ask(endpoint.method, asked(endpoint), { ...required(endpoint.params), no_such_thing: 'x' });
      const { code, param, message, type } = errorIn(reply);
      if (reply.status !== 400 || code !== 'parameter_unknown' || param !== 'no_such_thing' || message !== 'Received unknown parameter: no_such_thing' || type !== 'invalid_request_error') wrong.push(`${endpoint.method} ${endpoint.path}: ${JSON.stringify(reply.row)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('refuses that a required one is missing', async () => {
    const wrong: string[] = [];
    let count = 0;
    for (const endpoint of operations) {
      for (const field of [...endpoint.params.values()].filter((one) => one.required)) {
        const { [field.name]: _, ...without } = required(endpoint.params);
        count += 1;
        const reply = await ask(endpoint.method, asked(endpoint), without);
        const { code, param, message } = errorIn(reply);
        if (reply.status !== 400 || code !== 'parameter_missing' || param !== field.name || message !== `Missing required param: ${field.name}.`) wrong.push(`${endpoint.method} ${endpoint.path} ${field.name}: ${JSON.stringify(reply.row)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(170);
  });

  it('refuses a value that an enum does not have, at any depth', async () => {
    const wrong: string[] = [];
    let count = 0;
    for (const endpoint of operations) {
      for (const { path, params } of wrongEnums(endpoint.params)) {
        count += 1;
        const reply = await ask(endpoint.method, asked(endpoint), params);
        const { param, message } = errorIn(reply);
        if (reply.status !== 400 || param !== path || typeof message !== 'string' || !message.startsWith(`Invalid ${path}: must be`)) wrong.push(`${endpoint.method} ${endpoint.path} ${path}: ${JSON.stringify(reply.row)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(1599);
  });
});

const SOON = Math.floor(Date.now() / 1000) + 24 * 3600;
let serial = 0;
const fresh = (): string => `name_${(serial += 1)}`;

/** Values that Stripe demands to be of a kind, where any of the type will not do; by collection and parameter. */
const VALUES: Readonly<Record<string, (kind: 'create' | 'update') => JsonObject>> = {
  '/v1/application_fees/{}/refunds amount': () => ({ amount: 100 }),
  '/v1/billing/credit_grants expires_at': () => ({ expires_at: SOON }),
  '/v1/checkout/sessions mode': () => ({ mode: 'payment' }),
  '/v1/coupons amount_off': () => ({ amount_off: 100, currency: 'usd', percent_off: null }),
  '/v1/coupons duration': () => ({ duration: 'forever' }),
  '/v1/coupons percent_off': () => ({ percent_off: 25 }),
  '/v1/credit_notes invoice': () => ({}),
  '/v1/invoiceitems quantity_decimal': () => ({ quantity_decimal: '2', amount: null, unit_amount_decimal: '50' }),
  '/v1/invoices due_date': () => ({ due_date: SOON, collection_method: 'send_invoice' }),
  '/v1/invoices automatically_finalizes_at': () => ({ automatically_finalizes_at: SOON, auto_advance: true }),
  '/v1/payment_intents application_fee_amount': (kind) => ({ application_fee_amount: 10, ...(kind === 'create' ? { transfer_data: { destination: 'acct_1Connected' } } : {}) }),
  '/v1/payment_methods card.exp_month': () => ({ card: { exp_month: 11 } }),
  '/v1/payment_methods card.exp_year': () => ({ card: { exp_year: 2035 } }),
  '/v1/prices lookup_key': () => ({ lookup_key: fresh() }),
  '/v1/prices unit_amount_decimal': () => ({ unit_amount_decimal: '12.5', unit_amount: null }),
  '/v1/promotion_codes expires_at': () => ({ expires_at: SOON }),
  '/v1/promotion_codes restrictions.minimum_amount': () => ({ restrictions: { minimum_amount: 100, minimum_amount_currency: 'usd' } }),
  '/v1/subscriptions billing_cycle_anchor': () => ({ billing_cycle_anchor: SOON }),
  '/v1/subscriptions cancel_at': () => ({ cancel_at: SOON }),
  '/v1/subscriptions trial_end': () => ({ trial_end: SOON }),
  '/v2/billing/meter_events identifier': () => ({ identifier: fresh() }),
  '/v2/core/event_destinations type': () => ({ type: 'webhook_endpoint', webhook_endpoint: { url: 'https://example.com/' } }),
  '/v1/webhook_endpoints url': () => ({ url: 'https://example.com/elsewhere' }),
};

/** Parameters that are not read back under their name as they were written, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  '/v1/apps/secrets payload': 'shown only where it is asked for',
  '/v1/charges source': 'a row made of it',
  '/v1/customers invoice_settings.default_payment_method': 'must be a payment method of the customer, who does not exist yet',
  '/v1/customers/{}/sources account_holder_name': 'only of bank accounts', '/v1/customers/{}/sources account_holder_type': 'only of bank accounts',
  '/v1/invoiceitems invoicing_rules': 'can only be taken away: Stripe takes nothing but an empty text', '/v1/subscription_items current_trial.trial_offer': 'trial offers of items are not kept, which the README says',
  '/v1/payment_methods us_bank_account.account_holder_type': 'only of bank accounts', '/v1/payment_methods us_bank_account.account_type': 'only of bank accounts',
  '/v1/invoices from_invoice.action': 'needs an invoice that can be revised', '/v1/invoices from_invoice.invoice': 'needs an invoice that can be revised',
  '/v1/payment_methods customer': 'whose payment method is cloned, not who has this one',
  '/v1/refunds customer': 'only of refunds from a cash balance', '/v1/refunds payment_intent': 'the one of the charge',
  '/v1/subscriptions customer': 'must be able to pay', '/v1/subscriptions default_payment_method': 'must be a payment method of the customer',
  '/v1/topups source': 'shown as a row', '/v2/money_management/inbound_transfers from.payment_method': 'shown as a row', '/v2/money_management/outbound_setup_intents payout_method': 'shown as a row',
  '/v1/checkout/sessions line_items': 'a list of rows made of them',
  '/v1/checkout/sessions discounts': 'shown as what they take off',
  '/v1/credit_notes lines': 'a list of rows made of them',
  '/v1/credit_notes out_of_band_amount': 'only of invoices that are paid', '/v1/credit_notes refunds': 'only of invoices that are paid', '/v1/credit_notes shipping_cost.shipping_rate': 'must be what the invoice charges for shipping',
  '/v1/invoiceitems discounts': 'rows of discounts made of them',
  '/v1/invoices discounts': 'rows of discounts made of them',
  '/v1/payment_intents amount_details.line_items': 'a list of rows made of them',
  '/v1/payment_links line_items': 'a list of rows made of them',
  '/v1/plans product': 'a product made of it',
  '/v1/quotes discounts': 'rows of discounts made of them',
  '/v1/quotes line_items': 'a list of rows made of them',
  '/v1/subscription_items discounts': 'rows of discounts made of them',
  '/v1/subscription_items plan': 'a price by its older name',
  '/v1/subscriptions discounts': 'rows of discounts made of them',
  '/v1/subscriptions items': 'a list of rows made of them',
  '/v1/tax/calculations line_items': 'a list of rows made of them',
  '/v1/tokens bank_account': 'a row made of it', '/v1/tokens card': 'a row made of it',
  '/v2/core/accounts identity.business_details.id_numbers': 'never shown again', '/v2/core/accounts identity.individual.id_numbers': 'never shown again', '/v2/core/accounts/{}/persons id_numbers': 'never shown again',
};

function merged(a: JsonObject, b: JsonObject): JsonObject {
  const result: JsonObject = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const known = result[name];
    if (value === null) delete result[name];
    else result[name] = isObject(value) && isObject(known) ? merged(known, value) : value;
  }
  return result;
}

function replaced(value: Json, by: string): Json {
  if (value === 'x') return by;
  if (Array.isArray(value)) return value.map((one) => replaced(one, by));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, by)])) : value;
}

/** Names that no two rows may have. */
function unique(params: JsonObject): JsonObject {
  return params['event_name'] === undefined ? params : { ...params, event_name: fresh() };
}

/** What a message calls a row: where such rows are made. */
const HOMES: ReadonlyMap<string, Collection> = new Map(all.filter((one) => one.parents === 0 && one.operations.has('create')).toReversed().map((one) => [wordFor(one.object), one]));

async function idOf(kind: string): Promise<string | undefined> {
  const home = HOMES.get(kind);
  if (home === undefined) return undefined;
  return text((await ask('POST', home.path, unique(await paramsFor(home)))).row, 'id');
}

/** Writes one parameter, making the rows that it names; what was sent in the end, and the answer. */
async function write(path: string, base: JsonObject, leaf: Leaf, own: JsonObject | undefined): Promise<readonly [Json | undefined, Reply]> {
  let given: JsonObject = own ?? leaf.params;
  for (let tries = 0; ; tries += 1) {
    const params = merged(base, given);
    const reply = await ask('POST', path, params);
    const kind = /^No such (\w+): 'x'/.exec(text(errorIn(reply), 'message') ?? '')?.[1];
    const id = kind === undefined || tries > 3 ? undefined : await idOf(kind);
    if (id === undefined) return [at(params, leaf.path), reply];
    const next = replaced(given, id);
    given = isObject(next) ? next : given;
  }
}

const shapeOfRows = (one: Collection): ReturnType<typeof rowShape> => rowShape(one.objects.find((name) => name !== 'account') ?? one.object);

interface Count {
  collections: number;
  parameters: number;
  shown: number;
  otherwise: number;
  readonly faults: string[];
}

function judge(count: Count, name: string, leaf: Leaf, sent: Json | undefined, reply: Reply): void {
  count.shown += 1;
  if (OTHERWISE[name] !== undefined) count.otherwise += 1;
  else if (reply.status !== 200) count.faults.push(`${name}: refused: ${text(errorIn(reply), 'message') ?? ''}`);
  else if (!reads(sent ?? null, at(reply.row, leaf.path))) count.faults.push(`${name}: sent ${JSON.stringify(sent)}, read ${JSON.stringify(at(reply.row, leaf.path))}`);
}

describe('what is written', () => {
  let customer = '';

  beforeAll(async () => {
    customer = text((await ask('POST', '/v1/customers')).row, 'id') ?? '';
  });

  it('at creation is read back', async () => {
    const count: Count = { collections: 0, parameters: 0, shown: 0, otherwise: 0, faults: [] };
    for (const one of all) {
      const endpoint = one.operations.get('create');
      if (endpoint === undefined) continue;
      count.collections += 1;
      for (const leaf of leaves(endpoint.params)) {
        if (leaf.path[0] === 'expand') continue;
        count.parameters += 1;
        if (!shows(shapeOfRows(one), leaf.path)) continue;
        const name = `${one.path} ${leaf.path.join('.')}`;
        const base = unique(await paramsFor(one));
        judge(count, name, leaf, ...(await write(await placed(one.path), base, leaf, VALUES[name]?.('create'))));
      }
    }
    expect(count.faults).toEqual([]);
    expect([count.collections, count.parameters, count.shown, count.otherwise]).toEqual([107, 3635, 2499, 39]);
  });

  it('by a change is read back', async () => {
    const count: Count = { collections: 0, parameters: 0, shown: 0, otherwise: 0, faults: [] };
    for (const one of all) {
      const endpoint = one.operations.get('update');
      if (endpoint === undefined || !one.operations.has('create') || one.singleton) continue;
      count.collections += 1;
      for (const leaf of leaves(endpoint.params)) {
        if (leaf.path[0] === 'expand') continue;
        count.parameters += 1;
        if (!shows(shapeOfRows(one), leaf.path)) continue;
        const name = `${one.path} ${leaf.path.join('.')}`;
        const path = await placed(one.path);
        const made = await ask('POST', path, unique(await paramsFor(one)));
        if (one.path === '/v1/payment_methods') await ask('POST', `${path}/${text(made.row, 'id') ?? ''}/attach`, { customer });
        judge(count, name, leaf, ...(await write(`${path}/${text(made.row, 'id') ?? ''}`, required(endpoint.params), leaf, VALUES[name]?.('update'))));
      }
    }
    expect(count.faults).toEqual([]);
    expect([count.collections, count.parameters, count.shown, count.otherwise]).toEqual([62, 2032, 1540, 24]);
  });
});
