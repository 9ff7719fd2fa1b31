// Entity types and actions as the management API (v1) shows them: other names than the runtime API has, the same content.
import type { Answer } from '../api/table.ts';
import type { ActionType, EntityType, FieldType } from '../spi/catalog.ts';
import { DATA_TYPES, deepSchema, inputSchema, resultSchema, rowSchema } from './schemas.ts';

const dataType = (type: FieldType): string => `DATA_TYPE_${DATA_TYPES[type]}`;

/** `RuntimeEntitySchema` */
export function renderRuntimeEntity(entity: EntityType): Answer<'runtimeEntitySchemas.list'>['runtimeEntitySchemas'][number] {
  return {
    entity: entity.name,
    fields: entity.fields.map((field) => ({
      field: field.name, description: field.description, dataType: dataType(field.type),
      key: field.name === entity.key, nullable: field.nullable, readonly: field.writable.length === 0,
      jsonSchema: deepSchema(field, field.nullable),
      ...(field.filters === undefined && field.references === undefined ? {} : {
        additionalDetails: {
          ...(field.filters === undefined ? {} : { filters: field.filters }),
          ...(field.references === undefined ? {} : { references: field.references }),
        },
      }),
    })),
    jsonSchema: rowSchema(entity),
    operations: entity.operations,
  };
}

/** `RuntimeActionSchema`; the schemas as text where asked. */
export function renderRuntimeAction(action: ActionType, asText: boolean): Answer<'runtimeActionSchemas.list'>['runtimeActionSchemas'][number] {
  const [input, result] = [inputSchema(action, true), resultSchema(action)];
  return {
    action: action.name, displayName: action.name, description: action.description,
    inputParameters: action.inputs.map((one) => ({
      parameter: one.name, description: one.description, dataType: dataType(one.type), nullable: !one.required, jsonSchema: deepSchema(one, !one.required),
    })),
    resultMetadata: action.outputs.map((one) => ({
      field: one.name, description: one.description, dataType: dataType(one.type), nullable: one.nullable, jsonSchema: deepSchema(one, one.nullable),
    })),
    ...(asText
      ? { inputSchemaAsString: JSON.stringify(input), resultSchemaAsString: JSON.stringify(result) }
      : { inputJsonSchema: input, resultJsonSchema: result }),
  };
}
