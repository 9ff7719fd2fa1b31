// Figures of what is stored, for those who watch a server: read when they ask, never on the way of a call.
import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

export interface ConnectionFigures {
  readonly name: string;
  readonly state: string;
  /** The reason of an ERROR; '' without one. */
  readonly reason: string;
  /** Calls are served, by this revision or the one before. */
  readonly serving: boolean;
  readonly minNodes: number;
  readonly maxNodes: number;
}

export interface Figures {
  /** In the order of their names, so many at most. */
  connections(most: number): Promise<readonly ConnectionFigures[]>;
  /** Long-running operations that are not done. */
  operationsPending(): Promise<number>;
  /** Writes that are under way or of unknown outcome, by connection and state. */
  writes(): Promise<readonly { readonly connection: string; readonly state: string; readonly count: number }[]>;
  /** Those of one connection. */
  writesUnsettled(connection: string): Promise<number>;
  /** Whether the database answers. */
  ping(): Promise<void>;
}

export function createFigures(db: Kysely<Schema>): Figures {
  return {
    async connections(most) {
      // Whole connections are large; these few members of theirs are not.
      const { rows } = await sql<{ name: string; state: string; reason: string | null; previous: string | null; min: string | null; max: string | null }>`
        select name, body #>> '{status,state}' as state, body #>> '{status,status}' as reason, body #>> '{previous,status,state}' as previous,
          body #>> '{nodeConfig,minNodeCount}' as min, body #>> '{nodeConfig,maxNodeCount}' as max
        from connections order by name limit ${most}`.execute(db);
      return rows.map(({ name, state, reason, previous, min, max }) => ({
        name, state, reason: reason ?? '', serving: state === 'ACTIVE' || (state === 'UPDATING' && previous === 'ACTIVE'), minNodes: Number(min), maxNodes: Number(max),
      }));
    },
    async operationsPending() {
      const { count } = await db.selectFrom('operations').select(({ fn }) => fn.countAll<string | number>().as('count')).where('done', '=', false).executeTakeFirstOrThrow();
      return Number(count);
    },
    async writes() {
      const rows = await unsettled(db).select(['connection', 'state', db.fn.countAll<string | number>().as('count')]).groupBy(['connection', 'state']).execute();
      return rows.map(({ connection, state, count }) => ({ connection, state, count: Number(count) }));
    },
    async writesUnsettled(connection) {
      const { count } = await unsettled(db).select(db.fn.countAll<string | number>().as('count')).where('connection', '=', connection).executeTakeFirstOrThrow();
      return Number(count);
    },
    async ping() {
      await sql`select 1`.execute(db);
    },
  };
}

/** A small index holds them. */
const unsettled = (db: Kysely<Schema>) => db.selectFrom('writes').where('state', 'in', ['UNDER_WAY', 'UNKNOWN']);
