// Composes the server: the one place that constructs. Everything is made here, handed to what needs it, and how it is taken
// down is noted as it is made.
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { actionHandlers } from '../api-handlers/actions.ts';
import { auditHandlers } from '../api-handlers/audit.ts';
import { backupHandlers } from '../api-handlers/backup.ts';
import { entityHandlers } from '../api-handlers/entities.ts';
import { integrationHandlers } from '../api-handlers/integrations.ts';
import { resourceHandlers } from '../api-handlers/resources.ts';
import { statusHandlers } from '../api-handlers/status.ts';
import { toolHandlers } from '../api-handlers/tools.ts';
import type { ApiHandlers } from '../api/table.ts';
import type { CallParts } from '../calls/prepared-row.ts';
import { createRowCalls, type CallsAs } from '../calls/row-caller.ts';
import { createLocations } from '../connections/locations.ts';
import { createOutbound } from '../engine/outbound/send.ts';
import { createSessions } from '../engine/sessions.ts';
import { createHttpServer } from '../http/server.ts';
import type { Principal } from '../iam/principal.ts';
import { createActionRuntime } from '../runtime/actions.ts';
import { createEntityRuntime } from '../runtime/entities.ts';
import { createMcpEndpoint } from '../mcp/http.ts';
import { observeActions, observeEntities } from '../runtime/observed.ts';
import { deriveKey } from '../secrets/seal.ts';
import type { Settings } from '../settings.ts';
import { backUp } from '../storage/backup.ts';
import { openEmbedded, openPostgres } from '../storage/database.ts';
import { createFactRepository } from '../storage/fact-repository.ts';
import { createFigures } from '../storage/figures.ts';
import { lockFolder } from '../storage/lock.ts';
import { openQueue } from '../storage/queue.ts';
import { readAuthorities } from './authorities.ts';
import { composeAudit, composeRetention } from './audit.ts';
import { banner } from './banner.ts';
import { composeCatalogue } from './catalogue.ts';
import { composeConnections } from './connections.ts';
import { composeConsole, originAt } from './console.ts';
import { createConnectorParts } from './connector-parts.ts';
import { createDestinations } from './destinations.ts';
import { prepareDemo } from './first-start.ts';
import { composeIdentity, createGuard } from './identity.ts';
import { composeDiagnosis } from './diagnosis.ts';
import { adminToken, KEY_FACT, keyFingerprint, masterKey, requireSameKey, tokenFile } from './keys.ts';
import { createObservability, createProbes, storedGauges, VERSION } from './observability.ts';
import { composeProjects } from './projects.ts';
import { composeRates, rateGauges } from './rates.ts';
import { composeRecent } from './recent.ts';
import { startSandboxProcess } from './sandbox-process.ts';
import { composeWrites } from './writes.ts';

/** Things to take down, last made first. */
export type TakeDown = () => Promise<void> | void;

const LONGEST_DRAIN_MS = 5_000;
const DRAIN_SWEEP_MS = 50;

export async function compose(settings: Settings, takeDowns: TakeDown[], started: number): Promise<{ readonly banner: string; readonly url: string; readonly sandboxUrl: string }> {
  const observability = await createObservability(settings, takeDowns);
  const { observe } = observability;
  const authorities = readAuthorities(settings.caFile);
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
  const audit = composeAudit(database, observability, now, takeDowns);

  const token = adminToken(folder, settings.adminToken);
  const identity = composeIdentity({ database, settings, adminToken: token, secretExists: (name) => home.administration.exists(name), now });

  const key = masterKey(folder, settings.masterKey);
  const facts = createFactRepository(database.db);
  requireSameKey(await facts.get(KEY_FACT), key);
  const home = await composeProjects({ database, settings, masterKey: key, authorizer: identity.authorizer, accountsChanged: identity.accountsChanged, observe, now, takeDowns });
  const { secrets } = home;
  const writes = composeWrites({ database, masterKey: key, observe, now, takeDowns });
  const destinations = createDestinations(sandbox.url, settings.stripeApiKey !== undefined, settings.allowStripeHosts);
  const outbound = createOutbound({ allowed: destinations.allowed, observe, authorities });
  const sessions = createSessions();
  takeDowns.push(() => outbound.close(), () => sessions.close());

  const queue = await openQueue(database, (message) => observe({ kind: 'notice', message }));
  takeDowns.push(() => queue.stop());
  database.changes.on('connection', (name) => name !== undefined && outbound.forget(name));
  database.changes.on('operation', (operation) => operation !== undefined && queue.abort(operation));

  const rates = composeRates({ settings, masterKey: key, observe, ...(database.kind === 'postgresql' ? { shared: (await import('../storage/shared-rates.ts')).createSharedRates(database.db) } : {}) });
  const connectorParts = createConnectorParts(destinations, { secrets, accounts: identity.accounts, authorizer: identity.authorizer, secretExists: (secret) => home.administration.exists(secret) }, rates, observe);
  const locations = createLocations(settings.regions);
  let listening = '';
  const host = (): string => settings.publicHost ?? listening;
  const composed = composeConnections({
    database, queue, connectorParts, home, authorizer: identity.authorizer, locations, outbound, sessions, now,
    mostPerLocation: settings.connectionsPerLocation, nodeRate: settings.nodeRate, host,
  });
  const { connections, opener, handlers: connectionHandlers } = composed;

  await queue.start((operation, signal) => connections.run(operation, signal));
  const demo = prepareDemo({
    connections, secrets, projects: home.projects, bind: (resource, bindings) => identity.policies.bind(resource, bindings), stripeApiKey: settings.stripeApiKey,
    done: async () => (await facts.get('demo')) !== undefined, markDone: () => facts.set('demo', now().toISOString()),
    lastKey: () => facts.get('demo-key'), markKey: (from) => facts.set('demo-key', from),
  });
  await demo;
  requireSameKey(await facts.settle(KEY_FACT, keyFingerprint(key)), key);

  const entities = createEntityRuntime(opener, {
    writer: writes.writer, tokenKey: deriveKey(key, 'page tokens'), budget: { rows: settings.scanRows, milliseconds: settings.scanSeconds * 1_000, calls: settings.scanCalls }, turns: rates.transactions,
  });
  const figures = createFigures(database.db);
  // Handlers that call rows are themselves what rows are called by: they find them when they are called.
  const callsAs: CallsAs<Principal> = (call) => rowCalls(call);
  const handlers: ApiHandlers<Principal> = {
    ...composeDiagnosis({
      composed, connectorParts, home, authorizer: identity.authorizer, outbound, now, version: VERSION, database: database.kind,
      ping: () => figures.ping(), queueRuns: () => queue.isRunning(), operationsPending: () => figures.operationsPending(),
      capacityOf: (connection) => ({ perSecondPerNode: settings.nodeRate, ...rates.transactions.facts(connection) }), writesUnsettled: (connection) => figures.writesUnsettled(connection),
    }),
    ...connectionHandlers, ...statusHandlers(connections, opener, rates.transactions),
    ...composeCatalogue({
      database, jobs: queue.jobs, locations, connectors: connectorParts.connectors, opener, find: (name) => connections.get(name), now, publicHost: settings.publicHost,
      requireProject: async (project) => void (await home.projects.get(project)),
    }),
    ...composeRecent({ recent: observability.recent, database, connections, projects: home.projects, transactions: rates.transactions, now, takeDowns }),
    ...auditHandlers(audit, now), ...backupHandlers(() => backUp({ database, keyFingerprint: keyFingerprint(key), now, folder })), ...identity.handlers, ...home.handlers,
    ...writes.handlers(opener, async (name) => void (await connections.get(name))),
    ...entityHandlers(opener, observeEntities(entities, opener, observe)), ...actionHandlers(opener, observeActions(createActionRuntime(opener, rates.transactions, writes.writer), opener, observe)),
    ...integrationHandlers(callsAs), ...toolHandlers(opener, callsAs), ...resourceHandlers(opener, callsAs),
  };
  const callParts: CallParts<Principal> = { handlers, guard: createGuard({ authorizer: identity.authorizer, requireService: home.requireService }), callerOf: ({ id }) => id, audit };
  const rowCalls = createRowCalls(callParts);
  observability.gauges(storedGauges(figures, database.kind));
  observability.gauges(rateGauges(rates));
  database.changes.on('connection', (name) => {
    if (name !== undefined) connections.get(name).catch(() => observability.metrics.forget(name));
  });
  const issuers = settings.oidcIssuers.map(({ issuer }) => issuer);
  let draining = false;
  const http = createHttpServer<Principal>({
    ...callParts, authenticator: identity.authenticate, observe,
    mcp: createMcpEndpoint({ callsAs: rowCalls, callerOf: callParts.callerOf, version: VERSION, observe }),
    console: composeConsole({ masterKey: key, issuers: settings.oidcIssuers, host, authenticate: identity.authenticate, now }), described: { version: VERSION, issuers },
    ...(issuers.length === 0 ? {} : { protectedResources: { issuers, origin: () => originAt(host()) } }),
    probes: createProbes({ settings, metrics: observability.metrics, figures, queueRuns: () => queue.isRunning(), isDraining: () => draining }),
  });
  // Who follows a log would hold up the end.
  takeDowns.push(() => drain(http), () => observability.recent.log.close());
  const url = await http.listen({ host: settings.host, port: settings.port });
  listening = new URL(url).host;
  lock.tell(url);
  composeRetention(database, settings, observe, now, takeDowns);
  // The last that is noted is the first that is done: nothing stops before /readyz has said so.
  takeDowns.push(async () => {
    draining = true;
    await sleep(settings.shutdownDelaySeconds * 1_000);
  });
  const milliseconds = performance.now() - started;
  const facing = { url, token, tokenIsGiven: settings.adminToken !== undefined, tokenFile: tokenFile(folder), terminal: process.stdout.isTTY, sandboxUrl: sandbox.url, realAccount: settings.stripeApiKey !== undefined, database: database.kind, milliseconds };
  return { url, sandboxUrl: sandbox.url, banner: banner(facing) };
}

/** Lets calls in flight end, within bounds; then closes what is left, silent sockets too. */
async function drain(http: { close(): Promise<void>; readonly server: { closeAllConnections(): void; closeIdleConnections(): void } }): Promise<void> {
  const closed = http.close();
  // What its caller keeps open when its call has ended, now that the server closes.
  const sweeping = setInterval(() => http.server.closeIdleConnections(), DRAIN_SWEEP_MS);
  const impatient = setTimeout(() => http.server.closeAllConnections(), LONGEST_DRAIN_MS);
  await closed;
  clearInterval(sweeping);
  clearTimeout(impatient);
}
