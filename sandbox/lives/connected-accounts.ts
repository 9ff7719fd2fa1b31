// What a platform does with the accounts connected to it: links to log in, rejection and its undoing; and the secrets that apps keep.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, idOf, place } from '../call.ts';
import { missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { flag, object, text, texts } from '../json.ts';
import { editIn } from './statuses.ts';

const ACCOUNTS = '/v1/accounts';
const SECRETS = '/v1/apps/secrets';

function loginLink(call: Call): Answer {
  const account = editIn(call, ACCOUNTS);
  const express = account['type'] === 'express' || text(object(object(account, 'controller'), 'stripe_dashboard'), 'type') === 'express';
  if (!express) throw unexpectedState('Cannot create a login link for an account that is not an Express Dashboard account.');
  return { kind: 'row', row: { object: 'login_link', created: call.now, url: `https://connect.stripe.com/express/${randomLetters(12)}` } };
}

/** Reasons to reject, as the account's requirements then say them. */
function disabledReason(reason: string): string {
  if (reason.startsWith('fraud')) return 'rejected.platform_fraud';
  return reason === 'terms_of_service' ? 'rejected.platform_terms_of_service' : 'rejected.platform_other';
}

function isRejected(account: JsonObject): boolean {
  return text(object(account, 'requirements'), 'disabled_reason')?.startsWith('rejected.') === true;
}

function reject(call: Call): Answer {
  const account = editIn(call, ACCOUNTS);
  if (isRejected(account)) throw unexpectedState('This account has already been rejected.');
  account['_before'] = { charges_enabled: flag(account, 'charges_enabled'), payouts_enabled: flag(account, 'payouts_enabled') };
  Object.assign(account, { charges_enabled: false, payouts_enabled: call.params['payouts_action'] !== 'pause' && flag(account, 'payouts_enabled') });
  return standing(call, account, disabledReason(text(call.params, 'reason') ?? 'other'));
}

function unreject(call: Call): Answer {
  const account = editIn(call, ACCOUNTS);
  if (!isRejected(account)) throw unexpectedState('This account is not rejected.');
  Object.assign(account, object(account, '_before'));
  return standing(call, account, null);
}

function standing(call: Call, account: JsonObject, reason: string | null): Answer {
  const requirements = { alternatives: null, current_deadline: null, currently_due: [], errors: [], eventually_due: [], past_due: [], pending_verification: [], ...object(account, 'requirements') };
  account['requirements'] = { ...requirements, disabled_reason: reason };
  emit(call, 'account.updated', { collection: ACCOUNTS, key: idOf(account) });
  return place(ACCOUNTS, idOf(account));
}

function sameScope(row: JsonObject, scope: JsonObject | undefined): boolean {
  const own = object(row, 'scope');
  return own?.['type'] === scope?.['type'] && own?.['user'] === scope?.['user'];
}

function isLive(call: Call, row: JsonObject): boolean {
  const expires = row['expires_at'];
  return typeof expires !== 'number' || expires > call.now;
}

/** A secret of the same name and scope takes the place of the one before; its payload is shown only where it is asked for. */
const secretLife: Life = {
  created: (call, row) => {
    for (const other of call.transaction.rows(SECRETS)) {
      if (other !== row && other['name'] === row['name'] && sameScope(other, object(row, 'scope'))) call.transaction.remove(SECRETS, idOf(other));
    }
    row['_payload'] = row['payload'] ?? null;
    delete row['payload'];
  },
};

function secretNamed(call: Call): JsonObject {
  const name = text(call.params, 'name') ?? '';
  const found = call.transaction.rows(SECRETS).find((row) => row['name'] === name && sameScope(row, object(call.params, 'scope')) && isLive(call, row));
  if (found === undefined) throw missing('secret', name, 'name', 404);
  return found;
}

function findSecret(call: Call): Answer {
  const { _payload: payload, ...row } = secretNamed(call);
  const shown = texts(call.params, 'expand').includes('payload') ? { ...row, payload: payload ?? null } : row;
  return { kind: 'text', text: JSON.stringify(shown) };
}

function deleteSecret(call: Call): Answer {
  const { _payload: _, ...row } = secretNamed(call);
  call.transaction.remove(SECRETS, idOf(row));
  return { kind: 'row', row: { ...row, deleted: true } };
}

/** Lives of this room. */
export const CONNECTED_LIVES: Readonly<Record<string, Life>> = { [SECRETS]: secretLife };

/** Verbs of this room. */
export const CONNECTED_VERBS: Readonly<Record<string, Handler>> = {
  'GET /v1/apps/secrets/find': findSecret,
  'POST /v1/accounts/{}/login_links': loginLink,
  'POST /v1/accounts/{}/reject': reject,
  'POST /v1/accounts/{}/unreject': unreject,
  'POST /v1/apps/secrets/delete': deleteSecret,
};
