// What a list will do, told before it is done: by the same plan that the list itself follows, and without a session.
import { allOf, conjuncts } from '../filter/conjuncts.ts';
import { printFilter } from '../filter/print.ts';
import type { ListPlan } from '../spi/connector.ts';
import type { Filter } from '../spi/filter.ts';
import { planList, SOURCE_PAGE_SIZE, type ListQuery, type ListTarget, type PlannedList } from './list-plan.ts';

export interface ListExplanation {
  /** The filter as it was understood. */
  readonly filter: string;
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
  return {
    filter: printFilter(list.filter),
    route: route.kind === 'gets' ? 'GET' : 'SCAN',
    pushed,
    remaining: printFilter(remaining),
    order: orderOf(list.sort !== undefined, list.order !== undefined),
    calls: route.kind === 'gets' ? route.ids.length : callsOf(route.plan, isOnePage ? list.pageSize : undefined),
    fullScan: route.kind === 'scan' && pushed.length === 0 && !isOnePage,
    scan: route.kind === 'scan' ? route.plan.scan : {},
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
