// Amounts in the smallest unit of a currency that are written with decimals, as people write the large one: "15.00" may mean $15.00 or
// 15 cents. Where a caller's text can mean either it is refused, in rows and in filters alike. Knows no column and no currency.

const WITH_DECIMALS = /^[+-]?(\d+)\.(\d{2,})$/;

/** Whether a text is an amount that looks like one of the large unit. "1500.0", which is how some write a number, does not; neither does a zero. */
export function looksLikeLargeUnit(text: string): boolean {
  return WITH_DECIMALS.test(text.trim()) && Number(text) !== 0;
}

/** What to write in place of an amount with decimals: `write 1500 if …`. Empty for what is no such amount. */
export function inSmallestUnit(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d{1,12})\.(\d{1,3})$/.exec(text.trim()) ?? [];
  if (whole === '') return '';
  const digits = fraction.padEnd(2, '0');
  const scaled = `${sign === '-' ? '-' : ''}${BigInt(whole + digits)}`;
  const [places, example] = digits.length === 2 ? ['two', 'usd'] : ['three', 'kwd'];
  const asItIs = /^0+$/.test(fraction) ? `, ${sign === '-' ? '-' : ''}${BigInt(whole)} if it has none (jpy)` : '';
  return `write ${scaled} if the currency has ${places} decimals (${example})${asItIs}`;
}
