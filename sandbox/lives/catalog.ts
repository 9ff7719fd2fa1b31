// What is sold and at which terms: products, prices and the plans they also are, coupons, promotion codes, tax rates.
import type { Call } from '../call.ts';
import { emit, findNamed, idOf } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { Json, JsonObject } from '../json.ts';
import { clone, flag, number, object, text } from '../json.ts';

/** Where prices lie. */
export const PRICES = '/v1/prices';
const PLANS = '/v1/plans';
const PRODUCTS = '/v1/products';

function decimalOf(amount: Json | undefined): string | null {
  return typeof amount === 'number' ? String(amount) : null;
}

/** Products; `default_price_data` makes a price at once. */
export const productLife: Life = {
  created: (call, row) => {
    const data = object(call.params, 'default_price_data');
    row['updated'] = call.now;
    if (data === undefined) return;
    const price = insertPrice(call, { ...data, product: idOf(row) });
    row['default_price'] = idOf(price);
  },
  deleted: (call, row) => {
    const priced = call.transaction.rowsWhere(PRICES, 'product', idOf(row)).length > 0;
    if (priced) throw unexpectedState('This product cannot be deleted because it has one or more user-created prices.');
  },
};

/** A fresh price outside of `POST /v1/prices`; `_inline` ones are not listed. */
export function insertPrice(call: Call, params: JsonObject, inline = false): JsonObject {
  const row = makeRow(call, 'price', params);
  completePrice(call, row, params);
  if (inline) Object.assign(row, { _inline: true, active: false });
  call.transaction.insert(PRICES, row);
  emit(call, 'price.created', { collection: PRICES, key: idOf(row) });
  return row;
}

function completePrice(call: Call, row: JsonObject, params: JsonObject): void {
  const amount = number(params, 'unit_amount');
  const decimal = text(params, 'unit_amount_decimal');
  const custom = object(params, 'custom_unit_amount');
  const tiered = params['billing_scheme'] === 'tiered';
  if (amount === undefined && decimal === undefined && custom === undefined && !tiered) {
    throw invalidRequest('One of the following params should be provided for this request: unit_amount, unit_amount_decimal, or custom_unit_amount.', undefined, 'parameter_missing');
  }
  if (amount !== undefined && decimal !== undefined) throw invalidRequest('You may only specify one of these parameters: unit_amount, unit_amount_decimal.', 'unit_amount');
  if (amount !== undefined && amount < 0) throw invalidRequest('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  row['unit_amount'] = amount ?? (decimal !== undefined && Number.isInteger(Number(decimal)) ? Number(decimal) : null);
  row['unit_amount_decimal'] = decimal ?? decimalOf(amount);
  const productData = object(params, 'product_data');
  if (text(row, 'product') === undefined) {
    if (productData === undefined) throw invalidRequest('You must specify either `product` or `product_data` when creating a price.', 'product', 'parameter_missing');
    const product = makeRow(call, 'product', productData);
    product['updated'] = call.now;
    call.transaction.insert(PRODUCTS, product);
    row['product'] = idOf(product);
  }
  completeRecurring(row, params);
}

function completeRecurring(row: JsonObject, params: JsonObject): void {
  const recurring = object(params, 'recurring');
  row['type'] = recurring === undefined ? 'one_time' : 'recurring';
  row['recurring'] = recurring === undefined ? null : {
    interval: recurring['interval'] ?? 'month', interval_count: recurring['interval_count'] ?? 1, meter: recurring['meter'] ?? null,
    trial_period_days: recurring['trial_period_days'] ?? null, usage_type: recurring['usage_type'] ?? 'licensed',
  };
}

/** Prices; recurring ones are plans too, under the same id. */
export const priceLife: Life = {
  created: (call, row) => {
    completePrice(call, row, call.params);
    checkLookupKey(call, row);
    if (row['type'] === 'recurring') call.transaction.insert(PLANS, planOf(call, row));
  },
  updated: (call, row) => {
    checkLookupKey(call, row);
    const plan = call.transaction.edit(PLANS, idOf(row));
    if (plan !== undefined) for (const name of ['active', 'nickname', 'metadata']) plan[name] = clone(row[name] ?? null);
  },
};

function checkLookupKey(call: Call, row: JsonObject): void {
  const key = text(call.params, 'lookup_key');
  if (key === undefined) return;
  const holder = call.transaction.rowsWhere(PRICES, 'lookup_key', key).find((price) => idOf(price) !== idOf(row) && flag(price, 'active'));
  if (holder === undefined) return;
  if (!flag(call.params, 'transfer_lookup_key')) {
    throw invalidRequest(`A price (\`${idOf(holder)}\`) already uses that lookup key.`, 'lookup_key', 'resource_already_exists');
  }
  const draft = call.transaction.edit(PRICES, idOf(holder));
  if (draft !== undefined) draft['lookup_key'] = null;
}

/** A recurring price in the words of plans. */
export function planOf(call: Call, price: JsonObject): JsonObject {
  const known = call.transaction.find(PLANS, idOf(price));
  if (known !== undefined) return clone(known);
  const recurring = object(price, 'recurring');
  const plan = makeRow(call, 'plan', {});
  return Object.assign(plan, {
    id: idOf(price), active: price['active'] ?? true, amount: price['unit_amount'] ?? null, amount_decimal: price['unit_amount_decimal'] ?? null,
    billing_scheme: price['billing_scheme'] ?? 'per_unit', created: price['created'] ?? call.now, currency: price['currency'] ?? 'usd',
    interval: recurring?.['interval'] ?? 'month', interval_count: recurring?.['interval_count'] ?? 1, metadata: clone(price['metadata'] ?? {}),
    nickname: price['nickname'] ?? null, product: price['product'] ?? null, trial_period_days: recurring?.['trial_period_days'] ?? null,
    usage_type: recurring?.['usage_type'] ?? 'licensed', meter: recurring?.['meter'] ?? null,
  });
}

/** Plans; each is a recurring price too, under the same id. */
export const planLife: Life = {
  created: (call, row) => {
    const given = call.params['product'];
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      const product = makeRow(call, 'product', given);
      call.transaction.insert(PRODUCTS, product);
      row['product'] = idOf(product);
    }
    row['metadata'] ??= {};
    row['amount_decimal'] ??= decimalOf(row['amount']);
    const price = makeRow(call, 'price', {});
    Object.assign(price, {
      id: idOf(row), currency: row['currency'] ?? 'usd', unit_amount: row['amount'] ?? null, unit_amount_decimal: row['amount_decimal'] ?? null,
      product: row['product'] ?? null, nickname: row['nickname'] ?? null, metadata: clone(row['metadata'] ?? {}), active: row['active'] ?? true,
    });
    completeRecurring(price, { recurring: { interval: row['interval'] ?? 'month', interval_count: row['interval_count'] ?? 1, usage_type: row['usage_type'] ?? 'licensed', trial_period_days: row['trial_period_days'] ?? null } });
    call.transaction.insert(PRICES, price);
  },
  updated: (call, row) => {
    const price = call.transaction.edit(PRICES, idOf(row));
    if (price !== undefined) for (const name of ['active', 'nickname', 'metadata']) price[name] = clone(row[name] ?? null);
  },
  deleted: (call, row) => {
    const price = call.transaction.edit(PRICES, idOf(row));
    if (price !== undefined) price['active'] = false;
  },
};

/** Coupons: a share or an amount, once, for some months or for ever. */
export const couponLife: Life = {
  check: (call) => {
    if (call.endpoint.kind !== 'create') return;
    const { percent_off: percent, amount_off: amount } = call.params;
    if (percent === undefined && amount === undefined) throw invalidRequest('Must provide percent_off or amount_off', undefined, 'parameter_missing');
    if (percent !== undefined && amount !== undefined) throw invalidRequest('You may only specify one of these parameters: amount_off, percent_off.', 'amount_off');
    if (typeof percent === 'number' && (percent <= 0 || percent > 100)) throw invalidRequest('percent_off must be greater than 0 and less than or equal to 100', 'percent_off');
    if (amount !== undefined && call.params['currency'] === undefined) throw invalidRequest('You must pass currency when passing amount_off', 'currency', 'parameter_missing');
    if (call.params['duration'] === 'repeating' && call.params['duration_in_months'] === undefined) {
      throw invalidRequest('You must pass duration_in_months when passing repeating as a duration', 'duration_in_months', 'parameter_missing');
    }
  },
  created: (_call, row) => {
    row['metadata'] ??= {};
  },
};

/** Codes differ by more than their capitals. */
const inSmallLetters = (row: JsonObject): readonly string[] => [(text(row, 'code') ?? '').toLowerCase()];

/** Promotion codes: a code for a coupon. */
export const promotionCodeLife: Life = {
  created: (call, row) => {
    const coupon = text(object(row, 'promotion'), 'coupon');
    const found = coupon === undefined ? undefined : findNamed(call, '/v1/coupons', coupon, 'promotion[coupon]');
    if (found !== undefined && found['valid'] !== true) throw invalidRequest(`Coupon ${idOf(found)} is no longer valid.`, 'promotion[coupon]', 'coupon_expired');
    const expires = number(call.params, 'expires_at');
    if (expires !== undefined && expires <= call.now) throw invalidRequest('`expires_at` must be in the future.', 'expires_at');
    const restrictions = object(call.params, 'restrictions');
    if (restrictions?.['minimum_amount'] !== undefined && restrictions['minimum_amount_currency'] === undefined) throw invalidRequest('You must pass minimum_amount_currency when passing minimum_amount', 'restrictions[minimum_amount_currency]', 'parameter_missing');
    row['metadata'] ??= {};
    if (text(row, 'code') === '') row['code'] = randomLetters(8).toUpperCase();
    const taken = call.transaction.rowsWhere('/v1/promotion_codes', 'code in small letters', (text(row, 'code') ?? '').toLowerCase(), inSmallLetters).some((one) => flag(one, 'active') && idOf(one) !== idOf(row));
    if (taken) throw invalidRequest(`An active promotion code with \`code: ${text(row, 'code') ?? ''}\` already exists.`, 'code');
  },
};

/** Tax rates. */
export const taxRateLife: Life = {
  created: (_call, row) => {
    row['metadata'] ??= {};
    row['rate_type'] = 'percentage';
    row['effective_percentage'] = null;
  },
};
