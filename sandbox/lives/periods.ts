// Billing periods: months are calendar months, the day kept where the month has it. Boundaries lie whole intervals from an anchor, so that
// the 31st comes back after a short month. It must not know subscriptions.
import type { JsonObject } from '../json.ts';
import { number, object, text } from '../json.ts';

const DAY = 24 * 3600;
/** How long each is on average: boundaries lie within two days of a whole number of these. */
const SECONDS: Readonly<Record<string, number>> = { day: DAY, week: 7 * DAY, month: 30.436875 * DAY, year: 365.2425 * DAY };

/** The time so many intervals after a time (or before, for negative counts), in seconds. */
export function addInterval(from: number, interval: string, count: number): number {
  const at = new Date(from * 1000);
  if (interval === 'day' || interval === 'week') return from + count * (interval === 'day' ? 1 : 7) * DAY;
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + count * (interval === 'year' ? 12 : 1));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return Math.floor(at.getTime() / 1000);
}

/** How often a price is due. */
export function rhythmOf(price: JsonObject | undefined): readonly [interval: string, count: number] {
  const recurring = object(price, 'recurring');
  return [text(recurring, 'interval') ?? 'month', number(recurring, 'interval_count') ?? 1];
}

/** The end of a price's period that begins at a time. */
export function periodEnd(price: JsonObject, from: number): number {
  return addInterval(from, ...rhythmOf(price));
}

/** The first boundary after a time. */
export function boundaryAfter(price: JsonObject | undefined, anchor: number, after: number): number {
  const [interval, count] = rhythmOf(price);
  let steps = Math.floor((after - anchor) / ((SECONDS[interval] ?? DAY) * count)) - 2;
  let boundary = addInterval(anchor, interval, steps * count);
  while (boundary <= after) {
    steps += 1;
    boundary = addInterval(anchor, interval, steps * count);
  }
  return boundary;
}

/** The last boundary before a time. */
export function boundaryBefore(price: JsonObject | undefined, anchor: number, before: number): number {
  const [interval, count] = rhythmOf(price);
  let steps = Math.ceil((before - anchor) / ((SECONDS[interval] ?? DAY) * count)) + 2;
  let boundary = addInterval(anchor, interval, steps * count);
  while (boundary >= before) {
    steps -= 1;
    boundary = addInterval(anchor, interval, steps * count);
  }
  return boundary;
}
