// The life of connections: made and removed by operations that survive a restart, read from memory. It knows neither SQL,
// nor HTTP, nor Stripe; how a connection is tried out is handed in.
import { randomUUID } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { beginOperation, failOperation, succeedOperation, type Operation, type OperationVerb } from '../operations/model.ts';
import type { OperationRepository } from '../operations/repository.ts';
import { locationOf, projectOf, type Connection, type ConnectionSpec, type ConnectionState } from './model.ts';
import type { ConnectionRepository } from './repository.ts';
import { parseConnection } from './validate.ts';

export interface ConnectionService {
  /** Begins the making of a connection. @throws StatusError INVALID_ARGUMENT, ALREADY_EXISTS */
  create(parent: string, connectionId: string, body: unknown): Promise<Operation>;
  /** @throws StatusError NOT_FOUND */
  get(name: string): Promise<Connection>;
  list(parent: string, page: { readonly size: number; readonly after?: string }): Promise<readonly Connection[]>;
  /** Begins to try the connection out again: what it stands on has changed. @throws StatusError NOT_FOUND, ABORTED */
  recheck(name: string): Promise<Operation>;
  /** Begins the removal. @throws StatusError NOT_FOUND, ABORTED */
  remove(name: string): Promise<Operation>;
  operation(name: string): Promise<Operation>;
  /** Takes up again what an earlier process began and did not end. */
  resume(): Promise<void>;
  /** Waits until everything begun in this process has ended. */
  settle(): Promise<void>;
}

export interface ConnectionServiceParts {
  readonly connections: ConnectionRepository;
  readonly operations: OperationRepository;
  /** Refuses what the connector cannot be configured with. @throws StatusError INVALID_ARGUMENT */
  readonly validate: (spec: ConnectionSpec) => void;
  /** Tries the connection out against its source. @throws StatusError saying what is wrong. */
  readonly check: (connection: Connection) => Promise<void>;
  /** Told whenever a connection changed or went, so that what was opened for it is closed. */
  readonly changed: (name: string) => void;
  readonly now: () => Date;
}

const BUSY: ReadonlySet<ConnectionState> = new Set(['CREATING', 'UPDATING', 'DELETING']);
const CONNECTION_TYPE = 'type.googleapis.com/google.cloud.connectors.v1.Connection';
const EMPTY_TYPE = 'type.googleapis.com/google.protobuf.Empty';

export function createConnectionService(parts: ConnectionServiceParts): ConnectionService {
  const { connections, operations, now } = parts;
  const known = new Map<string, Connection>();
  /** Counts what was forgotten, so that a read that began before is not remembered after. */
  let generation = 0;
  const running = new Set<Promise<void>>();

  const forget = (name: string): void => {
    generation += 1;
    known.delete(name);
    parts.changed(name);
  };

  async function find(name: string): Promise<Connection> {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const begun = generation;
    const connection = await connections.find(name);
    if (connection === undefined) throw notFound(name);
    if (begun === generation) known.set(name, connection);
    return connection;
  }

  /** Lets an operation run on; however it ends, it is told to have ended. */
  function track(operation: Operation, work: Promise<void>): void {
    // Only what can never succeed is ended here. Where the store fails the operation stays pending, and its connection busy,
    // until the next start takes it up again.
    const ended = work.catch((error: unknown) => {
      if (!(error instanceof StatusError)) throw error;
      return operations.finish(failOperation(operation, error.toRpc(), now()));
    });
    const tracked: Promise<void> = ended.catch(() => undefined).finally(() => running.delete(tracked));
    running.add(tracked);
  }

  async function finishByCheck(connection: Connection, operation: Operation): Promise<void> {
    const status = await parts.check(connection).then(
      () => ({ state: 'ACTIVE' as const }),
      (error: unknown) => ({ state: 'ERROR' as const, ...describeFailure(error) }),
    );
    const settled = changed(connection, { status, updateTime: now().toISOString() });
    await connections.replace(settled, connection.etag, succeedOperation(operation, { '@type': CONNECTION_TYPE, ...shown(settled) }, now()));
    forget(connection.name);
  }

  async function finishRemove(connection: Connection, operation: Operation): Promise<void> {
    await connections.remove(connection.name, connection.etag, succeedOperation(operation, { '@type': EMPTY_TYPE }, now()));
    forget(connection.name);
  }

  /** Begins to work on a connection that nothing else works on. */
  async function begin(name: string, verb: OperationVerb, state: ConnectionState, finish: (connection: Connection, operation: Operation) => Promise<void>): Promise<Operation> {
    const connection = await find(name);
    if (BUSY.has(connection.status.state)) throw busy(connection);
    const operation = beginOperation(locationOf(name), verb, name, now());
    const begun = changed(connection, { status: { state } });
    await connections.replace(begun, connection.etag, operation);
    forget(name);
    track(operation, finish(begun, operation));
    return operation;
  }

  async function takeUp(operation: Operation): Promise<void> {
    const connection = await connections.find(operation.metadata.target);
    if (connection === undefined) throw notFound(operation.metadata.target);
    if (operation.metadata.verb === 'delete') await finishRemove(connection, operation);
    else await finishByCheck(connection, operation);
  }

  return {
    async create(parent, connectionId, body) {
      const spec = parseConnection(connectionId, projectOf(parent), body);
      parts.validate(spec);
      const name = `${parent}/connections/${connectionId}`;
      const at = now();
      const operation = beginOperation(parent, 'create', name, at);
      const connection: Connection = {
        name, createTime: at.toISOString(), updateTime: at.toISOString(), ...spec,
        status: { state: 'CREATING' }, connectionRevision: '1', etag: randomUUID(),
      };
      await connections.insert(connection, operation);
      forget(name);
      track(operation, finishByCheck(connection, operation));
      return operation;
    },

    get: find,

    list: (parent, page) => connections.list(parent, page),

    recheck: (name) => begin(name, 'update', 'UPDATING', finishByCheck),

    remove: (name) => begin(name, 'delete', 'DELETING', finishRemove),

    async operation(name) {
      const operation = await operations.find(name);
      if (operation !== undefined) return operation;
      throw notFound(name);
    },

    async resume() {
      for (const operation of await operations.pending()) track(operation, takeUp(operation));
    },

    async settle() {
      await Promise.allSettled(running);
    },
  };
}

/** The connection with some parts changed, under a new etag. */
function changed(connection: Connection, parts: Partial<Connection>): Connection {
  return { ...connection, ...parts, etag: randomUUID() };
}

/** The platform's connections carry no etag; ours is for the store. */
export function shown({ etag: _etag, ...rest }: Connection): Omit<Connection, 'etag'> {
  return rest;
}

function notFound(name: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
}

function busy({ name, status }: Connection): StatusError {
  return new StatusError('ABORTED', 'OPERATION_IN_PROGRESS', { message: `Connection ${name} is ${status.state}.`, metadata: { resource: name, state: status.state } });
}

function describeFailure(error: unknown): { readonly description: string; readonly status: string } {
  if (error instanceof StatusError) return { description: `${error.message} ${error.hint}`, status: error.reason };
  return { description: 'The connection could not be tried out: a fault of the server, see its log.', status: 'INTERNAL' };
}
