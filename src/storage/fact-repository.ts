// Facts about this installation, by key.
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

export interface FactRepository {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  /** Sets it where it is not set yet. @returns what it is then. */
  settle(key: string, value: string): Promise<string>;
}

export function createFactRepository(db: Kysely<Schema>): FactRepository {
  return {
    async get(key) {
      const row = await db.selectFrom('facts').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value;
    },
    async settle(key, value) {
      await db.insertInto('facts').values({ key, value }).onConflict((conflict) => conflict.column('key').doNothing()).execute();
      const row = await db.selectFrom('facts').select('value').where('key', '=', key).executeTakeFirstOrThrow();
      return row.value;
    },
    async set(key, value) {
      await db.insertInto('facts').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
    },
  };
}
