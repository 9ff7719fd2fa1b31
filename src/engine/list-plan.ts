// From what a caller asks to how it will be answered: filter read and checked, sort and page size settled, the way to the rows
// chosen. Pure: `explain` shows exactly what a list does, because both begin here.
import { StatusError } from '../errors/status-error.ts';
import { checkFilter, requireColumn } from '../filter/check.ts';
import type { Column } from '../filter/column.ts';
import { conjuncts, fieldsOf } from '../filter/conjuncts.ts';
import { rowMatcher } from '../filter/evaluate.ts';
import { keyValues } from '../filter/key-values.ts';
import { parseFilter } from '../filter/parse.ts';
import { printFilter } from '../filter/print.ts';
import type { EntityType } from '../spi/catalog.ts';
import type { Connector, ListPlan, Row } from '../spi/connector.ts';
import type { Filter, Sort } from '../spi/filter.ts';
import { rowOrder, type RowOrder } from './row-order.ts';

export const DEFAULT_PAGE_SIZE = 25;
export const MAX_PAGE_SIZE = 200;
/** The most rows that one call to a source asks for. */
export const SOURCE_PAGE_SIZE = 100;

/** What is listed: an entity type of one connection. */
export interface ListTarget {
  /** Name of the connection: page tokens belong to it. */
  readonly connection: string;
  readonly connector: Pick<Connector, 'planList'>;
  readonly config: unknown;
  readonly entity: EntityType;
}

/** What a caller asks for. */
export interface ListQuery {
  /** Text as callers write it, or a filter already read; absent or empty for every row. */
  readonly filter?: string | Filter;
  /** At most one. */
  readonly sort?: readonly Sort[];
  /** 25 if absent or 0; at most 200. */
  readonly pageSize?: number;
  readonly pageToken?: string;
  /** The columns that will be read; rows may carry more. */
  readonly columns?: readonly string[] | 'all';
}

/** How the rows are reached. */
export type Route =
  | { readonly kind: 'gets'; readonly ids: readonly string[] }
  | { readonly kind: 'scan'; readonly plan: ListPlan };

export interface PlannedList {
  readonly entity: EntityType;
  readonly filter: Filter;
  readonly sort: Sort | undefined;
  readonly pageSize: number;
  readonly route: Route;
  /** Set where the rows must be sorted here. */
  readonly order: RowOrder | undefined;
  /** The source applies the whole filter, as far as it promises; ours is applied all the same. */
  readonly settled: boolean;
  /** Whether a row belongs to the answer: the whole filter on the whole row. */
  readonly matches: (row: Row) => boolean;
  /** What page tokens are bound to. */
  readonly identity: string;
}

/**
 * Plans a list.
 * @throws StatusError UNIMPLEMENTED where the entity type has no LIST; INVALID_ARGUMENT or OUT_OF_RANGE for what was asked.
 */
export function planList(target: ListTarget, query: ListQuery): PlannedList {
  const { entity } = target;
  requireList(entity);
  const [filter, sorted] = both(() => checkFilter(readFilter(query.filter ?? ''), entity), () => readSort(entity, query.sort ?? []));
  const pageSize = readPageSize(query.pageSize);
  const route = chooseRoute(target, query, filter, sorted);
  const isOrdered = sorted === undefined || (route.kind === 'scan' && route.plan.ordered);
  return {
    entity, filter, pageSize, route,
    sort: sorted?.sort,
    order: isOrdered ? undefined : rowOrder(sorted.column, sorted.sort.direction, entity.key),
    settled: route.kind === 'scan' && conjuncts(route.plan.remaining).length === 0,
    matches: rowMatcher(filter, entity),
    identity: JSON.stringify([target.connection, entity.name, printFilter(filter), sorted?.sort ?? null, route.kind === 'scan' ? route.plan.scan : route.ids]),
  };
}

/** What two readings give. @throws StatusError what one of them throws; where both were given what they do not take, with the faults of both */
function both<A, B>(one: () => A, other: () => B): readonly [A, B] {
  const [first, second] = [attempted(one), attempted(other)];
  if ('fault' in first && 'fault' in second) throw withFaults(first.fault, second.fault);
  if ('fault' in first) throw first.fault;
  if ('fault' in second) throw second.fault;
  return [first.value, second.value];
}

function withFaults(first: StatusError, more: StatusError): StatusError {
  const { reason, message, metadata } = first;
  // A fault that is about the whole stands among the others too: whoever shows these alone shows it.
  const violations = [first, more].flatMap((one) => (one.violations.length > 0 ? one.violations : [{ field: '', description: one.message }]));
  return new StatusError('INVALID_ARGUMENT', reason, { message: `${message}; ${more.message}`, violations, metadata });
}

function attempted<T>(read: () => T): { readonly value: T } | { readonly fault: StatusError } {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 'INVALID_ARGUMENT') throw error;
    return { fault: error };
  }
}

function requireList(entity: EntityType): void {
  if (entity.operations.includes('LIST')) return;
  const message = `${entity.name} has no operation LIST; it has ${entity.operations.join(', ') || 'none'}`;
  throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', { message, metadata: { entity: entity.name, operation: 'LIST' } });
}

function readFilter(filter: string | Filter): Filter {
  return typeof filter === 'string' ? parseFilter(filter) : filter;
}

interface SortedBy {
  readonly column: Column;
  readonly sort: Sort;
}

function readSort(entity: EntityType, sorts: readonly Sort[]): SortedBy | undefined {
  if (sorts.length > 1) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `A list is sorted by one column, not by ${sorts.length}` });
  const [sort] = sorts;
  if (sort === undefined) return undefined;
  const column = requireColumn(entity, sort.field);
  if (column.pseudo) {
    const description = `${column.name} is given in filters and has no value to sort by`;
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_FIELD', { message: description, violations: [{ field: sort.field, description }] });
  }
  return { column, sort: { field: column.name, direction: sort.direction } };
}

function readPageSize(size: number | undefined): number {
  if (size === undefined || size === 0) return DEFAULT_PAGE_SIZE;
  if (!Number.isInteger(size)) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `The page size ${size} is not an integer` });
  if (size < 0) throw new StatusError('OUT_OF_RANGE', 'INVALID_REQUEST', { message: `The page size ${size} is negative` });
  return Math.min(size, MAX_PAGE_SIZE);
}

function chooseRoute({ connector, config, entity }: ListTarget, query: ListQuery, filter: Filter, sorted: SortedBy | undefined): Route {
  const ids = keyValues(filter, entity);
  if (ids !== undefined) return { kind: 'gets', ids };
  const columns = neededColumns(entity, query.columns ?? 'all', filter, sorted);
  return { kind: 'scan', plan: connector.planList(config, { entity: entity.name, filter, sort: sorted === undefined ? [] : [sorted.sort], columns }) };
}

/** What the caller reads and what filter, sort and paging read, as fields of the entity type. */
function neededColumns(entity: EntityType, asked: readonly string[] | 'all', filter: Filter, sorted: SortedBy | undefined): readonly string[] | 'all' {
  if (asked === 'all') return asked;
  const names = [...asked, ...fieldsOf(filter), ...(sorted === undefined ? [] : [sorted.sort.field]), ...(entity.key === undefined ? [] : [entity.key])];
  return [...new Set(names.map((name) => requireColumn(entity, name)).filter(({ pseudo }) => !pseudo).map(({ field }) => field.name))];
}
