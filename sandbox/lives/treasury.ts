// Money in financial accounts: flows in and out with their transactions and entries, the balance they leave, and the closing of an account.
// The world outside (a bank that returns, credits or debits) is played by the test helpers.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, findNamed, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text } from '../json.ts';
import { collectionOf, editIn, mustBe, transitions } from './statuses.ts';

const ACCOUNTS = '/v1/treasury/financial_accounts';
const TRANSACTIONS = '/v1/treasury/transactions';
const ENTRIES = '/v1/treasury/transaction_entries';
const TWO_DAYS = 2 * 24 * 3600;

interface Impact {
  readonly cash: number;
  readonly inbound_pending: number;
  readonly outbound_pending: number;
}

const impact = (cash: number, inbound = 0, outbound = 0): Impact => ({ cash, inbound_pending: inbound, outbound_pending: outbound });

/** Adds to an account's balance. */
function addTo(call: Call, account: string, currency: string, by: Impact): void {
  const row = call.transaction.edit(ACCOUNTS, account);
  if (row === undefined) return;
  const balance = object(row, 'balance') ?? {};
  const added = (key: keyof Impact): JsonObject => {
    const known = object(balance, key) ?? {};
    return { ...known, [currency]: (number(known, currency) ?? 0) + by[key] };
  };
  row['balance'] = { cash: added('cash'), inbound_pending: added('inbound_pending'), outbound_pending: added('outbound_pending') };
}

function addEntry(call: Call, transaction: JsonObject, type: string, by: Impact): void {
  const row = makeRow(call, 'treasury.transaction_entry', {});
  const shared = ['currency', 'financial_account', 'flow', 'flow_type'].map((name) => [name, transaction[name] ?? null] as const);
  Object.assign(row, Object.fromEntries(shared), { balance_impact: { ...by }, effective_at: call.now, transaction: idOf(transaction), type });
  call.transaction.insert(ENTRIES, row);
  addTo(call, text(transaction, 'financial_account') ?? '', text(transaction, 'currency') ?? 'usd', by);
}

/** The transaction of a flow, with its first entry. */
function open(call: Call, flow: JsonObject, type: string, amount: number, by: Impact, status: 'open' | 'posted', entry = type): JsonObject {
  const row = makeRow(call, 'treasury.transaction', {});
  Object.assign(row, {
    amount, balance_impact: { ...by }, currency: text(flow, 'currency') ?? 'usd', description: text(flow, 'description') ?? '', financial_account: text(flow, 'financial_account') ?? '',
    flow: idOf(flow), flow_type: type, status, status_transitions: { posted_at: status === 'posted' ? call.now : null, void_at: null },
  });
  call.transaction.insert(TRANSACTIONS, row);
  addEntry(call, row, entry, by);
  flow['transaction'] = idOf(row);
  return row;
}

function end(call: Call, flow: JsonObject, type: string, by: Impact, status: 'posted' | 'void'): void {
  const row = call.transaction.edit(TRANSACTIONS, text(flow, 'transaction') ?? '');
  if (row === undefined) return;
  const before = object(row, 'balance_impact') ?? {};
  const sum = (key: keyof Impact): number => (number(before, key) ?? 0) + by[key];
  Object.assign(row, {
    status, balance_impact: { cash: sum('cash'), inbound_pending: sum('inbound_pending'), outbound_pending: sum('outbound_pending') },
    status_transitions: { ...object(row, 'status_transitions'), [status === 'posted' ? 'posted_at' : 'void_at']: call.now },
  });
  addEntry(call, row, type, by);
}

const amountOf = (row: JsonObject): number => number(row, 'amount') ?? 0;

/** What leaves an account: its money waits until the bank has it. */
function outflow(type: 'outbound_payment' | 'outbound_transfer'): Life {
  return {
    created: (call, row) => {
      row['metadata'] ??= {};
      open(call, row, type, -amountOf(row), impact(-amountOf(row), 0, amountOf(row)), 'open');
      row['expected_arrival_date'] = call.now + TWO_DAYS;
    },
  };
}

const inflow: Life = {
  created: (call, row) => {
    row['metadata'] ??= {};
    open(call, row, 'inbound_transfer', amountOf(row), impact(0, amountOf(row)), 'open');
  },
};

const accountLife: Life = {
  created: (_call, row) => {
    const currencies = Array.isArray(row['supported_currencies']) ? row['supported_currencies'].map(String) : [];
    const zero = (): JsonObject => Object.fromEntries(currencies.map((one) => [one, 0]));
    Object.assign(row, { country: 'US', balance: { cash: zero(), inbound_pending: zero(), outbound_pending: zero() } });
  },
};

/** Lives of this room. */
export const TREASURY_LIVES: Readonly<Record<string, Life>> = {
  '/v1/treasury/financial_accounts': accountLife,
  '/v1/treasury/inbound_transfers': inflow,
  '/v1/treasury/outbound_payments': outflow('outbound_payment'),
  '/v1/treasury/outbound_transfers': outflow('outbound_transfer'),
};

function outboundVerbs(type: 'outbound_payment' | 'outbound_transfer'): Readonly<Record<string, Handler>> {
  const path = `/v1/test_helpers/treasury/${type}s/{}`;
  const back = (call: Call, row: JsonObject): void => end(call, row, `${type}_failure`, impact(amountOf(row), 0, -amountOf(row)), 'void');
  return {
    ...transitions({
      [`/v1/treasury/${type}s/{}/cancel`]: {
        from: ['processing'], to: 'canceled', at: 'status_transitions.canceled_at', event: `treasury.${type}.canceled`, also: { cancelable: false },
        besides: (call, row) => end(call, row, `${type}_cancellation`, impact(amountOf(row), 0, -amountOf(row)), 'void'),
      },
      [`${path}/fail`]: { from: ['processing'], to: 'failed', at: 'status_transitions.failed_at', event: `treasury.${type}.failed`, also: { cancelable: false }, besides: back },
      [`${path}/post`]: {
        from: ['processing'], to: 'posted', at: 'status_transitions.posted_at', event: `treasury.${type}.posted`, also: { cancelable: false },
        besides: (call, row) => end(call, row, `${type}_posting`, impact(0, 0, -amountOf(row)), 'posted'),
      },
      [`${path}/return`]: {
        from: ['processing', 'posted'], to: 'returned', at: 'status_transitions.returned_at', event: `treasury.${type}.returned`, also: { cancelable: false },
        besides: (call, row) => returned(call, row, type),
      },
    }),
    [`POST ${path}`]: (call) => track(call, path, type),
  };
}

function returned(call: Call, row: JsonObject, type: string): void {
  const sent = text(call.transaction.find(TRANSACTIONS, text(row, 'transaction') ?? ''), 'status') === 'posted';
  const first = text(row, 'transaction') ?? '';
  const given = { ...row, description: `Return of ${idOf(row)}` };
  const transaction = open(call, given, type, amountOf(row), impact(amountOf(row), 0, sent ? 0 : -amountOf(row)), 'posted', `${type}_return`);
  row['transaction'] = first;
  row['returned_details'] = { code: text(object(call.params, 'returned_details'), 'code') ?? 'other', transaction: idOf(transaction) };
}

function track(call: Call, path: string, type: string): Answer {
  const collection = collectionOf(path);
  const row = editIn(call, collection);
  mustBe(row, ['processing', 'posted']);
  row['tracking_details'] = clone(call.params['tracking_details'] ?? null);
  emit(call, `treasury.${type}.tracking_details_updated`, { collection, key: idOf(row) });
  return place(collection, idOf(row));
}

/** A credit or debit that the world outside made. */
function received(kind: 'received_credit' | 'received_debit', sign: 1 | -1): Handler {
  return (call) => {
    const account = findNamed(call, ACCOUNTS, text(call.params, 'financial_account') ?? '', 'financial_account');
    mustBe(account, ['open']);
    const row = makeRow(call, `treasury.${kind}`, call.params);
    const bank = object(object(call.params, 'initiating_payment_method_details'), 'us_bank_account');
    const amount = amountOf(row);
    const cash = number(object(object(account, 'balance'), 'cash'), text(row, 'currency') ?? 'usd') ?? 0;
    const fails = sign < 0 && cash < amount;
    Object.assign(row, {
      description: text(call.params, 'description') ?? (sign > 0 ? 'Stripe Test' : ''), status: fails ? 'failed' : 'succeeded', failure_code: fails ? 'insufficient_funds' : null,
      initiating_payment_method_details: {
        billing_details: { address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }, email: null, name: text(bank, 'account_holder_name') ?? null },
        type: 'us_bank_account', us_bank_account: { bank_name: 'STRIPE TEST BANK', last4: (text(bank, 'account_number') ?? '000123456789').slice(-4), routing_number: text(bank, 'routing_number') ?? '110000000' },
      },
    });
    const collection = `/v1/treasury/${kind}s`;
    call.transaction.insert(collection, row);
    if (!fails) open(call, row, kind, sign * amount, impact(sign * amount), 'posted');
    emit(call, `treasury.${kind}.created`, { collection, key: idOf(row) });
    if (sign > 0) emit(call, 'treasury.received_credit.succeeded', { collection, key: idOf(row) });
    return place(collection, idOf(row));
  };
}

function returnInbound(call: Call): Answer {
  const collection = '/v1/treasury/inbound_transfers';
  const row = editIn(call, collection);
  mustBe(row, ['succeeded']);
  if (row['returned'] === true) throw unexpectedState('This InboundTransfer has already been returned.');
  const first = text(row, 'transaction') ?? '';
  const amount = amountOf(row);
  open(call, row, 'inbound_transfer', -amount, impact(-amount), 'posted', 'inbound_transfer_return');
  Object.assign(row, { returned: true, transaction: first });
  return place(collection, idOf(row));
}

function close(call: Call): Answer {
  const row = editIn(call, ACCOUNTS);
  mustBe(row, ['open']);
  const balance = object(row, 'balance') ?? {};
  const rest = ['cash', 'inbound_pending', 'outbound_pending'].flatMap((key) => Object.values(object(balance, key) ?? {})).some((one) => one !== 0);
  if (rest) throw unexpectedState('This FinancialAccount cannot be closed because it has a non-zero balance or pending flows.');
  Object.assign(row, { status: 'closed', status_details: { closed: { reasons: ['closed_by_platform'] } } });
  emit(call, 'treasury.financial_account.closed', { collection: ACCOUNTS, key: idOf(row) });
  return place(ACCOUNTS, idOf(row));
}

/** Verbs of this room. */
export const TREASURY_VERBS: Readonly<Record<string, Handler>> = {
  ...outboundVerbs('outbound_payment'),
  ...outboundVerbs('outbound_transfer'),
  ...transitions({
    '/v1/treasury/inbound_transfers/{}/cancel': {
      from: ['processing'], to: 'canceled', at: 'status_transitions.canceled_at', event: 'treasury.inbound_transfer.canceled', also: { cancelable: false },
      besides: (call, row) => end(call, row, 'inbound_transfer_return', impact(0, -amountOf(row)), 'void'),
    },
    '/v1/test_helpers/treasury/inbound_transfers/{}/fail': {
      from: ['processing'], to: 'failed', at: 'status_transitions.failed_at', event: 'treasury.inbound_transfer.failed', also: { cancelable: false },
      besides: (call, row) => {
        row['failure_details'] = { code: text(object(call.params, 'failure_details'), 'code') ?? 'other' };
        end(call, row, 'inbound_transfer_return', impact(0, -amountOf(row)), 'void');
      },
    },
    '/v1/test_helpers/treasury/inbound_transfers/{}/succeed': {
      from: ['processing'], to: 'succeeded', at: 'status_transitions.succeeded_at', event: 'treasury.inbound_transfer.succeeded', also: { cancelable: false },
      besides: (call, row) => end(call, row, 'inbound_transfer', impact(amountOf(row), -amountOf(row)), 'posted'),
    },
  }),
  'POST /v1/test_helpers/treasury/inbound_transfers/{}/return': returnInbound,
  'POST /v1/test_helpers/treasury/received_credits': received('received_credit', 1),
  'POST /v1/test_helpers/treasury/received_debits': received('received_debit', -1),
  'POST /v1/treasury/financial_accounts/{}/close': close,
};
