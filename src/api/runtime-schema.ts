// What entity types and actions look like: in the runtime API (v2), and under other names in the management API (v1).
import { Type } from 'typebox';
import { AnyObject, Metadata } from './schema.ts';

/** A JSON Schema as the platform sends it. */
export const JsonSchema = Type.Record(Type.String(), Type.Unknown(), { title: 'JsonSchema', description: 'A JSON Schema; type is always a list.' });

const text = Type.Optional(Type.String());
const Details = Type.Record(Type.String(), Type.Unknown(), { description: 'What else is known of it: where it may be written, what the source filters by itself, its values.' });

const Field = Type.Object({
  name: Type.String(), description: Type.String(), dataType: Type.String({ description: 'VARCHAR, BIGINT, DOUBLE, BOOLEAN, TIMESTAMP, OTHER' }), key: Type.Optional(Type.Boolean()), nullable: Type.Boolean(),
  reference: Type.Optional(Type.Object({ name: Type.String({ description: 'The entity type whose ids it holds.' }), type: Type.String() })),
  jsonSchema: Type.Optional(JsonSchema), additionalDetails: Type.Optional(Details),
}, { title: 'Field', description: 'A column of an entity type.' });

/** In the BASIC view there is only its name. */
export const EntityType = Type.Object({
  name: Type.String(), fields: Type.Optional(Type.Array(Field)), jsonSchema: Type.Optional(JsonSchema),
  operations: Type.Optional(Type.Array(Type.Enum(['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE']))), metadata: Metadata,
}, { title: 'EntityType', description: 'In the BASIC view only its name is there.' });

const InputParameter = Type.Object(
  { name: Type.String(), description: Type.String(), dataType: Type.String(), nullable: Type.Boolean({ description: 'Whether it may be left out.' }), jsonSchema: Type.Optional(JsonSchema) },
  { title: 'InputParameter' },
);
const ResultMetadata = Type.Object({ name: Type.String(), description: Type.String(), dataType: Type.String(), nullable: Type.Boolean() }, { title: 'ResultMetadata' });

export const Action = Type.Object({
  name: Type.String(), displayName: text, description: text, inputParameters: Type.Optional(Type.Array(InputParameter)), resultMetadata: Type.Optional(Type.Array(ResultMetadata)),
  inputJsonSchema: Type.Optional(JsonSchema), resultJsonSchema: Type.Optional(JsonSchema),
}, { title: 'Action', description: 'In the BASIC view only its name is there.' });

/** A row: values by column. */
export const Entity = Type.Object({
  name: Type.Optional(Type.String({ description: '…/entityTypes/{entityType}/entities/{entity}; absent where the entity type has no id.' })), fields: AnyObject, metadata: Metadata,
}, { title: 'Entity', description: 'A row: values by column.' });

const RuntimeField = Type.Object({
  field: Type.String(), description: Type.String(), dataType: Type.String({ description: 'DATA_TYPE_VARCHAR, …' }), key: Type.Optional(Type.Boolean()), nullable: Type.Boolean(), readonly: Type.Optional(Type.Boolean()),
  jsonSchema: JsonSchema, additionalDetails: Type.Optional(Details),
}, { title: 'RuntimeField' });

export const RuntimeEntitySchema = Type.Object({
  entity: Type.String(), operations: Type.Array(Type.String()), fields: Type.Optional(Type.Array(RuntimeField)), jsonSchema: Type.Optional(JsonSchema),
}, { title: 'RuntimeEntitySchema' });

const RuntimeParameter = Type.Object(
  { parameter: Type.String(), description: Type.String(), dataType: Type.String(), nullable: Type.Boolean(), jsonSchema: JsonSchema },
  { title: 'RuntimeParameter' },
);

export const RuntimeActionSchema = Type.Object({
  action: Type.String(), displayName: Type.String(), description: Type.String(), inputParameters: Type.Optional(Type.Array(RuntimeParameter)), resultMetadata: Type.Optional(Type.Array(RuntimeField)),
  inputJsonSchema: Type.Optional(JsonSchema), resultJsonSchema: Type.Optional(JsonSchema), inputSchemaAsString: text, resultSchemaAsString: text,
}, { title: 'RuntimeActionSchema' });
