// The journal of writes in SQL. What comes together is entered, and ended, by one statement. Whether the process that works on an
// entry lives is asked of the database itself, which holds a lock for each.
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { Ending, NewWrite, WriteEntry } from '../writes/model.ts';
import type { Begun, Finding, WriteQuery, WriteRepository } from '../writes/repository.ts';
import { PROCESSES_LOCK } from './database.ts';
import type { Schema } from './schema.ts';

type WriteRow = Selectable<Schema['writes']>;

const NEW_COLUMNS = sql.raw('id, connection, caller_key, kind, name, row_id, parent, object, account, output, request_hash, state, generation, attempt, owner, answered, create_time, first_send_time, last_send_time, code, reason, note');

/** @param process the number of this process, under which the database knows it. */
export function createWriteRepository(db: Kysely<Schema>, process: number): WriteRepository {
  /** An entry as it is: of a dead process it is not under way. */
  const state = (table: string): RawBuilder<string> => sql<string>`case when ${sql.ref(`${table}.state`)} = 'UNDER_WAY' and not (${lives(table)}) then 'UNKNOWN' else ${sql.ref(`${table}.state`)} end`;
  /** Whether another process works on the object for a write that began before. */
  const waits = (write: { readonly id: RawBuilder<string>; readonly connection: RawBuilder<string>; readonly object: RawBuilder<string> }, before: RawBuilder<boolean>): RawBuilder<boolean> => sql<boolean>`
    (${write.object} <> '' and exists (select from writes other where other.connection = ${write.connection} and other.object = ${write.object} and other.state = 'UNDER_WAY'
      and other.owner <> ${process}::integer and other.id <> ${write.id} and ${before} and ${lives('other')}))`;

  /** Lists leave the answers where they are: they may be large. */
  async function select(where: RawBuilder<boolean>, sealed = sql`writes.sealed`, rest = sql``): Promise<readonly WriteEntry[]> {
    const { rows } = await sql<WriteRow>`select writes.*, ${state('writes')} as state, ${sealed} as sealed from writes where ${where} ${rest}`.execute(db);
    return rows.map(entryOf);
  }

  return {
    async begin(writes, now) {
      const given = JSON.stringify(writes.map((write) => newRow(write, process, now)));
      // Rows that were there are seen as they were before; new ones are not seen at all.
      const { rows } = await sql<WriteRow & { readonly asked: string; readonly fresh: boolean; readonly waits: boolean }>`
        with given as materialized (select * from json_populate_recordset(null::writes, ${given}::json)),
        fresh as (insert into writes (${NEW_COLUMNS}) select ${NEW_COLUMNS} from given on conflict (id) do nothing returning id)
        select writes.*, ${state('writes')} as state, given.id as asked, fresh.id is not null as fresh,
          ${waits({ id: sql`given.id`, connection: sql`given.connection`, object: sql`given.object` }, sql`true`)} as waits
        from given left join fresh on fresh.id = given.id left join writes on writes.id = given.id`.execute(db);
      const found = new Map(rows.map((row) => [row.asked, row]));
      return Promise.all(writes.map(async ({ id }): Promise<Begun> => {
        const row = found.get(id);
        if (row?.fresh === true) return { begun: true, waits: row.waits };
        // Another process entered it in the same moment.
        const entry = row === undefined || row.id === null ? await first(select(sql`id = ${id}`)) : entryOf(row);
        if (entry === undefined) throw new Error('A write was neither entered nor found.');
        return { begun: false, entry };
      }));
    },

    async waits({ id, connection, trace: { object = '' } }) {
      const earlier = sql<boolean>`other.sequence < (select sequence from writes where id = ${id})`;
      const { rows: [row] } = await sql<{ readonly waits: boolean }>`select ${waits({ id: sql`${id}::text`, connection: sql`${connection}::text`, object: sql`${object}::text` }, earlier)} as waits`.execute(db);
      return row?.waits === true;
    },

    async takeUp({ id, attempt }, now) {
      const { rows: [row] } = await sql<WriteRow>`update writes set owner = ${process}::integer, attempt = attempt + 1, state = 'UNDER_WAY',
          last_send_time = ${now.toISOString()}::timestamptz, settle_time = null, first_send_time = case when state = 'NOT_DONE' then ${now.toISOString()}::timestamptz else first_send_time end
        where id = ${id} and attempt = ${attempt}::integer and ${unattended()} returning *`.execute(db);
      return row === undefined ? undefined : entryOf(row);
    },

    async end(endings) {
      const [released, kept] = [endings.filter(({ state }) => state === 'RELEASED'), endings.filter(({ state }) => state !== 'RELEASED')];
      if (kept.length > 0) {
        await sql`update writes set state = ending.state, answered = writes.answered or ending.answered, code = ending.code, reason = ending.reason, note = ending.note, finding = ending.finding,
            settle_time = ending.settle_time, sealed = coalesce(ending.sealed, writes.sealed)
          from json_populate_recordset(null::writes, ${JSON.stringify(kept.map(endingRow))}::json) as ending
          where ${mine('ending')}`.execute(db);
      }
      if (released.length > 0) {
        await sql`delete from writes using json_populate_recordset(null::writes, ${JSON.stringify(released.map(endingRow))}::json) as ending where ${mine('ending')}`.execute(db);
      }
    },

    async keep({ id, attempt }, sealed) {
      await sql`update writes set sealed = ${Buffer.from(sealed)} where id = ${id} and attempt = ${attempt}::integer and owner = ${process}::integer and state = 'UNDER_WAY'`.execute(db);
    },

    async settle(finding) {
      const { numAffectedRows } = await sql`update writes set state = ending.state, code = ending.code, reason = ending.reason, note = ending.note, finding = ending.finding, answered = writes.answered and not ${finding.newKey}::boolean,
          reconcile_time = ${finding.time.toISOString()}::timestamptz, settle_time = ending.settle_time, sealed = coalesce(ending.sealed, writes.sealed),
          generation = writes.generation + ${finding.newKey ? 1 : 0}::integer, attempt = writes.attempt + 1
        from json_populate_recordset(null::writes, ${JSON.stringify([endingRow(finding)])}::json) as ending
        where writes.id = ending.id and writes.attempt = ending.attempt and ${unattended()}`.execute(db);
      return numAffectedRows === 1n;
    },

    find: (id) => first(select(sql`id = ${id}`)),

    list: (query) => select(conditionsOf(query, state('writes')), sql`null::bytea`, sql`order by sequence ${sql.raw(query.order === 'newest first' ? 'desc' : 'asc')} limit ${query.size}::integer`),
  };

  function mine(ending: string): RawBuilder<boolean> {
    return sql<boolean>`writes.id = ${sql.ref(`${ending}.id`)} and writes.attempt = ${sql.ref(`${ending}.attempt`)} and writes.owner = ${process}::integer and writes.state = 'UNDER_WAY'`;
  }
}

/** Whether the process that works on an entry holds its lock. */
function lives(table: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from pg_locks where locktype = 'advisory' and classid = ${sql.lit(PROCESSES_LOCK)}::oid and objid = ${sql.ref(`${table}.owner`)}::bigint::oid and objsubid = 2
    and database = (select oid from pg_database where datname = current_database()) and granted)`;
}

/** Nobody works on the entry, and it has no answer. */
function unattended(): RawBuilder<boolean> {
  return sql<boolean>`(writes.state in ('UNKNOWN', 'NOT_DONE') or (writes.state = 'UNDER_WAY' and not (${lives('writes')})))`;
}

const UNSETTLED = sql<boolean>`writes.state in ('UNDER_WAY', 'UNKNOWN')`;

function conditionsOf({ connection, states, callerKey, names, from, until, parent, order, after }: WriteQuery, state: RawBuilder<string>): RawBuilder<boolean> {
  const parts = [sql<boolean>`connection = ${connection}`];
  if (states !== undefined) {
    parts.push(sql<boolean>`(${state}) = any(${[...states]}::text[])`);
    // Lets the small index be used.
    if (states.every((one) => one === 'UNDER_WAY' || one === 'UNKNOWN')) parts.push(UNSETTLED);
  }
  if (callerKey !== undefined) parts.push(sql<boolean>`caller_key = ${callerKey}`);
  if (names !== undefined) parts.push(sql<boolean>`name = any(${[...names]}::text[])`);
  if (from !== undefined) parts.push(sql<boolean>`create_time >= ${from.toISOString()}::timestamptz`);
  if (until !== undefined) parts.push(sql<boolean>`create_time < ${until.toISOString()}::timestamptz`);
  if (parent !== undefined) parts.push(sql<boolean>`parent = ${parent}`);
  if (after !== undefined) parts.push(sql<boolean>`sequence ${sql.raw(order === 'newest first' ? '<' : '>')} ${String(after)}::bigint`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

async function first<T>(rows: Promise<readonly T[]>): Promise<T | undefined> {
  return (await rows)[0];
}

function newRow({ id, connection, callerKey, kind, name, row, parent, trace, output, requestHash }: NewWrite, owner: number, now: Date): object {
  const time = now.toISOString();
  return {
    id, connection, caller_key: callerKey, kind, name, row_id: row, parent, object: trace.object ?? '', account: trace.account ?? '', output, request_hash: requestHash,
    state: 'UNDER_WAY', generation: 0, attempt: 1, owner, answered: false, create_time: time, first_send_time: time, last_send_time: time, code: '', reason: '', note: '',
  };
}

function endingRow({ id, attempt, state, answered, time, code, reason, note, finding, sealed }: Ending | Finding): object {
  return {
    id, attempt, state, answered, code, reason, note, finding: finding ?? null, settle_time: state === 'UNKNOWN' ? null : time.toISOString(),
    sealed: sealed === undefined ? null : `\\x${Buffer.from(sealed).toString('hex')}`,
  };
}

function entryOf(row: WriteRow): WriteEntry {
  return {
    id: row.id, sequence: Number(row.sequence), connection: row.connection, callerKey: row.caller_key, kind: row.kind, name: row.name, row: row.row_id, parent: row.parent,
    trace: { ...(row.object === '' ? {} : { object: row.object }), ...(row.account === '' ? {} : { account: row.account }) },
    output: row.output, requestHash: row.request_hash, state: row.state, generation: row.generation, attempt: row.attempt, answered: row.answered,
    createTime: row.create_time, firstSendTime: row.first_send_time, lastSendTime: row.last_send_time,
    ...(row.settle_time === null ? {} : { settleTime: row.settle_time }), ...(row.reconcile_time === null ? {} : { reconcileTime: row.reconcile_time }),
    code: row.code, reason: row.reason, note: row.note, ...(row.finding === null ? {} : { finding: row.finding }), ...(row.sealed === null ? {} : { sealed: row.sealed }),
  };
}
