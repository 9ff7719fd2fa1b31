// What every connector does, tried on any of them. A connector's own test file says how to reach its source and gives sample
// payloads; this suite asks the connector what it offers and tries all of that. What is not offered must be refused.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRows, listRows, type ListPage, type ListSettings } from '../../src/engine/list.ts';
import type { ListQuery, ListTarget } from '../../src/engine/list-plan.ts';
import { createPageTokens } from '../../src/engine/page-token.ts';
import { checkFilter } from '../../src/filter/check.ts';
import { findColumn } from '../../src/filter/column.ts';
import { comparableOf, textOf } from '../../src/filter/comparable.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import type { EntityOperation, EntityType } from '../../src/spi/catalog.ts';
import type { Call, Connector, Page, Row, Session, WriteOptions } from '../../src/spi/connector.ts';
import { EVERY_ROW } from '../../src/spi/filter.ts';
import { newCall } from './people.ts';

/** Creates a row from the sample of an entity type, and what it needs; gives the row as Create answered it. */
export type Make = (entity: string, more?: Row) => Promise<Row>;

/** How to try an entity type that has CREATE. */
export interface EntitySample {
  /** A payload for Create; `make` provides the rows that it refers to. Called anew for each row. */
  readonly create: (make: Make) => Row | Promise<Row>;
  /** Columns for Update, with new values; demanded where the entity type has UPDATE. */
  readonly patch?: Row;
  /** What the source wants done to a new row before it may be changed. */
  readonly beforeUpdate?: (id: string, make: Make) => Promise<void>;
  /** A column that no patch names and that Update must leave alone; by default every column of `create` outside of `patch`. */
  readonly kept?: readonly string[];
  /** Filter of the list that holds the row, where the entity type demands one ("Subscription = 'sub_1'"). */
  readonly listed?: (row: Row) => string;
  /** Columns of `create` that Get shows otherwise or not at all. */
  readonly changed?: readonly string[];
}

export interface ActionSample {
  readonly input: (make: Make) => Row | Promise<Row>;
  /** Keys that the row of the answer must have. */
  readonly answers?: readonly string[];
}

export interface ConnectorSubject {
  readonly connector: Connector;
  readonly config: unknown;
  readonly livemode?: boolean;
  /** Opens a session on a source that this suite may fill. */
  readonly open: () => Promise<Session>;
  readonly entities: Readonly<Record<string, EntitySample>>;
  readonly actions: Readonly<Record<string, ActionSample>>;
  /** Entity types whose Get takes any id, having one row only. */
  readonly singletons?: readonly string[];
}

const OPERATIONS: readonly EntityOperation[] = ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'];
const settings: ListSettings = { budget: { rows: 1_000_000, calls: 10_000, milliseconds: 60_000 }, tokens: createPageTokens(randomBytes(32)) };
const newWrite = (): WriteOptions => ({ idempotencyKey: randomUUID() });

/** Declares the suite for one connector. */
export function describeConnector(name: string, subject: ConnectorSubject): void {
  describe(name, () => {
    const catalog = subject.connector.describe(subject.config, { livemode: subject.livemode ?? false });
    const bench = new Bench(subject);
    beforeAll(() => bench.open());
    afterAll(() => bench.close());

    describeCatalog(catalog.entities);
    describeRefusals(bench, catalog.entities);
    for (const entity of catalog.entities) {
      const sample = subject.entities[entity.name];
      if (entity.operations.includes('LIST') && entity.listRequires.length === 0) describeReading(bench, entity);
      if (sample !== undefined) describeWriting(bench, entity, sample);
    }
    it.each(Object.entries(subject.actions))('runs the action %s', async (action, sample) => {
      expect(catalog.actions.map((one) => one.name)).toContain(action);
      for (const output of ['text', 'typed'] as const) {
        const rows = await bench.session.execute(newCall({ output }), action, await sample.input(bench.make), newWrite());
        expect(rows).toHaveLength(1);
        for (const key of sample.answers ?? []) expect(rows[0]).toHaveProperty([key]);
        if (output === 'text') for (const value of Object.values(rows[0] ?? {})) expect(value === null || typeof value === 'string').toBe(true);
      }
    });
  });
}

/** The session of a suite, with the short ways that its tests use. */
class Bench {
  private readonly subject: ConnectorSubject;
  private opened: Session | undefined;

  constructor(subject: ConnectorSubject) {
    this.subject = subject;
  }

  get session(): Session {
    if (this.opened === undefined) throw new Error('the session is open while tests run');
    return this.opened;
  }

  async open(): Promise<void> {
    this.opened = await this.subject.open();
  }

  async close(): Promise<void> {
    await this.session.close();
  }

  readonly make: Make = async (entity, more = {}) => {
    const sample = this.subject.entities[entity];
    if (sample === undefined) throw new Error(`there is no sample of ${entity}`);
    return this.session.create(newCall(), entity, { ...await sample.create(this.make), ...more }, newWrite());
  };

  target(entity: EntityType): ListTarget {
    return { connection: 'projects/p/locations/l/connections/c', connector: this.subject.connector, config: this.subject.config, entity };
  }

  list(entity: EntityType, query: ListQuery, call: Call = newCall()): Promise<ListPage> {
    return listRows(this.target(entity), this.session, call, query, settings);
  }

  all(entity: EntityType, filter: string): Promise<readonly Row[]> {
    return Array.fromAsync(allRows(this.target(entity), this.session, newCall(), { filter }, settings.budget));
  }

  async scan(entity: EntityType): Promise<Page> {
    const plan = this.subject.connector.planList(this.subject.config, { entity: entity.name, filter: EVERY_ROW, sort: [], columns: 'all' });
    return this.session.scan(newCall(), entity.name, plan, { size: 1 });
  }

  /** Tries an operation without what it would need: enough to see it refused. */
  async attempt(entity: EntityType, operation: EntityOperation, id: string): Promise<unknown> {
    const { session } = this;
    switch (operation) {
      case 'LIST':
        return this.scan(entity);
      case 'GET':
        return session.get(newCall(), entity.name, id);
      case 'CREATE':
        return session.create(newCall(), entity.name, {}, newWrite());
      case 'UPDATE':
        return session.update(newCall(), entity.name, id, {}, newWrite());
      case 'DELETE':
        return session.delete(newCall(), entity.name, id, newWrite());
    }
  }

  isSingleton({ name }: EntityType): boolean {
    return this.subject.singletons?.includes(name) === true;
  }

  /** Whether the connector cuts lists in parts. */
  get cuts(): boolean {
    return this.subject.connector.split !== undefined;
  }

  /** Reads a list, cut in parts. */
  parts(entity: EntityType, filter: string, parts: number): readonly (() => Promise<readonly Row[]>)[] {
    const { connector, config } = this.subject;
    const plan = connector.planList(config, { entity: entity.name, filter: checkFilter(parseFilter(filter), entity), sort: [], columns: 'all' });
    return (connector.split?.(plan, parts) ?? []).map((part) => async () => {
      const rows: Row[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await this.session.scan(newCall(), entity.name, part, { size: 100, ...(cursor === undefined ? {} : { cursor }) });
        rows.push(...page.rows);
        if (page.next === undefined) return rows;
        cursor = page.next;
      }
    });
  }
}

function idOf(entity: EntityType, row: Row): string {
  return entity.key === undefined ? '' : (textOf(row[entity.key]) ?? '');
}

function describeCatalog(entities: readonly EntityType[]): void {
  it('describes entity types that are whole', () => {
    for (const entity of entities) {
      const names = entity.fields.map((field) => field.name);
      expect(new Set(names).size, `${entity.name} names a field twice`).toBe(names.length);
      const known = [...names, ...(entity.pseudoFields ?? []).map((field) => field.name)];
      const named = [...(entity.key === undefined ? [] : [entity.key]), ...entity.listRequires, ...(entity.maps ?? [])];
      expect(named.filter((one) => !known.includes(one)), `${entity.name} speaks of fields it has not`).toEqual([]);
      const lost = names.filter((one) => findColumn(entity, one)?.name !== one);
      expect(lost, `fields of ${entity.name} that cannot be named`).toEqual([]);
    }
    expect(new Set(entities.map((entity) => entity.name)).size).toBe(entities.length);
  });
}

function describeRefusals(bench: Bench, entities: readonly EntityType[]): void {
  it('refuses the operations that it does not declare', async () => {
    const undeclared = entities.flatMap((entity) => OPERATIONS.filter((operation) => !entity.operations.includes(operation)).map((operation) => ({ entity, operation })));
    for (const { entity, operation } of undeclared) {
      await expect(bench.attempt(entity, operation, 'some_id'), `${operation} ${entity.name}`).rejects.toMatchObject({ code: 'UNIMPLEMENTED', reason: 'OPERATION_NOT_SUPPORTED' });
    }
  });

  it('knows no other entity types and actions', async () => {
    const unknown: EntityType = { name: 'NoSuchThing', description: '', fields: [], operations: OPERATIONS, listRequires: [] };
    for (const operation of OPERATIONS) {
      await expect(bench.attempt(unknown, operation, 'some_id'), operation).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'ENTITY_TYPE_NOT_FOUND' });
    }
    await expect(bench.session.execute(newCall(), 'NoSuchAction', {}, newWrite())).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'ACTION_NOT_FOUND' });
  });

  it('checks its source', async () => {
    await expect(bench.session.check(newCall())).resolves.toBeUndefined();
  });

  it('does nothing for a caller who has left or whose time is up', async () => {
    await expect(bench.session.check(newCall({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(bench.session.check(newCall({ deadline: new Date(Date.now() - 1) }))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
}

function describeReading(bench: Bench, entity: EntityType): void {
  it(`lists ${entity.name}, with ids that work in Get`, async () => {
    const { rows } = await bench.list(entity, { pageSize: 3 });
    const names = new Set(entity.fields.map((field) => field.name));
    for (const row of rows) {
      expect([...names].filter((name) => !Object.hasOwn(row, name)), 'columns that the row lacks').toEqual([]);
      if (!entity.operations.includes('GET') || entity.key === undefined) continue;
      const id = idOf(entity, row);
      expect(idOf(entity, await bench.session.get(newCall(), entity.name, id))).toBe(id);
    }
  });
}

function describeWriting(bench: Bench, entity: EntityType, sample: EntitySample): void {
  const { name, operations } = entity;
  const has = (operation: EntityOperation): boolean => operations.includes(operation);
  const listOf = (row: Row): string => sample.listed?.(row) ?? '';
  const missing = { code: 'NOT_FOUND', reason: 'ROW_NOT_FOUND' };

  // What the entity type does not have is refused, and that is looked at for all of them together.
  if (has('CREATE')) describe(`rows of ${name}`, () => {
    if (has('GET')) it('are got as they were created', async () => {
      const payload = await sample.create(bench.make);
      const created = await bench.session.create(newCall(), name, payload, newWrite());
      const got = await bench.session.get(newCall(), name, idOf(entity, created));
      expectColumns(entity, got, payload, sample.changed ?? []);
      if (!bench.isSingleton(entity)) await expect(bench.session.get(newCall(), name, `${idOf(entity, created)}missing`)).rejects.toMatchObject(missing);
    });

    if (has('LIST')) it('are listed, page by page and each once', async () => {
      const [first, ...others] = [await bench.make(name), await bench.make(name), await bench.make(name)];
      for (const row of [first, ...others]) expect(await idsOf(bench, entity, listOf(row), 1_000), 'the row just made').toContain(idOf(entity, row));
      const filter = listOf(first);
      const byTwo = await idsOf(bench, entity, filter, 2);
      expect(new Set(byTwo).size).toBe(byTwo.length);
      expect(byTwo.toSorted()).toEqual((await bench.all(entity, filter)).map((row) => idOf(entity, row)).toSorted());
      if (!has('GET')) return;
      const { rows } = await bench.list(entity, { filter: `${entity.key ?? ''} = '${idOf(entity, first)}'` });
      expect(rows.map((row) => idOf(entity, row))).toEqual([idOf(entity, first)]);
    });

    if (entity.listRequires.length > 0) it('are not listed without what a list of them needs', async () => {
      await expect(bench.list(entity, {})).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'REQUIRED_FILTER' });
    });

    it('are refused with a column that does not exist', async () => {
      const payload = { ...await sample.create(bench.make), NoSuchColumnAtAll: 'x' };
      await expect(bench.session.create(newCall(), name, payload, newWrite())).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'UNKNOWN_FIELD',
        violations: [expect.objectContaining({ field: 'NoSuchColumnAtAll' })] });
    });

    it('are created once under one idempotency key', async () => {
      const payload = await sample.create(bench.make);
      const write = newWrite();
      const first = await bench.session.create(newCall(), name, payload, write);
      expect(await bench.session.create(newCall(), name, payload, write)).toEqual(first);
    });

    if (has('LIST') && bench.cuts) it('are in exactly one part of a list that is cut in parts', async () => {
      const filter = listOf(await bench.make(name));
      const parts = await Promise.all(bench.parts(entity, filter, 3).map((read) => read()));
      expect(parts).not.toEqual([]);
      const whole = (await bench.all(entity, filter)).map((row) => idOf(entity, row));
      expect(parts.flat().map((row) => idOf(entity, row)).toSorted()).toEqual(whole.toSorted());
    });

    if (has('UPDATE')) it('are changed where a patch says so and nowhere else', async () => {
      const payload = await sample.create(bench.make);
      const { patch } = sample;
      if (patch === undefined) throw new Error(`${name} has UPDATE and its sample has no patch`);
      const id = idOf(entity, await bench.session.create(newCall(), name, payload, newWrite()));
      await sample.beforeUpdate?.(id, bench.make);
      const updated = await bench.session.update(newCall(), name, id, patch, newWrite());
      const after = has('GET') ? await bench.session.get(newCall(), name, id) : updated;
      expectColumns(entity, after, patch, sample.changed ?? []);
      const kept = sample.kept ?? Object.keys(payload);
      expectColumns(entity, after, Object.fromEntries(kept.map((key) => [key, payload[key]])), [...Object.keys(patch), ...(sample.changed ?? [])]);
      await expect(bench.session.update(newCall(), name, `${id}missing`, patch, newWrite())).rejects.toMatchObject(missing);
    });

    if (has('DELETE')) it('are gone when they are deleted', async () => {
      const row = await bench.make(name);
      const id = idOf(entity, row);
      await bench.session.delete(newCall(), name, id, newWrite());
      if (has('GET')) await expect(bench.session.get(newCall(), name, id)).rejects.toMatchObject(missing);
      if (has('LIST')) expect(await idsOf(bench, entity, listOf(row), 200)).not.toContain(id);
      await expect(bench.session.delete(newCall(), name, id, newWrite())).rejects.toMatchObject(missing);
    });
  });
}

/** The ids of a whole list, read in pages of a size. */
async function idsOf(bench: Bench, entity: EntityType, filter: string, pageSize: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let pageToken = ''; ; ) {
    const page = await bench.list(entity, { filter, pageSize, pageToken });
    ids.push(...page.rows.map((row) => idOf(entity, row)));
    if (page.nextPageToken === undefined) return ids;
    pageToken = page.nextPageToken;
  }
}

/** That a row holds what was written, by the types of its columns; what is no column (an input only) is not looked for. */
function expectColumns(entity: EntityType, row: Row, written: Row, except: readonly string[]): void {
  for (const [spelling, value] of Object.entries(written)) {
    const column = findColumn(entity, spelling);
    if (column === undefined || column.pseudo || value === undefined || except.includes(spelling)) continue;
    const shown = column.read(row);
    if (typeof value === 'object' && value !== null) expect(shown, column.name).toMatchObject(value);
    else expect(comparableOf(column.type, shown), column.name).toBe(comparableOf(column.type, value));
  }
}
