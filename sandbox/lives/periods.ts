// Billing periods: months are calendar months, the day kept where the month has it. It must not know subscriptions.
import type { JsonObject } from '../json.ts';
import { number, object, text } from '../json.ts';

/** The time so many intervals after a time, in seconds. */
export function addInterval(from: number, interval: string, count: number): number {
  const at = new Date(from * 1000);
  if (interval === 'day' || interval === 'week') return from + count * (interval === 'day' ? 1 : 7) * 24 * 3600;
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + count * (interval === 'year' ? 12 : 1));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return Math.floor(at.getTime() / 1000);
}

/** The end of a price's period that begins at a time. */
export function periodEnd(price: JsonObject, from: number): number {
  const recurring = object(price, 'recurring');
  return addInterval(from, text(recurring, 'interval') ?? 'month', number(recurring, 'interval_count') ?? 1);
}
