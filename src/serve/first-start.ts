// The demo that a newcomer finds: a secret, a service account and a connection. Every step can be repeated, so that a
// server killed in the middle of its first start goes on at the next; what the user deletes later stays deleted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionService } from '../connections/service.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Binding } from '../iam/policy.ts';
import type { ProjectService } from '../iam/projects-service.ts';
import { DEFAULT_ACCOUNT_ID, serviceAccountEmail } from '../iam/service-accounts.ts';
import type { SecretService } from '../secrets/service.ts';
import { DEMO_HOST, DESTINATION_KEY } from './destinations.ts';

export const DEMO_PROJECT = 'demo';
export const DEMO_LOCATION = `projects/${DEMO_PROJECT}/locations/us-central1`;
export const DEMO_CONNECTION = `${DEMO_LOCATION}/connections/stripe-sandbox`;
const DEMO_SECRET = `projects/${DEMO_PROJECT}/secrets/stripe-api-key`;
const DEMO_KEY = `${DEMO_SECRET}/versions/latest`;
/** Opens the sandbox; it is no secret of anyone's. */
const SANDBOX_KEY = 'sk_test_konektorSandbox';
/** What a connection's account must hold on the secret of its connection. */
const NEEDED_ROLES = ['roles/secretmanager.secretAccessor', 'roles/secretmanager.viewer'] as const;
/** How a secret or a project that is not there, not enabled or full is told. */
const GONE: ReadonlySet<string> = new Set(['FAILED_PRECONDITION', 'NOT_FOUND', 'RESOURCE_EXHAUSTED']);
/** How a connection that is not there, suspended or busy is told. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['NOT_FOUND', 'FAILED_PRECONDITION', 'ABORTED']);
const LONGEST_RECHECK_MS = 3_000;

export interface FirstStartParts {
  readonly connections: ConnectionService;
  readonly secrets: SecretService;
  readonly projects: Pick<ProjectService, 'ensure'>;
  /** Adds members to roles on a resource. */
  readonly bind: (resource: string, bindings: readonly Binding[]) => Promise<void>;
  /** Whether the demo was ever completed, and the note that it was. */
  readonly done: () => Promise<boolean>;
  readonly markDone: () => Promise<void>;
  /** Where the key of the last start came from, and the note where that of this one does: 'given' or 'sandbox'. */
  readonly lastKey: () => Promise<string | undefined>;
  readonly markKey: (from: string) => Promise<void>;
  readonly stripeApiKey: string | undefined;
}

/**
 * Makes the demo where it is not there yet, and keeps its key the one that this start was given. A start that is given none
 * brings the sandbox's back after one that was, and else leaves alone what the secret holds: somebody may have put another in.
 */
export async function prepareDemo(parts: FirstStartParts): Promise<void> {
  const from = parts.stripeApiKey === undefined ? 'sandbox' : 'given';
  if (await parts.done()) {
    const isLeftAlone = from === 'sandbox' && (await parts.lastKey()) === 'sandbox';
    const isNewKey = !isLeftAlone && (await keepKey(parts.secrets, parts.stripeApiKey ?? SANDBOX_KEY));
    await parts.markKey(from);
    await recheck(parts.connections, isNewKey);
    return;
  }
  await parts.projects.ensure(DEMO_PROJECT);
  await makeKey(parts.secrets, parts.stripeApiKey ?? SANDBOX_KEY);
  const email = serviceAccountEmail(DEFAULT_ACCOUNT_ID, DEMO_PROJECT);
  await parts.bind(DEMO_SECRET, NEEDED_ROLES.map((role) => ({ role, members: [`serviceAccount:${email}`] })));
  await unlessThere(() => parts.connections.create(DEMO_LOCATION, 'stripe-sandbox', demoConnection(email)));
  await parts.connections.settle();
  await parts.markKey(from);
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
      additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: DEMO_KEY } }],
    },
    destinationConfigs: [{ key: DESTINATION_KEY, destinations: [{ host: DEMO_HOST }] }],
  };
}

/** Makes the secret where it is not there, and the key the newest version of it. */
async function makeKey(secrets: SecretService, key: string): Promise<void> {
  if (secrets.keptElsewhere(DEMO_PROJECT)) return;
  try {
    if ((await secrets.resolve(DEMO_KEY)) !== key) await secrets.addVersion(DEMO_SECRET, key);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 'FAILED_PRECONDITION') throw error;
    // A server that is started at the same time may be first.
    await unlessThere(() => secrets.create(DEMO_SECRET, key));
  }
}

/** What the user deleted, disabled or keeps elsewhere stays so. @returns whether the key is another than before. */
async function keepKey(secrets: SecretService, key: string): Promise<boolean> {
  if (secrets.keptElsewhere(DEMO_PROJECT)) return false;
  try {
    if ((await secrets.resolve(DEMO_KEY)) === key) return false;
    await secrets.addVersion(DEMO_SECRET, key);
    return true;
  } catch (error) {
    if (!(error instanceof StatusError) || !GONE.has(error.code)) throw error;
    return false;
  }
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
    // The user deleted or suspended it, or something works on it already: it stays so.
    if (!(error instanceof StatusError) || !LEFT_ALONE.has(error.code)) throw error;
  }
}

async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 'ALREADY_EXISTS') throw error;
  }
}
