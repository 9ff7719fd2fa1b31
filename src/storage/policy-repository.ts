// Policies in SQL. Who makes or removes a resource binds or removes its policy in the same transaction, by the functions below.
import { sql, type Kysely, type Transaction } from 'kysely';
import { drawPolicyEtag, mergeBindings, NO_POLICY_ETAG, type Binding, type Policy, type PolicyRepository } from '../iam/policy.ts';
import { tellChange } from './changes.ts';
import { moved } from './errors.ts';
import type { Schema } from './schema.ts';

export function createPolicyRepository(db: Kysely<Schema>): PolicyRepository {
  return {
    async find(resource) {
      const row = await db.selectFrom('policies').select('body').where('resource', '=', resource).executeTakeFirst();
      return row?.body;
    },

    store: (resource, policy, expectedEtag) => db.transaction().execute(async (trx) => {
      if (!(await write(trx, resource, policy, expectedEtag))) throw moved(resource);
      await tellChange(trx, 'policy', resource);
    }),

    bind: (resource, bindings) => db.transaction().execute((trx) => bindWithin(trx, resource, bindings)),
  };
}

/** Adds members to roles on a resource, within the transaction of what makes the resource. */
export async function bindWithin(trx: Transaction<Schema>, resource: string, bindings: readonly Binding[]): Promise<void> {
  // Where two do this at once, the second waits for the first and then adds to what it wrote.
  await trx.insertInto('policies').values({ resource, ...columns({ version: 1, etag: drawPolicyEtag(), bindings: [] }) })
    .onConflict((conflict) => conflict.column('resource').doNothing()).execute();
  const { body } = await trx.selectFrom('policies').select('body').where('resource', '=', resource).forUpdate().executeTakeFirstOrThrow();
  await write(trx, resource, { ...body, etag: drawPolicyEtag(), bindings: mergeBindings([...body.bindings, ...bindings]) }, undefined);
  await tellChange(trx, 'policy', resource);
}

/** Removes the policy of a resource, within the transaction that removes the resource: one of the same name inherits nothing. */
export async function removePolicyWithin(trx: Transaction<Schema>, resource: string): Promise<void> {
  await trx.deleteFrom('policies').where('resource', '=', resource).execute();
  await tellChange(trx, 'policy', resource);
}

/** Takes a member out of every policy, within the transaction that removes it: one made anew under its name inherits nothing. */
export async function removeMemberWithin(trx: Transaction<Schema>, member: string): Promise<void> {
  const named = await trx.selectFrom('policies').select(['resource', 'body'])
    .where(sql<boolean>`strpos(body::text, ${JSON.stringify(member)}) > 0`).orderBy('resource').forUpdate().execute();
  for (const { resource, body } of named) {
    const bindings = body.bindings.map(({ role, members }) => ({ role, members: members.filter((one) => one !== member) }));
    await write(trx, resource, { ...body, etag: drawPolicyEtag(), bindings: mergeBindings(bindings) }, undefined);
    await tellChange(trx, 'policy', resource);
  }
}

/** @returns whether the policy was as expected. */
async function write(trx: Transaction<Schema>, resource: string, policy: Policy, expectedEtag: string | undefined): Promise<boolean> {
  if (expectedEtag === undefined || expectedEtag === NO_POLICY_ETAG) {
    const { numInsertedOrUpdatedRows } = await trx.insertInto('policies').values({ resource, ...columns(policy) })
      .onConflict((conflict) => (expectedEtag === undefined ? conflict.column('resource').doUpdateSet(columns(policy)) : conflict.column('resource').doNothing()))
      .executeTakeFirst();
    return numInsertedOrUpdatedRows !== 0n;
  }
  const { numUpdatedRows } = await trx.updateTable('policies').set(columns(policy)).where('resource', '=', resource).where('etag', '=', expectedEtag).executeTakeFirst();
  return numUpdatedRows !== 0n;
}

function columns(policy: Policy): { readonly etag: string; readonly body: string } {
  return { etag: policy.etag, body: JSON.stringify(policy) };
}
