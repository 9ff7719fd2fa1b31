// Minted tokens in SQL: found by the hash, which is all that is kept of them.
import { sql, type Kysely, type Transaction } from 'kysely';
import { hashKey, type Token, type TokenRepository } from '../iam/tokens.ts';
import { tellChange } from './changes.ts';
import type { Schema } from './schema.ts';

export function createTokenRepository(db: Kysely<Schema>): TokenRepository {
  return {
    insert: (token, hash, most) => db.transaction().execute(async (trx) => {
      if (!(await hasRoom(trx, token, most))) return false;
      await trx.insertInto('tokens').values({
        id: token.id, hash, member: token.member, expire_time: token.expireTime, create_time: token.createTime, body: JSON.stringify(token),
      }).execute();
      return true;
    }),

    async find(id) {
      const row = await db.selectFrom('tokens').select('body').where('id', '=', id).executeTakeFirst();
      return row?.body;
    },

    async findByHash(hash) {
      const row = await db.selectFrom('tokens').select('body').where('hash', '=', hash).executeTakeFirst();
      return row?.body;
    },

    async list({ size, after, member }) {
      const rows = await db.selectFrom('tokens').select('body')
        .$if(member !== undefined, (query) => query.where('member', '=', member ?? ''))
        .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
        .orderBy('id', 'desc').limit(size).execute();
      return rows.map(({ body }) => body);
    },

    revoke: (id, time) => db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom('tokens').select(['body', 'hash']).where('id', '=', id).forUpdate().executeTakeFirst();
      if (row === undefined || row.body.revokeTime !== undefined) return row?.body;
      const revoked: Token = { ...row.body, revokeTime: time };
      await trx.updateTable('tokens').set({ body: JSON.stringify(revoked) }).where('id', '=', id).execute();
      await tellChange(trx, 'token', hashKey(row.hash));
      return revoked;
    }),

    remove: (id) => db.transaction().execute(async (trx) => {
      const row = await trx.deleteFrom('tokens').where('id', '=', id).returning('hash').executeTakeFirst();
      if (row !== undefined) await tellChange(trx, 'token', hashKey(row.hash));
      return row !== undefined;
    }),
  };
}

/** Those that mint for one member wait for each other, so that none counts what another is about to add. */
async function hasRoom(trx: Transaction<Schema>, { member, createTime }: Token, most: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext(${`tokens of ${member}`}))`.execute(trx);
  const { total } = await trx.selectFrom('tokens').select(({ fn }) => fn.countAll<string | number>().as('total')).where('member', '=', member)
    .where(sql<boolean>`expire_time collate "C" > ${createTime} and body ->> 'revokeTime' is null`).executeTakeFirstOrThrow();
  return Number(total) < most;
}

/** Removes every token of a member, within the transaction that removes the member: one of the same name inherits none. */
export async function removeTokensWithin(trx: Transaction<Schema>, member: string): Promise<void> {
  const rows = await trx.deleteFrom('tokens').where('member', '=', member).returning('hash').execute();
  for (const { hash } of rows) await tellChange(trx, 'token', hashKey(hash));
}
