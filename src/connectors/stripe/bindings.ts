// Everything about an entity that is worked out once from the tables and used on every call: its columns, its key, its parents,
// its filters, the way from objects to rows. Made when an entity is first asked for, then kept.
import { StatusError } from '../../errors/status-error.ts';
import type { EntityOperation } from '../../spi/catalog.ts';
import { fieldType, flatten, pathKey, type Leaf } from './columns.ts';
import { filtersOf, type EntityFilters } from './filters.ts';
import { createRowMapper, type MappedColumn, type RowMapper } from './response.ts';
import { fold, pascal } from './spelling.ts';
import type { CallRow, EntityRow, Property } from './table.ts';
import { findEntity, overrideOf } from './tables.ts';

export interface Column extends MappedColumn {
  /** The row shows it; without, it can only be written. */
  readonly shown: boolean;
  /** The shape that says the property: where its description is found. */
  readonly owner: string;
  readonly create?: Property;
  readonly update?: Property;
}

export interface Parent {
  readonly slot: string;
  readonly entity: string;
  /** The column of our rows that holds the parent's id. */
  readonly column: string;
  /** Folded spellings by which a payload may name it. */
  readonly spellings: ReadonlySet<string>;
}

export interface Binding {
  readonly row: EntityRow;
  readonly operations: ReadonlySet<EntityOperation>;
  readonly columns: readonly Column[];
  readonly parents: readonly Parent[];
  /** `Id`, where rows have one. */
  readonly key?: string;
  /** `Id` is made of the parents' ids and Stripe's own, which then stands in `StripeId`. */
  readonly composite: boolean;
  readonly filters: EntityFilters;
  /** Columns that Stripe takes under one name and shows under another: they show what the other does. */
  readonly echoes: readonly { readonly name: string; readonly of: string }[];
  /** The nested lists, by Stripe's path, with the columns that hold them. */
  readonly nestedLists: readonly { readonly path: readonly string[]; readonly column: string }[];
  readonly mapRow: RowMapper;
  /** Rows come newest first, by this column. */
  readonly newestFirst?: string;
}

const bindings = new Map<EntityRow, Binding>();

/** @throws NOT_FOUND for a name that is no entity's, by any spelling. */
export function bindingOf(name: string): Binding {
  const row = findEntity(name);
  if (row === undefined) {
    throw new StatusError('NOT_FOUND', 'ENTITY_TYPE_NOT_FOUND', { message: `there is no entity type ${name.slice(0, 100)}` });
  }
  const known = bindings.get(row);
  if (known !== undefined) return known;
  const made = bind(row);
  bindings.set(row, made);
  return made;
}

function bind(row: EntityRow): Binding {
  const [shown = NONE, created = NONE, updated = NONE] = flatten([row.row, row.create?.shape, row.update?.shape]);
  const columns = [...new Set([...shown.keys(), ...created.keys(), ...updated.keys()])].map((key) => columnOf(key, shown, created, updated));
  const parents = row.parents.map((parent) => parentOf(parent, shown));
  const hasId = shown.has('id');
  const composite = hasId && parents.length > 0 && !row.singleton && [row.get, row.update, row.delete].some((call) => call !== undefined && slots(call) > 1);
  const names = new Map(columns.filter((column) => column.shown).map((column) => [pathKey(column.path), column.name]));
  const echoes = echoesOf(row, columns);
  const filters = filtersOf(row, names, new Set(echoes.map(({ name }) => name)));
  const newest = filters.columns.has('Created') && row.api === 'v1' && !row.singleton;
  const shownColumns = columns.filter((column) => column.shown);
  const added = [...(composite ? ['StripeId'] : []), ...parents.map(({ column }) => column)];
  const unseen = columns.filter((column) => !column.shown).map(({ name }) => name);
  return {
    row, columns, parents, composite, filters, echoes,
    operations: operationsOf(row),
    ...(hasId ? { key: 'Id' } : {}),
    nestedLists: shownColumns.filter(({ property }) => property.list === true).map(({ path, name }) => ({ path, column: name })),
    mapRow: createRowMapper(shownColumns, added, unseen),
    ...(newest ? { newestFirst: 'Created' } : {}),
  };
}

const NONE: ReadonlyMap<string, Leaf> = new Map();

function columnOf(key: string, shown: ReadonlyMap<string, Leaf>, created: ReadonlyMap<string, Leaf>, updated: ReadonlyMap<string, Leaf>): Column {
  const [inRow, inCreate, inUpdate] = [shown.get(key), created.get(key), updated.get(key)];
  const leaf = inRow ?? inCreate ?? inUpdate;
  if (leaf === undefined) throw new Error(`no leaf ${key}`);
  return {
    name: leaf.name, path: leaf.path, property: leaf.property, owner: leaf.owner, shown: inRow !== undefined,
    ...(inCreate === undefined ? {} : { create: inCreate.property }),
    ...(inUpdate === undefined ? {} : { update: inUpdate.property }),
  };
}

/** `Subscription` of an invoice is written so, filtered so, and shown in its parent. */
function echoesOf(row: EntityRow, columns: readonly Column[]): Binding['echoes'] {
  return Object.entries(overrideOf(row).filters ?? {}).flatMap(([parameter, path]) => {
    const name = columns.find((column) => !column.shown && pathKey(column.path) === parameter)?.name;
    const of = columns.find((column) => column.shown && pathKey(column.path) === path)?.name;
    return name === undefined || of === undefined ? [] : [{ name, of }];
  });
}

/** The parent is the row's own column of that name; where rows have none, a column named after the parent's entity. */
function parentOf({ slot, entity }: { readonly slot: string; readonly entity: string }, shown: ReadonlyMap<string, Leaf>): Parent {
  const own = shown.get(slot);
  const column = own !== undefined && fieldType(own.property) === 'string' ? pascal(slot) : entity;
  const spellings = new Set([column, slot, `${slot}Id`, entity, `${entity}Id`].map(fold));
  return { slot, entity, column, spellings };
}

function slots(call: CallRow): number {
  return call.path.split('{').length - 1;
}

export function operationsOf(row: EntityRow): ReadonlySet<EntityOperation> {
  const has = new Set<EntityOperation>();
  if (row.list !== undefined || row.singleton) has.add('LIST');
  if (row.get !== undefined) has.add('GET');
  if (row.create !== undefined) has.add('CREATE');
  if (row.update !== undefined) has.add('UPDATE');
  if (row.delete !== undefined) has.add('DELETE');
  return has;
}

/** @throws UNIMPLEMENTED for an operation that the entity does not have. */
export function requireOperation(binding: Binding, operation: EntityOperation): void {
  if (binding.operations.has(operation)) return;
  const { entity } = binding.row;
  throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', {
    message: `${entity} has no operation ${operation}; it has ${[...binding.operations].join(', ') || 'none'}`, metadata: { entity, operation },
  });
}
