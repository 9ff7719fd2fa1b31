// Decimal numbers as text, compared without passing through a float: `0.1` + 18 more digits keeps them all.

const DECIMAL = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,3}))?$/i;
const LONGEST = 1_000;

/** Whether a text is a decimal number of a bearable length. */
export function isDecimal(text: string): boolean {
  return text.length <= LONGEST && DECIMAL.test(text);
}

/** A number where it holds the value exactly, else the text as it is. Call only with what `isDecimal` accepts. */
export function decimalOf(text: string): number | string {
  const number = Number(text);
  if (!Number.isFinite(number) || compareDecimals(String(number), text) !== 0) return text;
  return number === 0 ? 0 : number;
}

/** Negative, zero or positive, as the first decimal is less than, equal to or greater than the second. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [takeApart(left), takeApart(right)];
  if (a.sign !== b.sign) return a.sign - b.sign;
  const width = Math.max(a.whole.length, b.whole.length);
  const [first, second] = [a.whole.padStart(width, '0') + a.fraction, b.whole.padStart(width, '0') + b.fraction];
  const depth = Math.max(first.length, second.length);
  const [one, other] = [first.padEnd(depth, '0'), second.padEnd(depth, '0')];
  if (one === other) return 0;
  return one < other ? -a.sign : a.sign;
}

interface Decimal {
  /** -1, 0 or 1. */
  readonly sign: number;
  readonly whole: string;
  readonly fraction: string;
}

function takeApart(text: string): Decimal {
  const [, minus = '', mantissa = '0', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  const left = shift >= 0 ? whole + fraction.padEnd(shift, '0').slice(0, shift) : whole.padStart(-shift, '0').slice(0, shift);
  const right = shift >= 0 ? fraction.slice(shift) : whole.padStart(-shift, '0').slice(shift) + fraction;
  if (/^0*$/.test(left + right)) return { sign: 0, whole: '', fraction: '' };
  return { sign: minus === '-' ? -1 : 1, whole: left, fraction: right };
}
