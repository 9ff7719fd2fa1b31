// Requests and replies made fit for a log: values under keys that are known to be secret are taken out by structure, before what
// is left goes through `scrub`. What cannot be read as a structure is not shown at all.
import { scrub } from './scrub.ts';

/** Secret in every request, whoever is asked. */
const ALWAYS: readonly string[] = ['authorization', 'proxy-authorization', 'proxy-authenticate', 'cookie', 'set-cookie', 'stripe-signature', 'x-api-key', 'password'];
const HIDDEN = '…';
/** Characters of a body that are shown. */
const MOST_CHARACTERS = 16_384;

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(sensitive: readonly string[]): ReadonlySet<string> {
  const known = sets.get(sensitive);
  if (known !== undefined) return known;
  const made = new Set([...ALWAYS, ...sensitive].map((key) => key.toLowerCase()));
  sets.set(sensitive, made);
  return made;
}

/** @param sensitive keys whose values are not shown, in any case. */
export function redactHeaders(headers: Readonly<Record<string, string>>, sensitive: readonly string[]): Readonly<Record<string, string>> {
  const hidden = setOf(sensitive);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden.has(name.toLowerCase()) ? HIDDEN : scrub(value)]));
}

export function redactUrl(url: string, sensitive: readonly string[]): string {
  const query = url.indexOf('?');
  const path = scrub(decoded(query === -1 ? url : url.slice(0, query)));
  return query === -1 ? path : `${path}?${redactForm(url.slice(query + 1), sensitive)}`;
}

/** A body by its type: JSON and forms without their secrets, everything else as its size alone. */
export function redactBody(body: string | Uint8Array, type: string, sensitive: readonly string[]): string {
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const [kind = ''] = type.split(';');
  if (kind === 'application/x-www-form-urlencoded') return bounded(redactForm(textOf(body), sensitive), size);
  const shown = /[/+]json$/.test(kind) || kind === '' ? redactJson(textOf(body), sensitive) : undefined;
  return shown === undefined ? `(${size} bytes of ${kind === '' ? 'an unknown type' : kind})` : bounded(shown, size);
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

function bounded(text: string, size: number): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}… (${size} bytes)`;
}

function redactJson(text: string, sensitive: readonly string[]): string | undefined {
  const hidden = setOf(sensitive);
  try {
    return scrub(JSON.stringify(JSON.parse(text, (key, value: unknown) => (hidden.has(key.toLowerCase()) && isValue(value) ? HIDDEN : value))));
  } catch {
    return undefined;
  }
}

/** What is empty, or says yes or no, is no secret and tells a reader something. */
function isValue(value: unknown): boolean {
  return value !== null && value !== '' && typeof value !== 'boolean';
}

/** `a[b]=c&…`: a pair is hidden if any part of its key is. */
function redactForm(text: string, sensitive: readonly string[]): string {
  const hidden = setOf(sensitive);
  const pairs = text.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    const key = fieldOf(equals === -1 ? pair : pair.slice(0, equals));
    if (equals === -1 || equals === pair.length - 1) return key;
    const parts = key.toLowerCase().split(/[[\].]+/);
    return `${key}=${parts.some((part) => hidden.has(part)) ? HIDDEN : fieldOf(pair.slice(equals + 1))}`;
  });
  return scrub(pairs.join('&'));
}

const fieldOf = (text: string): string => decoded(text.replaceAll('+', ' '));

/** Without the encoding of addresses, for reading; as it is where that is none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
