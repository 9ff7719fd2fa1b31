// Cards that the account issues: authorizations asked for by merchants (the test helpers play them), what becomes of them, transactions,
// and the way of a card through the post.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text } from '../json.ts';
import type { Endpoint, Shape } from '../sdk.ts';
import { insertTransaction } from './balance-transactions.ts';
import { editIn, mustBe } from './statuses.ts';

const AUTHORIZATIONS = '/v1/issuing/authorizations';
const TRANSACTIONS = '/v1/issuing/transactions';
const CARDS = '/v1/issuing/cards';
const HELPED = '/v1/test_helpers/issuing/authorizations/{}';

function merchant(call: Call): JsonObject {
  const given = object(call.params, 'merchant_data') ?? {};
  return {
    category: 'ac_refrigeration_repair', category_code: '7623', city: null, country: 'US', name: 'WWWW.BROWSEBUG.BIZ', network_id: '1234567890', postal_code: null, state: null,
    tax_id: null, terminal_id: null, url: null, ...given,
  };
}

const currencyOf = (call: Call, card: JsonObject): string => text(call.params, 'currency') ?? text(card, 'currency') ?? 'usd';

/** Why a card may not be used now. */
function refusal(call: Call, card: JsonObject): string | undefined {
  if (card['status'] === 'inactive') return 'card_inactive';
  if (card['status'] === 'canceled') return 'card_canceled';
  const holder = call.transaction.find('/v1/issuing/cardholders', text(object(card, 'cardholder'), 'id') ?? '');
  return holder?.['status'] === 'inactive' ? 'cardholder_inactive' : holder?.['status'] === 'blocked' ? 'cardholder_blocked' : undefined;
}

function history(call: Call, row: JsonObject, amount: number, approved: boolean, reason: string): void {
  const entry: JsonObject = {
    amount, amount_details: clone(row['amount_details'] ?? null), approved, authorization_code: approved ? '123456' : null, created: call.now, currency: row['currency'] ?? 'usd', merchant_amount: amount,
    merchant_currency: row['merchant_currency'] ?? 'usd', network_risk_score: null, reason, reason_message: null, requested_at: call.now,
  };
  row['request_history'] = [...objects(row, 'request_history'), entry];
}

/** The money that an authorization holds of the issuing balance. */
function hold(call: Call, row: JsonObject, amount: number, type: 'issuing_authorization_hold' | 'issuing_authorization_release'): void {
  const transaction = insertTransaction(call, { amount, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type, description: null });
  transaction['balance_type'] = 'issuing';
  row['balance_transactions'] = [...objects(row, 'balance_transactions'), withoutHidden(transaction)];
}

/** `POST /v1/test_helpers/issuing/authorizations`: a merchant asks; an inactive card is declined, a controllable amount waits for an answer. */
function ask(call: Call): Answer {
  const card = findNamed(call, CARDS, text(call.params, 'card') ?? '', 'card');
  const given = object(call.params, 'amount_details');
  const { card: _, currency: __, merchant_data: ___, ...params } = call.params;
  const amount = number(call.params, 'amount') ?? 0;
  if (amount < 0) throw invalidRequest('This value must be greater than or equal to 0.', 'amount', 'parameter_invalid_integer');
  const row = makeRow(call, 'issuing.authorization', params);
  const currency = currencyOf(call, card);
  Object.assign(row, {
    amount, amount_details: { atm_fee: null, cashback_amount: null, ...given }, authorization_method: text(call.params, 'authorization_method') ?? 'online', card: clone(withoutHidden(card)),
    cardholder: text(object(card, 'cardholder'), 'id') ?? null, card_presence: 'not_present', currency, merchant_amount: amount, merchant_currency: currency, merchant_data: merchant(call), metadata: {},
    network_data: { acquiring_institution_id: null, system_trace_audit_number: null, transaction_id: null }, transactions: [], balance_transactions: [], request_history: [], verification_data: {
      address_line1_check: 'not_provided', address_postal_code_check: 'not_provided', authentication_exemption: null, cvc_check: 'not_provided', expiry_check: 'match', postal_code: null, three_d_secure: null,
      ...object(call.params, 'verification_data'),
    },
  });
  call.transaction.insert(AUTHORIZATIONS, row);
  decide(call, row, card, amount);
  emit(call, 'issuing_authorization.created', { collection: AUTHORIZATIONS, key: idOf(row) });
  return place(AUTHORIZATIONS, idOf(row));
}

function decide(call: Call, row: JsonObject, card: JsonObject, amount: number): void {
  const refused = refusal(call, card);
  if (refused !== undefined) {
    history(call, row, amount, false, refused);
    Object.assign(row, { amount: 0, approved: false, status: 'closed' });
    return;
  }
  if (flag(call.params, 'is_amount_controllable')) {
    row['pending_request'] = {
      amount, amount_details: clone(row['amount_details'] ?? null), currency: row['currency'] ?? 'usd', is_amount_controllable: true, merchant_amount: amount,
      merchant_currency: row['merchant_currency'] ?? 'usd', network_risk_score: null,
    };
    Object.assign(row, { amount: 0, approved: false, status: 'pending' });
    emit(call, 'issuing_authorization.request', { collection: AUTHORIZATIONS, key: idOf(row) });
    return;
  }
  history(call, row, amount, true, 'card_active');
  Object.assign(row, { approved: true, status: 'pending' });
  hold(call, row, -amount, 'issuing_authorization_hold');
}

/** `approve` and `decline` answer what waits. */
function answerRequest(approved: boolean): Handler {
  return (call) => {
    const row = editIn(call, AUTHORIZATIONS);
    const pending = object(row, 'pending_request');
    if (pending === undefined) throw unexpectedState('This authorization has no pending request: it was already approved or declined, or it was not a real-time authorization.');
    const asked = number(pending, 'amount') ?? 0;
    const amount = approved ? (number(call.params, 'amount') ?? asked) : 0;
    if (amount > asked) throw invalidRequest('The approved amount cannot be greater than the amount that was asked for.', 'amount', 'amount_too_large');
    const metadata = object(call.params, 'metadata');
    if (metadata !== undefined) row['metadata'] = { ...object(row, 'metadata'), ...metadata };
    Object.assign(row, { pending_request: null, approved, amount, status: approved ? 'pending' : 'closed' });
    history(call, row, approved ? amount : asked, approved, approved ? 'webhook_approved' : 'webhook_declined');
    if (approved) hold(call, row, -amount, 'issuing_authorization_hold');
    return told(call, row);
  };
}

function told(call: Call, row: JsonObject): Answer {
  emit(call, 'issuing_authorization.updated', { collection: AUTHORIZATIONS, key: idOf(row) });
  return place(AUTHORIZATIONS, idOf(row));
}

function mustPend(row: JsonObject): void {
  mustBe(row, ['pending']);
  if (row['approved'] !== true) throw unexpectedState('This authorization was not approved.');
}

function insertIssued(call: Call, of: { readonly card: JsonObject; readonly amount: number; readonly type: string; readonly authorization?: JsonObject }): JsonObject {
  const row = makeRow(call, 'issuing.transaction', {});
  const currency = text(of.authorization, 'currency') ?? currencyOf(call, of.card);
  Object.assign(row, {
    amount: of.amount, amount_details: { atm_fee: null, cashback_amount: null }, authorization: of.authorization === undefined ? null : idOf(of.authorization), card: idOf(of.card),
    cardholder: text(object(of.card, 'cardholder'), 'id') ?? null, currency, merchant_amount: of.amount, merchant_currency: currency, metadata: {}, type: of.type,
    merchant_data: clone(object(of.authorization, 'merchant_data') ?? merchant(call)), network_data: { authorization_code: null, processing_date: null, transaction_id: null },
  });
  const transaction = insertTransaction(call, { amount: of.amount, currency, fee: 0, source: idOf(row), type: 'issuing_transaction', description: null });
  transaction['balance_type'] = 'issuing';
  row['balance_transaction'] = idOf(transaction);
  call.transaction.insert(TRANSACTIONS, row);
  emit(call, 'issuing_transaction.created', { collection: TRANSACTIONS, key: idOf(row) });
  return row;
}

function capture(call: Call): Answer {
  const row = editIn(call, AUTHORIZATIONS);
  mustPend(row);
  const whole = number(row, 'amount') ?? 0;
  const amount = number(call.params, 'capture_amount') ?? whole;
  hold(call, row, Math.min(amount, whole), 'issuing_authorization_release');
  const issued = insertIssued(call, { card: object(row, 'card') ?? {}, amount: -amount, type: 'capture', authorization: row });
  row['transactions'] = [...objects(row, 'transactions'), withoutHidden(clone(issued))];
  const closes = call.params['close_authorization'] !== false;
  Object.assign(row, closes ? { amount: 0, status: 'closed' } : { amount: Math.max(0, whole - amount) });
  return told(call, row);
}

function release(status: 'expired' | 'reversed'): Handler {
  return (call) => {
    const row = editIn(call, AUTHORIZATIONS);
    mustPend(row);
    const whole = number(row, 'amount') ?? 0;
    const amount = number(call.params, 'reverse_amount') ?? whole;
    if (amount > whole) throw invalidRequest('The amount to reverse is greater than the amount that is authorized.', 'reverse_amount', 'amount_too_large');
    hold(call, row, amount, 'issuing_authorization_release');
    row['amount'] = whole - amount;
    if (whole === amount) row['status'] = status;
    return told(call, row);
  };
}

function resize(param: 'final_amount' | 'increment_amount'): Handler {
  return (call) => {
    const row = editIn(call, AUTHORIZATIONS);
    mustPend(row);
    const before = number(row, 'amount') ?? 0;
    const given = number(call.params, param) ?? 0;
    const after = param === 'final_amount' ? given : before + given;
    history(call, row, after, true, 'card_active');
    if (after !== before) hold(call, row, before - after, after > before ? 'issuing_authorization_hold' : 'issuing_authorization_release');
    Object.assign(row, { amount: after, merchant_amount: after });
    return told(call, row);
  };
}

function respond(call: Call): Answer {
  const row = editIn(call, AUTHORIZATIONS);
  const waiting = objects(row, 'fraud_challenges').some((one) => one['status'] === 'pending');
  if (!waiting) throw unexpectedState('This authorization has no pending fraud challenge.');
  const confirmed = flag(call.params, 'confirmed');
  row['fraud_challenges'] = objects(row, 'fraud_challenges').map((one) => ({ ...one, status: confirmed ? 'verified' : 'rejected' }));
  row['verified_by_fraud_challenge'] = confirmed;
  return told(call, row);
}

/** Money that moved without an authorization. */
function unasked(type: 'capture' | 'refund'): Handler {
  return (call) => {
    const card = findNamed(call, CARDS, text(call.params, 'card') ?? '', 'card');
    const amount = number(call.params, 'amount') ?? 0;
    const row = insertIssued(call, { card, amount: type === 'capture' ? -amount : amount, type });
    const { merchant_data: merchant, purchase_details: bought } = call.params;
    change(call, row, { ...(merchant === undefined ? {} : { merchant_data: merchant }), ...(bought === undefined ? {} : { purchase_details: bought }) });
    if (objects(object(row, 'purchase_details'), 'receipt').length > 0) emit(call, 'issuing_transaction.purchase_details_receipt_updated', { collection: TRANSACTIONS, key: idOf(row) });
    return place(TRANSACTIONS, idOf(row));
  };
}

function refund(call: Call): Answer {
  const row = editIn(call, TRANSACTIONS);
  if (row['type'] !== 'capture') throw unexpectedState('Only a transaction of type capture can be refunded.');
  const whole = -(number(row, 'amount') ?? 0) - (number(row, '_refunded') ?? 0);
  const amount = number(call.params, 'refund_amount') ?? whole;
  if (amount > whole) throw invalidRequest('The refund amount is greater than what is left of the transaction.', 'refund_amount', 'amount_too_large');
  row['_refunded'] = (number(row, '_refunded') ?? 0) + amount;
  const card = call.transaction.find(CARDS, text(row, 'card') ?? '') ?? {};
  const authorization = call.transaction.edit(AUTHORIZATIONS, text(row, 'authorization') ?? '');
  const made = insertIssued(call, { card, amount, type: 'refund', ...(authorization === undefined ? {} : { authorization }) });
  if (authorization !== undefined) authorization['transactions'] = [...objects(authorization, 'transactions'), withoutHidden(clone(made))];
  return place(TRANSACTIONS, idOf(made));
}

/** The stations of a physical card. */
const STATIONS: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string; readonly at?: string }>> = {
  submit: { from: ['pending'], to: 'submitted' },
  ship: { from: ['pending', 'submitted'], to: 'shipped', at: 'shipped_at' },
  deliver: { from: ['shipped'], to: 'delivered', at: 'delivered_at' },
  return: { from: ['shipped'], to: 'returned' },
  fail: { from: ['submitted', 'shipped'], to: 'failure' },
};

function move(call: Call, station: { readonly from: readonly string[]; readonly to: string; readonly at?: string }): Answer {
  const row = editIn(call, CARDS);
  const shipping = object(row, 'shipping');
  if (shipping === undefined) throw unexpectedState('This card has no shipping: only physical cards are sent.');
  mustBe(row, station.from, text(shipping, 'status') ?? '');
  row['shipping'] = { ...shipping, status: station.to, ...(station.at === undefined ? {} : { [station.at]: call.now }) };
  emit(call, 'issuing_card.updated', { collection: CARDS, key: idOf(row) });
  return place(CARDS, idOf(row));
}

/** A physical card begins its way when it is made. */
const cardLife: Life = {
  created: (_call, row) => {
    row['metadata'] ??= {};
    const shipping = object(row, 'shipping');
    if (shipping !== undefined && text(row, 'type') === 'physical') row['shipping'] = { ...shipping, status: 'pending', service: text(shipping, 'service') ?? 'standard', type: text(shipping, 'type') ?? 'individual' };
  },
};

/** Lives of this room. */
export const ISSUING_LIVES: Readonly<Record<string, Life>> = { '/v1/issuing/cards': cardLife };

/** Where the official CLI has a card used; Stripe does not publish it. */
const USE_CARD = '/v1/issuing/cards/{}/test/authorizations';
const USE_CARD_PARAMS: Shape = new Map([
  ['held_amount', { name: 'held_amount', type: 'number', required: true, empty: false }], ['held_currency', { name: 'held_currency', type: 'string', required: false, empty: false }],
  ['authorization_method', { name: 'authorization_method', type: 'string', required: false, empty: false }],
]);

/** The address that the SDK does not know. */
export const ISSUING_ENDPOINTS: readonly Endpoint[] = [
  { method: 'POST', path: USE_CARD, kind: 'verb', collection: USE_CARD, objects: ['issuing.authorization'], params: USE_CARD_PARAMS, stub: false, row: true, bytes: false },
];

/** A merchant asks, and the account is asked in turn. */
function useCard(call: Call): Answer {
  const { held_amount: amount = 0, held_currency: currency = null, authorization_method: method = null } = call.params;
  return ask({ ...call, params: { card: call.ids[0] ?? '', amount, is_amount_controllable: true, ...(currency === null ? {} : { currency }), ...(method === null ? {} : { authorization_method: method }) } });
}

/** Verbs of this room. */
export const ISSUING_VERBS: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(Object.entries(STATIONS).map(([name, station]): [string, Handler] => [`POST /v1/test_helpers/issuing/cards/{}/shipping/${name}`, (call) => move(call, station)])),
  'POST /v1/issuing/authorizations/{}/approve': answerRequest(true),
  'POST /v1/issuing/authorizations/{}/decline': answerRequest(false),
  [`POST ${USE_CARD}`]: useCard,
  'POST /v1/test_helpers/issuing/authorizations': ask,
  [`POST ${HELPED}/capture`]: capture,
  [`POST ${HELPED}/expire`]: release('expired'),
  [`POST ${HELPED}/finalize_amount`]: resize('final_amount'),
  [`POST ${HELPED}/fraud_challenges/respond`]: respond,
  [`POST ${HELPED}/increment`]: resize('increment_amount'),
  [`POST ${HELPED}/reverse`]: release('reversed'),
  'POST /v1/test_helpers/issuing/transactions/create_force_capture': unasked('capture'),
  'POST /v1/test_helpers/issuing/transactions/create_unlinked_refund': unasked('refund'),
  'POST /v1/test_helpers/issuing/transactions/{}/refund': refund,
};
