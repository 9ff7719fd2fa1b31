import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryConnector, type MemoryConnector, type MemoryOptions } from '../connectors/memory/connector.ts';
import type { EntityType } from '../spi/catalog.ts';
import type { Call, Row, Session } from '../spi/connector.ts';
import type { Scalar, Sort } from '../spi/filter.ts';
import { assertListEquivalence } from '../../test/conformance/list-equivalence.ts';
import { CARD, countries, COUNTRY, newCall, noPowers, people, person, PERSON, RATE, rates } from '../../test/conformance/people.ts';
import { explainList } from './explain.ts';
import { allRows, listRows, type ListPage, type ListSettings } from './list.ts';
import type { ListQuery, ListTarget } from './list-plan.ts';
import { createPageTokens } from './page-token.ts';
import type { ScanBudget } from './source-reader.ts';

const settings: ListSettings = { budget: { rows: 100_000, calls: 10_000, milliseconds: 60_000 }, tokens: createPageTokens(randomBytes(32)) };

interface World {
  readonly connector: MemoryConnector;
  readonly session: Session;
  readonly target: (entity: EntityType) => ListTarget;
  readonly list: (query: ListQuery, entity?: EntityType, call?: Call) => Promise<ListPage>;
  readonly pages: (query: ListQuery, entity?: EntityType) => Promise<readonly ListPage[]>;
}

async function world(rows: readonly Row[], options: Partial<MemoryOptions> = {}): Promise<World> {
  const connector = memoryConnector({ ...options, entities: [
    { type: PERSON, rows }, { type: RATE, rows: rates }, { type: COUNTRY, rows: countries },
    { type: CARD, rows: [{ Id: 'c_1', Person: 'p_1', Digits: '4242' }, { Id: 'c_2', Person: 'p_2', Digits: '1881' }] }] });
  const session = await connector.open({ readOnly: false }, noPowers);
  const target = (entity: EntityType): ListTarget => ({ connection: 'projects/p/locations/l/connections/c', connector, config: { readOnly: false }, entity });
  const list: World['list'] = (query, entity = PERSON, call = newCall()) => listRows(target(entity), session, call, query, settings);
  const pages: World['pages'] = async (query, entity) => {
    const all = [await list(query, entity)];
    for (let token = all[0]?.nextPageToken; token !== undefined; token = all.at(-1)?.nextPageToken) {
      all.push(await list({ ...query, pageToken: token }, entity));
      expect(all.length, 'pages of one list').toBeLessThan(500);
    }
    return all;
  };
  return { connector, session, target, list, pages };
}

const ids = (...pages: readonly ListPage[]): readonly unknown[] => pages.flatMap(({ rows }) => rows.map((row) => row['Id']));

describe('a list is evaluating everything', () => {
  const text = fc.constantFrom<Scalar>('Ada', 'a', '', 'zz', '5', null);
  const number = fc.oneof<fc.Arbitrary<Scalar>[]>(fc.integer({ min: -6, max: 100 }), fc.constantFrom('0.5', 1.5, '17', null));
  const time = fc.constantFrom<Scalar>('2001-02-03', '2001-02-03T04:05:06Z', 0, 981_173_106, null);
  const literals = {
    Id: text, Email: text, Name: text, Age: number, Score: number, Active: fc.constantFrom<Scalar>(true, 'false', null), Born: time, Address: text, 'Metadata.order_id': text, 'Metadata.team': text,
  };

  it.each([[7, 400], [100, 400], [1, 200]])('over random filters, sorts and pages; source pages of %i', async (largestPage, runs) => {
    const { target, session } = await world(people(160), { largestPage });
    const report = await assertListEquivalence({ target: target(PERSON), session, call: newCall, literals, runs, pages: 12 });
    expect(report.rows).toBe(160);
    expect(report.pushed).toBeGreaterThan(report.lists / 10);
    expect(report.fetched).toBeGreaterThan(0);
    expect(report.paged).toBeGreaterThan(report.lists / 10);
  });

  it('also where the source lets through more than it was asked for, and says that it settled everything', async () => {
    const { target, session, connector } = await world(people(160));
    const sloppy: ListTarget = { ...target(PERSON), connector: { planList: (_config, list) => {
      const plan = connector.planList({ readOnly: false }, { ...list, filter: { kind: 'and', filters: [] } });
      return { ...plan, remaining: { kind: 'and', filters: [] } };
    } } };
    await assertListEquivalence({ target: sloppy, session, call: newCall, literals, runs: 150, pages: 12 });
  });

  it('for an entity type without ids', async () => {
    const { target, session } = await world([]);
    await assertListEquivalence({ target: target(RATE), session, call: newCall, literals: { Currency: text, Factor: number } });
  });
});

describe('pages', () => {
  it('neither repeat nor lose a row while others come and go', async () => {
    const change = fc.record({ remove: fc.array(fc.nat(), { maxLength: 4 }), removeLast: fc.boolean(), insert: fc.array(fc.integer({ min: 1_000, max: 60_000 }), { maxLength: 12 }) });
    const filter = fc.constantFrom('', 'Age >= 0', "Name != 'Ada'", "Age > 10 AND Metadata.team IS NULL", 'Active = TRUE OR Age = 1');
    const sort = fc.constantFrom<readonly Sort[]>([], [{ field: 'Id', direction: 'desc' }], [{ field: 'Name', direction: 'asc' }], [{ field: 'Age', direction: 'desc' }], [{ field: 'Score', direction: 'asc' }]);
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 25 }), filter, sort, fc.array(change, { minLength: 30, maxLength: 30 }), async (pageSize, largestPage, filter, sort, changes) => {
      const { connector, list, pages } = await world(people(60), { largestPage });
      const table = connector.tables.get('Person');
      const before = new Set(ids(...await pages({ filter, pageSize: 200 })));
      const removed = new Set<unknown>();
      const given: unknown[] = [];
      for (let token: string | undefined = '', turn = 0; token !== undefined; turn += 1) {
        const page: ListPage = await list({ filter, sort, pageSize, pageToken: token });
        given.push(...ids(page));
        token = page.nextPageToken;
        expect(turn, 'pages of one list').toBeLessThan(500);
        const { remove = [], removeLast = false, insert = [] } = changes[turn] ?? {};
        for (const number of insert) if (table?.find(String(person(number)['Id'])) === undefined) table?.put(String(person(number)['Id']), person(number));
        const gone = [...remove.map((number) => person(number % 60)['Id']), ...(removeLast ? given.slice(-1) : [])];
        for (const id of gone) if (table?.remove(String(id)) === true) removed.add(id);
      }
      expect(new Set(given).size, 'a row came twice').toBe(given.length);
      expect([...before].filter((id) => !removed.has(id) && !given.includes(id)), 'rows vanished').toEqual([]);
    }), { numRuns: 120 });
  });

  it('cost no more calls than one scan and one for each page', async () => {
    const { connector, pages } = await world(people(1_000));
    for (const [filter, pageSize] of [['', 25], ['', 200], ["Name != 'Ada'", 25], ["Name = 'Ada'", 7], ["Name = 'Ada'", 200], ['Age >= 18', 10]] as const) {
      connector.counts.scan = 0;
      const all = await pages({ filter, pageSize });
      expect(ids(...all).length).toBeGreaterThan(50);
      expect(connector.counts.scan, `${filter} by ${pageSize}`).toBeLessThanOrEqual(10 + all.length);
      expect(all.reduce((sum, { cost }) => sum + cost.calls, 0)).toBe(connector.counts.scan);
    }
  });

  it('end without an empty page where the rest of the source page holds nothing', async () => {
    const { pages } = await world(people(90));
    const all = await pages({ filter: "Name = 'Ada'", pageSize: 3 });
    expect(all.map(({ rows }) => rows.length)).toEqual([3, 3, 3]);
  });

  it('have 25 rows by default and 200 at most', async () => {
    const { list } = await world(people(300));
    for (const [pageSize, size] of [[undefined, 25], [0, 25], [7, 7], [200, 200], [201, 200], [1e9, 200]] as const) {
      expect((await list(pageSize === undefined ? {} : { pageSize })).rows).toHaveLength(size);
    }
    await expect(list({ pageSize: -1 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', reason: 'INVALID_REQUEST' });
    for (const pageSize of [1.5, NaN, Infinity]) await expect(list({ pageSize })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST' });
  });

  it('have tokens that belong to their list', async () => {
    const { list } = await world(people(300));
    const { nextPageToken: pageToken = '' } = await list({ filter: 'Age > 1' });
    expect((await list({ filter: 'age>1.0', pageToken, pageSize: 3 })).rows).toHaveLength(3);
    const refusal = { code: 'INVALID_ARGUMENT', reason: 'INVALID_PAGE_TOKEN' };
    for (const query of [{ filter: 'Age > 2' }, {}, { filter: 'Age > 1', sort: [{ field: 'Age', direction: 'asc' as const }] }]) await expect(list({ ...query, pageToken })).rejects.toMatchObject(refusal);
    await expect(list({ pageToken }, COUNTRY)).rejects.toMatchObject(refusal);
    await expect(list({ pageToken }, RATE)).rejects.toMatchObject(refusal);
    await expect(list({ pageToken: `${pageToken}x` })).rejects.toMatchObject(refusal);
  });

  it('are one page for an entity type without ids', async () => {
    const { list } = await world([]);
    expect(await list({ pageSize: 1 }, RATE)).toMatchObject({ rows: rates });
    const sorted = await list({ pageSize: 1, sort: [{ field: 'factor', direction: 'desc' }] }, RATE);
    expect(sorted.rows.map((row) => row['Currency'])).toEqual(['jpy', 'idr', 'usd', 'eur']);
    expect(sorted.nextPageToken).toBeUndefined();
  });
});

describe('calls', () => {
  it('is one for what the source filters by itself and one for the first page', async () => {
    const { list, connector } = await world(people(1_000));
    expect((await list({ filter: "Email = 'mail7@example.com'" })).cost).toEqual({ calls: 1, rows: 20 });
    expect((await list({})).cost).toEqual({ calls: 1, rows: 25 });
    expect(connector.counts).toMatchObject({ scan: 2, get: 0 });
  });

  it('is one get for an id, and the rest of the filter is applied to its row', async () => {
    const { list, connector } = await world(people(10));
    const { Id, Age } = person(3);
    expect(ids(await list({ filter: `Id = '${String(Id)}' AND Age = ${String(Age)}` }))).toEqual([Id]);
    expect(ids(await list({ filter: `Id = '${String(Id)}' AND Age = 77` }))).toEqual([]);
    expect(ids(await list({ filter: "Id = 'p_none'" }))).toEqual([]);
    expect(ids(await list({ filter: "Id = ''" }))).toEqual([]);
    expect(connector.counts).toMatchObject({ scan: 0, get: 3 });
  });

  it('is a get for each id of a list, page by page, in the order of the list or of the sort', async () => {
    const { pages, connector } = await world(people(30));
    const named = [5, 1, 9, 2, 28, 0].map((number) => String(person(number)['Id']));
    const filter = `Id IN ('p_none', ${named.map((id) => `'${id}'`).join(', ')}, '${named[0] ?? ''}')`;
    const all = await pages({ filter, pageSize: 4 });
    expect(ids(...all)).toEqual(named);
    expect(all.map(({ rows }) => rows.length)).toEqual([4, 2]);
    expect(connector.counts).toMatchObject({ scan: 0, get: 7 });
    expect(ids(...await pages({ filter, pageSize: 4, sort: [{ field: 'Id', direction: 'desc' }] }))).toEqual(named.toSorted().toReversed());
  });

  it('passes on every error of a get but that there is no such row, and demands what a list needs', async () => {
    const { list } = await world(people(3));
    await expect(list({ filter: "Id = 'p_1'" }, { ...PERSON, name: 'Nobody' })).rejects.toMatchObject({ reason: 'ENTITY_TYPE_NOT_FOUND' });
    await expect(list({ filter: "Id = 'c_1'" }, CARD)).resolves.toMatchObject({ rows: [{ Person: 'p_1' }] });
    await expect(list({}, CARD)).rejects.toMatchObject({ reason: 'REQUIRED_FILTER', message: "List Card needs Person = '…'" });
    await expect(list({ filter: "Person = 'p_2'" }, CARD)).resolves.toMatchObject({ rows: [{ Id: 'c_2' }] });
  });

  it('leaves pseudo-columns to the connector', async () => {
    const { list, connector } = await world([]);
    expect(ids(await list({ filter: "Continent = 'Asia' AND Name LIKE 'J%'" }, COUNTRY))).toEqual(['JP']);
    expect(ids(await list({ filter: "Continent = 'Asia' AND Id = 'NO'" }, COUNTRY))).toEqual([]);
    expect(connector.counts).toMatchObject({ get: 0, scan: 2 });
    await expect(list({ sort: [{ field: 'Continent', direction: 'asc' }] }, COUNTRY)).rejects.toMatchObject({ reason: 'INVALID_FIELD' });
  });
});

describe('limits', () => {
  it.each<Partial<ScanBudget>>([{ rows: 250 }, { calls: 2 }, { milliseconds: 0 }])('end a scan loudly: %j', async (limit) => {
    const { target, session } = await world(people(1_000));
    const bounded = { ...settings, budget: { ...settings.budget, ...limit } };
    const list = (query: ListQuery): Promise<ListPage> => listRows(target(PERSON), session, newCall(), query, bounded);
    await expect(list({ filter: "Name = 'nobody'" })).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'SCAN_LIMIT',
      message: expect.stringMatching(/because the filter Name = 'nobody' had to be applied here; the source itself filters Email \(=\), Age/),
      metadata: expect.objectContaining({ entity: 'Person', pushableFields: 'Email,Age,Active,Born' }) });
    await expect(list({ sort: [{ field: 'Name', direction: 'asc' }] })).rejects.toThrow(/the sort by Name had to be applied here/);
    await expect(list({})).resolves.toMatchObject({ cost: { calls: 1 } });
  });

  it('do not refuse a scan that ends just within them', async () => {
    const { target, session } = await world(people(300));
    const exact = { ...settings, budget: { rows: 300, calls: 3, milliseconds: 60_000 } };
    await expect(listRows(target(PERSON), session, newCall(), { filter: "Name = 'nobody'" }, exact)).resolves.toMatchObject({ rows: [], cost: { calls: 3, rows: 300 } });
  });

  it('say so where the source filters by nothing', async () => {
    const { target, session } = await world([]);
    const none = { ...settings, budget: { ...settings.budget, calls: 0 } };
    await expect(listRows(target(RATE), session, newCall(), {}, none)).rejects.toThrow(/the source filters Rate by no column/);
  });

  it('keep one page of a sorted scan, whatever its length', async () => {
    const { list } = await world(people(3_000));
    const { rows } = await list({ sort: [{ field: 'Age', direction: 'desc' }], filter: 'Age IS NOT NULL', pageSize: 3 });
    expect(rows.map((row) => row['Age'])).toEqual([99, 99, 99]);
  });

  it('obey the caller who leaves and the deadline, even where the session does not', async () => {
    const { list, target, session } = await world(people(10));
    const gone = AbortSignal.abort();
    await expect(list({}, PERSON, newCall({ signal: gone }))).rejects.toMatchObject({ code: 'CANCELLED', reason: 'CALLER_LEFT' });
    await expect(list({}, PERSON, newCall({ deadline: new Date(Date.now() - 1) }))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', reason: 'TIMED_OUT' });
    const deaf: Session = { ...session, scan: () => new Promise(() => {}), close: () => session.close() };
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 20);
    await expect(listRows(target(PERSON), deaf, newCall({ signal: leaving.signal }), {}, settings)).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(listRows(target(PERSON), deaf, newCall({ deadline: new Date(Date.now() + 20) }), {}, settings)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('refuse two sorts, unknown columns and entity types without List', async () => {
    const { list } = await world([]);
    const sort = { field: 'Age', direction: 'asc' as const };
    await expect(list({ sort: [sort, sort] })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST' });
    await expect(list({ sort: [{ ...sort, field: 'Agge' }] })).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', message: 'Person has no column Agge; did you mean Age?' });
    await expect(list({ filter: 'Nmae = 1', sort: [{ ...sort, field: 'Agge' }] })).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', message: expect.stringMatching(/no column Nmae.*; Person has no column Agge/), violations: [{ field: 'Nmae' }, { field: 'Agge' }] });
    await expect(list({ filter: 'Name =', sort: [{ ...sort, field: 'Agge' }] })).rejects.toMatchObject({ reason: 'INVALID_FILTER', message: expect.stringMatching(/position 7.*; Person has no column Agge/), violations: [{ field: '', description: expect.stringContaining('position 7') }, { field: 'Agge' }] });
    await expect(list({ filter: 'Age = ' })).rejects.toMatchObject({ reason: 'INVALID_FILTER' });
    await expect(list({}, { ...PERSON, operations: ['GET'] })).rejects.toMatchObject({ code: 'UNIMPLEMENTED', reason: 'OPERATION_NOT_SUPPORTED' });
  });
});

describe('allRows', () => {
  it('gives every row that the filter keeps', async () => {
    const { target, session } = await world(people(450));
    const rows = await Array.fromAsync(allRows(target(PERSON), session, newCall(), { filter: "Name = 'Ada'", columns: ['Id'] }, settings.budget));
    expect(rows).toHaveLength(45);
  });
});

describe('explainList', () => {
  it('tells what the source does, what is left and what it costs', async () => {
    const { target } = await world([]);
    const explain = (query: ListQuery, entity = PERSON): object => explainList(target(entity), query);
    expect(explain({ filter: "mail_address='x' and age>='18' and name like 'A%'", sort: [{ field: 'Name', direction: 'asc' }] })).toEqual({
      entity: 'Person', pageSize: 25, hints: [
        expect.stringMatching(/^Name LIKE 'A%' is looked at here, row by row; the source itself filters .*Email \(=/),
        expect.stringMatching(/^The order by Name is made here: each page reads every row/),
      ],
      filter: "Email = 'x' AND Age >= 18 AND Name LIKE 'A%'", route: 'SCAN', pushed: ["Email = 'x'", 'Age >= 18'], remaining: "Name LIKE 'A%'",
      order: 'SORTED_HERE', calls: 'unbounded', fullScan: false, scan: { entity: 'Person', direction: 'asc', 'Email =': 'x', 'Age >=': 18 } });
    expect(explain({})).toMatchObject({ pushed: [], remaining: '', order: 'SOURCE', calls: 1, fullScan: false, hints: [] });
    expect(explain({ pageSize: 200, sort: [{ field: 'id', direction: 'desc' }] })).toMatchObject({ order: 'SORTED_BY_SOURCE', calls: 2, fullScan: false });
    expect(explain({ filter: "Name = 'x'" })).toMatchObject({ calls: 'unbounded', fullScan: true });
    expect(explain({ filter: "Email = 'a' AND Email = 'b'" })).toMatchObject({ pushed: ["Email = 'a'"], remaining: "Email = 'b'" });
    expect(explain({ filter: "Id IN ('a', 'b') AND Age = 1" })).toMatchObject({ route: 'GET', pushed: ["Id IN ('a', 'b')"], remaining: 'Age = 1', calls: 2, fullScan: false });
    expect(explain({}, RATE)).toMatchObject({ calls: 'unbounded', fullScan: true, hints: [expect.stringMatching(/^Rate has no id/), expect.stringMatching(/SCAN_LIMIT/)] });
  });
});
