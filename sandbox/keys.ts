// Who asks: secret keys open an account's test or live data, publishable ones nothing. It must not know what is asked.
import type { IncomingHttpHeaders } from 'node:http';
import { forbidden, invalidRequest, unauthorized } from './errors.ts';
import { LATEST_VERSION } from './sdk.ts';
import { isVersion } from './versions.ts';

/** The account that every secret key opens, unless `Stripe-Account` names another. */
export const OWN_ACCOUNT = 'acct_1SandboxKonektor00';

/** What a request may see, and in which version. */
export interface Caller {
  /** `account/test` or `account/live`. */
  readonly scope: string;
  /** The same account in the other mode. */
  readonly sibling: string;
  readonly account: string;
  /** The key itself, and as messages show it. */
  readonly key: string;
  readonly shownKey: string;
  readonly livemode: boolean;
  readonly version: string;
  /** Whose parameters are taken besides the newest: the version asked for, or any where none was. */
  readonly oldest: string;
}

const known = new Map<string, Caller>();
const MANY = 1000;

/** Who a request's headers say is asking; throws 401 or 403. */
export function authenticate(headers: IncomingHttpHeaders): Caller {
  const authorization = headers.authorization ?? '';
  const account = one(headers['stripe-account']) ?? one(headers['stripe-context']) ?? '';
  const version = one(headers['stripe-version']) ?? '';
  const name = `${authorization}\n${account}\n${version}`;
  const caller = known.get(name);
  if (caller !== undefined) return caller;
  const made = read(keyIn(authorization), account, version);
  if (known.size >= MANY) known.clear();
  known.set(name, made);
  return made;
}

function one(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  return value === '' ? undefined : value;
}

function keyIn(authorization: string): string {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString().split(':')[0] ?? '';
  return '';
}

function read(key: string, account: string, version: string): Caller {
  if (key === '') {
    throw unauthorized("You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.");
  }
  if (key.startsWith('pk_')) {
    throw unauthorized('This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.', 'secret_key_required');
  }
  const mode = /^(?:sk|rk)_(test|live)_\w+$/.exec(key)?.[1];
  if (mode === undefined) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  if (version !== '' && !isVersion(version)) throw invalidRequest(`Invalid Stripe API version: ${version}`);
  if (account !== '' && !/^acct_\w+$/.test(account)) {
    throw noAccess(masked(key), account);
  }
  const id = account === '' ? OWN_ACCOUNT : account;
  const livemode = mode === 'live';
  return { scope: `${id}/${mode}`, sibling: `${id}/${livemode ? 'test' : 'live'}`, account: id, key, shownKey: masked(key), livemode, version: version === '' ? LATEST_VERSION : version, oldest: version };
}

/** Stripe's refusal of an account that is not there, or not connected. */
export function noAccess(shownKey: string, account: string): Error {
  return forbidden(`The provided key '${shownKey}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`, 'account_invalid');
}

/** A key with its middle hidden. */
function masked(key: string): string {
  return key.length < 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(Math.min(20, key.length - 12))}${key.slice(-4)}`;
}
