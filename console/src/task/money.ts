// Amounts as people write them: Stripe counts the smallest unit of a currency, and how many make a whole one differs.
import { madeOnce } from '../parts/made-once.ts';

/** Stripe's amounts of these are whole units or thousandths; of all others hundredths, also of ISK and UGX, which have none. */
const DECIMALS: Readonly<Record<string, number>> = Object.fromEntries([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((currency) => [currency, 0]),
  ...['BHD', 'JOD', 'KWD', 'OMR', 'TND'].map((currency) => [currency, 3]),
]);
const USUAL_DECIMALS = 2;

const decimalsOf = (currency: string): number => DECIMALS[currency] ?? USUAL_DECIMALS;
const format = madeOnce((language: string, currency: string) => new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: decimalsOf(currency), maximumFractionDigits: decimalsOf(currency) }));

const LETTERS = /^[A-Za-z]{3}$/;

/** `US$15.00` for 1500 and `usd`; undefined where it cannot be said. */
export function moneyText(amount: unknown, currency: unknown, language: string): string | undefined {
  if (typeof currency !== 'string' || !LETTERS.test(currency)) return undefined;
  const whole = typeof amount === 'number' ? amount : typeof amount === 'string' && /^-?\d+$/.test(amount) ? Number(amount) : undefined;
  if (whole === undefined || !Number.isSafeInteger(whole)) return undefined;
  const code = currency.toUpperCase();
  return format(language, code).format(whole / 10 ** decimalsOf(code));
}

/** The column that says the currency of another: the nearest above it. Columns are written `AmountDue`, keys of actions' answers `amount_due` or `a.b.amount`. */
export function currencyColumn(column: string, columns: Pick<ReadonlySet<string>, 'has'>): string | undefined {
  const parts = column.split(/(?=[A-Z])|(?<=[._])/);
  for (let length = parts.length; length >= 0; length -= 1) {
    const above = parts.slice(0, length).join('');
    const found = [`${above}Currency`, `${above}currency`].find((name) => columns.has(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
