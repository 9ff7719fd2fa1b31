// A filter taken apart at its top-level ANDs, and put together again: what key look-ups and connectors' plans work on.
import { EVERY_ROW, type Filter } from '../spi/filter.ts';

/** A filter on one field. */
export type Condition = Extract<Filter, { readonly field: string }>;

/** The filters that must all be true: top-level ANDs flattened; none for the filter that every row passes. */
export function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.filters.flatMap(conjuncts) : [filter];
}

/** The filter that asks for all of these. */
export function allOf(filters: readonly Filter[]): Filter {
  const [first] = filters;
  if (first === undefined) return EVERY_ROW;
  return filters.length === 1 ? first : { kind: 'and', filters };
}

/** Every field that a filter names, each once. */
export function fieldsOf(filter: Filter): readonly string[] {
  const names = new Set<string>();
  collectFields(filter, names);
  return [...names];
}

function collectFields(filter: Filter, names: Set<string>): void {
  if ('filters' in filter) for (const part of filter.filters) collectFields(part, names);
  else if (filter.kind === 'not') collectFields(filter.filter, names);
  else names.add(filter.field);
}
