// When what a connection offers was last read anew, and the operations as which the platform hands out single schemas.
import { createHash } from 'node:crypto';
import type { TypedMessage } from '../errors/status-error.ts';
import { succeedOperation, beginOperation, type Operation } from '../operations/model.ts';
import { locationOf, type Connection } from './model.ts';

export interface SchemaRefreshRepository {
  /** RFC 3339, or undefined where it was never asked for. */
  refreshedAt(connection: string): Promise<string | undefined>;
  /** Notes a refresh, with its operation; every process forgets what it had opened for the connection. @throws StatusError NOT_FOUND */
  refresh(connection: string, at: string, operation: Operation): Promise<void>;
  /** Stores an operation that has ended. @returns the one that is there where its name is taken. */
  keep(operation: Operation): Promise<Operation>;
}

/**
 * An operation that has ended with a schema. Its name follows from the schema, so that asking again, which clients do at every
 * start, stores nothing twice.
 */
export function schemaOperation(connection: Pick<Connection, 'name' | 'createTime'>, response: TypedMessage, now: Date): Operation {
  const begun = beginOperation(locationOf(connection.name), 'update', connection.name, now);
  const digest = createHash('sha256').update(JSON.stringify([connection.name, connection.createTime, response])).digest('hex');
  const id = `operation-${Date.parse(connection.createTime)}-${digest.slice(0, 13)}-${digest.slice(13, 21)}-${digest.slice(21, 29)}`;
  return succeedOperation({ ...begun, name: `${locationOf(connection.name)}/operations/${id}` }, response, now);
}
