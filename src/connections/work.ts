// The work of the operations on connections. It may be begun twice, by two processes at once, and again after one died: what
// is stored decides, and a result that comes second changes nothing.
import { randomUUID } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { failOperation, succeedOperation, type Operation } from '../operations/model.ts';
import type { OperationRepository } from '../operations/repository.ts';
import { describeFailure } from './check.ts';
import { BUSY, step } from './lifecycle.ts';
import { withRevision, type Connection, type ConnectionStatus } from './model.ts';
import type { ConnectionRepository } from './repository.ts';

export interface WorkParts {
  readonly connections: ConnectionRepository;
  readonly operations: OperationRepository;
  /** Tries the connection out. @throws StatusError saying what is wrong. */
  readonly check: (connection: Connection, signal: AbortSignal) => Promise<void>;
  /** What is kept of its configuration though nothing uses it. */
  readonly warningsOf: (connection: Connection) => readonly string[];
  /** As the API shows it, for the operation's answer. */
  readonly present: (connection: Connection) => object;
  /** Told after each change that was stored. */
  readonly changed: (name: string) => void;
  readonly now: () => Date;
}

const CONNECTION_TYPE = 'type.googleapis.com/google.cloud.connectors.v1.Connection';
const EMPTY_TYPE = 'type.googleapis.com/google.protobuf.Empty';

/** Does the work of an operation. @throws Error where it has to be tried again. */
export type Work = (operationName: string, signal: AbortSignal) => Promise<void>;

export function createConnectionWork(parts: WorkParts): Work {
  const { connections, operations, now } = parts;

  async function settle(connection: Connection, operation: Operation, status: ConnectionStatus): Promise<void> {
    const { operation: _operation, previous: _previous, ...rest } = connection;
    const settled: Connection = { ...rest, status, updateTime: now().toISOString(), etag: randomUUID() };
    await connections.replace(settled, connection.etag, succeedOperation(operation, { '@type': CONNECTION_TYPE, ...parts.present(settled) }, now()));
    parts.changed(connection.name);
  }

  async function giveUp(connection: Connection, operation: Operation): Promise<void> {
    const error = new StatusError('CANCELLED', 'OPERATION_CANCELLED', { message: `The operation on ${connection.name} was cancelled.` });
    const ended = failOperation(operation, error.toRpc(), now());
    const next = step(connection.name, connection.status.state, 'cancelled');
    await connections.replace(next === 'PREVIOUS' && connection.previous !== undefined ? withRevision(connection, connection.previous) : cancelledCreation(connection), connection.etag, ended);
    parts.changed(connection.name);
  }

  function cancelledCreation({ operation: _operation, previous: _previous, ...rest }: Connection): Connection {
    const status = { state: 'ERROR' as const, status: 'CANCELLED', description: 'Its creation was cancelled before it was tried out: change it to have it tried out, or delete it.' };
    return { ...rest, status, updateTime: now().toISOString(), etag: randomUUID() };
  }

  async function tryOut(connection: Connection, operation: Operation, signal: AbortSignal): Promise<void> {
    const { name, status: { state } } = connection;
    if (operation.metadata.requestedCancellation) return giveUp(connection, operation);
    if (connection.suspended === true) return settle(connection, operation, { state: stateAfter(step(name, state, 'rested')) });
    const failure: { readonly error: unknown } | undefined = await parts.check(connection, signal).then(() => undefined, (error: unknown) => ({ error }));
    const latest = (await operations.find(operation.name)) ?? operation;
    if (latest.done) return undefined;
    if (latest.metadata.requestedCancellation) return giveUp(connection, latest);
    // Stopped, but not by who wanted it: whoever takes it up tries it out.
    signal.throwIfAborted();
    if (failure !== undefined) return settle(connection, latest, { state: stateAfter(step(name, state, 'checkFailed')), ...describeFailure(failure.error) });
    const warnings = parts.warningsOf(connection);
    return settle(connection, latest, { state: stateAfter(step(name, state, 'checkPassed')), ...(warnings.length === 0 ? {} : { description: `${warnings.join('; ')}.` }) });
  }

  async function removeIt(connection: Connection, operation: Operation): Promise<void> {
    step(connection.name, connection.status.state, 'removed');
    await connections.remove(connection.name, connection.etag, succeedOperation(operation, { '@type': EMPTY_TYPE }, now()));
    parts.changed(connection.name);
  }

  return async (operationName, signal) => {
    const operation = await operations.find(operationName);
    if (operation === undefined || operation.done) return;
    const { target, verb } = operation.metadata;
    const connection = await connections.find(target);
    if (connection === undefined) return operations.finish(failOperation(operation, gone(target).toRpc(), now()));
    // What an earlier version began does not say so on the connection.
    const isOurs = BUSY.has(connection.status.state) && (connection.operation ?? operationName) === operationName && (verb === 'delete') === (connection.status.state === 'DELETING');
    if (!isOurs) return operations.finish(failOperation(operation, overtaken(target).toRpc(), now()));
    try {
      await (verb === 'delete' ? removeIt(connection, operation) : tryOut(connection, operation, signal));
    } catch (error) {
      const isSecond = error instanceof StatusError && error.reason === 'ETAG_MISMATCH' && (await operations.find(operationName))?.done !== false;
      if (!isSecond) throw error;
    }
  };
}

/** The table leads from work to a state of its own, never to none. */
function stateAfter(next: ReturnType<typeof step>): ConnectionStatus['state'] {
  return next === 'NONE' || next === 'PREVIOUS' ? 'ERROR' : next;
}

function gone(name: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
}

function overtaken(name: string): StatusError {
  return new StatusError('ABORTED', 'ETAG_MISMATCH', { message: `${name} has changed since the operation was begun.`, metadata: { resource: name } });
}
