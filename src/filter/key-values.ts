// Which rows a filter asks for by id. Such a list needs no list call, so both the check and the engine ask here.
import type { EntityType } from '../spi/catalog.ts';
import type { Filter, Scalar } from '../spi/filter.ts';
import { conjuncts } from './conjuncts.ts';

/** A longer IN list is scanned for: so many gets would cost more than reading on. */
export const MAX_KEY_VALUES = 100;

/**
 * The only ids that rows of this filter can have, in the order of the filter and each once; undefined where the rows must be
 * listed. Filters that name a pseudo-column are listed too: a get could not pass it on. Takes a checked filter.
 */
export function keyValues(filter: Filter, entity: EntityType): readonly string[] | undefined {
  const { key } = entity;
  if (key === undefined || !entity.operations.includes('GET')) return undefined;
  const parts = conjuncts(filter);
  const pseudo = new Set((entity.pseudoFields ?? []).map(({ name }) => name));
  if (parts.some((part) => part.kind === 'compare' && pseudo.has(part.field))) return undefined;
  const candidates = parts.flatMap((part) => {
    const values = fixedValues(part, key);
    return values === undefined ? [] : [ids(values)];
  });
  const fewest = candidates.toSorted((a, b) => a.length - b.length)[0];
  return fewest === undefined || fewest.length > MAX_KEY_VALUES ? undefined : fewest;
}

function fixedValues(part: Filter, key: string): readonly Scalar[] | undefined {
  if (part.kind === 'compare' && part.operator === '=' && part.field === key) return [part.value];
  return part.kind === 'in' && part.field === key ? part.values : undefined;
}

/** No row has NULL or the empty text for its id. */
function ids(values: readonly Scalar[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null && value !== '').map(String))];
}
