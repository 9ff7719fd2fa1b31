// Times in every spelling that rows and filters use, read as one number: RFC 3339, a date, date and time as SQL writes them
// (UTC where no offset stands), and unix seconds as number or digits.

/** 0000-01-01 and the end of 9999, in unix seconds: what RFC 3339 can write. */
const EARLIEST = -62_167_219_200;
const LATEST = 253_402_300_799;
const SPELLED = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const SECONDS = /^-?\d{1,15}(?:\.\d{1,9})?$/;

interface Moment {
  readonly seconds: number;
  /** Digits behind the point of the seconds, without trailing zeros. */
  readonly fraction: string;
}

/** Milliseconds since 1970, exact to the microsecond; null for what is no time. */
export function instantOf(value: unknown): number | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  const moment = momentOf(value);
  if (moment === undefined) return null;
  return moment.seconds * 1000 + (moment.fraction === '' ? 0 : Number(`0.${moment.fraction}`) * 1000);
}

/** The one spelling that filters carry: RFC 3339 in UTC, fraction only where there is one; null for what is no time. */
export function canonicalTime(value: string | number): string | null {
  if (typeof value === 'number' && Number.isInteger(value) && value >= EARLIEST && value <= LATEST) return wholeSeconds(value);
  const moment = momentOf(value);
  if (moment === undefined || moment.seconds < EARLIEST || moment.seconds > LATEST) return null;
  const whole = new Date(moment.seconds * 1000).toISOString().slice(0, 19);
  return moment.fraction === '' ? `${whole}Z` : `${whole}.${moment.fraction}Z`;
}

const DAY_SECONDS = 86_400;
const MOST_DAYS = 4_096;
/** Rows of a page are mostly of the same few days: their text is kept, since making it costs more than all the rest. */
const days = new Map<number, string>();

function wholeSeconds(value: number): string {
  const day = Math.floor(value / DAY_SECONDS);
  let text = days.get(day);
  if (text === undefined) {
    if (days.size >= MOST_DAYS) days.clear();
    text = new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 11);
    days.set(day, text);
  }
  const second = value - day * DAY_SECONDS;
  return `${text}${twoDigits(Math.floor(second / 3600))}:${twoDigits(Math.floor(second / 60) % 60)}:${twoDigits(second % 60)}Z`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function momentOf(value: unknown): Moment | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? ofSeconds(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const spelled = SPELLED.exec(value);
  if (spelled !== null) return ofSpelling(spelled);
  return SECONDS.test(value) ? ofSeconds(Number(value)) : undefined;
}

function ofSeconds(value: number): Moment {
  const seconds = Math.floor(value);
  const fraction = value - seconds;
  return { seconds, fraction: fraction === 0 ? '' : withoutTrailingZeros(fraction.toFixed(6).slice(2)) };
}

function ofSpelling([, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z']: RegExpExecArray): Moment | undefined {
  // Date.parse turns February 30 into March 2, so the day is compared again.
  const midnight = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  const hours = Number(hour);
  const minutes = Number(minute);
  const seconds = Number(second);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const shift = offsetSeconds(offset);
  if (shift === undefined) return undefined;
  return { seconds: midnight / 1000 + hours * 3600 + minutes * 60 + seconds - shift, fraction: withoutTrailingZeros(fraction) };
}

function offsetSeconds(offset: string): number | undefined {
  if (offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}
