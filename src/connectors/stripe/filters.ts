// Which columns of an entity Stripe's list call can filter by itself, and which of its parameters no column shows: those
// become pseudo-columns. Derived once per entity from its row of the table; plans are made from it in `plan-list.ts`.
import type { Comparison } from '../../spi/filter.ts';
import { flatten, isNested, pathKey, type Leaf } from './columns.ts';
import { columnName } from './spelling.ts';
import type { EntityRow, FilterOperator, Property, Shape } from './table.ts';
import { overrideOf, shapeNamed } from './tables.ts';

export interface FilterTarget {
  /** `created`, `recurring.interval`. */
  readonly parameter: string;
  /** As it stands in a query: `recurring[interval]`. */
  readonly wire: string;
  readonly property: Property;
  /** `list`: the parameter takes several values and means one of them; `whole`: JSON, given as it is. */
  readonly kind: 'equal' | 'range' | 'list' | 'whole';
  /** A range that also takes one value on its own. */
  readonly equals: boolean;
  /** The parameter makes this comparison and no other: `created_after`. */
  readonly comparison?: '<' | '>';
}

export interface EntityFilters {
  /** By the name of the column. */
  readonly columns: ReadonlyMap<string, readonly FilterTarget[]>;
  /** By the name of the pseudo-column. */
  readonly pseudo: ReadonlyMap<string, FilterTarget>;
  /** Columns and pseudo-columns that a LIST must fix, the parents aside. */
  readonly required: readonly string[];
}

/**
 * @param names the columns of the entity's rows: key of the path → name.
 * @param echoes columns that can only be written, and show what another column holds.
 */
export function filtersOf(entity: EntityRow, names: ReadonlyMap<string, string>, echoes: ReadonlySet<string>): EntityFilters {
  const override = overrideOf(entity);
  const columns = new Map<string, FilterTarget[]>();
  const pseudo = new Map<string, FilterTarget>();
  const required: string[] = [];
  for (const { target, isRequired } of targetsOf(entity)) {
    const { parameter } = target;
    if (override.withheld?.includes(parameter.split('.')[0] ?? '') === true) continue;
    // How API v2 writes the bounds of a range is not in the SDK's types.
    if (entity.api === 'v2' && target.kind === 'range') continue;
    const renamed = override.pseudo?.[parameter];
    const column = renamed === undefined ? names.get(override.filters?.[parameter] ?? parameter) : undefined;
    const name = column ?? renamed ?? columnName(parameter.split('.'));
    const push = (to: string): unknown => columns.set(to, [...(columns.get(to) ?? []), target]);
    if (column !== undefined && target.kind !== 'whole') push(column);
    // A parameter that filters by another column than its name says may be named itself, too.
    if (column === undefined || override.filters?.[parameter] !== undefined) {
      const own = renamed ?? columnName(parameter.split('.'));
      if (echoes.has(own)) push(own);
      else if (![...names.values()].includes(own) && target.comparison === undefined) pseudo.set(own, target);
    }
    if (isRequired) required.push(name);
  }
  return { columns, pseudo, required };
}

function targetsOf(entity: EntityRow): readonly { readonly target: FilterTarget; readonly isRequired: boolean }[] {
  const { list, get, singleton } = entity;
  const shape = shapeNamed(singleton ? get?.shape : list?.shape);
  const filters: Readonly<Record<string, readonly FilterOperator[]>> = singleton
    ? Object.fromEntries(Object.keys(shape).map((name) => [name, ['=']])) : list?.filters ?? {};
  const { comparisons, idParameter } = overrideOf(entity);
  const required = singleton ? [idParameter] : list?.required ?? [];
  return Object.entries(filters).filter(([name]) => name !== 'include').flatMap(([name, operators]) =>
    leavesOf(name, shape).map(({ path, property }) => {
      const comparison = comparisons?.[name];
      const target: FilterTarget = {
        parameter: pathKey(path), wire: wireName(path), property, kind: kindOf(property, operators),
        equals: path.length > 1 ? !isRangeOnly(property) : operators.includes('='),
        ...(comparison === undefined ? {} : { comparison }),
      };
      return { target, isRequired: required.includes(name) && (path.length === 1 || property.required === true) };
    }));
}

/** An object is filtered by each of its properties: `recurring` by `recurring.interval` and so on. */
function leavesOf(name: string, shape: Shape): readonly Leaf[] {
  const property = shape[name];
  if (property === undefined) return [];
  if (!isNested(property) || isRange(property)) return [{ path: [name], name: columnName([name]), property, owner: '' }];
  const [leaves] = flatten([property.shape]);
  return [...(leaves?.values() ?? [])].map((leaf) => ({ ...leaf, path: [name, ...leaf.path] }));
}

function kindOf(property: Property, operators: readonly FilterOperator[]): FilterTarget['kind'] {
  if (operators.includes('<') || isRange(property)) return 'range';
  if (property.type === 'array' && property.items !== undefined && !['object', 'array', 'map'].includes(property.items.type)) return 'list';
  return ['array', 'map', 'object'].includes(property.type) ? 'whole' : 'equal';
}

function isRange(property: Property): boolean {
  return isRangeOnly(property) || property.of?.some(isRangeOnly) === true;
}

function isRangeOnly(property: Property): boolean {
  return property.type === 'object' && property.shape === 'RangeQueryParam';
}

export function wireName(path: readonly string[]): string {
  return path.map((part, index) => (index === 0 ? part : `[${part}]`)).join('');
}

const RANGE: readonly Comparison[] = ['<', '<=', '>', '>='];

/** The comparisons that Stripe makes by these parameters: shown to people. */
export function comparisonsOf(targets: readonly FilterTarget[]): readonly Comparison[] {
  const made = targets.flatMap(({ kind, equals, comparison }): readonly Comparison[] => {
    if (comparison !== undefined) return [comparison];
    if (kind === 'range') return equals ? ['=', ...RANGE] : RANGE;
    return ['='];
  });
  return [...new Set(made)];
}
