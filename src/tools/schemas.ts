// JSON Schemas of what tools take and give, by the columns of their entity type or the inputs and outputs of their action. They
// are written for models: short descriptions, and no more structure than helps to write a call.
import type { EntityType, Field, FieldType } from '../spi/catalog.ts';
import { shortened } from './spelling.ts';
import type { ToolModel } from './tool.ts';

export type Schema = Readonly<Record<string, unknown>>;

const LONGEST_DESCRIPTION = 200;
/** Of each of many: what a tool takes is read whole by whoever chooses it. */
const SHORTER_DESCRIPTION = 90;
const MANY_FIELDS = 60;
const MOST_NAMED_COLUMNS = 120;
/** Of a page of a list. */
export const MOST_ROWS = 200;
const USUAL_ROWS = 25;

const MINOR_UNITS = 'In the smallest unit of the currency: 1000 is $10.00 or ¥1000.';

/** Arguments that are the tool's own; columns and inputs of the source begin with a capital. */
export const OWN_ARGUMENTS = {
  id: { type: 'string', minLength: 1, maxLength: 1_024, description: 'Id of the row.' },
  filter: { type: 'string', maxLength: 65_536, description: "Which rows: a condition as behind WHERE in SQL, texts in single quotes, such as Created >= '2026-01-01' AND Email LIKE '%@example.com'. Without it all rows." },
  sort: { type: 'string', maxLength: 300, description: 'One column, followed by desc for the other direction: Created desc.' },
  pageSize: { type: 'integer', minimum: 1, maximum: MOST_ROWS, default: USUAL_ROWS, description: 'Rows of a page.' },
  pageToken: { type: 'string', maxLength: 8_192, description: 'nextPageToken of the page before, with the same filter and sort.' },
  idempotencyKey: {
    type: 'string', minLength: 1, maxLength: 255,
    description: 'A text of your choice for this one write, such as order-17: called again with it, the write is not done a second time and its first answer comes back. Use a new one for another write. Without it a call that is repeated writes again.',
  },
} as const satisfies Readonly<Record<string, Schema>>;

export type OwnArgument = keyof typeof OWN_ARGUMENTS | 'columns';

/** What of its own a tool takes, and what it cannot do without. */
export function ownArguments({ subject, effect }: ToolModel): { readonly takes: readonly OwnArgument[]; readonly needs: readonly OwnArgument[] } {
  if (subject.kind === 'action') return { takes: [...(subject.action.outputs.length > 1 ? ['columns' as const] : []), ...(effect === 'read' ? [] : ['idempotencyKey' as const])], needs: [] };
  switch (subject.operation) {
    case 'LIST': return { takes: ['filter', 'sort', 'columns', 'pageSize', 'pageToken'], needs: subject.entity.listRequires.length > 0 ? ['filter'] : [] };
    case 'GET': return { takes: ['id', 'columns'], needs: ['id'] };
    case 'CREATE': return { takes: ['idempotencyKey'], needs: [] };
    case 'UPDATE': return { takes: ['id', 'idempotencyKey'], needs: ['id'] };
    case 'DELETE': return { takes: ['id', 'idempotencyKey'], needs: ['id'] };
  }
}

/** Columns or inputs of the source that a tool takes as arguments beside its own. */
export function fieldsTaken({ subject }: ToolModel): readonly Field[] {
  if (subject.kind === 'action') return subject.action.inputs;
  const { entity: { fields, pseudoFields = [] }, operation } = subject;
  return operation === 'CREATE' || operation === 'UPDATE' ? [...fields, ...pseudoFields].filter(({ writable }) => writable.includes(operation)) : [];
}

/** What comes back of a tool, by name; nothing where there is nothing to choose. */
export function columnsGiven({ subject }: ToolModel): readonly Field[] {
  return subject.kind === 'action' ? subject.action.outputs : subject.entity.fields;
}

export function inputSchemaOf(tool: ToolModel): Schema {
  const { takes, needs } = ownArguments(tool);
  const fields = fieldsTaken(tool);
  const { subject } = tool;
  const clears = subject.kind === 'entity' && subject.operation === 'UPDATE';
  const mustGive = (field: Field): boolean => field.required === true && (subject.kind === 'action' || subject.operation === 'CREATE');
  const own = takes.map((name): readonly [string, Schema] => [name, name === 'columns' ? columnsArgument(columnsGiven(tool)) : OWN_ARGUMENTS[name]]);
  // Under another version of its API a source takes columns that the catalogue does not name: it says so itself where it does not.
  return {
    type: 'object',
    properties: { ...Object.fromEntries(own), ...Object.fromEntries(fields.map((field) => [field.name, inputOf(field, clears, fields.length > MANY_FIELDS ? SHORTER_DESCRIPTION : LONGEST_DESCRIPTION)])) },
    required: [...needs, ...fields.filter(mustGive).map(({ name }) => name)],
    ...(fields.length === 0 && subject.kind === 'entity' ? { additionalProperties: false } : {}),
  };
}

function columnsArgument(columns: readonly Field[]): Schema {
  const named = columns.map(({ name }) => name);
  const few = named.length <= MOST_NAMED_COLUMNS;
  return {
    type: 'array', minItems: 1, items: few ? { type: 'string', enum: named } : { type: 'string', maxLength: 255 },
    description: `Only these come back${few ? '' : `, of ${named.length} such as ${named.slice(0, 12).join(', ')}`}. Without it all do: name what you need.`,
  };
}

function inputOf(field: Field, clears: boolean, longest: number): Schema {
  const types = INPUT_TYPES[field.type];
  const deep: Schema = field.type === 'json' ? { ...field.schema } : types.length === 1 && !clears ? { type: types[0] } : { type: [...types, ...(clears ? ['null'] : [])] };
  const short = shortened(field.description, longest);
  const description = [short, ...(field.unit === undefined || short.includes('smallest unit') ? [] : [MINOR_UNITS]), ...(field.type === 'timestamp' ? ['RFC 3339, a date, or unix seconds.'] : [])].join(' ');
  return { ...deep, ...(description === '' ? {} : { description }), ...(field.enum === undefined ? {} : { examples: field.enum.slice(0, 30) }) };
}

const INPUT_TYPES: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['string'], integer: ['integer'], decimal: ['number', 'string'], boolean: ['boolean'], timestamp: ['string', 'integer'], json: [],
};

/** A decimal keeps its digits as text where the source writes it so. */
const OUTPUT_TYPES: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['string'], integer: ['integer'], decimal: ['number', 'string'], boolean: ['boolean'], timestamp: ['string'], json: [],
};

/** Values of JSON may have any form: no more is said of them. */
function outputOf({ type, nullable }: Field): Schema {
  if (type === 'json') return {};
  const types = [...OUTPUT_TYPES[type], ...(nullable ? ['null'] : [])];
  return { type: types.length === 1 ? types[0] : types };
}

function rowOf(fields: readonly Field[]): Schema {
  return { type: 'object', properties: Object.fromEntries(fields.map((field) => [field.name, outputOf(field)])) };
}

export function outputSchemaOf({ subject }: ToolModel): Schema {
  if (subject.kind === 'action') return { type: 'object', properties: { results: { type: 'array', items: rowOf(subject.action.outputs) } }, required: ['results'] };
  const { entity, operation } = subject;
  switch (operation) {
    case 'LIST':
      return {
        type: 'object', required: ['rows'],
        properties: { rows: { type: 'array', items: rowOf(entity.fields) }, nextPageToken: { type: 'string', description: 'Absent on the last page; else call again with it as pageToken.' } },
      };
    case 'GET': return rowOf(entity.fields);
    case 'CREATE': return rowOf(entity.showsOnCreate === true ? entity.fields : keyOf(entity));
    case 'UPDATE': return rowOf(keyOf(entity));
    case 'DELETE': return { type: 'object', properties: { deleted: { type: 'string', description: 'Id of the row that was deleted.' } }, required: ['deleted'] };
  }
}

function keyOf({ key, fields }: EntityType): readonly Field[] {
  return fields.filter(({ name }) => name === key);
}
