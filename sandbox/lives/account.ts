// The account itself and its balance, which is the sum of the balance transactions; files and their links; small completions of
// rows whose own rules are few.
import type { Answer, Call } from '../call.ts';
import { emitAbout, idOf } from '../call.ts';
import { invalidRequest, missing } from '../errors.ts';
import { blank, blankRow } from '../fill.ts';
import type { Life } from '../generic.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { isObject, number, object, objects, text } from '../json.ts';
import { rowShape } from '../sdk.ts';

/** A part of an account with nothing in it. */
function blankPart(name: string): JsonObject {
  const field = rowShape('account')?.get(name);
  const part = field === undefined ? {} : blank(field.type);
  return isObject(part) ? part : {};
}

/** `GET /v1/account`, and the same row by its id. */
export function ownAccount(call: Call): Answer {
  const id = call.ids[0] ?? call.account;
  const stored = call.transaction.find('/v1/accounts', id);
  if (stored !== undefined) return { kind: 'place', collection: '/v1/accounts', key: id };
  if (id !== call.account) throw missing('account', id, 'account', 404);
  const row = makeRow(call, 'account', {});
  Object.assign(row, {
    id, type: 'standard', country: 'US', default_currency: 'usd', email: 'owner@sandbox.example', charges_enabled: true, payouts_enabled: true, details_submitted: true,
    created: 1_700_000_000, metadata: {}, business_profile: { ...blankPart('business_profile'), name: 'Sandbox' }, settings: { ...blankPart('settings'), dashboard: { display_name: 'Sandbox', timezone: 'Etc/UTC' } },
  });
  return { kind: 'row', row: withoutHidden(row) };
}

/** What the balance transactions come to, by currency. */
export function balanceRow(call: Call): JsonObject {
  const sums = new Map<string, { available: number; pending: number }>();
  for (const row of call.transaction.rows('/v1/balance_transactions')) {
    if (row['balance_type'] !== 'payments') continue;
    const currency = text(row, 'currency') ?? 'usd';
    const known = sums.get(currency) ?? { available: 0, pending: 0 };
    known[(number(row, 'available_on') ?? 0) <= call.now ? 'available' : 'pending'] += number(row, 'net') ?? 0;
    sums.set(currency, known);
  }
  if (sums.size === 0) sums.set('usd', { available: 0, pending: 0 });
  const shown = (which: 'available' | 'pending'): JsonObject[] => [...sums].map(([currency, one]) => ({ amount: one[which], currency, source_types: { card: one[which] } }));
  return { ...blankRow('balance'), available: shown('available'), pending: shown('pending'), livemode: call.livemode };
}

/** Refuses to move more than there is to use. */
export function checkAvailable(call: Call, amount: number, currency: string): void {
  const [available] = objects(balanceRow(call), 'available').filter((one) => one['currency'] === currency);
  if (amount <= (number(available, 'amount') ?? 0)) return;
  throw invalidRequest('You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You can use the /v1/balance endpoint to view your Stripe balance.', undefined, 'balance_insufficient');
}

/** `GET /v1/balance` */
export function balance(call: Call): Answer {
  return { kind: 'row', row: balanceRow(call) };
}

/** A connected account; deleting it also ends what the platform's application may do there. */
export const accountLife: Life = {
  deleted: (call, row) => {
    emitAbout(call, 'account.application.deauthorized', { ...blankRow('application'), id: `ca_${idOf(row).slice(5)}`, name: 'Sandbox' }, idOf(row));
  },
  created: (call, row) => {
    Object.assign(row, { type: text(call.params, 'type') ?? 'none', country: text(row, 'country') ?? 'US', default_currency: text(call.params, 'default_currency') ?? 'usd', metadata: row['metadata'] ?? {} });
  },
};

/** A file's content is kept beside it. */
export const fileLife: Life = {
  created: (call, row) => {
    const file = object(call.params, 'file');
    const data = text(file, 'data') ?? '';
    const name = text(file, 'name') ?? 'file';
    Object.assign(row, {
      filename: name, purpose: text(call.params, 'purpose') ?? '', size: Buffer.byteLength(data, 'base64'), title: null, type: /\.(\w+)$/.exec(name)?.[1] ?? 'bin',
      url: `https://files.stripe.com/v1/files/${idOf(row)}/contents`, expires_at: null, _data: data, links: { object: 'list', data: [], has_more: false, url: '' },
    });
  },
};

/** A link's address. */
export const fileLinkLife: Life = {
  created: (_call, row) => {
    Object.assign(row, { url: `https://files.stripe.com/links/${randomLetters(60)}`, expired: false });
  },
};
