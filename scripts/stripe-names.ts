// Names entities and actions: one rule over paths and method names, and the exceptions of `stripe-name-exceptions.ts`.
// Must not know types, nor which path is what.

import { ACTION_NAMES, ENTITY_NAMES } from './stripe-name-exceptions.ts';

/** A path in its parts, version and `test_helpers` left out, ids as `{}`. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== 'v1' && part !== 'v2' && part !== 'test_helpers');
}

/** `/v1/billing/meters/{}/event_summaries` is BillingMeterEventSummary; a singleton's name keeps its number. */
export function nameEntity(path: string, singleton: boolean): string {
  const exception = ENTITY_NAMES[path];
  if (exception !== undefined) return exception;
  const parts = segmentsOf(path);
  const words = parts.map((part, index) => {
    if (part === '{}') return '';
    // What precedes an id is a collection; what does not is a namespace and keeps its number.
    const collection = parts[index + 1] === '{}' || (index === parts.length - 1 && !singleton);
    return pascal(collection ? singular(part) : part);
  });
  return prefix(path) + words.join('');
}

/** What `nameAction` is told of a method that is no plain create, get, update, delete or list. */
export interface Verb {
  readonly http: string;
  readonly path: string;
  /** The method's name in the SDK. */
  readonly method: string;
  /** The entity it acts on. */
  readonly entity: string;
  /** The parts of the path after the entity's own: `['shipping', 'deliver']`. */
  readonly rest: readonly string[];
}

/**
 * Verb, entity, rest: POST `/v1/invoices/{}/mark_uncollectible` is MarkInvoiceUncollectible. Where the last part of the
 * path is a thing, not a verb (`login_links`), the SDK's method says the verb (`createLoginLink`).
 */
export function nameAction({ http, path, method, entity, rest }: Verb): string {
  const exception = ACTION_NAMES[`${http} ${path}`];
  if (exception !== undefined) return exception;
  const [verb = '', ...noun] = method.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`).split(' ');
  const between = rest.slice(0, -1).map((part) => pascal(singular(part))).join('');
  const [first = '', ...others] = (rest.at(-1) ?? verb).split('_');
  const object = first === verb ? pascal(others.join('_')) : noun.join('');
  return pascal(verb) + entity + between + object;
}

/** One of a collection, as ids' slots are named: `financial_addresses`, `financial_address`. */
export function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function pascal(word: string): string {
  return word.split('_').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

function prefix(path: string): string {
  return path.startsWith('/v2/') ? 'V2' : '';
}
