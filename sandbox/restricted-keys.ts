// Keys that may do less than everything: what each may read and write, as it was declared, and Stripe's words where it may not.
// It must not know what requests do beyond their method and collection.
import { readFileSync } from 'node:fs';
import type { StripeError } from './errors.ts';
import { forbidden } from './errors.ts';
import type { Endpoint } from './sdk.ts';
import { COLLECTIONS } from './sdk.ts';

/** What a key may do with something. */
export type Level = 'none' | 'read' | 'write';

/** By key, by resource (`customers`, `checkout_sessions`, `*` for all others): what it may do. */
export type RestrictedKeys = Readonly<Record<string, Readonly<Record<string, Level>>>>;

const RANK: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

/** Permissions that Stripe calls otherwise than the object. */
const CALLED: Readonly<Record<string, string>> = { account: 'accounts_kyc_basic', webhook_endpoint: 'webhook', invoiceitem: 'invoice' };

/** What an endpoint is about: the first part of its path that holds rows, as one word. */
export function resourceOf(endpoint: Pick<Endpoint, 'path' | 'collection'>): string {
  const steps = endpoint.path.replace('/test_helpers/', '/').split('/').slice(2);
  const end = steps.indexOf('{}');
  if (end >= 0) return steps.slice(0, end).join('_');
  // A verb on no row (`search`, `preview`) is about what stands before it.
  const lengths = steps.map((_, at) => steps.length - at);
  const found = lengths.find((length) => COLLECTIONS.has(`/${endpoint.path.split('/')[1] ?? 'v1'}/${steps.slice(0, length).join('/')}`));
  return steps.slice(0, found ?? 1).join('_');
}

let known: ReadonlyMap<string, string> | undefined;

/** By the word of a path, the object that permissions are named after. Most sandboxes have no restricted key, and never ask. */
function resources(): ReadonlyMap<string, string> {
  known ??= new Map([...COLLECTIONS.values()].map((one) => {
    const name = resourceOf(one.operations.values().next().value ?? { path: one.path, collection: one.path });
    const home = [...COLLECTIONS.values()].find((other) => other.parents === 0 && resourceOf({ path: other.path, collection: other.path }) === name) ?? one;
    return [name, home.object.replaceAll('.', '_')] as const;
  }));
  return known;
}

/** Reads the declaration: JSON by key; throws on what it cannot mean. */
export function readRestrictedKeys(json: string): RestrictedKeys {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('Restricted keys must be declared as a JSON object: {"rk_test_…": {"customers": "read", …}}.');
  for (const [key, permissions] of Object.entries(parsed)) checkDeclared(key, permissions);
  return parsed as RestrictedKeys;
}

function checkDeclared(key: string, permissions: unknown): void {
  if (!/^rk_(test|live)_\w+$/.test(key)) throw new Error('A restricted key begins with rk_test_ or rk_live_.');
  if (typeof permissions !== 'object' || permissions === null) throw new Error(`The permissions of ${key.slice(0, 12)}… must be an object.`);
  for (const [resource, level] of Object.entries(permissions as Readonly<Record<string, unknown>>)) {
    if (resource !== '*' && !resources().has(resource)) throw new Error(`There is no resource called '${resource}' to permit: name it as in its path, with _ for /, as in customers or checkout_sessions.`);
    if (typeof level !== 'string' || !Object.hasOwn(RANK, level)) throw new Error(`The permission for '${resource}' must be none, read or write.`);
  }
}

/** The declaration in a file, or in the environment where no file is named; none where neither is. */
export function declaredKeys(file: string | undefined, variable: string | undefined): RestrictedKeys {
  const json = file === undefined ? variable : textOf(file);
  return json === undefined || json.trim() === '' ? {} : readRestrictedKeys(json);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Error(isMissing ? `There is no file ${file} of restricted keys.` : `The restricted keys in ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Why a key may not use an endpoint, in Stripe's words; undefined where it may. Keys that were not declared may do everything. */
export function refusalOf(keys: RestrictedKeys, key: string, shown: string, account: string, endpoint: Endpoint): StripeError | undefined {
  const permissions = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (permissions === undefined) return undefined;
  const resource = resourceOf(endpoint);
  const wanted: Level = endpoint.method === 'GET' ? 'read' : 'write';
  const given = permissions[resource] ?? permissions['*'] ?? 'none';
  if (RANK[given] >= RANK[wanted]) return undefined;
  const object = resources().get(resource) ?? resource;
  const name = `rak_${CALLED[object] ?? object}_${wanted}`;
  return forbidden(`The provided key '${shown}' does not have the required permissions for this endpoint on account '${account}'. Having the '${name}' permission would allow this request to continue.`);
}
