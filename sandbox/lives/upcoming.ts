// `invoice.upcoming`: a week before a subscription renews its next invoice is told of, as it would be if it were made then.
import type { Call } from '../call.ts';
import { emitAbout } from '../call.ts';
import { StripeError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { number, text } from '../json.ts';
import { nextInvoice } from './previews.ts';

const WEEK = 7 * 24 * 3600;
const TOLD = new Set(['active', 'past_due', 'trialing']);

/** When the next invoice is told of; undefined where it was, or where periods are shorter than the notice. */
export function upcomingDue(row: JsonObject): number | undefined {
  const next = number(row, '_renews_at');
  if (next === undefined || !TOLD.has(text(row, 'status') ?? '') || row['_upcoming_told'] === next) return undefined;
  const at = next - WEEK;
  return at < (number(row, '_period_began') ?? number(row, 'start_date') ?? 0) ? undefined : at;
}

/** Tells of it; a subscription that ends before has none. */
export function tellUpcoming(call: Call, row: JsonObject): void {
  row['_upcoming_told'] = number(row, '_renews_at') ?? null;
  try {
    const { id: _id, ...invoice } = nextInvoice(call, text(row, 'id') ?? '');
    emitAbout(call, 'invoice.upcoming', invoice);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
  }
}
