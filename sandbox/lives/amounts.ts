// What things cost: prices times quantities, discounts, taxes, totals; all in minor units, rounded half up as Stripe does.
// It must not know invoices, quotes or sessions; they hand their lines in and write the results down.
import type { Call } from '../call.ts';
import { editNamed, findNamed, idOf } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { Json, JsonObject } from '../json.ts';
import { flag, number, object, objects, text, texts } from '../json.ts';
import { PRICES, insertPrice } from './catalog.ts';
import type { Worth } from './redemption.ts';
import { amountOff, checkCurrency, checkPromotion, redeem } from './redemption.ts';

/** Where discounts lie; Stripe has no path for them, but they can be expanded. */
export const DISCOUNTS = '/_discounts';

const LEAST: Readonly<Record<string, number>> = {
  aed: 200, aud: 50, bgn: 100, brl: 50, cad: 50, chf: 50, czk: 1500, dkk: 250, eur: 50, gbp: 30, hkd: 400, huf: 17_500, idr: 1_000_000, inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200,
  ron: 200, sek: 300, sgd: 50, thb: 1000, usd: 50,
};

/** The smallest amount of a currency that can be charged. */
export function leastAmount(currency: string): number {
  return LEAST[currency] ?? 1;
}

/** The price that an item names or describes. */
export function priceOf(call: Call, item: JsonObject, path: string): JsonObject {
  const id = text(item, 'price') ?? text(item, 'plan');
  if (id !== undefined) {
    const price = findNamed(call, PRICES, id, `${path}[price]`);
    if (!flag(price, 'active') && price['_inline'] !== true) throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, `${path}[price]`);
    return price;
  }
  const data = object(item, 'price_data');
  if (data === undefined) throw invalidRequest(`Missing required param: ${path}[price].`, `${path}[price]`, 'parameter_missing');
  return insertPrice(call, data, true);
}

/** What so many of a price cost. */
export function costOf(price: JsonObject, quantity: number): number {
  const tiers = objects(price, 'tiers');
  if (tiers.length > 0) return tieredCost(tiers, quantity, price['tiers_mode'] === 'graduated');
  const unit = number(price, 'unit_amount') ?? Number(text(price, 'unit_amount_decimal') ?? 0);
  const divided = object(price, 'transform_quantity');
  const parts = divided === undefined ? quantity : (divided['round'] === 'down' ? Math.floor : Math.ceil)(quantity / (number(divided, 'divide_by') ?? 1));
  return Math.round(unit * parts);
}

function tieredCost(tiers: readonly JsonObject[], quantity: number, graduated: boolean): number {
  let cost = 0;
  let below = 0;
  for (const tier of tiers) {
    const top = number(tier, 'up_to') ?? Number.POSITIVE_INFINITY;
    const unit = number(tier, 'unit_amount') ?? Number(text(tier, 'unit_amount_decimal') ?? 0);
    const flat = number(tier, 'flat_amount') ?? 0;
    if (graduated) cost += quantity > below ? flat + unit * (Math.min(quantity, top) - below) : 0;
    else if (quantity <= top) return Math.round(flat + unit * quantity);
    below = top;
  }
  return Math.round(cost);
}

/** The discount rows that `discounts` parameters ask for; each redeems its coupon once more. `worth` is what is bought, where that is known. */
export function discountsFrom(call: Call, given: readonly JsonObject[], of: JsonObject, path = 'discounts', worth?: Worth): JsonObject[] {
  return given.map((one, index) => {
    const param = (name: string): string => (path === '' ? name : `${path}[${index}][${name}]`);
    const known = text(one, 'discount');
    if (known !== undefined) return call.transaction.find(DISCOUNTS, known) ?? {};
    const code = text(one, 'promotion_code');
    const promotion = code === undefined ? undefined : editNamed(call, '/v1/promotion_codes', code, param('promotion_code'));
    if (promotion !== undefined) {
      checkPromotion(call, promotion, text(of, 'customer'), worth, param('promotion_code'));
      redeem(promotion, (row) => Object.assign(row, { active: false }));
    }
    const couponId = text(object(promotion, 'promotion'), 'coupon') ?? text(one, 'coupon') ?? '';
    const coupon = editNamed(call, '/v1/coupons', couponId, param('coupon'));
    if (coupon['valid'] !== true) throw invalidRequest(`Coupon ${couponId} is no longer valid.`, param('coupon'), 'coupon_expired');
    checkCurrency(coupon, worth, param('coupon'));
    redeem(coupon, (row) => Object.assign(row, { valid: false }));
    const row = makeRow(call, 'discount', {});
    Object.assign(row, of, { promotion_code: code ?? null, source: { coupon: couponId, type: 'coupon' }, start: call.now, end: endOf(call, coupon) });
    return call.transaction.insert(DISCOUNTS, row);
  });
}

function endOf(call: Call, coupon: JsonObject): number | null {
  if (coupon['duration'] !== 'repeating') return null;
  const end = new Date(call.now * 1000);
  end.setUTCMonth(end.getUTCMonth() + (number(coupon, 'duration_in_months') ?? 0));
  return Math.floor(end.getTime() / 1000);
}

/** One line to be summed. */
export interface Priced {
  readonly amount: number;
  readonly discountable: boolean;
  readonly taxRates: readonly string[];
  readonly discounts: readonly string[];
  /** What is sold; some coupons are for some products. */
  readonly product?: string | undefined;
  readonly currency?: string | undefined;
}

/** What became of a line. */
export interface Summed {
  readonly discounts: readonly { readonly amount: number; readonly discount: string }[];
  readonly taxes: readonly Tax[];
}

/** A tax on an amount. */
export interface Tax {
  readonly amount: number;
  readonly inclusive: boolean;
  readonly rate: string;
  readonly taxable: number;
}

/** The sums of all lines, and what became of each. */
export interface Totals {
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly lines: readonly Summed[];
  readonly discounts: readonly { readonly amount: number; readonly discount: string }[];
  readonly taxes: readonly Tax[];
}

/** Sums lines: their own discounts, then those of all, then taxes on what is left. */
export function sum(call: Call, lines: readonly Priced[], discounts: readonly string[], defaultRates: readonly string[]): Totals {
  const left = lines.map((line) => line.amount);
  const found = lines.map((): { amount: number; discount: string }[] => []);
  const take = (at: number, amount: number, discount: string): void => {
    left[at] = (left[at] ?? 0) - amount;
    found[at]?.push({ amount, discount });
  };
  lines.forEach((line, at) => {
    for (const id of line.discounts.filter((one) => appliesTo(call, one, line))) take(at, reduction(call, id, left[at] ?? 0, line.currency), id);
  });
  for (const id of discounts) spread(call, id, lines, left, take);
  const taxes = lines.map((line, at) => taxesOn(call, left[at] ?? 0, line.taxRates.length > 0 ? line.taxRates : defaultRates));
  const all = taxes.flat();
  const subtotal = lines.reduce((total, line) => total + line.amount, 0);
  const discount = found.flat().reduce((total, one) => total + one.amount, 0);
  const exclusive = all.filter((tax) => !tax.inclusive).reduce((total, tax) => total + tax.amount, 0);
  return {
    subtotal, discount, tax: all.reduce((total, tax) => total + tax.amount, 0), total: subtotal - discount + exclusive,
    lines: lines.map((_, at) => ({ discounts: found[at] ?? [], taxes: taxes[at] ?? [] })),
    discounts: together(found.flat(), (one) => one.discount, (a, b) => ({ ...a, amount: a.amount + b.amount })),
    taxes: together(all, (tax) => tax.rate, (a, b) => ({ ...a, amount: a.amount + b.amount, taxable: a.taxable + b.taxable })),
  };
}

/** Like things as one, in the order of their first. */
export function together<T>(all: readonly T[], key: (one: T) => string, add: (a: T, b: T) => T): readonly T[] {
  const groups = new Map<string, T>();
  for (const one of all) {
    const known = groups.get(key(one));
    groups.set(key(one), known === undefined ? one : add(known, one));
  }
  return [...groups.values()];
}

function couponOf(call: Call, discount: string): JsonObject | undefined {
  const row = call.transaction.find(DISCOUNTS, discount);
  return call.transaction.find('/v1/coupons', text(object(row, 'source'), 'coupon') ?? '');
}

/** Whether a discount is for what a line sells. */
function appliesTo(call: Call, discount: string, line: Priced): boolean {
  const products = texts(object(couponOf(call, discount), 'applies_to'), 'products');
  return products.length === 0 || (line.product !== undefined && products.includes(line.product));
}

function reduction(call: Call, discount: string, amount: number, currency: string | undefined): number {
  const coupon = couponOf(call, discount);
  const percent = number(coupon, 'percent_off');
  if (percent !== undefined) return Math.round((amount * percent) / 100);
  return Math.min(Math.max(amount, 0), amountOff(coupon, currency ?? text(coupon, 'currency') ?? '') ?? 0);
}

/** Spreads a discount of all over the lines that may be discounted, by their share; the last takes what rounding left. */
function spread(call: Call, id: string, lines: readonly Priced[], left: readonly number[], take: (at: number, amount: number, discount: string) => void): void {
  const open = lines.flatMap((line, at) => (line.discountable && (left[at] ?? 0) > 0 && appliesTo(call, id, line) ? [at] : []));
  const base = open.reduce((total, at) => total + (left[at] ?? 0), 0);
  const whole = reduction(call, id, base, lines[0]?.currency);
  let rest = whole;
  const parts = open.map((at, index) => {
    const part = index === open.length - 1 ? rest : Math.round((whole * (left[at] ?? 0)) / base);
    rest -= part;
    return [at, part] as const;
  });
  for (const [at, part] of parts) take(at, part, id);
}

/** The taxes of some rates on an amount. */
export function taxesOn(call: Call, amount: number, rates: readonly string[]): readonly Tax[] {
  return rates.flatMap((id) => {
    const rate = call.transaction.find('/v1/tax_rates', id);
    if (rate === undefined) return [];
    const share = (number(rate, 'percentage') ?? 0) / 100;
    const inclusive = flag(rate, 'inclusive');
    const tax = inclusive ? Math.round(amount - amount / (1 + share)) : Math.round(amount * share);
    return [{ amount: tax, inclusive, rate: id, taxable: inclusive ? amount - tax : amount }];
  });
}

/** Taxes as invoices and credit notes show them. */
export function showTaxes(taxes: readonly Tax[]): Json[] {
  return taxes.map((tax) => ({
    amount: tax.amount, tax_behavior: tax.inclusive ? 'inclusive' : 'exclusive', tax_rate_details: { tax_rate: tax.rate },
    taxability_reason: 'not_available', taxable_amount: tax.taxable, type: 'tax_rate_details',
  }));
}

/** The ids of tax rates in a row, given as ids or whole. */
export function rateIds(row: JsonObject, name: string): string[] {
  return [...texts(row, name), ...objects(row, name).map(idOf)];
}

/** What a price's product is called. */
export function nameOf(call: Call, price: JsonObject): string {
  const product = call.transaction.find('/v1/products', text(price, 'product') ?? '');
  return text(product, 'name') ?? text(price, 'nickname') ?? '';
}
