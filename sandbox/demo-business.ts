// Fills a fresh sandbox with a year of a small coffee roastery, through its own HTTP API: what happens is written as things that happen
// at a time, sorted, and done one after the other with the clock set to it. It must not know the store.
import type { Params } from './asking.ts';
import { encode } from './asking.ts';
import { CUSTOMERS, PRODUCTS } from './demo-data.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, text } from './json.ts';

const DAY = 24 * 3600 * 1000;
const AUTOMATIC = { enabled: true, allow_redirects: 'never' };

type Post = (path: string, params?: Params, method?: 'POST' | 'DELETE') => Promise<JsonObject>;

interface Happening {
  readonly daysAgo: number;
  readonly run: () => Promise<unknown>;
}

/** Ids of what was made so far. */
interface Made {
  readonly customers: string[];
  readonly prices: Map<string, string>;
  readonly coupons: string[];
  readonly taxRates: string[];
}

/** Fills the sandbox at a url. `now` is milliseconds since 1970; the clock is moved up to it and left there. */
export async function seedBusiness(url: string, now: number, setClock: (time: number) => void): Promise<void> {
  const post: Post = (path, params = {}, method = 'POST') => send(url, method, path, params);
  const made: Made = { customers: [], prices: new Map(), coupons: [], taxRates: [] };
  const happenings = [...catalogue(post, made), ...people(post, made), ...orders(post, made), ...subscriptions(post, made), ...invoices(post, made), ...quotes(post, made), ...intents(post, made), ...rest(post, made)];
  for (const { daysAgo, run } of happenings.sort((a, b) => b.daysAgo - a.daysAgo)) {
    setClock(now - Math.round(daysAgo * DAY));
    await run();
  }
  setClock(now);
}

async function send(url: string, method: 'POST' | 'DELETE', path: string, params: Params): Promise<JsonObject> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: 'Bearer sk_test_demo', 'content-type': 'application/x-www-form-urlencoded' },
    body: encode(params),
  });
  const row = (await response.json()) as Json;
  if (!isObject(row) || (response.status !== 200 && response.status !== 402)) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(row)}`);
  return row;
}

const idOf = (row: JsonObject): string => text(row, 'id') ?? '';
const customer = (made: Made, index: number): string => made.customers[index] ?? '';
const currencyOf = (index: number): string => CUSTOMERS[index]?.[6] ?? 'usd';
const price = (made: Made, key: string): string => made.prices.get(key) ?? '';

function catalogue(post: Post, made: Made): Happening[] {
  const products = PRODUCTS.map((product, at): Happening => ({
    daysAgo: 364.9 - at / 100,
    run: async () => {
      const row = await post('/v1/products', { name: product.name, description: product.description, metadata: { category: product.category, sku: `NR-${String(at + 1).padStart(3, '0')}` } });
      for (const [key, currency, amount, interval] of product.prices) {
        const priced = await post('/v1/prices', { product: idOf(row), currency, unit_amount: amount, lookup_key: key, ...(interval === '' ? {} : { recurring: { interval } }) });
        made.prices.set(key, idOf(priced));
      }
    },
  }));
  const terms: Happening = {
    daysAgo: 364.5,
    run: async () => {
      for (const [id, name, params] of [
        ['WELCOME10', 'Welcome', { percent_off: 10, duration: 'once' }], ['FRIENDS25', 'Friends', { percent_off: 25, duration: 'repeating', duration_in_months: 3 }],
        ['FIVEOFF', 'Five dollars off', { amount_off: 500, currency: 'usd', duration: 'once' }],
      ] as const) made.coupons.push(idOf(await post('/v1/coupons', { id, name, ...params })));
      for (const [code, coupon] of [['HELLO', 'WELCOME10'], ['BREWWITHME', 'FRIENDS25'], ['SPRING', 'FIVEOFF']] as const) {
        await post('/v1/promotion_codes', { code, promotion: { type: 'coupon', coupon } });
      }
      for (const [name, country, percentage, inclusive] of [['PPN', 'ID', 11, false], ['MwSt', 'DE', 19, true], ['Consumption tax', 'JP', 10, true]] as const) {
        made.taxRates.push(idOf(await post('/v1/tax_rates', { display_name: name, country, percentage, inclusive })));
      }
    },
  };
  return [...products, terms];
}

/** Everyone comes at some time of the year and leaves a card. */
function people(post: Post, made: Made): Happening[] {
  return CUSTOMERS.map(([name, company, city, country, postal, street], at) => ({
    daysAgo: 360 - at * 8.2,
    run: async () => {
      const address = { line1: street, city, postal_code: postal, country };
      const mail = `${name.normalize('NFD').replaceAll(/[^A-Za-z ]/g, '').toLowerCase().replaceAll(' ', '.')}@example.com`;
      const row = await post('/v1/customers', {
        name: company === '' ? name : company, email: mail, phone: `+62 812 ${String(1_000_000 + at * 7919).slice(0, 7)}`, address,
        shipping: { name, address }, description: company === '' ? 'Private customer' : `Contact: ${name}`, preferred_locales: [country === 'ID' ? 'id' : country === 'JP' ? 'ja' : 'en'],
        metadata: { segment: company === '' ? 'home' : 'business', source: ['web', 'market', 'referral'][at % 3] ?? 'web', crm_id: `C-${1000 + at}` },
      });
      made.customers[at] = idOf(row);
      if (at % 10 === 9) return;
      const method = await post(`/v1/payment_methods/${['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex', 'pm_card_jcb'][at % 4] ?? 'pm_card_visa'}/attach`, { customer: idOf(row) });
      await post(`/v1/customers/${idOf(row)}`, { invoice_settings: { default_payment_method: idOf(method) } });
    },
  }));
}

/** Orders from the shop: paid payment intents all over the year, some of them refunded. */
function orders(post: Post, made: Made): Happening[] {
  const basket: Readonly<Record<string, readonly number[]>> = { usd: [1650, 3800, 5400, 12_900], eur: [1590, 3400, 8900], idr: [14_500_000, 85_000_000], jpy: [2400, 7800] };
  return Array.from({ length: 36 }, (_, at): Happening => {
    const who = (at * 7) % CUSTOMERS.length;
    const currency = currencyOf(who);
    const amounts = basket[currency] ?? [];
    return {
      daysAgo: Math.min(350 - at * 9.5, 355 - who * 8.2),
      run: async () => {
        const intent = await post('/v1/payment_intents', {
          amount: amounts[at % amounts.length] ?? 1650, currency, customer: customer(made, who), payment_method: at % 2 === 0 ? 'pm_card_visa' : 'pm_card_mastercard', confirm: true,
          automatic_payment_methods: AUTOMATIC, description: `Order ${2000 + at}`, metadata: { order: String(2000 + at) },
        });
        if (at % 9 === 3) await post('/v1/refunds', { payment_intent: idOf(intent), reason: 'requested_by_customer' });
        if (at % 9 === 6) await post('/v1/refunds', { payment_intent: idOf(intent), amount: 500 });
      },
    };
  }).map((happening, at) => ({ ...happening, daysAgo: Math.max(0.2 + at / 100, happening.daysAgo) }));
}

function subscribe(post: Post, made: Made, who: number, key: string, more: Params = {}): Promise<JsonObject> {
  return post('/v1/subscriptions', { customer: customer(made, who), items: [{ price: price(made, key) }], ...more });
}

/** Monthly ones began within the last month, yearly ones within the last year: their periods hold today. */
function subscriptions(post: Post, made: Made): Happening[] {
  const end = (id: string): Promise<JsonObject> => post(`/v1/subscriptions/${id}`, {}, 'DELETE');
  const monthly = [[0, 'morning_month_idr'], [1, 'morning_month_idr'], [6, 'morning_month_eur'], [7, 'morning_month_eur'], [10, 'office_month_eur'], [14, 'morning_month_jpy'], [15, 'morning_month_jpy'], [18, 'office_month_usd'], [20, 'wholesale_month_usd'], [22, 'morning_month_usd']] as const;
  const yearly = [[4, 'wholesale_year_idr', 300], [8, 'office_year_eur', 220], [24, 'morning_year_usd', 120], [26, 'morning_year_usd', 64]] as const;
  return [
    ...monthly.map(([who, key], at): Happening => ({ daysAgo: 26 - at * 2.3, run: () => subscribe(post, made, who, key, at % 4 === 1 ? { discounts: [{ coupon: 'WELCOME10' }] } : {}) })),
    ...yearly.map(([who, key, daysAgo]): Happening => ({ daysAgo, run: () => subscribe(post, made, who, key, { metadata: { contract: `Y-${who}` } }) })),
    { daysAgo: 4, run: () => subscribe(post, made, 12, 'office_month_eur', { trial_period_days: 14 }) },
    { daysAgo: 5, run: () => subscribe(post, made, 32, 'morning_month_usd', { trial_period_days: 30 }) },
    { daysAgo: 11, run: () => subscribe(post, made, 30, 'office_month_usd', { collection_method: 'send_invoice', days_until_due: 30 }) },
    { daysAgo: 9, run: async () => post(`/v1/subscriptions/${idOf(await subscribe(post, made, 21, 'morning_month_usd'))}`, { cancel_at_period_end: true }) },
    { daysAgo: 14, run: async () => post(`/v1/subscriptions/${idOf(await subscribe(post, made, 23, 'morning_month_usd'))}/pause`, { type: 'subscription' }) },
    { daysAgo: 90, run: async () => end(idOf(await subscribe(post, made, 5, 'morning_month_idr'))) },
    { daysAgo: 40, run: async () => end(idOf(await subscribe(post, made, 25, 'morning_month_usd'))) },
    { daysAgo: 0.35, run: () => subscribe(post, made, 19, 'morning_month_usd', { payment_behavior: 'default_incomplete' }) },
    { daysAgo: 20, run: () => fallBehind(post, made, 28) },
  ];
}

/** A subscriber whose next card fails: the subscription is past due and its invoice open. */
async function fallBehind(post: Post, made: Made, who: number): Promise<void> {
  const subscription = await subscribe(post, made, who, 'office_month_usd');
  const method = await post('/v1/payment_methods/pm_card_chargeCustomerFail/attach', { customer: customer(made, who) });
  await post(`/v1/customers/${customer(made, who)}`, { invoice_settings: { default_payment_method: idOf(method) } });
  const invoice = await post('/v1/invoices', { customer: customer(made, who), subscription: idOf(subscription), currency: 'usd' });
  await post('/v1/invoiceitems', { customer: customer(made, who), invoice: idOf(invoice), amount: 12_900, currency: 'usd', description: 'Office Pot subscription, next month' });
  await post(`/v1/invoices/${idOf(invoice)}/pay`);
}

async function draft(post: Post, made: Made, who: number, lines: readonly Params[], more: Params = {}): Promise<string> {
  const invoice = await post('/v1/invoices', { customer: customer(made, who), currency: currencyOf(who), ...more });
  for (const line of lines) await post('/v1/invoiceitems', { customer: customer(made, who), invoice: idOf(invoice), ...line });
  return idOf(invoice);
}

function invoices(post: Post, made: Made): Happening[] {
  const items = (who: number): readonly Params[] => {
    const currency = currencyOf(who);
    const key = { usd: 'service_usd', eur: 'service_eur', idr: 'workshop_idr', jpy: 'pourover_jpy' }[currency] ?? 'service_usd';
    return [{ pricing: { price: price(made, key) } }, { pricing: { price: price(made, { usd: 'espresso_usd', eur: 'espresso_eur', idr: 'gayo_idr', jpy: 'kintamani_jpy' }[currency] ?? 'espresso_usd') }, quantity: 2 + (who % 4) }];
  };
  const send: Params = { collection_method: 'send_invoice', days_until_due: 30 };
  const paid = [0, 2, 6, 8, 10, 13, 14, 18, 20, 22, 24, 26].map((who, at): Happening => ({
    daysAgo: Math.max(12, Math.min(300 - at * 22, 350 - who * 8.2)),
    run: async () => post(`/v1/invoices/${await draft(post, made, who, items(who), at % 3 === 0 ? { default_tax_rates: [made.taxRates[currencyOf(who) === 'idr' ? 0 : 1] ?? ''] } : {})}/pay`),
  }));
  const then = async (who: number, verbs: readonly string[]): Promise<void> => {
    const id = await draft(post, made, who, items(who), send);
    for (const verb of verbs) await post(`/v1/invoices/${id}/${verb}`);
  };
  return [
    ...paid,
    ...[2, 16, 33].map((who, at): Happening => ({ daysAgo: 2 - at / 2, run: () => then(who, []) })),
    ...[4, 11, 27, 34].map((who, at): Happening => ({ daysAgo: 22 - at * 4, run: () => then(who, ['send']) })),
    ...[9, 29].map((who): Happening => ({ daysAgo: 60 + who, run: () => then(who, ['finalize', 'void']) })),
    ...[3, 17].map((who): Happening => ({ daysAgo: 150 + who, run: () => then(who, ['send', 'mark_uncollectible']) })),
    { daysAgo: 33, run: async () => post(`/v1/invoices/${await draft(post, made, 31, items(31), send)}/pay`, { paid_out_of_band: true }) },
    { daysAgo: 8, run: async () => {
      const id = await draft(post, made, 36, items(36), send);
      await post(`/v1/invoices/${id}/finalize`);
      await post('/v1/credit_notes', { invoice: id, amount: 1000, reason: 'order_change', memo: 'One bag was missing' });
    } },
  ];
}

function quotes(post: Post, made: Made): Happening[] {
  const quote = (who: number, key: string, quantity: number, more: Params = {}): Promise<JsonObject> =>
    post('/v1/quotes', { customer: customer(made, who), line_items: [{ price: price(made, key), quantity }], header: 'Nusantara Roastery', ...more });
  const after = async (row: JsonObject, verbs: readonly string[]): Promise<void> => {
    for (const verb of verbs) await post(`/v1/quotes/${idOf(row)}/${verb}`);
  };
  return [
    { daysAgo: 1.5, run: () => quote(13, 'grinder_eur', 4) },
    { daysAgo: 0.8, run: () => quote(34, 'workshop_usd', 6) },
    { daysAgo: 6, run: async () => after(await quote(24, 'service_usd', 1), ['finalize']) },
    { daysAgo: 7, run: async () => after(await quote(37, 'office_month_eur', 2), ['finalize']) },
    { daysAgo: 48, run: async () => after(await quote(20, 'grinder_usd', 2, { collection_method: 'send_invoice', invoice_settings: { days_until_due: 14 } }), ['finalize', 'accept']) },
    { daysAgo: 16, run: async () => after(await quote(36, 'wholesale_month_usd', 1), ['finalize', 'accept']) },
    { daysAgo: 75, run: async () => after(await quote(8, 'workshop_eur', 3), ['cancel']) },
    { daysAgo: 55, run: async () => after(await quote(30, 'pourover_usd', 10), ['finalize', 'cancel']) },
  ];
}

/** One payment intent or two in every state. */
function intents(post: Post, made: Made): Happening[] {
  const intent = (who: number, more: Params): Promise<JsonObject> =>
    post('/v1/payment_intents', { amount: 5400, currency: 'usd', customer: customer(made, who), automatic_payment_methods: AUTOMATIC, description: 'Pour-over set', ...more });
  const card = (name: string): Params => ({ payment_method: `pm_card_${name}` });
  return [
    { daysAgo: 0.6, run: () => intent(19, {}) },
    { daysAgo: 0.5, run: () => intent(21, { ...card('visa_chargeDeclinedInsufficientFunds'), confirm: true }) },
    { daysAgo: 2.2, run: () => intent(23, { ...card('chargeDeclinedExpiredCard'), confirm: true, amount: 1650 }) },
    { daysAgo: 0.4, run: () => intent(25, { ...card('visa') }) },
    { daysAgo: 0.3, run: () => intent(27, { ...card('threeDSecure2Required'), confirm: true, return_url: 'https://roastery.example/thanks' }) },
    { daysAgo: 1.1, run: () => intent(29, { ...card('visa'), confirm: true, capture_method: 'manual', amount: 12_900, description: 'Hand grinder, on back order' }) },
    { daysAgo: 2.1, run: () => intent(31, { ...card('mastercard'), confirm: true, capture_method: 'manual', amount: 18_000 }) },
    { daysAgo: 1.7, run: () => intent(33, { payment_method_data: { type: 'us_bank_account', us_bank_account: { account_number: '000000000009', routing_number: '110000000', account_holder_type: 'individual' }, billing_details: { name: 'Jack Wilson' } }, confirm: true }) },
    { daysAgo: 10, run: async () => post(`/v1/payment_intents/${idOf(await intent(35, {}))}/cancel`, { cancellation_reason: 'requested_by_customer' }) },
    { daysAgo: 13, run: async () => post(`/v1/payment_intents/${idOf(await intent(37, { ...card('visa'), confirm: true, capture_method: 'manual' }))}/cancel`, { cancellation_reason: 'abandoned' }) },
    { daysAgo: 18, run: async () => post(`/v1/payment_intents/${idOf(await intent(18, { ...card('visa'), confirm: true, capture_method: 'manual' }))}/capture`, { amount_to_capture: 4000 }) },
  ];
}

function rest(post: Post, made: Made): Happening[] {
  return [
    { daysAgo: 25, run: () => post('/v1/setup_intents', { customer: customer(made, 11), payment_method: 'pm_card_visa', confirm: true }) },
    { daysAgo: 1, run: () => post('/v1/setup_intents', { customer: customer(made, 16) }) },
    { daysAgo: 30, run: () => post('/v1/payment_links', { line_items: [{ price: price(made, 'gift_usd'), quantity: 1 }] }) },
    { daysAgo: 0.1, run: () => post('/v1/checkout/sessions', { mode: 'payment', success_url: 'https://roastery.example/thanks', line_items: [{ price: price(made, 'toraja_usd'), quantity: 3 }] }) },
    { daysAgo: 70, run: () => post(`/v1/customers/${customer(made, 6)}/tax_ids`, { type: 'eu_vat', value: 'DE123456789' }) },
    { daysAgo: 62, run: () => post(`/v1/customers/${customer(made, 24)}/balance_transactions`, { amount: -2500, currency: 'usd', description: 'Goodwill for a late parcel' }) },
    { daysAgo: 200, run: () => post('/v1/shipping_rates', { display_name: 'Courier', type: 'fixed_amount', fixed_amount: { amount: 700, currency: 'usd' } }) },
  ];
}
