// The one redactor of text: whatever leaves for a log or an error passes here. It knows the forms that Stripe's and our own
// secrets have; the sources leave secrets out too (`redact.ts`), this is the second wall.

const KEY = /\b((?:sk|rk|pk|rkcs|whsec|ek|ephkey|konektor)_(?:(?:test|live|org)_)?)([A-Za-z0-9_-]{8,})/g;
const CLIENT_SECRET = /\b((?:[A-Za-z0-9]+_)+?secret)_([A-Za-z0-9_%-]{4,})/g;
const AUTHORIZATION = /\b(Bearer|Basic|Digest)\s+[A-Za-z0-9+/=._~-]{8,}/gi;
const DIGEST_PROOF = /\b(response|cnonce)=(\\?")[^"\\]+/gi;
const SIGNATURE = /\b(v[01])=[0-9a-f]{32,}/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;
const USER_OF_URL = /(:\/\/)[^\s:/@"']*:[^\s/@"']+@/g;
const CARD_NUMBER = /(?<![\d.])\b(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7})\b/g;

/** What any of the forms has in it. Most texts are names and short words: one look at them is enough. */
const SUSPECT = /secret_|(?:sk|rk|pk|rkcs|whsec|ek|ephkey|konektor)_|bearer|basic|digest|response=|cnonce=|v[01]=|eyJ|:\/\/|\d{4}/i;

/** The text with every secret that is known by its form cut down to its last four characters, or away. */
export function scrub(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(CLIENT_SECRET, (match, named: string, rest: string) => (isRandom(rest) ? `${named}_…` : match))
    .replace(KEY, (_match, prefix: string, rest: string) => `${prefix}…${rest.slice(-4)}`)
    .replace(AUTHORIZATION, '$1 …')
    .replace(DIGEST_PROOF, '$1=$2…')
    .replace(SIGNATURE, '$1=…')
    .replace(JSON_WEB_TOKEN, 'eyJ…')
    .replace(USER_OF_URL, '$1…@')
    .replace(CARD_NUMBER, (match) => (passesLuhn(match.replace(/\D/g, '')) ? `${match.slice(0, 4)}…${match.slice(-4)}` : match));
}

/** A value of any depth with every text in it scrubbed; numbers stay numbers. */
export function scrubDeep(value: unknown): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map(scrubDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrubDeep(one)]));
}

/** Names of things (`client_secret_expired`) are words; secrets have digits or capitals in them. */
function isRandom(text: string): boolean {
  return /[0-9A-Z]/.test(text);
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
