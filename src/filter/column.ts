// The columns of an entity type by every spelling that callers use, and how to read each from a row.
import { nearest } from '../errors/nearest.ts';
import type { EntityType, Field, FieldType } from '../spi/catalog.ts';
import type { Row } from '../spi/connector.ts';

export interface Column {
  /** The one spelling used from here on: `Email`, `Metadata.order_id`. */
  readonly name: string;
  readonly type: FieldType;
  /** Named in filters only: the connector settles it and no row shows it. */
  readonly pseudo: boolean;
  /** The field of the entity type; for a key of a map, the map. */
  readonly field: Field;
  readonly read: (row: Row) => unknown;
}

const indexes = new WeakMap<EntityType, ReadonlyMap<string, Column>>();

/**
 * Finds a column by its name, an alias, or either with other capitals, underscores and dots (`invoice_settings.footer`).
 * Behind the name of a map stands a key, kept as written: `metadata.order_id` is the column `Metadata.order_id`.
 */
export function findColumn(entity: EntityType, spelling: string): Column | undefined {
  const index = indexOf(entity);
  return index.get(spelling) ?? mapKey(entity, index, spelling) ?? index.get(folded(spelling));
}

/** The name of the column that a misspelt one was probably meant to be. */
export function nearestColumn(entity: EntityType, spelling: string): string | undefined {
  const index = indexOf(entity);
  const known = nearest(spelling, index.keys());
  return known === undefined ? undefined : index.get(known)?.name;
}

function folded(spelling: string): string {
  return spelling.toLowerCase().replaceAll('_', '').replaceAll('.', '');
}

function indexOf(entity: EntityType): ReadonlyMap<string, Column> {
  const known = indexes.get(entity);
  if (known !== undefined) return known;
  const index = new Map<string, Column>();
  const add = (spelling: string, column: Column): void => {
    if (!index.has(spelling)) index.set(spelling, column);
  };
  const columns = [...entity.fields.map((field) => columnOf(field, false)), ...(entity.pseudoFields ?? []).map((field) => columnOf(field, true))];
  // Names come before aliases, exact ones before folded ones: no alias can hide a column.
  for (const column of columns) add(column.name, column);
  for (const column of columns) add(folded(column.name), column);
  for (const column of columns) for (const alias of column.field.aliases ?? []) add(folded(alias), column);
  indexes.set(entity, index);
  return index;
}

function columnOf(field: Field, pseudo: boolean): Column {
  const { name, type } = field;
  return { name, type, pseudo, field, read: (row) => row[name] };
}

function mapKey(entity: EntityType, index: ReadonlyMap<string, Column>, spelling: string): Column | undefined {
  if (entity.maps === undefined || entity.maps.length === 0) return undefined;
  for (let dot = spelling.indexOf('.'); dot !== -1 && dot <= 200; dot = spelling.indexOf('.', dot + 1)) {
    const map = index.get(folded(spelling.slice(0, dot)));
    if (map !== undefined && entity.maps.includes(map.name) && dot + 1 < spelling.length) return keyOf(map, spelling.slice(dot + 1));
  }
  return undefined;
}

function keyOf(map: Column, key: string): Column {
  const read = (row: Row): unknown => {
    const values = map.read(row);
    return isObject(values) && Object.hasOwn(values, key) ? values[key] : null;
  };
  return { name: `${map.name}.${key}`, type: 'string', pseudo: map.pseudo, field: map.field, read };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
