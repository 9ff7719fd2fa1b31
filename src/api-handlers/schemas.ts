// Entity types and actions as the runtime API shows them: fields with the platform's data types, and JSON Schemas.
import type { Answer } from '../api/table.ts';
import type { ActionType, EntityType, Field, FieldType } from '../spi/catalog.ts';
import { effectOf } from '../tools/tool.ts';

export const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  string: 'VARCHAR', integer: 'BIGINT', decimal: 'DOUBLE', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP', json: 'OTHER',
};

/** A decimal keeps its digits, as a text, where the source writes it so; both are taken. */
const JSON_TYPES: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['string'], integer: ['integer'], decimal: ['number', 'string'], boolean: ['boolean'], timestamp: ['string'], json: ['object', 'array', 'string', 'number', 'boolean'],
};

/** JSON Schema of one field; `type` is always a list, and holds "null" where the field may be absent. */
export function fieldSchema(field: Field, optional: boolean): Record<string, unknown> {
  const types = JSON_TYPES[field.type];
  return {
    type: optional ? [...types, 'null'] : types,
    description: field.description,
    readOnly: field.writable.length === 0,
    ...(field.type === 'timestamp' ? { format: 'date-time' } : {}),
  };
}

/** The schema of a field with what is known of its inside. */
export function deepSchema(field: Field, optional: boolean): Record<string, unknown> {
  if (field.schema === undefined) return fieldSchema(field, optional);
  const inside = onWire(field.schema);
  const types: unknown = inside['type'];
  return { ...fieldSchema(field, optional), ...inside, ...(optional && Array.isArray(types) && !types.includes('null') ? { type: [...types, 'null'] } : {}) };
}

/** The draft that all schemas here are of, as clients of the platform expect it at their head. */
export const DRAFT = { $schema: 'http://json-schema.org/draft-07/schema#' } as const;

/** A JSON Schema as the platform sends it: `type` is a list at every depth, and what is never true is spelled as a schema. */
export function onWire(schema: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).map(([key, value]: [string, unknown]) => {
    if (key === 'type' && typeof value === 'string') return [key, [value]];
    if (key === 'additionalProperties' && value === false) return [key, { not: {} }];
    if (key === 'properties' && isObject(value)) return [key, Object.fromEntries(Object.entries(value).map(([name, inner]: [string, unknown]) => [name, isObject(inner) ? onWire(inner) : inner]))];
    if ((key === 'items' || key === 'additionalProperties') && isObject(value)) return [key, onWire(value)];
    if (key === 'anyOf' && Array.isArray(value)) return [key, value.map((inner: unknown) => (isObject(inner) ? onWire(inner) : inner))];
    return [key, value];
  }));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON Schema of a row of an entity type. */
export function rowSchema(entity: EntityType): Record<string, unknown> {
  return {
    ...DRAFT, type: ['object'],
    description: entity.description,
    properties: Object.fromEntries(entity.fields.map((field) => [field.name, fieldSchema(field, field.nullable)])),
  };
}

/** JSON Schema of what an action takes. */
export function inputSchema(action: ActionType, enriched: boolean): Record<string, unknown> {
  return {
    ...DRAFT, type: ['object'],
    properties: Object.fromEntries(action.inputs.map((input) => [input.name, { ...(enriched ? deepSchema(input, !input.required) : fieldSchema(input, !input.required)), readOnly: false }])),
    required: action.inputs.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** JSON Schema of what an action answers: an array of rows. */
export function resultSchema(action: ActionType): Record<string, unknown> {
  const properties = Object.fromEntries(action.outputs.map((output) => [output.name, fieldSchema(output, output.nullable)]));
  return { ...DRAFT, type: ['array'], items: { type: ['object'], properties } };
}

export function renderEntityType(entity: EntityType, enriched: boolean): Answer<'entityTypes.get'> {
  return {
    name: entity.name,
    fields: entity.fields.map((field) => renderField(field, entity.key === field.name, enriched)),
    jsonSchema: rowSchema(entity),
    operations: entity.operations,
    // What a filter of a list must fix with "=".
    ...(entity.listRequires.length === 0 ? {} : { metadata: { list: { requires: entity.listRequires } } }),
  };
}

function renderField(field: Field, key: boolean, enriched: boolean): NonNullable<Answer<'entityTypes.get'>['fields']>[number] {
  const details = {
    ...(field.writable.length > 0 ? { writable: field.writable } : {}),
    ...(field.filters === undefined ? {} : { filters: field.filters }),
    ...(field.required === true && field.writable.includes('CREATE') ? { required: ['CREATE'] } : {}),
    ...(field.enum === undefined ? {} : { enum: field.enum }),
    ...(field.unit === undefined ? {} : { unit: field.unit }),
  };
  return {
    name: field.name,
    description: field.description,
    dataType: DATA_TYPES[field.type],
    ...(key ? { key } : {}),
    nullable: field.nullable,
    ...(field.references === undefined ? {} : { reference: { name: field.references, type: 'ENTITY' } }),
    ...(enriched ? { jsonSchema: deepSchema(field, field.nullable) } : {}),
    ...(Object.keys(details).length > 0 ? { additionalDetails: details } : {}),
  };
}

export function renderAction(action: ActionType, enriched: boolean): Answer<'actions.get'> {
  return {
    name: action.name,
    displayName: action.name,
    description: action.description,
    inputParameters: action.inputs.map((input) => ({
      name: input.name,
      description: input.description,
      dataType: DATA_TYPES[input.type],
      nullable: !input.required,
      ...(enriched ? { jsonSchema: deepSchema(input, !input.required) } : {}),
    })),
    resultMetadata: action.outputs.map((output) => ({
      name: output.name, description: output.description, dataType: DATA_TYPES[output.type], nullable: output.nullable,
    })),
    inputJsonSchema: inputSchema(action, enriched),
    resultJsonSchema: resultSchema(action),
    // Whether it reads, writes, or ends something for good.
    metadata: { run: { effect: effectOf(action) } },
  };
}
