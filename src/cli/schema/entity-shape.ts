// What the command line knows of an entity type or an action: its columns or inputs, as the API describes them. It asks nothing.
import type { RowOutput } from '../../api/row-caller.ts';
import { CommandError } from '../command-error.ts';
import { field, textIn } from '../members.ts';
import { nearest } from '../../errors/nearest.ts';

export interface ShapeColumn {
  readonly name: string;
  readonly description: string;
  /** VARCHAR, BIGINT, DOUBLE, BOOLEAN, TIMESTAMP or OTHER. */
  readonly dataType: string;
  readonly isKey: boolean;
  readonly nullable: boolean;
  /** It counts the smallest unit of a currency. */
  readonly isMoney: boolean;
  readonly writable: readonly string[];
  /** What the source filters by itself. */
  readonly filters: readonly string[];
  /** A creation needs it. */
  readonly required: boolean;
  readonly values: readonly string[];
  /** The entity type whose ids it holds. */
  readonly refersTo: string;
  /** What it holds, as far as it is known; of the enriched view. */
  readonly schema: unknown;
}

export interface EntityShape {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly string[];
  /** Columns that a filter of a list must fix with `=`. */
  readonly requires: readonly string[];
  readonly key: string | undefined;
  readonly columns: readonly ShapeColumn[];
}

export function entityShape(type: RowOutput<'entityTypes.get'>): EntityShape {
  const columns = (type.fields ?? []).map(columnOf);
  return {
    name: type.name, description: textIn(type.jsonSchema, 'description'), operations: type.operations ?? [], requires: textsOf(field(field(type.metadata, 'list'), 'requires')),
    key: columns.find(({ isKey }) => isKey)?.name, columns,
  };
}

export function actionInputs(action: RowOutput<'actions.get'>): readonly ShapeColumn[] {
  return (action.inputParameters ?? []).map((input) => ({ ...columnOf(input), required: !input.nullable }));
}

/** Whether an action ends something that it does not bring back. */
export function isFinal({ metadata }: { readonly metadata?: RowOutput<'actions.get'>['metadata'] | undefined }): boolean {
  return field(field(metadata, 'run'), 'effect') === 'destroy';
}

function columnOf(described: unknown): ShapeColumn {
  const details = field(described, 'additionalDetails');
  return {
    name: textIn(described, 'name'), description: textIn(described, 'description'), dataType: textIn(described, 'dataType'), isKey: field(described, 'key') === true, nullable: field(described, 'nullable') === true,
    isMoney: field(details, 'unit') === 'minor-currency-unit', writable: textsOf(field(details, 'writable')), filters: textsOf(field(details, 'filters')),
    required: textsOf(field(details, 'required')).includes('CREATE'), values: textsOf(field(details, 'enum')), refersTo: textIn(field(described, 'reference'), 'name'), schema: field(described, 'jsonSchema'),
  };
}

/** Callers may spell a column as the source does: large and small letters, underlines and dots make no difference. */
const fold = (name: string): string => name.toLowerCase().replace(/[_.\s]/g, '');

export function findColumn(columns: readonly ShapeColumn[], spelling: string): ShapeColumn | undefined {
  const folded = fold(spelling);
  return columns.find(({ name }) => name === spelling) ?? columns.find(({ name }) => fold(name) === folded);
}

/**
 * The listed names of columns, or of what lies in them: `Metadata.tier`.
 * @param through ` -c p/l/c` where an option named the connection: the hint needs it too
 * @throws CommandError that tells of every one that is none
 */
export function columnNames({ name: entity, columns }: Pick<EntityShape, 'name' | 'columns'>, spellings: readonly string[], through: string): readonly string[] {
  const found = spellings.map((spelling) => ({ spelling, name: columnName(columns, spelling) }));
  const faults = found.filter(({ name }) => name === undefined).map(({ spelling }) => {
    const meant = nearest(spelling, columns.map(({ name }) => name));
    return `${entity} has no column ${spelling.slice(0, 100)}${meant === undefined ? '' : `; is ${meant} meant?`}`;
  });
  if (faults.length > 0) throw new CommandError('INVALID_ARGUMENT', faults.join('\n'), `konektor entities show ${entity}${through} lists them.`);
  return [...new Set(found.flatMap(({ name }) => name ?? []))];
}

function columnName(columns: readonly ShapeColumn[], spelling: string): string | undefined {
  const whole = findColumn(columns, spelling);
  if (whole !== undefined) return whole.name;
  const at = spelling.indexOf('.');
  const outer = at < 1 ? undefined : findColumn(columns, spelling.slice(0, at));
  return outer?.dataType === 'OTHER' ? `${outer.name}${spelling.slice(at)}` : undefined;
}

/** What stands in a row under a column, or deeper in one: `Metadata.tier`. */
export function valueAt(row: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  const at = name.indexOf('.');
  if (at < 1) return undefined;
  const [outer, rest] = [row[name.slice(0, at)], name.slice(at + 1)];
  if (typeof outer !== 'object' || outer === null) return undefined;
  return valueAt({ ...outer }, rest);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
