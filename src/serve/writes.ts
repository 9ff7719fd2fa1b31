// The journal of writes put together: where it is kept, what seals it, and how it is taken down.
import { writeHandlers } from '../api-handlers/writes.ts';
import type { Observe } from '../observe/events.ts';
import type { Opener } from '../runtime/opened.ts';
import { createWriteReconciler } from '../runtime/reconcile.ts';
import { createWriter, type Writer } from '../runtime/writes.ts';
import { createSeal, deriveKey } from '../secrets/seal.ts';
import type { Database } from '../storage/database.ts';
import { createWriteRepository } from '../storage/write-repository.ts';
import { createWriteJournal } from '../writes/journal.ts';
import { createReconciler } from '../writes/reconcile.ts';
import type { TakeDown } from './compose.ts';

export interface WritesParts {
  readonly database: Pick<Database, 'db' | 'process'>;
  readonly masterKey: Uint8Array;
  readonly observe: Observe;
  readonly now: () => Date;
  readonly takeDowns: TakeDown[];
}

export interface ComposedWrites {
  readonly writer: Writer;
  /** The rows of the journal, for connections that are opened so. */
  handlers(opener: Opener, requireConnection: (name: string) => Promise<void>): ReturnType<typeof writeHandlers>;
}

/** To be made before what sends, so that it is taken down after it: what was cut off is still noted. */
export function composeWrites({ database, masterKey, observe, now, takeDowns }: WritesParts): ComposedWrites {
  const repository = createWriteRepository(database.db, database.process);
  const seal = createSeal(deriveKey(masterKey, 'answers of writes'));
  const journal = createWriteJournal({ repository, seal, hashKey: deriveKey(masterKey, 'requests of writes'), observe, now });
  takeDowns.push(() => journal.close());
  const reconciler = createReconciler({ repository, seal, observe, now });
  return {
    writer: createWriter(journal),
    handlers: (opener, requireConnection) => writeHandlers({ repository, reconciler: createWriteReconciler(opener, repository, reconciler), requireConnection }),
  };
}
