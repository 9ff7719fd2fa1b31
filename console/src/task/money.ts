// Amounts as people write them: Stripe counts the smallest unit of a currency, and how many make a whole one differs.

/** Stripe's amounts of these are whole units or thousandths; of all others hundredths, also of ISK and UGX, which have none. */
const DECIMALS: Readonly<Record<string, number>> = Object.fromEntries([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((currency) => [currency, 0]),
  ...['BHD', 'JOD', 'KWD', 'OMR', 'TND'].map((currency) => [currency, 3]),
]);
const USUAL_DECIMALS = 2;

const LETTERS = /^[A-Za-z]{3}$/;

/** `US$15.00` for 1500 and `usd`; undefined where it cannot be said. */
export function moneyText(amount: unknown, currency: unknown, language: string): string | undefined {
  if (typeof currency !== 'string' || !LETTERS.test(currency)) return undefined;
  const whole = typeof amount === 'number' ? amount : typeof amount === 'string' && /^-?\d+$/.test(amount) ? Number(amount) : undefined;
  if (whole === undefined || !Number.isSafeInteger(whole)) return undefined;
  const decimals = DECIMALS[currency.toUpperCase()] ?? USUAL_DECIMALS;
  return new Intl.NumberFormat(language, { style: 'currency', currency: currency.toUpperCase(), minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(whole / 10 ** decimals);
}

/** The column that says the currency of another: the nearest above it. Columns are written `AmountDue`, keys of actions' answers `amount_due` or `a.b.amount`. */
export function currencyColumn(column: string, columns: ReadonlySet<string>): string | undefined {
  const parts = column.split(/(?=[A-Z])|(?<=[._])/);
  for (let length = parts.length; length >= 0; length -= 1) {
    const above = parts.slice(0, length).join('');
    const found = [`${above}Currency`, `${above}currency`].find((name) => columns.has(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
