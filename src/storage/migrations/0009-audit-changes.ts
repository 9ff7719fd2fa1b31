// Records of changes, and all others, each by number: they are pruned apart.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const auditChanges: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index audit_entries_changes on audit_entries (sequence) where kind in ('ADMIN_WRITE', 'DATA_WRITE') and code not in ('UNAUTHENTICATED', 'PERMISSION_DENIED')`.execute(db);
    await sql`create index audit_entries_others on audit_entries (sequence) where not (kind in ('ADMIN_WRITE', 'DATA_WRITE') and code not in ('UNAUTHENTICATED', 'PERMISSION_DENIED'))`.execute(db);
  },
};
