// Connections and operations on stores of a test's own: maps that promise what the ports say, and a queue that works at once or
// when it is told to.
import { randomUUID } from 'node:crypto';
import type { CheckParts } from '../src/connections/check.ts';
import { checkConnection, missingRoles } from '../src/connections/check.ts';
import type { Connection } from '../src/connections/model.ts';
import type { ConnectionRepository } from '../src/connections/repository.ts';
import { createConnectionService, type ConnectionService } from '../src/connections/service.ts';
import { connectionTemplate } from '../src/connections/templates.ts';
import { checkVariables } from '../src/connections/variables.ts';
import { MANIFEST } from '../src/connectors/stripe/config.ts';
import { StatusError } from '../src/errors/status-error.ts';
import type { Operation } from '../src/operations/model.ts';
import type { OperationRepository } from '../src/operations/repository.ts';
import { createOperationService, type OperationService } from '../src/operations/service.ts';

export const LOCATION = 'projects/p/locations/us-central1';
export const SECRET = 'projects/p/secrets/stripe';
export const BODY = {
  connectorVersion: 'projects/p/locations/global/providers/stripe/connectors/stripe/versions/1',
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `${SECRET}/versions/1` } }] },
};

export interface World {
  readonly service: ConnectionService;
  readonly operations: OperationService;
  readonly connections: Map<string, Connection>;
  readonly stored: Map<string, Operation>;
  /** Of every change told: what may stay open. */
  readonly told: { readonly name: string; readonly serving: readonly string[] }[];
  /** Waits until what was begun has ended. */
  settle(): Promise<void>;
}

export interface WorldParts extends Partial<CheckParts> {
  /** The queue hands nothing out: the test runs operations itself. */
  readonly idle?: boolean;
  readonly mostPerLocation?: number;
  /** Before each write of the store. */
  readonly beforeWrite?: () => Promise<void>;
}

export function world(parts: WorldParts = {}): World {
  const connections = new Map<string, Connection>();
  const stored = new Map<string, Operation>();
  const told: { readonly name: string; readonly serving: readonly string[] }[] = [];
  const keep = (operation: Operation): void => {
    if (stored.get(operation.name)?.done !== true) stored.set(operation.name, operation);
  };
  const demand = (name: string, etag: string): void => {
    if (connections.get(name)?.etag !== etag) throw new StatusError('ABORTED', 'ETAG_MISMATCH', { message: 'moved' });
  };
  const wait = parts.beforeWrite ?? (async () => undefined);
  const connectionStore: ConnectionRepository = {
    find: async (name) => connections.get(name),
    list: async (parent) => [...connections.values()].filter(({ name }) => name.startsWith(parent.replace(/-$/, ''))),
    async insert(connection, operation, most = 0) {
      await wait();
      if (connections.has(connection.name)) throw new StatusError('ALREADY_EXISTS', 'RESOURCE_EXISTS', { message: 'taken' });
      if (most > 0 && connections.size >= most) throw new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', { message: 'full' });
      connections.set(connection.name, connection);
      keep(operation);
    },
    async replace(connection, etag, operation) {
      await wait();
      demand(connection.name, etag);
      connections.set(connection.name, connection);
      keep(operation);
    },
    async remove(name, etag, operation) {
      await wait();
      demand(name, etag);
      connections.delete(name);
      keep(operation);
    },
  };
  const operationStore: OperationRepository = {
    find: async (name) => stored.get(name),
    finish: async (operation) => keep(operation),
    pending: async () => [...stored.values()].filter(({ done }) => !done),
    list: async (parent, { size, after }) => [...stored.values()].filter(({ name }) => name.startsWith(parent.replace(/-$/, '')))
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1)).filter((one) => after === undefined || keyOf(one) < `${after.createTime} ${after.name}`).slice(0, size),
    async requestCancellation(name) {
      const found = stored.get(name);
      if (found === undefined || found.done) return false;
      stored.set(name, { ...found, metadata: { ...found.metadata, requestedCancellation: true } });
      return true;
    },
    remove: async (name) => stored.get(name)?.done === true && stored.delete(name),
  };

  const running = new Map<string, { readonly control: AbortController; readonly ended: Promise<void> }>();
  const queue = {
    wake(operation: string): void {
      if (parts.idle === true) return;
      const control = new AbortController();
      const ended = service.run(operation, control.signal).finally(() => running.delete(operation));
      running.set(operation, { control, ended });
    },
    abort: (operation: string): void => running.get(operation)?.control.abort(),
    settle: async (): Promise<void> => {
      while (running.size > 0) await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
  const template = connectionTemplate(MANIFEST.template);
  const serviceAccountExists = parts.serviceAccountExists ?? (async () => true);
  const secretParts = { secretExists: parts.secretExists ?? (async () => true), rolesMissing: parts.rolesMissing ?? (async () => []) };
  const service = createConnectionService({
    connections: connectionStore, operations: operationStore, queue,
    rules: { templateOf: (version) => (version === BODY.connectorVersion ? template : undefined), connectors: 'stripe', isLocation: (id) => id === 'us-central1', serviceAccountExists: async () => true, validate: () => undefined },
    missingRoles: (connection) => missingRoles(connection, secretParts),
    check: (connection, signal) => checkConnection(connection, signal, {
      ...secretParts, serviceAccountExists, tryOut: parts.tryOut ?? (async () => undefined),
    }),
    warningsOf: (connection) => checkVariables(connection, template, { add: () => undefined }),
    present: ({ name, status }) => ({ name, status }),
    requireProject: async (project) => {
      if (project !== 'p') throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: project });
    },
    offeredBy: async () => ({ entities: ['Customer', 'CustomerTaxId', 'Invoice', 'InvoiceItem'], actions: ['FinalizeInvoice'] }),
    mostPerLocation: parts.mostPerLocation ?? 0,
    changed: (name, serving) => void told.push({ name, serving }),
    now: () => new Date(),
  });
  return { service, operations: createOperationService(operationStore, queue), connections, stored, told, settle: queue.settle };
}

function keyOf({ name, metadata }: Operation): string {
  return `${metadata.createTime} ${name}`;
}

/** A promise with its key: lets a test hold something up. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => { open = resolve; });
  return { opened, open };
}

export function newName(): string {
  return `c${randomUUID().slice(0, 8)}`;
}
