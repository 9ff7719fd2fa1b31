// Subscriptions that change to the flexible way of billing; there is no way back.
import type { Answer, Call } from '../call.ts';
import { idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { object, text } from '../json.ts';
import { editIn } from './statuses.ts';

const SUBSCRIPTIONS = '/v1/subscriptions';

/** `POST /v1/subscriptions/{}/migrate` */
export function migrate(call: Call): Answer {
  const row = editIn(call, SUBSCRIPTIONS);
  if (row['status'] === 'canceled') throw unexpectedState('A canceled subscription cannot be migrated.');
  if (object(row, 'billing_mode')?.['type'] === 'flexible') throw unexpectedState('The subscription already has a billing_mode of flexible.');
  const flexible = object(object(call.params, 'billing_mode'), 'flexible');
  row['billing_mode'] = { flexible: { proration_discounts: text(flexible, 'proration_discounts') ?? 'included' }, type: 'flexible', updated_at: call.now };
  return place(SUBSCRIPTIONS, idOf(row));
}
