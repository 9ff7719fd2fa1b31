// Writes of a connection whose outcome is not known, settled by what the connector finds out at the source.
import { StatusError } from '../errors/status-error.ts';
import type { UnsettledWrite } from '../spi/writes.ts';
import { writeTold } from '../writes/findings.ts';
import type { WriteEntry } from '../writes/model.ts';
import type { Finder, Reconciled, Reconciler } from '../writes/reconcile.ts';
import type { WriteRepository } from '../writes/repository.ts';
import type { Caller } from './caller.ts';
import { callOf, type Opened, type Opener } from './opened.ts';
import { madeOutput, updatedOutput } from './write-output.ts';

export interface WriteReconciler {
  /** @throws StatusError NOT_FOUND */
  get(connection: string, id: string): Promise<WriteEntry>;
  /** One write. @throws StatusError NOT_FOUND, and what keeps the source from being asked. */
  reconcile(connection: string, caller: Caller, id: string): Promise<Reconciled>;
  /** Settles by somebody's word what is not known. */
  settleAs(connection: string, id: string, state: 'SUCCEEDED' | 'NOT_DONE', who: string): Promise<Reconciled>;
  /** A page of all whose outcome is not known, oldest first. @returns the sequence after which to go on; absent at the end. */
  reconcileAll(connection: string, caller: Caller, page: { readonly size: number; readonly after?: number }): Promise<{ readonly reconciled: readonly Reconciled[]; readonly next?: number }>;
}

export function createWriteReconciler(opener: Opener, repository: Pick<WriteRepository, 'find' | 'list'>, reconciler: Reconciler): WriteReconciler {
  async function get(connection: string, id: string): Promise<WriteEntry> {
    const entry = await repository.find(id);
    if (entry !== undefined && entry.connection === connection) return entry;
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `There is no write ${id.slice(0, 100)} in the journal of this connection.`, metadata: { write: id.slice(0, 100) } });
  }

  async function finderOf(connection: string, caller: Caller): Promise<Finder> {
    const opened = await opener.open(connection);
    const { session } = opened;
    return {
      find: async (writes: readonly UnsettledWrite[]) => (session.findOutcomes === undefined
        ? writes.map(() => ({ outcome: 'cannot tell', ...writeTold('CANNOT_FIND_OUT') }) as const)
        : session.findOutcomes(callOf(caller), writes)),
      answerOf: (entry, { rows }) => answerOf(opened, entry, rows),
    };
  }

  return {
    get,
    async reconcile(connection, caller, id) {
      const entry = await get(connection, id);
      const [reconciled] = await reconciler.reconcile([entry], await finderOf(connection, caller));
      return reconciled ?? { entry, told: writeTold('SETTLED_BEFORE') };
    },
    async settleAs(connection, id, state, who) {
      const told = writeTold('SAID_BY', { who });
      return { entry: await reconciler.settleAs(await get(connection, id), state, told), told };
    },
    async reconcileAll(connection, caller, { size, after }) {
      const finder = await finderOf(connection, caller);
      const entries = await repository.list({ connection, states: ['UNKNOWN'], order: 'oldest first', size, ...(after === undefined ? {} : { after }) });
      const reconciled = await reconciler.reconcile(entries, finder);
      const last = entries.at(-1);
      return { reconciled, ...(entries.length < size || last === undefined ? {} : { next: last.sequence }) };
    },
  };
}

/** What the caller would have been answered. */
function answerOf({ catalog }: Opened, { kind, name, row: id }: WriteEntry, rows: readonly Readonly<Record<string, unknown>>[]): unknown {
  const [row] = rows;
  if (kind === 'delete') return null;
  if (kind === 'execute') return rows.length === 0 ? undefined : rows;
  if (row === undefined) return undefined;
  const type = catalog.entity(name);
  return kind === 'create' ? madeOutput(type, row) : updatedOutput(type, id, row);
}
