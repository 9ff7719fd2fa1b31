// Which part of a list this source does by itself. Pure: no row is looked at, so `explain` can show the plan to anyone.
//
// `scan` is this connector's private language. A key with a sign in it is a condition ("Email =": 'x'), the rest is how to
// read: which entity, in which direction, from which id until which.
import { rowMatcher } from '../../filter/evaluate.ts';
import { allOf, conjuncts } from '../../filter/conjuncts.ts';
import { textOf } from '../../filter/comparable.ts';
import type { EntityType } from '../../spi/catalog.ts';
import type { ListPlan, ListRequest, Row } from '../../spi/connector.ts';
import type { Comparison, Filter, Scalar } from '../../spi/filter.ts';

/**
 * Takes from the top-level ANDs what `filters` of a field says the source can do; everything else remains. Each condition
 * has one place: a second `Email = …` remains, since taking it would forget the first. Rows come in the order of the key.
 */
export function planMemoryList(type: EntityType, list: ListRequest): ListPlan {
  const taken: Record<string, Scalar> = {};
  const remaining = conjuncts(list.filter).filter((part) => {
    const place = placeOf(type, part);
    if (place === undefined || part.kind !== 'compare' || Object.hasOwn(taken, place)) return true;
    taken[place] = part.value;
    return false;
  });
  const [sort] = list.sort;
  const ordered = sort === undefined || (type.key !== undefined && sort.field === type.key);
  const direction = ordered && sort !== undefined ? sort.direction : 'asc';
  const settled = type.key !== undefined && Object.hasOwn(taken, `${type.key} =`);
  return { scan: { entity: type.name, direction, ...taken }, remaining: allOf(remaining), ordered, calls: settled ? 1 : 'unbounded' };
}

function placeOf(type: EntityType, part: Filter): string | undefined {
  if (part.kind !== 'compare' || part.value === null) return undefined;
  if (type.pseudoFields?.some(({ name }) => name === part.field) === true) return `${part.field} ${part.operator}`;
  const field = type.fields.find(({ name }) => name === part.field);
  return field?.filters?.includes(part.operator) === true ? `${part.field} ${part.operator}` : undefined;
}

/** The test that the source applies to its rows when it runs a plan. */
export function sourceTest(type: EntityType, plan: ListPlan): (row: Row) => boolean {
  const conditions = Object.entries(plan.scan).flatMap(([place, value]) => {
    const [field, operator] = place.split(' ');
    return field !== undefined && isComparison(operator) && !isList(value) ? [{ kind: 'compare' as const, field, operator, value }] : [];
  });
  const pseudo = conditions.filter(({ field }) => type.pseudoFields?.some(({ name }) => name === field));
  const matches = rowMatcher(allOf(conditions), type);
  return (row) => matches(row) && pseudo.every(({ field, value }) => textOf(row[field]) === value);
}

function isComparison(text: string | undefined): text is Comparison {
  return text === '=' || text === '!=' || text === '<' || text === '<=' || text === '>' || text === '>=';
}

function isList(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}
