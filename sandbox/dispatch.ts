// The way of a request: who asks, which endpoint, are the parameters right, was it asked before, do it, keep it, answer.
// It must not know sockets, nor what any resource does.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, Call, Handler } from './call.ts';
import { emitChanges } from './call.ts';
import { billingOf, rulingClock, searchDelayOf } from './clock.ts';
import { apply, applyOthers, record } from './commit.ts';
import { decodeForm, decodeJson, decodeMultipart } from './decode.ts';
import { settle } from './due-work.ts';
import { effectOf, doneBy, remember } from './effects.ts';
import { StripeError, idempotencyElsewhere, idempotencyInUse, idempotencyMismatch, invalidRequest, unknownFailure, unknownUrl } from './errors.ts';
import { expand } from './expand.ts';
import { randomLetters } from './identifiers.ts';
import type { JsonObject } from './json.ts';
import { number, text, texts } from './json.ts';
import type { Caller } from './keys.ts';
import { OWN_ACCOUNT, authenticate, noAccess } from './keys.ts';
import { HANDLERS, ROUTES } from './lives/index.ts';
import type { Log } from './log.ts';
import { takeOldParameters } from './old-parameters.ts';
import { materialise, renderText } from './render.ts';
import type { Asking } from './rate-limits.ts';
import { refusalOf } from './restricted-keys.ts';
import type { RestrictedKeys } from './restricted-keys.ts';
import { compileRoutes } from './routes.ts';
import type { Match } from './routes.ts';
import type { Endpoint } from './sdk.ts';
import { LATEST_VERSION } from './sdk.ts';
import type { Operation, Scope, Store } from './store.ts';
import { Transaction } from './transaction.ts';
import { validate } from './validate.ts';
import { isLegacy } from './versions.ts';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | undefined;
}

/** What goes back. */
export interface Reply {
  readonly status: number;
  readonly headers: string[];
  readonly body: string | Buffer;
}

/** What the way needs: the state, where it is kept, and the time. */
export interface World {
  readonly store: Store;
  readonly log: Log | undefined;
  /** Milliseconds since 1970, by the sandbox's own clock. */
  readonly now: () => number;
  /** What restricted keys may do; those not declared may do everything. */
  readonly restrictedKeys?: RestrictedKeys;
  /** `Stripe-Account` may only name accounts that were made. */
  readonly knownAccountsOnly?: boolean;
  /** Where the sandbox's own pages are. */
  readonly site?: () => string;
  /** Called after every change: what works in the background may have something to do. */
  readonly wake?: () => void;
  /** Webhooks are delivered to other machines too, not only to this one. */
  readonly deliverAnywhere?: boolean;
}

const findRoute = compileRoutes(ROUTES);

/** A failure on purpose that is kept under the idempotency key, as Stripe keeps its own: before the effect, or after it. */
export type Failing = 'before' | 'after';

/** The state of one request before its handler runs. */
interface Prepared {
  readonly caller: Caller;
  readonly match: Match;
  readonly path: string;
  readonly requestId: string;
  readonly key: string | undefined;
  readonly fingerprint: string;
  readonly params: JsonObject;
  readonly failing?: Failing | undefined;
}

/** Answers one request; never throws. */
export function dispatch(world: World, asked: Asked, failing?: Failing): Reply {
  const requestId = `req_${randomLetters(14)}`;
  let version = LATEST_VERSION;
  try {
    const caller = authenticate(asked.headers);
    version = caller.version;
    const prepared: Prepared = { ...prepare(asked, caller, requestId), failing };
    checkAccess(world, prepared);
    return withHeaders(prepared.key === undefined ? run(world, asked, prepared) : once(world, asked, prepared), requestId, caller, prepared.key);
  } catch (error) {
    return withHeaders(failure(error, requestId, true), requestId, { version, account: OWN_ACCOUNT }, undefined);
  }
}

function isKnown(world: World, account: string, mode: string): boolean {
  return ['/v1/accounts', '/v2/core/accounts'].some((home) => world.store.scopes.get(`${OWN_ACCOUNT}/${mode}`)?.collections.get(home)?.byKey.has(account) === true);
}

/** The scope of an account to which money is moved; one that was not made is refused where only made ones count. */
function reach(world: World): (name: string) => Scope {
  return (name) => {
    const [account = '', mode = 'test'] = name.split('/');
    if (world.knownAccountsOnly === true && account !== OWN_ACCOUNT && !isKnown(world, account, mode)) throw invalidRequest(`No such destination: '${account}'`, 'destination', 'resource_missing');
    return world.store.scope(name);
  };
}

/** Refuses a key that may not do this, and an account that is not there. */
function checkAccess(world: World, { caller, match }: Prepared): void {
  const refused = world.restrictedKeys === undefined ? undefined : refusalOf(world.restrictedKeys, caller.key, caller.shownKey, caller.account, match.endpoint);
  if (refused !== undefined) throw refused;
  if (world.knownAccountsOnly !== true || caller.account === OWN_ACCOUNT) return;
  if (!isKnown(world, caller.account, caller.livemode ? 'live' : 'test')) throw noAccess(caller.shownKey, caller.account);
}

/** Which account and endpoint a request is for, and which objects it writes to; undefined where that cannot be told. */
export function askingOf(asked: Asked): Asking | undefined {
  try {
    const { caller, match, params } = prepare(asked, authenticate(asked.headers), '');
    const { endpoint, ids } = match;
    const named = ['customer', 'invoice', 'payment_intent', 'subscription'].map((name) => text(params, name)).filter((id) => id !== undefined);
    return { account: caller.account, livemode: caller.livemode, endpoint: `${endpoint.method} ${endpoint.path}`, writes: endpoint.method === 'GET' ? [] : [...new Set([...ids, ...named])] };
  } catch {
    return undefined;
  }
}

function prepare(asked: Asked, caller: Caller, requestId: string): Prepared {
  const question = asked.url.indexOf('?');
  const path = question < 0 ? asked.url : asked.url.slice(0, question);
  const match = findRoute(asked.method, path);
  if (match === undefined) throw unknownUrl(asked.method, path);
  const key = keyOf(asked, path);
  const params = paramsOf(asked, path);
  const fingerprint = key === undefined ? '' : createHash('sha1').update(JSON.stringify(params)).digest('base64');
  return { caller, match, path, requestId, key, fingerprint, params };
}

/** The idempotency key, where it counts: POST, and DELETE in v2. */
export function keyOf(asked: Pick<Asked, 'method' | 'headers'>, path: string): string | undefined {
  const header = asked.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (key === undefined || key === '') return undefined;
  if (key.length > 255) throw invalidRequest('Idempotency keys can be at most 255 characters long.');
  return asked.method === 'POST' || (asked.method === 'DELETE' && path.startsWith('/v2/')) ? key : undefined;
}

const KEY_LIFETIME = 24 * 3600 * 1000;

/** Answers from what was kept under the key, or runs and keeps the answer. */
function once(world: World, asked: Asked, prepared: Prepared): Reply {
  const scope = world.store.scope(prepared.caller.scope);
  const key = prepared.key ?? '';
  if (scope.inUse.has(key)) throw idempotencyInUse(key);
  const kept = scope.keys.get(key);
  if (kept === undefined || world.now() - kept.at > KEY_LIFETIME) return run(world, asked, prepared);
  const endpoint = `${asked.method} ${prepared.path}`;
  if (kept.endpoint !== undefined && kept.endpoint !== endpoint) throw idempotencyElsewhere(key, kept.endpoint.slice(kept.endpoint.indexOf(' ') + 1));
  if (kept.fingerprint !== prepared.fingerprint) throw idempotencyMismatch(key);
  return { status: kept.status, headers: ['idempotent-replayed', 'true', ...(kept.requestId === undefined ? [] : ['original-request', kept.requestId])], body: kept.body };
}

function run(world: World, asked: Asked, prepared: Prepared): Reply {
  const { caller, match } = prepared;
  const { endpoint } = match;
  const scope = world.store.scope(caller.scope);
  settle(world, scope);
  const transaction = new Transaction(scope, world.store.scopes.get(caller.sibling), reach(world));
  const [given, oldParams] = takeOldParameters(caller.oldest, endpoint.collection, prepared.params, (collection, id) => transaction.find(collection, id));
  const wire = asked.method === 'POST' && endpoint.path.startsWith('/v2/') ? 'json' : 'form';
  const told = Math.floor(world.now() / 1000);
  const clock = rulingClock(transaction, endpoint.path, match.ids, given);
  if (clock !== undefined && asked.method !== 'GET' && clock['status'] === 'advancing') throw invalidRequest('Test clock advancement underway - cannot perform modifications');
  const call: Call = {
    endpoint, transaction, ids: match.ids, params: validate(endpoint.params, given, wire), oldParams, path: prepared.path,
    version: caller.version, legacy: isLegacy(caller.version), oldest: caller.oldest, livemode: caller.livemode, account: caller.account, site: world.site?.() ?? '',
    now: number(clock, 'frozen_time') ?? told, clock: text(clock, 'id') ?? '', told, billing: billingOf(world.store), searchDelay: searchDelayOf(world.store),
    requestId: prepared.requestId, idempotencyKey: prepared.key ?? null,
  };
  const handler = HANDLERS.get(`${endpoint.method} ${endpoint.path}`);
  if (handler === undefined) throw unknownUrl(asked.method, prepared.path);
  return perform(world, call, handler, prepared);
}

/** Runs the handler and keeps what it did; an error that came after the beginning is kept too. */
function perform(world: World, call: Call, handler: Handler, prepared: Pick<Prepared, 'path' | 'requestId' | 'key' | 'fingerprint' | 'failing'>): Reply {
  const { transaction } = call;
  let reply: Reply | undefined;
  let answer: Answer | undefined;
  try {
    if (prepared.failing === 'before') throw unknownFailure();
    answer = handler(call);
    if (prepared.failing === 'after') reply = failure(unknownFailure(), prepared.requestId, !call.livemode);
  } catch (error) {
    if (!(error instanceof StripeError) || !error.kept) throw error;
    reply = failure(error, prepared.requestId, !call.livemode);
  }
  emitChanges(call);
  const done = doneBy(transaction);
  const others = applyOthers(world, transaction);
  const operations: Operation[] = apply(world, transaction);
  reply ??= answer === undefined ? failure(new Error('no answer'), prepared.requestId, true) : render(call, answer);
  if (prepared.key !== undefined) {
    const kept: Operation = ['key', prepared.key, { fingerprint: prepared.fingerprint, endpoint: `${call.endpoint.method} ${prepared.path}`, requestId: prepared.requestId, status: reply.status, body: reply.body.toString(), at: world.now() }];
    world.store.apply(transaction.scope, kept);
    operations.push(kept);
  }
  const effect = operations.length === 0 ? undefined : effectOf(call, call.endpoint.method, done, operations, reply.status, world.now());
  if (effect !== undefined) {
    world.store.apply(transaction.scope, effect);
    remember(transaction.scope, effect);
    operations.push(effect);
  }
  record(world, transaction, operations, others);
  return reply;
}

/** Does to a row of a scope what no request of the API asked for: what a customer did on a page. */
export function act(world: World, scope: Scope, collection: string, ids: readonly string[], params: JsonObject, handler: Handler): Reply {
  settle(world, scope);
  const transaction = new Transaction(scope, world.store.scopes.get(`${scope.account}/${scope.livemode ? 'test' : 'live'}`), reach(world));
  const told = Math.floor(world.now() / 1000);
  const endpoint: Endpoint = { method: 'POST', path: `${collection}/{}`, kind: 'verb', collection, objects: [], params: new Map(), stub: false, row: false, bytes: false };
  const clock = rulingClock(transaction, endpoint.path, ids, params);
  const requestId = `req_${randomLetters(14)}`;
  const path = `${collection}/${ids.join('/')}`;
  const call: Call = {
    endpoint, transaction, ids, params, oldParams: {}, path, version: LATEST_VERSION, legacy: false, oldest: LATEST_VERSION, livemode: scope.livemode, account: scope.account, site: world.site?.() ?? '',
    now: number(clock, 'frozen_time') ?? told, clock: text(clock, 'id') ?? '', told, billing: billingOf(world.store), searchDelay: searchDelayOf(world.store), requestId, idempotencyKey: null,
  };
  try {
    return perform(world, call, handler, { path, requestId, key: undefined, fingerprint: '', failing: undefined });
  } catch (error) {
    return failure(error, requestId, !scope.livemode);
  }
}

function paramsOf(asked: Asked, path: string): JsonObject {
  const question = asked.url.indexOf('?');
  const query = question < 0 ? {} : decodeForm(asked.url.slice(question + 1));
  if (asked.body === undefined || asked.body.length === 0) return query;
  const type = asked.headers['content-type'] ?? '';
  const body = bodyOf(asked.body, type, path.startsWith('/v2/'));
  return question < 0 ? body : { ...query, ...body };
}

/** v1 takes forms, v2 takes JSON, and neither takes the other's. */
function bodyOf(body: Buffer, type: string, v2: boolean): JsonObject {
  const json = type.startsWith('application/json');
  if (json !== v2) throw invalidRequest(`The content type '${type}' is not what this endpoint takes: send ${v2 ? 'application/json' : 'application/x-www-form-urlencoded'}.`);
  if (json) return decodeJson(body.toString());
  return type.startsWith('multipart/') ? decodeMultipart(body, type) : decodeForm(body.toString());
}

function render(call: Call, answer: Answer): Reply {
  switch (answer.kind) {
    case 'text': return { status: 200, headers: [], body: answer.text };
    case 'bytes': return { status: 200, headers: ['content-type', answer.type], body: answer.bytes };
    case 'row': return { status: 200, headers: [], body: JSON.stringify(expanded(call, answer.row)) };
    case 'place': {
      const { scope } = call.transaction;
      const entry = scope.collections.get(answer.collection)?.byKey.get(answer.key);
      if (entry === undefined) throw new Error(`Nothing lies at ${answer.collection} ${answer.key}`);
      const paths = texts(call.params, 'expand');
      if (paths.length === 0) return { status: 200, headers: [], body: renderText(scope, entry, call.legacy) };
      return { status: 200, headers: [], body: JSON.stringify(expand(call, materialise(scope, entry, call.legacy), paths)) };
    }
  }
}

function expanded(call: Call, row: JsonObject): JsonObject {
  const paths = texts(call.params, 'expand');
  return paths.length === 0 ? row : expand(call, row, paths);
}

function failure(error: unknown, requestId: string, test: boolean): Reply {
  if (!(error instanceof StripeError)) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  const known = error instanceof StripeError ? error : new StripeError(500, { message: 'The sandbox has a fault; see its standard error.', type: 'api_error' });
  const url = `https://dashboard.stripe.com/${test ? 'test/' : ''}logs/${requestId}`;
  const { type, ...rest } = known.body;
  return { status: known.status, headers: Object.entries(known.headers).flat(), body: JSON.stringify({ error: { ...rest, request_log_url: url, type: type ?? 'api_error' } }) };
}

function withHeaders(reply: Reply, requestId: string, caller: Pick<Caller, 'version' | 'account'>, key: string | undefined): Reply {
  reply.headers.push('request-id', requestId, 'stripe-version', caller.version);
  if (key !== undefined) reply.headers.push('idempotency-key', key);
  if (caller.account !== OWN_ACCOUNT) reply.headers.push('stripe-account', caller.account);
  return reply;
}
