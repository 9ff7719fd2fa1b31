// API v2's money: credits that arrive at financial addresses, recipients that are checked, payout intents on their way to a payment,
// receipts; and of v2's core the closing of accounts and the ping of an event destination.
import type { Answer, Call, Handler } from '../call.ts';
import { idOf, place } from '../call.ts';
import { StripeError, invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text, texts } from '../json.ts';
import { editIn, mustBe, timeFor } from './statuses.ts';

const BASE = '/v2/money_management';
const INTENTS = `${BASE}/payout_intents`;
const PAYMENTS = `${BASE}/outbound_payments`;
const VERIFICATIONS = `${BASE}/recipient_verifications`;
const ADDRESSES = `${BASE}/financial_addresses`;
const CREDITS = `${BASE}/received_credits`;
const TRANSACTIONS = `${BASE}/transactions`;
const ENTRIES = `${BASE}/transaction_entries`;
const ACCOUNTS = '/v2/core/accounts';
const DESTINATIONS = '/v2/core/event_destinations';
const EVENTS = '/v2/core/events';
const HOUR = 3600;

const later = (call: Call, seconds: number): string => new Date((call.now + seconds) * 1000).toISOString();
const money = (value: number, currency: string): JsonObject => ({ currency, value });

/** A payout that was confirmed becomes a payment on its way. */
function confirmIntent(call: Call): Answer {
  const row = editIn(call, INTENTS);
  mustBe(row, ['pending', 'requires_action']);
  const amount = object(row, 'amount') ?? {};
  const from = object(row, 'from');
  const to = object(row, 'to');
  const payment = makeRow(call, 'v2.money_management.outbound_payment', {});
  Object.assign(payment, {
    amount: { ...amount }, cancelable: true, from: { debited: { ...amount }, financial_account: text(from, 'financial_account') ?? '' }, metadata: object(row, 'metadata') ?? {}, payout_intent: idOf(row),
    recipient_notification: { setting: 'none' }, statement_descriptor: text(row, 'statement_descriptor') ?? 'SANDBOX', status: 'processing',
    to: { credited: { ...amount }, recipient: text(to, 'recipient') ?? '', ...(text(to, 'payout_method') === undefined ? {} : { payout_method: text(to, 'payout_method') ?? '' }) },
  });
  call.transaction.insert(PAYMENTS, payment);
  Object.assign(row, { status: 'processing', latest_payout: { outbound_payment: idOf(payment), type: 'outbound_payment' }, status_transitions: { ...object(row, 'status_transitions'), processing_at: timeFor(call) } });
  delete row['next_action'];
  return place(INTENTS, idOf(row));
}

function refreshQuote(call: Call): Answer {
  const row = editIn(call, INTENTS);
  mustBe(row, ['pending', 'requires_action']);
  const from = text(object(row, 'from'), 'currency') ?? text(object(row, 'amount'), 'currency') ?? 'usd';
  const to = text(object(row, 'to'), 'currency') ?? from;
  if (from === to) throw unexpectedState('This payout intent moves one currency only: there is no quote to refresh.');
  throw new StripeError(501, { message: `The sandbox knows no exchange rates: it cannot quote ${from} in ${to}`, type: 'api_error' });
}

function verifyRecipient(call: Call): Answer {
  const row = editIn(call, INTENTS);
  mustBe(row, ['pending', 'requires_action']);
  row['recipient_verification'] = { match_result: 'match', match_result_details: { message: MATCHES['match'] ?? '', provided_name: 'Recipient' } };
  return place(INTENTS, idOf(row));
}

const MATCHES: Readonly<Record<string, string>> = {
  match: 'The name matches the account.', close_match: 'The name is close to the name on the account.', no_match: 'The name does not match the account.', unavailable: 'The account could not be checked.',
};

function insertVerification(call: Call, row: JsonObject, result: string): void {
  Object.assign(row, {
    match_result: result, match_result_details: { message: MATCHES[result] ?? '', provided_name: 'Recipient' }, status: result === 'match' ? 'verified' : 'awaiting_acknowledgement',
    expires_at: later(call, 24 * HOUR), verification_type: 'confirmation_of_payee',
  });
}

const verificationLife: Life = { created: (call, row) => insertVerification(call, row, 'match') };

/** `POST /v2/test_helpers/money_management/recipient_verifications`: as if the recipient's bank had answered so. */
function helpVerification(call: Call): Answer {
  const { match_result: result, ...params } = call.params;
  const row = makeRow(call, 'v2.money_management.recipient_verification', params);
  insertVerification(call, row, typeof result === 'string' ? result : 'match');
  call.transaction.insert(VERIFICATIONS, row);
  return place(VERIFICATIONS, idOf(row));
}

/** `POST /v2/money_management/test_helpers/financial_addresses/{}/credit`: money comes to the address. */
function credit(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const address = call.transaction.find(ADDRESSES, id);
  if (address === undefined) throw missing('v2.money_management.financial_address', id, 'id', 404);
  const amount = object(call.params, 'amount') ?? {};
  const value = number(amount, 'value') ?? 0;
  const currency = text(amount, 'currency') ?? 'usd';
  if (value < 1) throw invalidRequest('The amount must be positive.', 'amount[value]', 'parameter_invalid_integer');
  const account = text(address, 'financial_account') ?? '';
  const row = makeRow(call, 'v2.money_management.received_credit', {});
  const network = text(call.params, 'network') ?? 'ach';
  Object.assign(row, {
    amount: money(value, currency), amount_received: money(value, currency), financial_account: account, status: 'succeeded', status_transitions: { succeeded_at: timeFor(call) }, type: 'bank_transfer',
    bank_transfer: { financial_address: id, network, originating_bank_account: { aba: { account_holder_name: 'Sender', bank_name: 'STRIPE TEST BANK', last4: '6789', routing_number: '110000000' }, type: 'aba' }, statement_descriptor: text(call.params, 'statement_descriptor') ?? 'TEST' },
  });
  call.transaction.insert(CREDITS, row);
  book(call, row, account, value, currency);
  return { kind: 'row', row: { object: 'v2.money_management.financial_address_credit_simulation', livemode: call.livemode, status: 'succeeded' } };
}

function book(call: Call, flow: JsonObject, account: string, value: number, currency: string): void {
  const impact = { available: money(value, currency), inbound_pending: money(0, currency), outbound_pending: money(0, currency) };
  const row = makeRow(call, 'v2.money_management.transaction', {});
  const at = timeFor(call);
  const parts = { amount: money(value, currency), balance_impact: impact, category: 'received_credit', financial_account: account, flow: { received_credit: idOf(flow), type: 'received_credit' }, status: 'posted', status_transitions: { posted_at: at } };
  Object.assign(row, parts, { regulatory_receipt: { status: 'pending' } });
  call.transaction.insert(TRANSACTIONS, row);
  const entry = makeRow(call, 'v2.money_management.transaction_entry', {});
  const { flow: _, status: __, status_transitions: ___, amount: ____, category: _____, financial_account: ______, ...own } = parts;
  Object.assign(entry, own, { effective_at: at, transaction: idOf(row), transaction_details: { category: parts.category, financial_account: account, flow: parts.flow } });
  call.transaction.insert(ENTRIES, entry);
}

function refreshReceipt(call: Call): Answer {
  const row = editIn(call, TRANSACTIONS);
  if (object(row, 'regulatory_receipt')?.['status'] === 'not_applicable') throw unexpectedState('There is no regulatory receipt for this transaction.');
  row['regulatory_receipt'] = { status: 'available', url: `https://payments.stripe.com/regulatory-receipt/${randomLetters(40)}`, url_expires_at: later(call, HOUR) };
  return place(TRANSACTIONS, idOf(row));
}

function closeAccount(call: Call): Answer {
  const row = editIn(call, ACCOUNTS);
  if (row['closed'] === true) throw unexpectedState('This account is already closed.');
  const asked = texts(call.params, 'applied_configurations');
  const applied = texts(row, 'applied_configurations');
  if (asked.length > 0 && asked.toSorted().join() !== applied.toSorted().join()) throw invalidRequest(`The account has other configurations applied: ${applied.join(', ')}.`, 'applied_configurations');
  row['closed'] = true;
  return place(ACCOUNTS, idOf(row));
}

function ping(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const destination = call.transaction.find(DESTINATIONS, id);
  if (destination === undefined) throw missing('v2.core.event_destination', id, 'id', 404);
  const row: JsonObject = {
    id: `evt_${call.livemode ? 'live' : 'test'}_${randomLetters(26)}`, object: 'v2.core.event', context: null, created: timeFor(call), livemode: call.livemode, reason: null,
    related_object: { id, type: 'v2.core.event_destination', url: `${DESTINATIONS}/${id}` }, type: 'v2.core.event_destination.ping',
  };
  call.transaction.insert(EVENTS, row);
  return place(EVENTS, idOf(row));
}

/** Lives of this room. */
export const MONEY_LIVES: Readonly<Record<string, Life>> = { [VERIFICATIONS]: verificationLife };

/** Verbs of this room. */
export const MONEY_VERBS: Readonly<Record<string, Handler>> = {
  [`POST ${INTENTS}/{}/confirm`]: confirmIntent,
  [`POST ${INTENTS}/{}/refresh_fx_quote`]: refreshQuote,
  [`POST ${INTENTS}/{}/refresh_recipient_verification`]: verifyRecipient,
  [`POST ${BASE}/test_helpers/financial_addresses/{}/credit`]: credit,
  [`POST ${TRANSACTIONS}/{}/refresh_regulatory_receipt`]: refreshReceipt,
  'POST /v2/test_helpers/money_management/recipient_verifications': helpVerification,
  [`POST ${ACCOUNTS}/{}/close`]: closeAccount,
  [`POST ${DESTINATIONS}/{}/ping`]: ping,
};
