// Entity types and actions as the runtime API shows them: fields with the platform's data types, and JSON Schemas.
import type { ActionType, EntityType, Field, FieldType } from '../spi/catalog.ts';

const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  string: 'VARCHAR', integer: 'BIGINT', decimal: 'DOUBLE', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP', json: 'OTHER',
};

const JSON_TYPES: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['string'], integer: ['integer'], decimal: ['number'], boolean: ['boolean'], timestamp: ['string'], json: ['object', 'array', 'string', 'number', 'boolean'],
};

/** JSON Schema of one field; `type` is always a list, and holds "null" where the field may be absent. */
function fieldSchema(field: Field, optional: boolean): Record<string, unknown> {
  const types = JSON_TYPES[field.type];
  return {
    type: optional ? [...types, 'null'] : types,
    description: field.description,
    readOnly: field.writable.length === 0,
    ...(field.type === 'timestamp' ? { format: 'date-time' } : {}),
  };
}

export function renderEntityType(entity: EntityType, enriched: boolean): Record<string, unknown> {
  return {
    name: entity.name,
    fields: entity.fields.map((field) => renderField(field, entity.key === field.name, enriched)),
    jsonSchema: {
      type: ['object'],
      description: entity.description,
      properties: Object.fromEntries(entity.fields.map((field) => [field.name, fieldSchema(field, field.nullable)])),
    },
    operations: entity.operations,
  };
}

function renderField(field: Field, key: boolean, enriched: boolean): Record<string, unknown> {
  const details = {
    ...(field.writable.length > 0 ? { writable: field.writable } : {}),
    ...(field.filters === undefined ? {} : { filters: field.filters }),
    ...(field.enum === undefined ? {} : { enum: field.enum }),
  };
  return {
    name: field.name,
    description: field.description,
    dataType: DATA_TYPES[field.type],
    ...(key ? { key } : {}),
    nullable: field.nullable,
    ...(field.references === undefined ? {} : { reference: { name: field.references, type: 'ENTITY' } }),
    ...(enriched ? { jsonSchema: { ...fieldSchema(field, field.nullable), ...field.schema } } : {}),
    ...(Object.keys(details).length > 0 ? { additionalDetails: details } : {}),
  };
}

export function renderAction(action: ActionType, enriched: boolean): Record<string, unknown> {
  return {
    name: action.name,
    displayName: action.name,
    description: action.description,
    inputParameters: action.inputs.map((input) => ({
      name: input.name,
      description: input.description,
      dataType: DATA_TYPES[input.type],
      nullable: !input.required,
      ...(enriched ? { jsonSchema: { ...fieldSchema(input, !input.required), ...input.schema } } : {}),
    })),
    resultMetadata: action.outputs.map((output) => ({
      name: output.name, description: output.description, dataType: DATA_TYPES[output.type], nullable: output.nullable,
    })),
    inputJsonSchema: {
      type: ['object'],
      properties: Object.fromEntries(action.inputs.map((input) => [input.name, { ...fieldSchema(input, !input.required), readOnly: false, ...(enriched ? input.schema : {}) }])),
      required: action.inputs.filter(({ required }) => required).map(({ name }) => name),
    },
    resultJsonSchema: {
      type: ['object'],
      properties: Object.fromEntries(action.outputs.map((output) => [output.name, fieldSchema(output, output.nullable)])),
    },
  };
}
