// The proof of List, for any connector: over random filters, sorts and page sizes the pages of a list hold exactly the rows
// that come out of reading everything and evaluating the filter by hand.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { explainList } from '../../src/engine/explain.ts';
import { listRows } from '../../src/engine/list.ts';
import type { ListQuery, ListTarget } from '../../src/engine/list-plan.ts';
import { createPageTokens } from '../../src/engine/page-token.ts';
import { checkFilter, requireColumn } from '../../src/filter/check.ts';
import { comparableOf, comparerOf, textOf } from '../../src/filter/comparable.ts';
import { allOf } from '../../src/filter/conjuncts.ts';
import { rowMatcher } from '../../src/filter/evaluate.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import { printFilter } from '../../src/filter/print.ts';
import type { Call, Row, Session } from '../../src/spi/connector.ts';
import type { Comparison, Filter, Scalar, Sort } from '../../src/spi/filter.ts';

export interface EquivalenceSubject {
  readonly target: ListTarget;
  readonly session: Session;
  readonly call: () => Call;
  /** Columns to filter and sort by, each with values to compare with; the values that rows have are added. */
  readonly literals: Readonly<Record<string, fc.Arbitrary<Scalar>>>;
  /** What every filter must say besides, where the entity type demands it: "Subscription = 'sub_1'". */
  readonly demanded?: string;
  /** How many random lists; 100 by default. */
  readonly runs?: number;
  /** How many pages one random list may have; larger pages are asked for beyond it. 20 by default. */
  readonly pages?: number;
  readonly seed?: number;
  /** The source has no single order: it reads some lists in several passes. */
  readonly anyOrder?: boolean;
}

export interface EquivalenceReport {
  readonly rows: number;
  readonly lists: number;
  /** Lists of which the source did a part, those fetched by id, and those of more than one page: a test without them proves little. */
  readonly pushed: number;
  readonly fetched: number;
  readonly paged: number;
}

const BUDGET = { rows: 1_000_000, calls: 100_000, milliseconds: 600_000 };

/** Asserts list ≡ evaluate-everything; gives the counts to assert that something was tried. */
export async function assertListEquivalence(subject: EquivalenceSubject): Promise<EquivalenceReport> {
  const { target: { entity } } = subject;
  const demanded = checkFilter(parseFilter(subject.demanded ?? ''), entity);
  const everything = await readEverything(subject, demanded);
  const report = { rows: everything.length, lists: 0, pushed: 0, fetched: 0, paged: 0 };
  const least = Math.max(1, Math.ceil(everything.length / (subject.pages ?? 20)));
  const list = fc.record({ filter: anyFilter(subject, everything, 2), sort: anySort(subject), pageSize: fc.integer({ min: least, max: Math.min(200, least + 30) }) });
  await fc.assert(fc.asyncProperty(list, async ({ filter: asked, sort, pageSize }) => {
    const filter = allOf([demanded, asked].filter((part) => part.kind !== 'and' || part.filters.length > 0));
    const query: ListQuery = { filter: printFilter(filter), sort, pageSize };
    const explanation = explainList(subject.target, query);
    const { rows, pages } = await readPages(subject, query, everything.length + 2);
    const matches = rowMatcher(checkFilter(filter, entity), entity);
    const expected = everything.filter(matches);
    report.lists += 1;
    report.pushed += explanation.pushed.length > 0 ? 1 : 0;
    report.fetched += explanation.route === 'GET' ? 1 : 0;
    report.paged += pages > 1 ? 1 : 0;
    const said = identities(entity.key, rows);
    expect(said.toSorted(), 'the rows of the list').toEqual(identities(entity.key, expected).toSorted());
    if (sort[0] !== undefined) expectSorted(subject, rows, sort[0]);
    else if (explanation.route === 'SCAN' && subject.anyOrder !== true) expect(said, 'the order of the source').toEqual(identities(entity.key, expected));
  }), { numRuns: subject.runs ?? 100, ...(subject.seed === undefined ? {} : { seed: subject.seed }) });
  return report;
}

/** Reads all rows past the engine: nothing pushed but what is demanded, nothing filtered, no page of ours. */
async function readEverything({ target, session, call }: EquivalenceSubject, demanded: Filter): Promise<readonly Row[]> {
  const { connector, config, entity } = target;
  const plan = connector.planList(config, { entity: entity.name, filter: demanded, sort: [], columns: 'all' });
  const rows: Row[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await session.scan(call(), entity.name, plan, { size: 100, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.rows);
    if (page.next === undefined) return rows.filter(rowMatcher(demanded, entity));
    cursor = page.next;
  }
}

async function readPages({ target, session, call }: EquivalenceSubject, query: ListQuery, mostPages: number): Promise<{ readonly rows: readonly Row[]; readonly pages: number }> {
  const settings = { budget: BUDGET, tokens: createPageTokens(randomBytes(32)) };
  const rows: Row[] = [];
  let pages = 0;
  for (let pageToken = ''; ; ) {
    const page = await listRows(target, session, call(), { ...query, pageToken }, settings);
    if (target.entity.key !== undefined) expect(page.rows.length).toBeLessThanOrEqual(query.pageSize ?? 25);
    rows.push(...page.rows);
    pages += 1;
    expect(pages, 'pages of one list').toBeLessThanOrEqual(mostPages);
    if (page.nextPageToken === undefined) return { rows, pages };
    pageToken = page.nextPageToken;
  }
}

/** Rows by their id where they have one: what else they show may depend on the columns that were asked for. */
function identities(key: string | undefined, rows: readonly Row[]): readonly string[] {
  return rows.map((row) => (key === undefined ? JSON.stringify(row) : (textOf(row[key]) ?? 'no id')));
}

/** NULL last in ascending order, first in descending. */
function expectSorted({ target: { entity } }: EquivalenceSubject, rows: readonly Row[], { field, direction }: Sort): void {
  const { type, read } = requireColumn(entity, field);
  const values = rows.map((row) => comparableOf(type, read(row)));
  const ascending = direction === 'asc' ? values : values.toReversed();
  for (const [index, right] of ascending.entries()) {
    const left = ascending[index - 1];
    if (left === undefined || right === null) continue;
    expect(left, `NULL is last in the order by ${field}`).not.toBeNull();
    if (left !== null) expect(comparerOf(type)(left, right), `${left} is before ${right} in the order by ${field}`).toBeLessThanOrEqual(0);
  }
}

function anySort({ literals }: EquivalenceSubject): fc.Arbitrary<readonly Sort[]> {
  const sort = fc.record({ field: fc.constantFrom(...Object.keys(literals)), direction: fc.constantFrom('asc' as const, 'desc' as const) });
  return fc.oneof({ weight: 2, arbitrary: fc.constant<readonly Sort[]>([]) }, { weight: 1, arbitrary: sort.map((one) => [one]) });
}

function anyFilter(subject: EquivalenceSubject, rows: readonly Row[], depth: number): fc.Arbitrary<Filter> {
  const condition = fc.oneof(...Object.entries(subject.literals).map(([field, literal]) => anyCondition(subject, rows, field, literal)));
  const nested = (depth: number): fc.Arbitrary<Filter> => {
    if (depth === 0) return condition;
    const inner = nested(depth - 1);
    const both = fc.tuple(inner, inner);
    return fc.oneof({ weight: 3, arbitrary: condition }, { weight: 3, arbitrary: both.map((filters): Filter => ({ kind: 'and', filters })) },
      { weight: 1, arbitrary: both.map((filters): Filter => ({ kind: 'or', filters })) }, { weight: 1, arbitrary: inner.map((filter): Filter => ({ kind: 'not', filter })) });
  };
  return fc.oneof({ weight: 1, arbitrary: fc.constant<Filter>({ kind: 'and', filters: [] }) }, { weight: 9, arbitrary: nested(depth) });
}

function anyCondition({ target: { entity } }: EquivalenceSubject, rows: readonly Row[], field: string, literal: fc.Arbitrary<Scalar>): fc.Arbitrary<Filter> {
  const { type, read } = requireColumn(entity, field);
  const texts = [...new Set(rows.slice(0, 200).map((row) => textOf(read(row))).filter((text) => text !== null))];
  // Quoted as the specification quotes every value; what a column cannot read would be refused, not listed.
  const readable = texts.filter((text) => comparableOf(type, text) !== null);
  const value = readable.length === 0 ? literal : fc.oneof({ weight: 2, arbitrary: fc.constantFrom<Scalar>(...readable) }, { weight: 1, arbitrary: literal });
  const pattern = fc.tuple(fc.constantFrom('', ...texts), fc.nat(8)).map(([text, length]) => `${text.slice(0, length).replaceAll(/[\\%_]/g, '\\$&')}%`);
  return fc.oneof(
    { weight: 4, arbitrary: value.map((value): Filter => ({ kind: 'compare', field, operator: '=', value })) },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom<Comparison>('!=', '<', '<=', '>', '>='), value).map(([operator, value]): Filter => ({ kind: 'compare', field, operator, value })) },
    { weight: 1, arbitrary: fc.array(value, { minLength: 1, maxLength: 4 }).map((values): Filter => ({ kind: 'in', field, values })) },
    { weight: 1, arbitrary: pattern.map((pattern): Filter => ({ kind: 'like', field, pattern })) },
    { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'isNull', field }) },
  );
}
