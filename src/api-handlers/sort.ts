// The order of a list, from `sortBy` and `sortOrder`: one column at most, as the platform says.
import { invalidFields } from '../errors/status-error.ts';
import type { Sort } from '../spi/filter.ts';

const DIRECTIONS: ReadonlyMap<string, Sort['direction']> = new Map([['asc', 'asc'], ['ascending', 'asc'], ['desc', 'desc'], ['descending', 'desc']]);

/** @throws StatusError INVALID_ARGUMENT */
export function readSort(sortBy: readonly string[], sortOrder: readonly string[]): readonly Sort[] {
  const faults = [
    ...(sortBy.length > 1 ? [{ field: 'sortBy', description: 'names more than one column' }] : []),
    ...(sortOrder.length > Math.max(sortBy.length, 0) ? [{ field: 'sortOrder', description: 'must go with sortBy, one for one' }] : []),
    ...sortOrder.filter((order) => !DIRECTIONS.has(order.toLowerCase())).map((order) => ({ field: 'sortOrder', description: `is "${order}": use ASC or DESC` })),
  ];
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  return sortBy.map((field, index) => ({ field, direction: DIRECTIONS.get((sortOrder[index] ?? 'asc').toLowerCase()) ?? 'asc' }));
}
