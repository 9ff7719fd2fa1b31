// What connections need of a store. A change and the operation that tells of it are stored together or not at all.
import type { Operation } from '../operations/model.ts';
import type { Connection } from './model.ts';

export interface ConnectionRepository {
  find(name: string): Promise<Connection | undefined>;
  /** In order of name; `after` is the name of the last connection already seen. */
  list(parent: string, page: { readonly size: number; readonly after?: string }): Promise<readonly Connection[]>;
  /** @throws StatusError ALREADY_EXISTS */
  insert(connection: Connection, operation: Operation): Promise<void>;
  /** @throws StatusError ABORTED where the stored etag is another. */
  replace(connection: Connection, expectedEtag: string, operation: Operation): Promise<void>;
  /** @throws StatusError ABORTED where the stored etag is another. */
  remove(name: string, expectedEtag: string, operation: Operation): Promise<void>;
}
