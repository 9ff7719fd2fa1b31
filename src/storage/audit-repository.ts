// The audit log in SQL. A batch goes in by one statement with one parameter, so that many records cost little more than one.
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { AuditEntry, AuditRecord } from '../audit/model.ts';
import type { AuditColumn, AuditCondition, AuditRepository } from '../audit/repository.ts';
import type { Schema } from './schema.ts';

const COLUMNS: Readonly<Record<AuditColumn, string>> = {
  time: 'time', principal: 'principal', operation: 'operation', method: 'method', kind: 'kind', resource: 'resource', code: 'code', reason: 'reason',
  requestId: 'request_id', address: 'address',
};

export function createAuditRepository(db: Kysely<Schema>): AuditRepository {
  return {
    async append(records) {
      await sql`insert into audit_entries (time, project, principal, operation, method, kind, resource, code, reason, request_id, address, user_agent, milliseconds, source_request_ids)
        select time, project, principal, operation, method, kind, resource, code, reason, request_id, address, user_agent, milliseconds, source_request_ids
        from json_populate_recordset(null::audit_entries, ${JSON.stringify(records.map(rowOf))}::json)`.execute(db);
    },

    async query({ project, conditions, order, after, size }) {
      const newest = order === 'newest first';
      const rows = await db.selectFrom('audit_entries').selectAll()
        .$if(project !== undefined, (query) => query.where('project', '=', project ?? ''))
        .$if(after !== undefined, (query) => query.where('sequence', newest ? '<' : '>', String(after)))
        .$if(conditions.length > 0, (query) => query.where((all) => all.and(conditions.map(holds))))
        .orderBy('sequence', newest ? 'desc' : 'asc').limit(size).execute();
      return rows.map(entryOf);
    },
  };
}

function rowOf(record: AuditRecord): object {
  const { requestId, userAgent, sourceRequestIds, ...same } = record;
  return { ...same, request_id: requestId, user_agent: userAgent, source_request_ids: sourceRequestIds };
}

function entryOf(row: Selectable<Schema['audit_entries']>): AuditEntry {
  const { sequence, time, request_id, user_agent, source_request_ids, ...same } = row;
  return { ...same, sequence: Number(sequence), time: time.toISOString(), requestId: request_id, userAgent: user_agent, sourceRequestIds: source_request_ids };
}

function holds({ column, operator, value }: AuditCondition): RawBuilder<boolean> {
  const name = sql.ref(COLUMNS[column]);
  if (operator === 'prefix') return sql<boolean>`starts_with(${name}, ${value})`;
  const compared = column === 'time' ? sql`${value}::timestamptz` : sql`${value}`;
  // Names are compared byte by byte, whatever the language of the database is.
  return sql<boolean>`${name} ${column === 'time' ? sql`` : sql`collate "C" `}${sql.raw(operator)} ${compared}`;
}
