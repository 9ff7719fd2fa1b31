// What grows without end is pruned: by age, the audit log, operations and writes by number too. In small batches, so that nobody waits long; by
// one process at a time, since a batch that another process is pruning is left to it.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Schema } from './schema.ts';

export interface RetentionLimits {
  readonly auditDays: number;
  /** Of records of changes, and again of all others: however many calls are refused, or read, they displace no record of a change. */
  readonly auditRows: number;
  /** Counted from the end of an operation. */
  readonly operationDays: number;
  /** Counted from when a write was settled. */
  readonly writeDays: number;
  /** Of those that are settled; what was settled within a day stays whatever their number. */
  readonly writeRows: number;
  /** Of those that have ended. */
  readonly operationRows: number;
  /** Counted from the expiry or revocation of a token. */
  readonly tokenDays: number;
  /** Counted from the destruction of a version of a secret. */
  readonly destroyedVersionDays: number;
}

export interface RetentionParts {
  readonly db: Kysely<Schema>;
  readonly limits: RetentionLimits;
  readonly now: () => Date;
  readonly report: (message: string) => void;
  readonly batch?: number;
}

interface Rule {
  readonly table: 'audit_entries' | 'operations' | 'writes' | 'tokens' | 'secret_versions';
  /** Where rows are counted: the newest one that has to go, found once; nothing goes where there is none. */
  readonly newest?: (limits: RetentionLimits) => RawBuilder<{ readonly at: string }>;
  /** Which rows have to go. */
  readonly old: (limits: RetentionLimits, now: Date, newest: string) => RawBuilder<boolean>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BATCH = 1_000;
const PAUSE_MS = 10;
/** Names the lock among those of this database; any number that nobody else uses. */
const LOCK = 5_207_001;

const before = (days: number, now: Date): string => new Date(now.getTime() - days * DAY_MS).toISOString();

/** As the indexes say it. */
const CHANGES = sql<boolean>`(kind in ('ADMIN_WRITE', 'DATA_WRITE') and code not in ('UNAUTHENTICATED', 'PERMISSION_DENIED'))`;
const OTHERS = sql<boolean>`not (kind in ('ADMIN_WRITE', 'DATA_WRITE') and code not in ('UNAUTHENTICATED', 'PERMISSION_DENIED'))`;

/** The rows of a write by a filter stay as long as it does: sent again, it would write anew what is not there. */
const ALONE = sql<boolean>`(parent = '' or not exists (select from writes as whole where whole.id = writes.parent))`;

function countedEntries(which: RawBuilder<boolean>): Rule {
  return {
    table: 'audit_entries', newest: ({ auditRows }) => sql`select sequence::text as at from audit_entries where ${which} order by sequence desc offset ${auditRows}::bigint limit 1`,
    old: (_limits, _now, newest) => sql`${which} and sequence <= ${newest}::bigint`,
  };
}

const RULES: readonly Rule[] = [
  { table: 'audit_entries', old: ({ auditDays }, now) => sql`time < ${before(auditDays, now)}::timestamptz` },
  countedEntries(CHANGES),
  countedEntries(OTHERS),
  // The time of creation is indexed; what has ended before a moment was created before it.
  {
    table: 'operations', old: ({ operationDays }, now) => sql`done and create_time collate "C" < ${before(operationDays, now)}
      and (body -> 'metadata' ->> 'endTime') collate "C" < ${before(operationDays, now)}`,
  },
  {
    table: 'operations', newest: ({ operationRows }) => sql`select create_time as at from operations where done order by create_time desc offset ${operationRows}::bigint limit 1`,
    old: (_limits, _now, newest) => sql`done and create_time <= ${newest}`,
  },
  // What is not settled has no such time, and stays.
  { table: 'writes', old: ({ writeDays }, now) => sql`settle_time < ${before(writeDays, now)}::timestamptz and ${ALONE}` },
  // A source may know a key for a day, and who repeats it then must meet what was settled.
  {
    table: 'writes', newest: ({ writeRows }) => sql`select settle_time::text as at from writes where settle_time is not null order by settle_time desc offset ${writeRows}::bigint limit 1`,
    old: (_limits, now, newest) => sql`settle_time <= ${newest}::timestamptz and settle_time < ${before(1, now)}::timestamptz and ${ALONE}`,
  },
  { table: 'tokens', old: ({ tokenDays }, now) => sql`expire_time collate "C" < ${before(tokenDays, now)} or (body ->> 'revokeTime') collate "C" < ${before(tokenDays, now)}` },
  // The newest version stays whatever became of it: the next one's number is counted from it, and no number is given twice.
  {
    table: 'secret_versions', old: ({ destroyedVersionDays }, now) => sql`state = 'DESTROYED' and destroy_time collate "C" < ${before(destroyedVersionDays, now)}
      and number < (select max(number) from secret_versions as newest where newest.secret = secret_versions.secret)`,
  },
];

/** Prunes everything once; what fails keeps nothing else from being pruned. @returns how many rows went, by table. @throws what failed first. */
export async function prune(parts: RetentionParts, stop?: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const gone = new Map<string, number>();
  const failures: unknown[] = [];
  for (const rule of RULES) {
    await pruneBy(rule, parts, gone, stop).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  return gone;
}

async function pruneBy({ table, newest, old }: Rule, { db, limits, now, batch = BATCH }: RetentionParts, gone: Map<string, number>, stop?: AbortSignal): Promise<void> {
  const { at } = (await newest?.(limits).execute(db))?.rows[0] ?? { at: '' };
  if (newest !== undefined && at === '') return;
  for (;;) {
    if (stop?.aborted === true) return;
    const count = await pruneBatch(db, table, old(limits, now(), at), batch);
    if (count > 0) gone.set(table, (gone.get(table) ?? 0) + count);
    if (count < batch) return;
    await sleep(PAUSE_MS);
  }
}

function pruneBatch(db: Kysely<Schema>, table: Rule['table'], old: RawBuilder<boolean>, batch: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows: [lock] } = await sql<{ readonly mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}::bigint) as mine`.execute(trx);
    if (lock?.mine !== true) return 0;
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)} where ${old} limit ${batch}::integer))`.execute(trx);
    return Number(numAffectedRows ?? 0);
  });
}

export interface Retention {
  stop(): Promise<void>;
}

/** Prunes now and every hour; keeps no process alive. */
export function startRetention(parts: RetentionParts, everyMs: number = HOUR_MS): Retention {
  const control = new AbortController();
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    try {
      const gone = await prune(parts, control.signal);
      if (gone.size > 0) parts.report(`Pruned what is older than the settings keep: ${[...gone].map(([table, count]) => `${count} of ${table}`).join(', ')}.`);
    } catch (error) {
      parts.report(`Pruning failed and is tried again in an hour: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      running = undefined;
    }
  };
  const begin = (): void => { running ??= run(); };
  const timer = setInterval(begin, everyMs).unref();
  begin();

  return {
    async stop() {
      clearInterval(timer);
      control.abort();
      await running;
    },
  };
}
