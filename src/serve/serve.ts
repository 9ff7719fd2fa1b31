// Composes the server: the one place that constructs. Everything is made here, handed to what needs it, and taken down in
// the reverse order when the process is told to stop.
import { join, resolve } from 'node:path';
import { actionHandlers } from '../api-handlers/actions.ts';
import { connectionHandlers } from '../api-handlers/connections.ts';
import { entityHandlers } from '../api-handlers/entities.ts';
import { statusHandlers } from '../api-handlers/status.ts';
import type { ApiHandlers } from '../api/table.ts';
import { createConnectionService, type ConnectionService } from '../connections/service.ts';
import { createOutbound } from '../engine/outbound/send.ts';
import { createSessions } from '../engine/sessions.ts';
import { createHttpServer } from '../http/server.ts';
import { authorize, type Principal } from '../iam/principal.ts';
import { createTokenVerifier } from '../iam/tokens.ts';
import { createLogger } from '../observe/logger.ts';
import { createActionRuntime } from '../runtime/actions.ts';
import { createEntityRuntime } from '../runtime/entities.ts';
import { createOpener } from '../runtime/opened.ts';
import { tryOut } from '../runtime/status.ts';
import { createSeal, deriveKey } from '../secrets/seal.ts';
import { createSecretService } from '../secrets/service.ts';
import { readSettings, SettingsError, type Settings } from '../settings.ts';
import { createConnectionRepository } from '../storage/connection-repository.ts';
import { openEmbedded, openPostgres } from '../storage/database.ts';
import { createFactRepository } from '../storage/fact-repository.ts';
import { lockFolder } from '../storage/lock.ts';
import { createOperationRepository } from '../storage/operation-repository.ts';
import { createSecretRepository } from '../storage/secret-repository.ts';
import { createServiceAccountRepository } from '../storage/service-account-repository.ts';
import { banner } from './banner.ts';
import { createConnectorParts } from './connector-parts.ts';
import { createDestinations } from './destinations.ts';
import { prepareDemo } from './first-start.ts';
import { adminToken, masterKey } from './keys.ts';
import { startSandboxProcess } from './sandbox-process.ts';

/** Things to take down, last made first. */
type TakeDown = () => Promise<void> | void;

/** Runs the server until it is told to stop. @returns the exit code. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const started = performance.now();
  const takeDowns: TakeDown[] = [];
  try {
    const settings = readSettings(environment);
    // Until it is ready there is nothing to drain, and the state survives an end at any moment.
    const leave = (): void => process.exit(0);
    for (const signal of STOPS) process.once(signal, leave);
    const server = await compose(settings, takeDowns, started);
    const stopped = untilStopped();
    for (const signal of STOPS) process.off(signal, leave);
    process.stdout.write(server.banner);
    process.send?.({ url: server.url, sandboxUrl: server.sandboxUrl });
    await stopped;
    process.stdout.write('\nStopping. A start finds everything again.\n');
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof SettingsError ? 2 : 1;
  } finally {
    for (const takeDown of takeDowns.toReversed()) await attempt(takeDown);
    // Listening for its end keeps the channel, and with it this process, alive.
    if (process.connected) process.disconnect();
  }
}

async function compose(settings: Settings, takeDowns: TakeDown[], started: number): Promise<{ readonly banner: string; readonly url: string; readonly sandboxUrl: string }> {
  const observe = createLogger(settings.logLevel);
  const now = (): Date => new Date();
  const folder = resolve(settings.dataDir);
  const lock = lockFolder(folder);
  takeDowns.push(() => lock.release());

  const opening = settings.databaseUrl === undefined ? openEmbedded(join(folder, 'database')) : openPostgres(settings.databaseUrl);
  const sandboxStarting = startSandboxProcess({ port: settings.sandboxPort, dataDir: join(folder, 'sandbox'), demo: settings.stripeApiKey === undefined, observe });
  const [databaseResult, sandboxResult] = await Promise.allSettled([opening, sandboxStarting]);
  if (databaseResult.status === 'fulfilled') takeDowns.push(() => databaseResult.value.close());
  if (sandboxResult.status === 'fulfilled') takeDowns.push(() => sandboxResult.value.close());
  if (databaseResult.status === 'rejected') throw databaseResult.reason;
  if (sandboxResult.status === 'rejected') throw sandboxResult.reason;
  const [database, sandbox] = [databaseResult.value, sandboxResult.value];

  const key = masterKey(folder, settings.masterKey);
  const secrets = createSecretService(createSecretRepository(database.db), createSeal(key), now);
  const destinations = createDestinations(sandbox.url, settings.stripeApiKey !== undefined, settings.allowStripeHosts);
  const outbound = createOutbound({ allowed: destinations.allowed, observe });
  const sessions = createSessions();
  takeDowns.push(() => outbound.close(), () => sessions.close());

  const connectorParts = createConnectorParts(destinations, secrets);
  const connections: ConnectionService = createConnectionService({
    connections: createConnectionRepository(database.db),
    operations: createOperationRepository(database.db),
    check: (connection) => tryOut(opener, connection, { id: 'konektor', requestId: 'connection-check', signal: AbortSignal.timeout(30_000), deadline: new Date(Date.now() + 30_000), output: 'typed' }),
    validate: connectorParts.validate,
    changed: (name) => opener.drop(name),
    now,
  });
  const opener = createOpener({ ...connectorParts, find: (name) => connections.get(name), send: (request) => outbound.send(request), sessions, now });
  takeDowns.push(() => connections.settle());

  await connections.resume();
  const facts = createFactRepository(database.db);
  const demo = prepareDemo({
    connections, secrets, serviceAccounts: createServiceAccountRepository(database.db), stripeApiKey: settings.stripeApiKey, now,
    done: async () => (await facts.get('demo')) !== undefined, markDone: () => facts.set('demo', now().toISOString()),
  });
  await demo;

  const token = adminToken(folder, settings.adminToken);
  const entities = createEntityRuntime(opener, {
    tokenKey: deriveKey(key, 'page tokens'), budget: { rows: settings.scanRows, milliseconds: settings.scanSeconds * 1_000, calls: settings.scanCalls },
  });
  const handlers: ApiHandlers<Principal> = {
    ...connectionHandlers(connections), ...statusHandlers(connections, opener),
    ...entityHandlers(opener, entities), ...actionHandlers(opener, createActionRuntime(opener)),
  };
  const http = createHttpServer<Principal>({ handlers, authenticator: createTokenVerifier(token), authorize, callerOf: ({ id }) => id, observe });
  takeDowns.push(() => drain(http));
  const url = await http.listen({ host: settings.host, port: settings.port });
  lock.tell(url);
  const milliseconds = performance.now() - started;
  const facing = { url, token, tokenIsGiven: settings.adminToken !== undefined, sandboxUrl: sandbox.url, realAccount: settings.stripeApiKey !== undefined, database: database.kind, milliseconds };
  return { url, sandboxUrl: sandbox.url, banner: banner(facing) };
}

const LONGEST_DRAIN_MS = 5_000;
const STOPS = ['SIGTERM', 'SIGINT'] as const;

function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of STOPS) process.once(signal, () => stop());
    // Started by a program that waits for its address: it goes when that program does.
    process.once('disconnect', () => stop());
  });
}

/** Lets calls in flight end, within bounds; then closes what is left, silent sockets too. */
async function drain(http: { close(): Promise<void>; readonly server: { closeAllConnections(): void } }): Promise<void> {
  const closed = http.close();
  const impatient = setTimeout(() => http.server.closeAllConnections(), LONGEST_DRAIN_MS);
  await closed;
  clearTimeout(impatient);
}

/** One thing that cannot be taken down keeps no other up. */
async function attempt(takeDown: TakeDown): Promise<void> {
  try {
    await takeDown();
  } catch (error) {
    process.stderr.write(`${explain(error).replace('start', 'stop cleanly')}\n`);
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Konektor could not start.';
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Konektor could not start: the port is taken (${error.message}). Stop what holds it, or set KONEKTOR_PORT.`;
  return `Konektor could not start: ${error.message}`;
}
