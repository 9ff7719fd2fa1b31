// What a list will do, told before it is done: by the same plan that the list itself follows, and without a session.
import { allOf, conjuncts } from '../filter/conjuncts.ts';
import { printFilter } from '../filter/print.ts';
import type { ListPlan } from '../spi/connector.ts';
import type { Filter } from '../spi/filter.ts';
import { planList, SOURCE_PAGE_SIZE, type ListQuery, type ListTarget, type PlannedList } from './list-plan.ts';
import { tellSourceFilters } from './source-filters.ts';

export interface ListExplanation {
  /** The listed name of the entity type. */
  readonly entity: string;
  /** The filter as it was understood; empty for every row. */
  readonly filter: string;
  /** Rows of a page, as it will be. */
  readonly pageSize: number;
  /** GET: the rows are fetched by the ids that the filter names. SCAN: they are listed. */
  readonly route: 'GET' | 'SCAN';
  /** The conditions that the source settles. */
  readonly pushed: readonly string[];
  /** The condition that is left to evaluate here; empty if none. */
  readonly remaining: string;
  /** SOURCE: no order was asked for. SORTED_BY_SOURCE and SORTED_HERE: the order asked for, and who makes it. */
  readonly order: 'SOURCE' | 'SORTED_BY_SOURCE' | 'SORTED_HERE';
  /** Calls to the source for one page, where that can be said beforehand. */
  readonly calls: number | 'unbounded';
  /** Every row of the entity type may have to be read. */
  readonly fullScan: boolean;
  /** What the connector will ask of its source, in its own terms. */
  readonly scan: ListPlan['scan'];
  /** Sentences for people: why it costs what it costs, and what would cost less. */
  readonly hints: readonly string[];
}

/**
 * Explains a list.
 * @throws as `listRows` does for a query that it refuses.
 */
export function explainList(target: ListTarget, query: ListQuery): ListExplanation {
  const list = planList(target, query);
  const { route } = list;
  const remaining = remainingOf(list);
  const left = new Set(conjuncts(remaining).map(printFilter));
  const pushed = conjuncts(list.filter).map(printFilter).filter((part) => !left.has(part));
  const isOnePage = list.settled && list.order === undefined && list.entity.key !== undefined;
  const fullScan = route.kind === 'scan' && pushed.length === 0 && !isOnePage;
  return {
    entity: list.entity.name,
    filter: printFilter(list.filter),
    pageSize: list.pageSize,
    route: route.kind === 'gets' ? 'GET' : 'SCAN',
    pushed,
    remaining: printFilter(remaining),
    order: orderOf(list.sort !== undefined, list.order !== undefined),
    calls: route.kind === 'gets' ? route.ids.length : callsOf(route.plan, isOnePage ? list.pageSize : undefined),
    fullScan,
    scan: route.kind === 'scan' ? route.plan.scan : {},
    hints: hintsOf(list, printFilter(remaining), fullScan),
  };
}

/** A get settles what the filter says of the key. */
function remainingOf({ route, filter, entity }: PlannedList): Filter {
  if (route.kind === 'scan') return route.plan.remaining;
  const fixesKey = (part: Filter): boolean => 'field' in part && part.field === entity.key && (part.kind === 'in' || (part.kind === 'compare' && part.operator === '='));
  return allOf(conjuncts(filter).filter((part) => !fixesKey(part)));
}

function orderOf(isSorted: boolean, isSortedHere: boolean): ListExplanation['order'] {
  if (!isSorted) return 'SOURCE';
  return isSortedHere ? 'SORTED_HERE' : 'SORTED_BY_SOURCE';
}

function callsOf(plan: ListPlan, pageSize: number | undefined): number | 'unbounded' {
  if (pageSize === undefined) return plan.calls;
  const forPage = Math.ceil(pageSize / SOURCE_PAGE_SIZE);
  return plan.calls === 'unbounded' ? forPage : Math.min(plan.calls, forPage);
}

function hintsOf({ entity, route, order, sort }: PlannedList, remaining: string, fullScan: boolean): readonly string[] {
  const column = sort?.field ?? '';
  return [
    ...(route.kind === 'gets' ? [`The filter names ids: these rows are got one by one, and nothing else is read.`] : []),
    ...(route.kind === 'scan' && remaining !== '' ? [`${remaining} is looked at here, row by row; ${tellSourceFilters(entity)}.`] : []),
    ...(order === undefined ? [] : [`The order by ${column} is made here: each page reads every row that the source gives. Without an order, rows come as the source has them, page by page.`]),
    ...(entity.key === undefined ? [`${entity.name} has no id: all of its rows come in one page.`] : []),
    ...(fullScan ? [`Every row of ${entity.name} may have to be read; a list that would read more than its budget ends in SCAN_LIMIT.`] : []),
  ];
}
