// 3-D Secure without a payment: a card's owner is proved for a payment that is made elsewhere.
import type { Answer, Call } from '../call.ts';
import { idOf, place } from '../call.ts';
import { randomLetters } from '../identifiers.ts';
import { object, text } from '../json.ts';
import { behaviourOf } from './payment-methods.ts';
import { editIn, mustBe } from './statuses.ts';

const PROOFS = '/v1/three_d_secure/authentications';

/** `POST /v1/three_d_secure/authentications/{}/submit`. The proof of a card that is used elsewhere: cards that ask for authentication want a challenge. */
export function submitProof(call: Call): Answer {
  const row = editIn(call, PROOFS);
  mustBe(row, ['requires_submission']);
  const method = call.transaction.find('/v1/payment_methods', text(row, 'payment_method') ?? '');
  const asks = method !== undefined && behaviourOf(method).kind === 'authenticates';
  const details = { protocol_version: '2.2.0', three_ds_server_transaction_id: randomLetters(36), ds_transaction_id: randomLetters(36), acs_transaction_id: randomLetters(36) };
  if (asks) Object.assign(row, { status: 'requires_challenge', challenge_url: `https://hooks.stripe.com/3d_secure_2/challenge/${idOf(row)}`, outcome_details: { ...details, ares_trans_status: 'C' } });
  else Object.assign(row, { status: 'succeeded', outcome: 'authenticated', outcome_details: { ...details, ares_trans_status: 'Y', eci: '05', cryptogram: randomLetters(28) } });
  const metadata = object(call.params, 'metadata');
  if (metadata !== undefined) row['metadata'] = { ...object(row, 'metadata'), ...metadata };
  return place(PROOFS, idOf(row));
}
