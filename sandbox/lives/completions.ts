// Rows whose own rules are few: what Stripe demands besides the types, and what it fills in.
import type { Call } from '../call.ts';
import { idOf } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';

const CONFIGURATIONS = '/v1/billing_portal/configurations';
const FIVE_MINUTES = 300;
const HALF_HOUR = 1800;

/** Refuses a creation that lacks a parameter which the types call optional. */
function needs(...names: readonly string[]): (call: Call) => void {
  return (call) => {
    const absent = call.endpoint.kind === 'create' ? names.find((name) => call.params[name] === undefined) : undefined;
    if (absent !== undefined) throw invalidRequest(`Missing required param: ${absent}.`, absent, 'parameter_missing');
  };
}

/** The portal configuration that is used where none is named; made when first needed. */
function defaultConfiguration(call: Call): string {
  const known = call.transaction.rows(CONFIGURATIONS).find((row) => row['is_default'] === true);
  if (known !== undefined) return idOf(known);
  const row = makeRow(call, 'billing_portal.configuration', {});
  Object.assign(row, { is_default: true, metadata: {} });
  return idOf(call.transaction.insert(CONFIGURATIONS, row));
}

/** Lives that only complete. */
export const COMPLETIONS: Readonly<Record<string, Life>> = {
  '/v1/account_links': {
    created: (call, row) => {
      Object.assign(row, { expires_at: call.now + FIVE_MINUTES, url: `https://connect.stripe.com/setup/s/${randomLetters(40)}` });
    },
  },
  '/v1/billing_portal/sessions': {
    check: needs('customer'),
    created: (call, row) => {
      row['configuration'] ??= defaultConfiguration(call);
      row['url'] = `https://billing.stripe.com/p/session/${call.livemode ? 'live' : 'test'}_${randomLetters(80)}`;
    },
  },
  '/v1/customer_sessions': {
    check: needs('customer'),
    created: (call, row) => {
      Object.assign(row, { client_secret: `_${randomLetters(60)}`, expires_at: call.now + HALF_HOUR });
    },
  },
  '/v1/ephemeral_keys': {
    created: (call, row) => {
      Object.assign(row, { expires: call.now + HALF_HOUR * 2, secret: `ek_${call.livemode ? 'live' : 'test'}_${randomLetters(60)}` });
    },
  },
  '/v1/issuing/disputes': { check: needs('transaction') },
};
