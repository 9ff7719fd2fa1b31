// The pages where a customer acts, and the same acts as calls for tests: authentication at the bank, the checkout session, the payment
// link, money that is under way. Under /_sandbox, without a key. A page has no script, and says only what its rows say.
import { createHash } from 'node:crypto';
import type { Handler } from './call.ts';
import { decodeForm, decodeJson } from './decode.ts';
import { act } from './dispatch.ts';
import type { Asked, Reply, World } from './dispatch.ts';
import { StripeError, invalidRequest, missing } from './errors.ts';
import type { JsonObject } from './json.ts';
import { number, object, text } from './json.ts';
import { authenticate, intentHome, settleNow } from './lives/authentication.ts';
import type { Proof } from './lives/authentication.ts';
import { SESSIONS, expireVerb } from './lives/checkout.ts';
import { sessionOfLink } from './lives/link-sessions.ts';
import { INTENTS } from './lives/payment-intents.ts';
import { confirmPage } from './lives/payment-pages.ts';
import type { Scope } from './store.ts';

const LINKS = '/v1/payment_links';
const STYLE = 'body{font:18px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}h1{font-size:1.5rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem 0;border-bottom:1px solid #ccc}td:last-child,th:last-child{text-align:right}button,select{font:inherit;padding:.5rem 1rem;margin:.5rem .5rem 0 0}label{display:block;margin-top:1rem}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (raw: string): string => raw.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

/** The scope that has a row; undefined if none has. */
function holderOf(world: World, collection: string, id: string): Scope | undefined {
  return [...world.store.scopes.values()].find((scope) => scope.collections.get(collection)?.byKey.has(id) === true);
}

function found(world: World, collection: string, id: string, kind: string): readonly [Scope, JsonObject] {
  const scope = holderOf(world, collection, id);
  const row = scope?.collections.get(collection)?.byKey.get(id)?.row;
  if (scope === undefined || row === undefined) throw missing(kind, id, 'id', 404);
  return [scope, row];
}

/** An address that a browser may be sent to; undefined for what would run instead of being shown. */
function safeAddress(raw: string | undefined): URL | undefined {
  const url = raw === undefined ? undefined : URL.parse(raw);
  return url === null || url === undefined || /^(javascript|data|vbscript|blob|file|about):$/i.test(url.protocol) ? undefined : url;
}

function originOf(raw: string | undefined): string {
  const url = safeAddress(raw);
  if (url === undefined) return '';
  return url.origin === 'null' ? url.protocol : url.origin;
}

/** A page. Its forms may lead to this server and on to the address that its row names, and nowhere else. */
function page(title: string, body: string, leadsTo: readonly (string | undefined)[] = [], status = 200): Reply {
  const targets = ["'self'", ...leadsTo.map(originOf).filter((one) => one !== '')].join(' ');
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
  return { status, headers: ['content-type', 'text/html; charset=utf-8', 'content-security-policy', policy, 'x-content-type-options', 'nosniff', 'referrer-policy', 'no-referrer', 'cache-control', 'no-store'], body: html };
}

/** Sends the browser on, or says that it is done where there is nowhere to go. */
function onward(to: string | undefined, said: string): Reply {
  const url = safeAddress(to);
  if (url === undefined) return page('Done', `<p>${escape(said)}</p>`);
  return { status: 303, headers: ['location', url.href, 'cache-control', 'no-store'], body: '' };
}

const json = (row: JsonObject): Reply => ({ status: 200, headers: [], body: JSON.stringify(row) });

function money(row: JsonObject, field: string): string {
  return `${number(row, field) ?? 0} ${(text(row, 'currency') ?? '').toUpperCase()} (minor units)`;
}

/** The row as an API answer shows it, after something was done to it. */
function done(world: World, scope: Scope, collection: string, id: string, params: JsonObject, handler: Handler): JsonObject {
  const { status, body } = act(world, scope, collection, [id], params, handler);
  const row: unknown = JSON.parse(body.toString());
  if (status !== 200) throw new StripeError(status, object(row as JsonObject, 'error') ?? {});
  return row as JsonObject;
}

function outcomeIn(wanted: JsonObject): Proof {
  const outcome = text(wanted, 'outcome') ?? 'succeeded';
  if (outcome === 'succeed' || outcome === 'succeeded') return 'succeeded';
  if (outcome === 'fail' || outcome === 'failed') return 'failed';
  throw invalidRequest('`outcome` must be succeeded or failed.', 'outcome');
}

function proven(world: World, id: string, proof: Proof): JsonObject {
  const [scope] = found(world, intentHome(id), id, 'payment_intent');
  return done(world, scope, intentHome(id), id, {}, (call) => authenticate(call, id, proof));
}

function authenticationPage(world: World, id: string): Reply {
  const [, row] = found(world, intentHome(id), id, 'payment_intent');
  if (row['status'] !== 'requires_action') return page('Nothing to authenticate', `<p>This intent has a status of ${escape(text(row, 'status') ?? '')}.</p>`);
  const what = row['amount'] === undefined ? 'A payment method is being set up.' : `A payment of ${money(row, 'amount')} is being made.`;
  return page('3-D Secure test page', `<p>${escape(what)} Is it you?</p><form method="post"><button name="outcome" value="succeeded">Complete authentication</button><button name="outcome" value="failed">Fail authentication</button></form>`, [text(row, '_return_url')]);
}

/** Ends the authentication and sends the browser back, with the parameters that Stripe adds. */
function authenticated(world: World, id: string, form: JsonObject): Reply {
  const proof = outcomeIn(form);
  const [, before] = found(world, intentHome(id), id, 'payment_intent');
  const back = safeAddress(text(before, '_return_url'));
  const row = proven(world, id, proof);
  if (back === undefined) return onward(undefined, `The authentication ${proof}.`);
  const kind = id.startsWith('seti_') ? 'setup_intent' : 'payment_intent';
  back.searchParams.set(kind, id);
  back.searchParams.set(`${kind}_client_secret`, text(row, 'client_secret') ?? '');
  back.searchParams.set('redirect_status', ['succeeded', 'requires_capture', 'processing', 'requires_confirmation'].includes(text(row, 'status') ?? '') ? 'succeeded' : 'failed');
  return onward(back.href, '');
}

const CARDS: readonly (readonly [string, string])[] = [
  ['pm_card_visa', 'A card that works'], ['pm_card_chargeDeclined', 'A card that is declined'], ['pm_card_chargeDeclinedInsufficientFunds', 'A card without funds'],
];

function checkoutPage(world: World, id: string, note = ''): Reply {
  const [scope, row] = found(world, SESSIONS, id, 'checkout.session');
  if (row['status'] !== 'open') return page('Checkout', `<p>This session is ${escape(text(row, 'status') ?? '')}.</p>`);
  const lines = (scope.collections.get(`${SESSIONS}/{}/line_items`)?.children.get(id) ?? []).map((entry) => entry.row);
  const table = lines.map((line) => `<tr><td>${escape(text(line, 'description') ?? '')} × ${number(line, 'quantity') ?? 1}</td><td>${escape(money(line, 'amount_total'))}</td></tr>`).join('');
  const cards = CARDS.map(([value, label]) => `<option value="${value}">${label}</option>`).join('');
  const body = `${note === '' ? '' : `<p role="alert">${escape(note)}</p>`}<table><tr><th scope="col">Item</th><th scope="col">Amount</th></tr>${table}<tr><th scope="row">Total</th><td>${escape(money(row, 'amount_total'))}</td></tr></table>
<form method="post"><label>Pay with <select name="payment_method">${cards}</select></label><button name="act" value="complete">Pay</button><button name="act" value="cancel">Go back</button><button name="act" value="expire">Let it expire</button></form>`;
  return page('Checkout test page', body, [text(row, 'success_url'), text(row, 'cancel_url'), text(row, 'return_url')], note === '' ? 200 : 402);
}

function completed(world: World, id: string, params: JsonObject): JsonObject {
  const [scope] = found(world, SESSIONS, id, 'checkout.session');
  return done(world, scope, SESSIONS, id, { payment_method: text(params, 'payment_method') ?? 'pm_card_visa' }, confirmPage);
}

function checkedOut(world: World, id: string, form: JsonObject): Reply {
  const [scope, before] = found(world, SESSIONS, id, 'checkout.session');
  const filled = (name: string): string | undefined => text(before, name)?.replaceAll('{CHECKOUT_SESSION_ID}', id);
  if (form['act'] === 'cancel') return onward(filled('cancel_url'), 'You went back. The session is still open.');
  if (form['act'] === 'expire') {
    done(world, scope, SESSIONS, id, {}, expireVerb);
    return checkoutPage(world, id);
  }
  try {
    completed(world, id, form);
  } catch (error) {
    if (error instanceof StripeError && error.status === 402) return checkoutPage(world, id, error.message);
    throw error;
  }
  return onward(filled('success_url') ?? filled('return_url'), 'The session is complete.');
}

function linkPage(world: World, id: string): Reply {
  const [, row] = found(world, LINKS, id, 'payment_link');
  if (row['active'] !== true) return page('This link is no longer active', '<p>Whoever gave it to you can tell you more.</p>');
  return page('Payment link', '<p>Go on to pay what this link is for.</p><form method="post"><button>Continue</button></form>');
}

function begun(world: World, id: string): JsonObject {
  const [scope] = found(world, LINKS, id, 'payment_link');
  return done(world, scope, LINKS, id, {}, sessionOfLink);
}

interface Way {
  readonly pattern: RegExp;
  readonly method: string;
  readonly go: (world: World, id: string, asked: Asked) => Reply;
}

const form = (asked: Asked): JsonObject => decodeForm(asked.body?.toString() ?? '');
const given = (asked: Asked): JsonObject => decodeJson(asked.body === undefined || asked.body.length === 0 ? '{}' : asked.body.toString());

const WAYS: readonly Way[] = [
  { method: 'GET', pattern: /^\/_sandbox\/authenticate\/(\w+)$/, go: (world, id) => authenticationPage(world, id) },
  { method: 'POST', pattern: /^\/_sandbox\/authenticate\/(\w+)$/, go: (world, id, asked) => authenticated(world, id, form(asked)) },
  { method: 'POST', pattern: /^\/_sandbox\/(?:payment_intents|setup_intents)\/(\w+)\/authenticate$/, go: (world, id, asked) => json(proven(world, id, outcomeIn(given(asked)))) },
  {
    method: 'POST', pattern: /^\/_sandbox\/payment_intents\/(\w+)\/settle$/,
    go: (world, id, asked) => {
      const [scope] = found(world, INTENTS, id, 'payment_intent');
      const wanted = given(asked);
      return json(done(world, scope, INTENTS, id, {}, (call) => settleNow(call, id, wanted['outcome'] === undefined ? undefined : outcomeIn(wanted))));
    },
  },
  { method: 'GET', pattern: /^\/_sandbox\/checkout\/(\w+)$/, go: (world, id) => checkoutPage(world, id) },
  { method: 'POST', pattern: /^\/_sandbox\/checkout\/(\w+)$/, go: (world, id, asked) => checkedOut(world, id, form(asked)) },
  { method: 'POST', pattern: /^\/_sandbox\/checkout\/sessions\/(\w+)\/complete$/, go: (world, id, asked) => json(completed(world, id, given(asked))) },
  { method: 'GET', pattern: /^\/_sandbox\/links\/(\w+)$/, go: (world, id) => linkPage(world, id) },
  { method: 'POST', pattern: /^\/_sandbox\/links\/(\w+)$/, go: (world, id) => onward(`${world.site?.() ?? ''}/_sandbox/checkout/${text(begun(world, id), 'id') ?? ''}`, '') },
  { method: 'POST', pattern: /^\/_sandbox\/payment_links\/(\w+)\/session$/, go: (world, id) => json(begun(world, id)) },
];

/** Answers a request for a page or an act of a customer; undefined if it is none. */
export function pageFor(world: World, asked: Asked, path: string): Reply | undefined {
  const way = WAYS.find((one) => one.method === asked.method && one.pattern.test(path));
  const id = way?.pattern.exec(path)?.[1];
  return way === undefined || id === undefined ? undefined : way.go(world, id, asked);
}
