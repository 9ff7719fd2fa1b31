// Where events go: webhook endpoints of v1 and event destinations of v2. Their secrets are kept for the deliveries, and shown once.
import type { Answer, Call } from '../call.ts';
import { idOf } from '../call.ts';
import { invalidRequest, notDone } from '../errors.ts';
import type { Life } from '../generic.ts';
import { create, withoutHidden } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, object, text, texts } from '../json.ts';
import { COLLECTIONS } from '../sdk.ts';
import { DESTINATIONS, ENDPOINTS } from '../webhooks/destinations.ts';

function checkUrl(call: Call): void {
  const url = text(call.params, 'url');
  if (url === undefined) return;
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', 'url', 'url_invalid');
}

/** Webhook endpoints; `connect` ones hear of the events of connected accounts. */
export const webhookEndpointLife: Life = {
  check: checkUrl,
  created: (call, row) => {
    Object.assign(row, { _secret: `whsec_${randomLetters(32)}`, _connect: call.params['connect'] === true, metadata: row['metadata'] ?? {}, status: 'enabled' });
  },
  updated: (call, row) => {
    if (call.params['disabled'] !== undefined) row['status'] = call.params['disabled'] === true ? 'disabled' : 'enabled';
  },
};

/** A webhook endpoint's secret is shown when it is made and never again. */
export function createWebhookEndpoint(call: Call): Answer {
  const row = made(call, ENDPOINTS, webhookEndpointLife);
  return { kind: 'row', row: { ...withoutHidden(row), secret: text(row, '_secret') ?? idOf(row) } };
}

/** Event destinations. */
export const eventDestinationLife: Life = {
  created: (call, row) => {
    const endpoint = object(call.params, 'webhook_endpoint');
    if (row['type'] === 'webhook_endpoint' && text(endpoint, 'url') === undefined) throw invalidRequest('Missing required param: webhook_endpoint.', 'webhook_endpoint', 'parameter_missing');
    row['_secret'] = `whsec_${randomLetters(32)}`;
  },
};

/** The secret of a destination is shown where the creation asks for it. */
export function createEventDestination(call: Call): Answer {
  const row = clone(withoutHidden(made(call, DESTINATIONS, eventDestinationLife)));
  const secret = text(call.transaction.find(DESTINATIONS, idOf(row)), '_secret') ?? '';
  const endpoint = object(row, 'webhook_endpoint');
  if (endpoint !== undefined && texts(call.params, 'include').includes('webhook_endpoint.signing_secret')) endpoint['signing_secret'] = secret;
  return { kind: 'row', row };
}

function made(call: Call, path: string, life: Life): JsonObject {
  const collection = COLLECTIONS.get(path);
  const answer = collection === undefined ? undefined : create(call, collection, life);
  if (answer?.kind !== 'place') throw notDone(path);
  return call.transaction.find(answer.collection, answer.key) ?? {};
}
