// What connections need of a store. A change and the operation that tells of it are stored together or not at all, and every
// process is told of the change.
import type { Operation } from '../operations/model.ts';
import type { Connection } from './model.ts';

export interface ConnectionRepository {
  find(name: string): Promise<Connection | undefined>;
  /** All of a location, or of all of a project's (`projects/p/locations/-`). */
  list(parent: string): Promise<readonly Connection[]>;
  /**
   * @param most connections that the location may then have; 0 or absent for any number.
   * @throws StatusError ALREADY_EXISTS, RESOURCE_EXHAUSTED
   */
  insert(connection: Connection, operation: Operation, most?: number): Promise<void>;
  /** @throws StatusError ABORTED where the stored etag is another. */
  replace(connection: Connection, expectedEtag: string, operation: Operation): Promise<void>;
  /** @throws StatusError ABORTED where the stored etag is another. */
  remove(name: string, expectedEtag: string, operation: Operation): Promise<void>;
}
