// The life of connections on a store of this test's own: what a caller sees of operations that meet, fail or were left behind.
import { describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import { beginOperation, type Operation } from '../operations/model.ts';
import type { Connection } from './model.ts';
import { createConnectionService, type ConnectionService } from './service.ts';

const LOCATION = 'projects/p/locations/us-central1';
const BODY = { connectorVersion: 'projects/p/locations/global/providers/stripe/connectors/stripe/versions/1' };

interface World {
  readonly service: ConnectionService;
  readonly connections: Map<string, Connection>;
  readonly operations: Map<string, Operation>;
}

/** Repositories over maps, which promise what the ports say. */
function world(check: (connection: Connection) => Promise<void> = async () => undefined): World {
  const connections = new Map<string, Connection>();
  const operations = new Map<string, Operation>();
  const keep = (operation: Operation): void => {
    if (operations.get(operation.name)?.done !== true) operations.set(operation.name, operation);
  };
  const demand = (name: string, etag: string): void => {
    if (connections.get(name)?.etag !== etag) throw new StatusError('ABORTED', 'ETAG_MISMATCH', { message: 'moved' });
  };
  const service = createConnectionService({
    connections: {
      find: async (name) => connections.get(name),
      list: async () => [...connections.values()],
      insert: async (connection, operation) => {
        connections.set(connection.name, connection);
        keep(operation);
      },
      replace: async (connection, etag, operation) => {
        demand(connection.name, etag);
        connections.set(connection.name, connection);
        keep(operation);
      },
      remove: async (name, etag, operation) => {
        demand(name, etag);
        connections.delete(name);
        keep(operation);
      },
    },
    operations: {
      find: async (name) => operations.get(name),
      finish: async (operation) => keep(operation),
      pending: async () => [...operations.values()].filter(({ done }) => !done),
    },
    validate: () => undefined, check, changed: () => undefined, now: () => new Date(),
  });
  return { service, connections, operations };
}

describe('a connection', () => {
  it('becomes ACTIVE when its check succeeds, and its operation answers it', async () => {
    const { service } = world();
    const begun = await service.create(LOCATION, 'one', BODY);
    expect((await service.get(`${LOCATION}/connections/one`)).status.state).toBe('CREATING');
    await service.settle();
    expect((await service.get(`${LOCATION}/connections/one`)).status).toEqual({ state: 'ACTIVE' });
    expect(await service.operation(begun.name)).toMatchObject({ done: true, response: { status: { state: 'ACTIVE' } } });
  });

  it('ends in ERROR with a description when its check fails, while its operation succeeds', async () => {
    const { service } = world(async () => {
      throw new StatusError('FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED', { message: 'No such key.' });
    });
    const begun = await service.create(LOCATION, 'one', BODY);
    await service.settle();
    expect((await service.get(`${LOCATION}/connections/one`)).status).toMatchObject({ state: 'ERROR', status: 'BACKEND_UNAUTHENTICATED', description: expect.stringContaining('No such key.') });
    expect(await service.operation(begun.name)).toMatchObject({ done: true, response: {} });
  });

  it('is not removed while something else runs on it', async () => {
    let finish = (): void => undefined;
    const { service } = world(() => new Promise((done) => { finish = done; }));
    await service.create(LOCATION, 'one', BODY);
    await expect(service.remove(`${LOCATION}/connections/one`)).rejects.toMatchObject({ code: 'ABORTED', reason: 'OPERATION_IN_PROGRESS' });
    finish();
    await service.settle();
    const removing = await service.remove(`${LOCATION}/connections/one`);
    await service.settle();
    expect(await service.operation(removing.name)).toMatchObject({ done: true, response: { '@type': 'type.googleapis.com/google.protobuf.Empty' } });
    await expect(service.get(`${LOCATION}/connections/one`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is finished by the next process where one died, and an operation without its target ends in an error', async () => {
    const { service, connections, operations } = world();
    await service.create(LOCATION, 'one', BODY);
    await service.settle();
    const [made] = [...connections.values()];
    if (made === undefined) throw new Error('not made');
    const leaving = { ...made, status: { state: 'DELETING' as const } };
    connections.set(made.name, leaving);
    const left = beginOperation(LOCATION, 'delete', made.name, new Date());
    const orphan = beginOperation(LOCATION, 'create', `${LOCATION}/connections/none`, new Date());
    for (const operation of [left, orphan]) operations.set(operation.name, operation);
    await service.resume();
    await service.settle();
    expect(connections.size).toBe(0);
    expect(operations.get(left.name)).toMatchObject({ done: true, response: {} });
    expect(operations.get(orphan.name)).toMatchObject({ done: true, error: { code: 5, status: 'NOT_FOUND' } });
  });
});
