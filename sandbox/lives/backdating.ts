// Subscriptions that began before they were made: the time that has passed is on the first invoice. Flexible billing has a line for each
// period of the cycle, classic billing one line, by a period imagined from the start.
import type { Call } from '../call.ts';
import { idOf } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text, texts } from '../json.ts';
import { costOf, nameOf, rateIds } from './amounts.ts';
import { insertLine } from './invoice-lines.ts';
import { boundaryAfter, boundaryBefore } from './periods.ts';
import { isMetered } from './subscription-items.ts';

/** A span of time, and how many periods it is. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly share: number;
}

/** One span whose share is of periods imagined from its start. */
function imagined(price: JsonObject, start: number, end: number): readonly Span[] {
  let share = 0;
  let from = start;
  for (let next = boundaryAfter(price, start, from); next <= end; next = boundaryAfter(price, start, from)) {
    share += 1;
    from = next;
  }
  if (from < end) share += (end - from) / (boundaryAfter(price, start, from) - from);
  return [{ start, end, share }];
}

/** The periods of the cycle that lie in a span, the first perhaps in part. */
function natural(price: JsonObject, anchor: number, start: number, end: number): readonly Span[] {
  const spans: Span[] = [];
  for (let to = end; to > start; ) {
    const begin = boundaryBefore(price, anchor, to);
    const whole = boundaryAfter(price, anchor, begin) - begin;
    const from = Math.max(begin, start);
    spans.unshift({ start: from, end: to, share: (to - from) / whole });
    to = from;
  }
  return spans;
}

/** Puts the time from a subscription's start up to another onto its first invoice. */
export function billPast(call: Call, invoice: JsonObject, row: JsonObject, items: readonly JsonObject[], end: number): void {
  const start = number(row, 'start_date') ?? end;
  if (start >= end || call.params['proration_behavior'] === 'none') return;
  const flexible = object(row, 'billing_mode')?.['type'] === 'flexible';
  for (const item of items.filter((one) => !isMetered(one))) {
    const price = object(item, 'price') ?? {};
    const quantity = number(item, 'quantity') ?? 1;
    const spans = flexible ? natural(price, number(row, 'billing_cycle_anchor') ?? end, start, end) : imagined(price, start, end);
    for (const span of spans) {
      insertLine(call, idOf(invoice), {
        amount: Math.round(costOf(price, quantity) * span.share), currency: text(price, 'currency') ?? 'usd', description: `${quantity} × ${nameOf(call, price)}`, price, quantity,
        period: { end: span.end, start: span.start }, taxRates: rateIds(item, 'tax_rates'), discounts: texts(item, 'discounts'), subscription: idOf(row),
        parent: { invoice_item_details: null, subscription_item_details: { invoice_item: null, proration: span.share !== 1, proration_details: null, subscription: idOf(row), subscription_item: idOf(item) }, type: 'subscription_item_details' },
      });
    }
  }
}
