// The checkout session that somebody begins who follows a payment link: with its lines, its mode and what the link says of the end.
import type { Answer, Call } from '../call.ts';
import { editAddressed, idOf } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { create } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text } from '../json.ts';
import { COLLECTIONS } from '../sdk.ts';
import { SESSIONS, checkoutLife } from './checkout.ts';

const LINKS = '/v1/payment_links';

/** Begins a session for a link. */
export function sessionOfLink(call: Call): Answer {
  const link = editAddressed(call, LINKS);
  if (link['active'] !== true) throw unexpectedState(text(link, 'inactive_message') ?? 'This payment link is no longer active.');
  const lines = call.transaction.children(`${LINKS}/{}/line_items`, idOf(link));
  const items = lines.map((line): JsonObject => ({ price: text(object(line, 'price'), 'id') ?? '', quantity: number(line, 'quantity') ?? 1 }));
  const recurring = lines.some((line) => object(line, 'price')?.['type'] === 'recurring');
  const back = text(object(object(link, 'after_completion'), 'redirect'), 'url');
  const params: JsonObject = { mode: recurring ? 'subscription' : 'payment', line_items: items, metadata: clone(object(link, 'metadata') ?? {}), ...(back === undefined ? {} : { success_url: back }) };
  const collection = COLLECTIONS.get(SESSIONS);
  const endpoint = collection?.operations.get('create');
  if (collection === undefined || endpoint === undefined) throw new Error('There are no checkout sessions');
  const made = create({ ...call, endpoint, ids: [], params }, collection, checkoutLife);
  const session = made.kind === 'place' ? call.transaction.edit(SESSIONS, made.key) : undefined;
  if (session !== undefined) session['payment_link'] = idOf(link);
  return made;
}
