// Proof that a bank account belongs to who says so: two small deposits, or a code, that the owner reads back. And accounts that were
// linked by logging in at the bank.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, idOf, place } from '../call.ts';
import { cardError, invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text, texts } from '../json.ts';
import { editIn, mustBe, timeFor } from './statuses.ts';

const SOURCES = '/v1/customers/{}/sources';
const LINKED = '/v1/financial_connections/accounts';
const MOST = 3;
const TEN_DAYS = 10 * 24 * 3600;

/** The deposits and the code that always prove an account in test mode. */
export const PROOF = { amounts: [32, 45], code: 'SM11AA' } as const;

function numbers(call: Call, name: string): readonly number[] {
  const value = call.params[name];
  return Array.isArray(value) ? value.map(Number) : [];
}

/** Whether what was read back is right; counts the tries on the row, and refuses after the last. */
export function proves(call: Call, row: JsonObject): void {
  const amounts = numbers(call, 'amounts');
  const code = text(call.params, 'descriptor_code');
  if (amounts.length === 0 && code === undefined) throw invalidRequest('You must provide either `amounts` or `descriptor_code`.', 'amounts', 'parameter_missing');
  if (amounts.length > 0 && amounts.length !== 2) throw invalidRequest('You must provide exactly two amounts.', 'amounts', 'payment_method_microdeposit_verification_amounts_invalid');
  const tries = (number(row, '_tries') ?? 0) + 1;
  if (tries > MOST) throw unexpectedState('You have exceeded the number of allowed verification attempts.', 'payment_method_microdeposit_verification_attempts_exceeded');
  const right = code === undefined ? PROOF.amounts.every((amount) => amounts.includes(amount)) : code.toUpperCase() === PROOF.code;
  row['_tries'] = tries;
  if (right) return;
  const left = MOST - tries;
  const what = code === undefined ? 'amounts provided do' : 'descriptor code provided does';
  const error = `The ${what} not match what was sent to the bank account. You have ${left} verification attempt${left === 1 ? '' : 's'} remaining.`;
  throw unexpectedState(error, code === undefined ? 'payment_method_microdeposit_verification_amounts_mismatch' : 'payment_method_microdeposit_verification_descriptor_code_mismatch');
}

function verifySource(call: Call): Answer {
  const [customer = '', id = ''] = call.ids;
  const row = call.transaction.edit(SOURCES, id);
  if (row === undefined || row['customer'] !== customer) throw missing('source', id, 'id', 404);
  if (row['object'] !== 'bank_account') throw invalidRequest('Only bank accounts can be verified.', 'id');
  if (row['status'] === 'verified') throw unexpectedState('This bank account has already been verified.');
  if (row['status'] === 'verification_failed') throw unexpectedState('This bank account could not be verified: there were too many wrong attempts.', 'bank_account_verification_failed');
  const amounts = numbers(call, 'amounts');
  if (amounts.length !== 2) throw invalidRequest('Missing required param: amounts.', 'amounts', 'parameter_missing');
  const tries = (number(row, '_tries') ?? 0) + 1;
  row['_tries'] = tries;
  if (!PROOF.amounts.every((amount) => amounts.includes(amount))) {
    if (tries >= MOST) row['status'] = 'verification_failed';
    throw cardError('The amounts provided do not match the amounts that were sent to the bank account.', 'bank_account_verification_failed', undefined, { param: 'amounts' });
  }
  row['status'] = 'verified';
  emit(call, 'customer.source.updated', { collection: SOURCES, key: id });
  return place(SOURCES, id);
}

/** `POST /v1/sources/{}/verify`: a source with a code is chargeable once the code is right. */
function verifyOldSource(call: Call): Answer {
  const row = editIn(call, '/v1/sources');
  const verification = object(row, 'code_verification');
  if (verification === undefined) throw unexpectedState('This source does not need to be verified.');
  const values = texts(call.params, 'values');
  const left = number(verification, 'attempts_remaining') ?? 0;
  mustBe(row, ['pending']);
  const right = values.length === 2 && PROOF.amounts.every((amount) => values.includes(String(amount)));
  row['code_verification'] = { attempts_remaining: right ? left : Math.max(0, left - 1), status: right ? 'succeeded' : left <= 1 ? 'failed' : 'pending' };
  if (!right && left <= 1) row['status'] = 'failed';
  if (!right) throw unexpectedState('The verification values do not match.', 'bank_account_verification_failed');
  row['status'] = 'chargeable';
  emit(call, 'source.chargeable', { collection: '/v1/sources', key: idOf(row) });
  return place('/v1/sources', idOf(row));
}

const FEATURES: Readonly<Record<string, string>> = { balance: 'balance', ownership: 'ownership', transactions: 'transaction' };

function refresh(call: Call): Answer {
  const row = editIn(call, LINKED);
  mustBe(row, ['active']);
  for (const feature of texts(call.params, 'features')) {
    const base = { last_attempted_at: call.now, next_refresh_available_at: call.now + 6 * 3600, status: 'succeeded' };
    row[`${FEATURES[feature] ?? feature}_refresh`] = feature === 'transactions' ? { id: `fctxnref_${randomLetters(24)}`, ...base } : base;
    emit(call, `financial_connections.account.refreshed_${feature}`, { collection: LINKED, key: idOf(row) });
  }
  return place(LINKED, idOf(row));
}

function subscribe(on: boolean): Handler {
  return (call) => {
    const row = editIn(call, LINKED);
    mustBe(row, ['active']);
    const before = texts(row, 'subscriptions');
    const given = texts(call.params, 'features');
    row['subscriptions'] = on ? [...new Set([...before, ...given])] : before.filter((one) => !given.includes(one));
    return place(LINKED, idOf(row));
  };
}

const US = '/v2/core/vault/us_bank_accounts';

function sendMicrodeposits(call: Call): Answer {
  const row = editIn(call, US);
  mustBe(row, ['unverified', 'verification_failed'], text(object(row, 'verification'), 'status') ?? 'unverified');
  const expires = new Date((call.now + TEN_DAYS) * 1000).toISOString();
  row['verification'] = { microdeposit_verification_details: { expires, microdeposit_type: 'descriptor_code', sent: timeFor(call) }, status: 'awaiting_verification' };
  return place(US, idOf(row));
}

function confirmMicrodeposits(call: Call): Answer {
  const row = editIn(call, US);
  mustBe(row, ['awaiting_verification'], text(object(row, 'verification'), 'status') ?? 'unverified');
  proves(call, row);
  row['verification'] = { status: 'verified' };
  return place(US, idOf(row));
}

/** Puts away and brings back what is told apart by `archived`. */
function archive(collection: string, on: boolean): Handler {
  return (call) => {
    const row = editIn(call, collection);
    if (row['archived'] === on) throw unexpectedState(`This is already ${on ? 'archived' : 'unarchived'}.`);
    row['archived'] = on;
    return place(collection, idOf(row));
  };
}

const archiving = (collection: string): Readonly<Record<string, Handler>> => ({
  [`POST ${collection}/{}/archive`]: archive(collection, true),
  [`POST ${collection}/{}/unarchive`]: archive(collection, false),
});

/** A bank account in the vault is not yet anybody's. */
const vaultLife: Life = {
  created: (_call, row) => {
    row['verification'] = { status: 'unverified' };
  },
};

/** Lives of this room. */
export const BANK_LIVES: Readonly<Record<string, Life>> = { [US]: vaultLife };

/** Verbs of this room. */
export const BANK_VERBS: Readonly<Record<string, Handler>> = {
  ...archiving('/v2/core/vault/gb_bank_accounts'),
  ...archiving(US),
  ...archiving('/v2/money_management/payout_methods'),
  'POST /v1/customers/{}/sources/{}/verify': verifySource,
  'POST /v1/financial_connections/accounts/{}/refresh': refresh,
  'POST /v1/financial_connections/accounts/{}/subscribe': subscribe(true),
  'POST /v1/financial_connections/accounts/{}/unsubscribe': subscribe(false),
  'POST /v1/sources/{}/verify': verifyOldSource,
  [`POST ${US}/{}/confirm_microdeposits`]: confirmMicrodeposits,
  [`POST ${US}/{}/send_microdeposits`]: sendMicrodeposits,
};
