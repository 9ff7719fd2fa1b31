// Parameters that older API versions take and the newest table does not know: some are split off for the lives to read, some are
// said in the newest words. It must not know what is done with them.
import type { JsonObject } from './json.ts';
import { asText, isObject, object, text } from './json.ts';

/** Finds a row by its collection and id. */
export type Find = (collection: string, id: string) => JsonObject | undefined;

/** Names that a collection took in versions before one. */
interface Dropped {
  readonly before: string;
  readonly names: readonly string[];
}

const METHOD_TYPES: Dropped = { before: '2026-09-30', names: ['payment_method_types'] };
const COUPONS: Dropped = { before: '2025-03-31', names: ['coupon', 'promotion_code'] };

const DROPPED: Readonly<Record<string, Dropped>> = {
  '/v1/checkout/sessions': METHOD_TYPES,
  '/v1/customers': COUPONS,
  '/v1/payment_intents': METHOD_TYPES,
  '/v1/setup_intents': METHOD_TYPES,
  '/v1/subscriptions': COUPONS,
};

const BEFORE_CLOVER = '2025-09-30';

type Reword = (params: JsonObject, find: Find) => JsonObject;

/** A phase said how often its first price's interval passes; now it says how long it is. */
function reiterate(phase: JsonObject, find: Find): JsonObject {
  const { iterations, ...rest } = phase;
  if (iterations === undefined) return phase;
  const [first] = Object.values(object(phase, 'items') ?? { 0: (Array.isArray(phase['items']) ? phase['items'][0] : undefined) ?? null });
  const recurring = object(find('/v1/prices', text(isObject(first) ? first : {}, 'price') ?? ''), 'recurring');
  const interval = text(recurring, 'interval') ?? 'month';
  return { ...rest, duration: { interval, interval_count: String(Number(iterations) * Number(recurring?.['interval_count'] ?? 1)) } };
}

const REWORDED: Readonly<Record<string, Reword>> = {
  '/v1/promotion_codes': ({ coupon, ...rest }) => (coupon === undefined ? rest : { ...rest, promotion: { type: 'coupon', coupon } }),
  '/v1/subscription_schedules': (params, find) => {
    const phases = object(params, 'phases');
    if (phases === undefined) return params;
    return { ...params, phases: Object.fromEntries(Object.entries(phases).map(([at, phase]) => [at, isObject(phase) ? reiterate(phase, find) : phase])) };
  },
  '/v1/payment_intents': (params) => {
    const options = object(params, 'payment_method_options');
    const balance = object(options, 'customer_balance');
    const transfer = object(balance, 'bank_transfer');
    if (text(transfer, 'type') !== 'jp_bank_account') return params;
    return { ...params, payment_method_options: { ...options, customer_balance: { ...balance, bank_transfer: { ...transfer, type: 'jp_bank_transfer' } } } };
  },
};

const ANCHORS_BEFORE = '2026-09-30';

/** What begins a new cycle was a word; now it is an object with that word in it. */
function anchorAsObject(params: JsonObject): JsonObject {
  const anchor = params['billing_cycle_anchor'];
  return anchor === 'now' || anchor === 'unchanged' ? { ...params, billing_cycle_anchor: { type: anchor } } : params;
}

const ANCHORED: Readonly<Record<string, Reword>> = {
  '/v1/invoices/create_preview': (params) => {
    const details = object(params, 'subscription_details');
    return details === undefined ? params : { ...params, subscription_details: anchorAsObject(details) };
  },
  '/v1/subscriptions': anchorAsObject,
  '/v1/subscriptions/{}/resume': anchorAsObject,
};

/** The types of payment methods that an older version was given by name. */
export function typesGiven(old: JsonObject): string[] {
  const given = old['payment_method_types'];
  const types = typeof given === 'object' && given !== null ? Object.values(given) : given === undefined ? [] : [given];
  return types.map((one) => asText(one));
}

/** The parameters in the newest words, and those split off; `version` is the one asked for, or empty where any is taken. */
export function takeOldParameters(version: string, collection: string, params: JsonObject, find: Find): readonly [JsonObject, JsonObject] {
  const asked = version.slice(0, 10);
  const reword = asked < BEFORE_CLOVER ? REWORDED[collection] : undefined;
  const anchored = asked < ANCHORS_BEFORE ? (ANCHORED[collection]?.(params, find) ?? params) : params;
  const given = reword === undefined ? anchored : reword(anchored, find);
  const dropped = DROPPED[collection];
  const names = dropped === undefined || asked >= dropped.before ? [] : dropped.names.filter((name) => given[name] !== undefined);
  if (names.length === 0) return [given, {}];
  const split = (old: boolean): JsonObject => Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name) === old));
  return [split(false), split(true)];
}
