// The half that does I/O: the five operations, the actions and the check, on tables where others have a server.
import { setTimeout as wait } from 'node:timers/promises';
import type { Call, ListPlan, Page, Row, Session, WriteOptions } from '../../spi/connector.ts';
import type { Catalog, EntityOperation, EntityType } from '../../spi/catalog.ts';
import { runAction } from './actions.ts';
import { entityNotFound, keyReused, requireOperation, requireTime, rowExists, rowNotFound } from './errors.ts';
import { readPayload } from './payload.ts';
import { sourceTest } from './plan-list.ts';
import type { MemoryTable } from './table.ts';

/** How often each method of the sessions of a connector was called. */
export type CallCounts = Record<'check' | 'scan' | 'get' | 'create' | 'update' | 'delete' | 'execute', number>;

/** What is behind every session of one connector. */
export interface MemorySource {
  readonly tables: ReadonlyMap<string, MemoryTable>;
  readonly counts: CallCounts;
  /** Answers of writes by their idempotency key. */
  readonly answers: Map<string, { readonly request: string; readonly answer: unknown }>;
  readonly latency: number;
  readonly largestPage: number;
}

/** Like most servers, the source forgets old idempotency keys. */
const REMEMBERED_ANSWERS = 1_000;

export class MemorySession implements Session {
  private readonly source: MemorySource;
  private readonly catalog: Catalog;
  private readonly now: () => Date;

  constructor(source: MemorySource, catalog: Catalog, now: () => Date) {
    this.source = source;
    this.catalog = catalog;
    this.now = now;
  }

  async check(call: Call): Promise<void> {
    await this.begin(call, 'check');
  }

  async scan(call: Call, entity: string, plan: ListPlan, page: { readonly cursor?: string; readonly size: number }): Promise<Page> {
    await this.begin(call, 'scan');
    const { table, type } = this.require(entity, 'LIST');
    const matches = sourceTest(type, plan);
    const size = Math.max(1, Math.min(page.size, this.source.largestPage));
    const rows: Row[] = [];
    let last = '';
    for (const id of table.idsAfter(page.cursor, plan.scan['direction'] === 'desc' ? 'desc' : 'asc', rangeOf(plan))) {
      const row = table.find(id);
      if (row === undefined || !matches(row)) continue;
      if (rows.length === size) return { rows, next: last };
      rows.push(shown(type, row));
      last = id;
    }
    return { rows };
  }

  async get(call: Call, entity: string, id: string): Promise<Row> {
    await this.begin(call, 'get');
    const { table, type } = this.require(entity, 'GET');
    return shown(type, existing(table, id));
  }

  async create(call: Call, entity: string, row: Row, write: WriteOptions): Promise<Row> {
    await this.begin(call, 'create');
    const { table, type } = this.require(entity, 'CREATE');
    return this.once(write, ['create', entity, row], () => {
      const values = readPayload(type, row, 'CREATE');
      const given = type.key === undefined ? undefined : values[type.key];
      const id = typeof given === 'string' ? given : table.newId();
      if (table.find(id) !== undefined) throw rowExists(entity, id);
      const blank = Object.fromEntries(type.fields.map(({ name }) => [name, null]));
      const created: Row = { ...blank, ...values, ...(type.key === undefined ? {} : { [type.key]: id }) };
      table.put(id, created);
      return shown(type, created);
    });
  }

  async update(call: Call, entity: string, id: string, patch: Row, write: WriteOptions): Promise<Row> {
    await this.begin(call, 'update');
    const { table, type } = this.require(entity, 'UPDATE');
    return this.once(write, ['update', entity, id, patch], () => {
      const before = existing(table, id);
      const after: Row = { ...before, ...readPayload(type, patch, 'UPDATE') };
      table.put(id, after);
      return shown(type, after);
    });
  }

  async delete(call: Call, entity: string, id: string, write: WriteOptions): Promise<void> {
    await this.begin(call, 'delete');
    const { table } = this.require(entity, 'DELETE');
    this.once(write, ['delete', entity, id], () => {
      if (!table.remove(id)) throw rowNotFound(entity, id);
    });
  }

  async execute(call: Call, action: string, input: Row, write: WriteOptions): Promise<readonly Row[]> {
    await this.begin(call, 'execute');
    return this.once(write, ['execute', action, input, call.output], () => runAction(this.source.tables, call, action, input));
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  private async begin(call: Call, method: keyof CallCounts): Promise<void> {
    requireTime(call, this.now());
    this.source.counts[method] += 1;
    if (this.source.latency === 0) return;
    // Whoever leaves while waiting gets the answer that requireTime gives.
    await wait(this.source.latency, undefined, { signal: call.signal }).catch(() => undefined);
    requireTime(call, this.now());
  }

  private require(entity: string, operation: EntityOperation): { readonly table: MemoryTable; readonly type: EntityType } {
    const type = this.catalog.entities.find(({ name }) => name === entity);
    const table = this.source.tables.get(entity);
    if (type === undefined || table === undefined) throw entityNotFound(entity);
    requireOperation(type, operation);
    return { table, type };
  }

  /** Does a write unless its key was seen before; then gives the first answer again, or refuses another request. */
  private once<T>({ idempotencyKey }: WriteOptions, request: readonly unknown[], write: () => T): T {
    const { answers } = this.source;
    const asked = JSON.stringify(request);
    const before = answers.get(idempotencyKey);
    if (before !== undefined && before.request !== asked) throw keyReused();
    if (before !== undefined) return before.answer as T;
    const answer = write();
    answers.set(idempotencyKey, { request: asked, answer });
    const [oldest] = answers.keys();
    if (answers.size > REMEMBERED_ANSWERS && oldest !== undefined) answers.delete(oldest);
    return answer;
  }
}

function existing(table: MemoryTable, id: string): Row {
  const row = table.find(id);
  if (row === undefined) throw rowNotFound(table.type.name, id);
  return row;
}

/** A row as callers see it: every column of the entity type and no pseudo-column. */
function shown(type: EntityType, row: Row): Row {
  return Object.fromEntries(type.fields.map(({ name }) => [name, row[name] ?? null]));
}

function rangeOf(plan: ListPlan): { readonly from?: string; readonly until?: string } {
  const { from, until } = plan.scan;
  return { ...(typeof from === 'string' ? { from } : {}), ...(typeof until === 'string' ? { until } : {}) };
}
