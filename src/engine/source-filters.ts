// Which columns the source filters by itself, said to people. It knows entity types as data.
import type { EntityType, Field } from '../spi/catalog.ts';

/** The columns that the source filters by itself. */
export function pushableFields({ fields }: EntityType): readonly Field[] {
  return fields.filter(({ filters }) => filters !== undefined && filters.length > 0);
}

/** `the source itself filters Email (=), Created (= < <= > >=)` */
export function tellSourceFilters(entity: EntityType): string {
  const pushable = pushableFields(entity);
  if (pushable.length === 0) return `the source filters ${entity.name} by no column`;
  return `the source itself filters ${pushable.map(({ name, filters }) => `${name} (${(filters ?? []).join(' ')})`).join(', ')}`;
}
