// The demo that a newcomer finds: a secret, a service account and a connection. Every step can be repeated, so that a
// server killed in the middle of its first start goes on at the next; what the user deletes later stays deleted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionService } from '../connections/service.ts';
import { StatusError } from '../errors/status-error.ts';
import { serviceAccountEmail, type ServiceAccountRepository } from '../iam/service-accounts.ts';
import type { SecretService } from '../secrets/service.ts';
import { DEMO_HOST, DESTINATION_KEY } from './destinations.ts';

export const DEMO_PROJECT = 'demo';
export const DEMO_LOCATION = `projects/${DEMO_PROJECT}/locations/us-central1`;
export const DEMO_CONNECTION = `${DEMO_LOCATION}/connections/stripe-sandbox`;
const DEMO_SECRET = `projects/${DEMO_PROJECT}/secrets/stripe-api-key`;
/** Opens the sandbox; it is no secret of anyone's. */
const SANDBOX_KEY = 'sk_test_konektorSandbox';
const LONGEST_RECHECK_MS = 3_000;

export interface FirstStartParts {
  readonly connections: ConnectionService;
  readonly secrets: SecretService;
  readonly serviceAccounts: ServiceAccountRepository;
  /** Whether the demo was ever completed, and the note that it was. */
  readonly done: () => Promise<boolean>;
  readonly markDone: () => Promise<void>;
  readonly stripeApiKey: string | undefined;
  readonly now: () => Date;
}

/** Makes the demo where it is not there yet, and keeps its key the one that this start was given. */
export async function prepareDemo(parts: FirstStartParts): Promise<void> {
  const isNewKey = await keepKey(parts.secrets, parts.stripeApiKey ?? SANDBOX_KEY);
  if (await parts.done()) {
    await recheck(parts.connections, isNewKey);
    return;
  }
  const email = serviceAccountEmail('connections', DEMO_PROJECT);
  await unlessThere(() => parts.serviceAccounts.insert({ email, project: DEMO_PROJECT, displayName: 'Connections of the demo', createTime: parts.now().toISOString() }));
  await unlessThere(() => parts.connections.create(DEMO_LOCATION, 'stripe-sandbox', demoConnection(email)));
  await parts.connections.settle();
  await parts.markDone();
}

function demoConnection(serviceAccount: string): object {
  return {
    description: 'The demo: the sandbox of this server, or Stripe itself where STRIPE_API_KEY is set.',
    connectorVersion: `projects/${DEMO_PROJECT}/locations/global/providers/stripe/connectors/stripe/versions/1`,
    serviceAccount,
    authConfig: {
      authType: 'AUTH_TYPE_UNSPECIFIED',
      authKey: 'api_key',
      additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `${DEMO_SECRET}/versions/latest` } }],
    },
    destinationConfigs: [{ key: DESTINATION_KEY, destinations: [{ host: DEMO_HOST }] }],
  };
}

/** @returns whether the key is another than before. */
async function keepKey(secrets: SecretService, key: string): Promise<boolean> {
  try {
    if ((await secrets.resolve(`${DEMO_SECRET}/versions/latest`)) === key) return false;
    await secrets.addVersion(DEMO_SECRET, key);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 'FAILED_PRECONDITION') throw error;
    await secrets.create(DEMO_SECRET, key);
  }
  return true;
}

/** With another key, or where the last try failed, the demo may be another than its state says. */
async function recheck(connections: ConnectionService, isNewKey: boolean): Promise<void> {
  try {
    if (!isNewKey && (await connections.get(DEMO_CONNECTION)).status.state === 'ACTIVE') return;
    // What an earlier process left undone comes first.
    await connections.settle();
    const { status } = await connections.get(DEMO_CONNECTION);
    if (!isNewKey && status.state !== 'ERROR') return;
    await connections.recheck(DEMO_CONNECTION);
    // A Stripe that cannot be reached holds up no start: the connection then says so a little later.
    await Promise.race([connections.settle(), sleep(LONGEST_RECHECK_MS, undefined, { ref: false })]);
  } catch (error) {
    // The user deleted it: it stays deleted.
    if (!(error instanceof StatusError) || error.code !== 'NOT_FOUND') throw error;
  }
}

async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 'ALREADY_EXISTS') throw error;
  }
}
