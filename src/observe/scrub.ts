// The one redactor: whatever leaves for a log or an error passes here. It knows the forms that Stripe's and our own
// secrets have; the sources leave secrets out too, this is the second wall.

const KEY = /\b((?:sk|rk|pk|rkcs|whsec|ek|ephkey|konektor)_(?:(?:test|live|org)_)?)([A-Za-z0-9_-]{8,})/g;
const CLIENT_SECRET = /\b((?:pi|seti|cs|src|payatt)_[A-Za-z0-9]+_secret)_[A-Za-z0-9]+/g;
const AUTHORIZATION = /\b(Bearer|Basic|Digest)\s+[A-Za-z0-9+/=._~-]{8,}/gi;
const CARD_NUMBER = /\b(\d{4})\d{5,11}(\d{4})\b/g;

/** The text with every secret that is known by its form cut down to its last four characters, or away. */
export function scrub(text: string): string {
  return text
    .replace(KEY, (_match, prefix: string, rest: string) => `${prefix}…${rest.slice(-4)}`)
    .replace(CLIENT_SECRET, '$1_…')
    .replace(AUTHORIZATION, '$1 …')
    .replace(CARD_NUMBER, (match, first: string, last: string) => (passesLuhn(match) ? `${first}…${last}` : match));
}

/** Ids and amounts are long numbers too; only what passes the check of card numbers is taken for one. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
