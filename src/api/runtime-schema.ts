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
  inputJsonSchema: Type.Optional(JsonSchema), resultJsonSchema: Type.Optional(JsonSchema), metadata: Metadata,
}, { title: 'Action', description: 'In the BASIC view only its name is there.' });

/** A row: values by column. */
export const Entity = Type.Object({
  name: Type.Optional(Type.String({ description: '…/entityTypes/{entityType}/entities/{entity}; absent where the entity type has no id.' })), fields: AnyObject, metadata: Metadata,
}, { title: 'Entity', description: 'A row: values by column.' });

/** What a list will do, told before it is done. */
export const ListExplanation = Type.Object({
  entity: Type.String({ description: 'The entity type.' }),
  filter: Type.String({ description: 'The filter as it was understood; empty for every row.' }),
  pageSize: Type.Integer({ description: 'Rows of a page, as it will be.' }),
  route: Type.Enum(['GET', 'SCAN'], { description: 'GET: the filter names ids, and these rows are got. SCAN: rows are listed.' }),
  pushed: Type.Array(Type.String(), { description: 'Conditions that the source settles.' }),
  remaining: Type.String({ description: 'The condition that is looked at here, row by row; empty if none.' }),
  order: Type.Enum(['SOURCE', 'SORTED_BY_SOURCE', 'SORTED_HERE'], { description: 'SOURCE: no order was asked for. Else who makes it.' }),
  calls: Type.Union([Type.Integer(), Type.Literal('unbounded')], { description: 'Calls to the source for a page, or unbounded: as many as it takes, up to the budget.' }),
  fullScan: Type.Boolean({ description: 'Every row of the entity type may have to be read.' }),
  scan: Type.Record(Type.String(), Type.Unknown(), { description: 'What the connector will ask of its source, in its own terms; empty where rows are got by id.' }),
  budget: Type.Object({ rows: Type.Integer(), calls: Type.Integer(), milliseconds: Type.Integer() }, { description: 'What one call may cost; a list that would cost more ends in SCAN_LIMIT.' }),
  hints: Type.Array(Type.String(), { description: 'For people: why it costs what it costs, and what would cost less.' }),
}, { title: 'ListExplanation', description: 'What a list will do, told before it is done.' });

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
