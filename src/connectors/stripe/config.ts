// What a connection of this connector is configured with: read once, with every fault at once. Where Stripe is and which
// secret version holds the key is decided by the caller; the key itself never comes here.
import { invalidFields, type FieldViolation } from '../../errors/status-error.ts';
import type { Manifest } from '../../spi/connector.ts';
import { faultOfId } from './id.ts';
import { fold } from './spelling.ts';
import { tables } from './tables.ts';
import { TEMPLATE } from './template.ts';

export interface StripeConfig {
  /** `acct_…`: sent as `Stripe-Account` on every call. */
  readonly accountId?: string;
  readonly apiVersion: string;
  /** 1 to 5; what the connection logs is the engine's affair. */
  readonly verbosity: number;
  readonly searchPushdown: boolean;
  /** Callers may name a connected account per call, by the pseudo-column AccountId. */
  readonly accountOverride: boolean;
  /** Name of the secret version that holds the API key. */
  readonly secretVersion: string;
  /** Scheme and host, without a slash at the end. */
  readonly apiBase: string;
  readonly filesBase: string;
  readonly meterEventsBase: string;
}

export const MANIFEST: Manifest = {
  name: 'stripe',
  version: '1',
  description: TEMPLATE.description,
  transactionsPerSecondPerNode: 6,
  template: TEMPLATE,
};

const SPELLINGS: Readonly<Record<string, string>> = { apikey: 'secretversion' };

/**
 * Reads a configuration. Keys are those of the manifest or of `StripeConfig`, in any case; keys of others are left alone.
 * @throws INVALID_ARGUMENT with every fault.
 */
export function parseConfig(input: unknown): StripeConfig {
  const faults: FieldViolation[] = [];
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries(typeof input === 'object' && input !== null ? input : {})) {
    const folded = fold(key);
    if (value !== undefined && value !== null && value !== '') given.set(SPELLINGS[folded] ?? folded, value);
  }
  const text = (key: string): string | undefined => {
    const value = given.get(fold(key));
    if (value === undefined || typeof value === 'string' || typeof value === 'number') return value === undefined ? undefined : String(value);
    faults.push({ field: key, description: 'must be text' });
    return undefined;
  };
  const accountId = text('account_id');
  if (accountId !== undefined) {
    const wrong = faultOfAccount(accountId);
    if (wrong !== undefined) faults.push({ field: 'account_id', description: wrong });
  }
  const apiVersion = text('api_version') ?? tables().apiVersion;
  if (!/^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?$/.test(apiVersion)) faults.push({ field: 'api_version', description: 'must be a version of the Stripe API, such as 2026-10-28.endive' });
  const verbosity = Number(text('verbosity') ?? '1');
  if (![1, 2, 3, 4, 5].includes(verbosity)) faults.push({ field: 'verbosity', description: 'must be 1 to 5' });
  const secretVersion = text('secretVersion');
  if (secretVersion === undefined) faults.push({ field: 'api_key', description: 'is required: the secret version that holds the API key' });
  const apiBase = base(text('apiBase'), 'apiBase', faults);
  const config: StripeConfig = {
    ...(accountId === undefined ? {} : { accountId }),
    apiVersion, verbosity,
    searchPushdown: flag(given, 'search_pushdown', faults),
    accountOverride: flag(given, 'account_override', faults),
    secretVersion: secretVersion ?? '',
    apiBase: apiBase ?? 'https://api.stripe.com',
    // A stand-in for Stripe answers for all three hosts.
    filesBase: base(text('filesBase'), 'filesBase', faults) ?? apiBase ?? 'https://files.stripe.com',
    meterEventsBase: base(text('meterEventsBase'), 'meterEventsBase', faults) ?? apiBase ?? 'https://meter-events.stripe.com',
  };
  if (faults.length > 0) throw invalidFields(faults);
  return config;
}

export function faultOfAccount(account: string): string | undefined {
  return /^acct_[A-Za-z0-9]+$/.test(account) ? faultOfId(account) : 'must be the id of a Stripe account, acct_…';
}

function flag(given: ReadonlyMap<string, unknown>, key: string, faults: FieldViolation[]): boolean {
  const value = given.get(fold(key)) ?? false;
  const word = typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase() : '';
  if (word !== 'true' && word !== 'false') faults.push({ field: key, description: 'must be true or false' });
  return word === 'true';
}

function base(url: string | undefined, key: string, faults: FieldViolation[]): string | undefined {
  if (url === undefined) return undefined;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isPlain = parsed !== undefined && /^https?:$/.test(parsed.protocol) && parsed.pathname === '/' && parsed.search === '' && parsed.username === '';
  if (!isPlain) faults.push({ field: key, description: 'must be https://host or http://host:port and nothing behind it' });
  return parsed?.origin;
}

/** Whether a key opens test or live data. */
export function keyMode(key: string): 'test' | 'live' {
  return key.includes('_test_') ? 'test' : 'live';
}

/** What is wrong with an API key; never says the key. */
export function faultOfKey(key: string): string | undefined {
  if (key === '') return 'The secret version is empty: store the API key in it.';
  if (key.startsWith('pk_')) return 'The secret holds a publishable key (pk_…): a secret or restricted key (sk_… or rk_…) is needed.';
  if (key.startsWith('whsec_')) return 'The secret holds a webhook signing secret (whsec_…): an API key (sk_… or rk_…) is needed.';
  return /^[\u0021-\u007e]+$/.test(key) ? undefined : 'The secret holds characters that no API key has; store the key alone, without spaces or line breaks.';
}
