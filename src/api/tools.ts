// Tools of a connection for models (v2): which there are, with their schemas, and how one is called. Beside the platform's
// members stand a view and a choice: who hands tools to a model says what it may be given, and the call is held to it.
import { Type, type Static } from 'typebox';
import { operation } from './operation.ts';
import { JsonSchema } from './runtime-schema.ts';
import { AnyObject, ExecutionConfig, ExecutionQuery, Metadata, nextPageToken, PageQuery } from './schema.ts';

/** What a call of a tool does to the source: nothing, something, or something that no other call takes back. */
export const TOOL_EFFECTS = ['read', 'write', 'destroy'] as const;
export type ToolEffect = (typeof TOOL_EFFECTS)[number];

const names = (description: string) => Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 1_000, description }));
const effects = Type.Optional(Type.Array(Type.Enum([...TOOL_EFFECTS]), { description: 'Tools with these effects alone: read, write, destroy.' }));
const CHOICE = {
  entityTypes: names('Tools of these entity types, or * for all; with neither these nor actions, every tool.'),
  actions: names('Tools of these actions, or * for all.'),
  effects,
};

export const ToolChoice = Type.Object(CHOICE, { additionalProperties: false, title: 'ToolChoice', description: 'Which tools are meant: those of what is named, with the effects that are named.' });
export type ToolChoice = Readonly<Static<typeof ToolChoice>>;

export const TOOL_VIEWS = ['TOOL_VIEW_UNSPECIFIED', 'TOOL_VIEW_BASIC', 'TOOL_VIEW_FULL'] as const;
const view = Type.Optional(Type.Enum([...TOOL_VIEWS], { description: 'TOOL_VIEW_BASIC leaves the schemas out; FULL where absent.' }));

const ToolAnnotations = Type.Object({
  title: Type.String(), readOnlyHint: Type.Boolean(), destructiveHint: Type.Boolean(), idempotentHint: Type.Boolean(), openWorldHint: Type.Boolean(),
}, { title: 'ToolAnnotations', description: 'What a call may do, as the Model Context Protocol says it.' });

export const Tool = Type.Object({
  name: Type.String({ description: 'list_Customer, get_Customer, create_Customer, update_Customer, delete_Customer; of an action its own name.' }), description: Type.String(),
  inputSchema: Type.Optional(JsonSchema), outputSchema: Type.Optional(JsonSchema), annotations: ToolAnnotations,
}, { title: 'Tool', description: 'In the BASIC view without schemas.' });
export type Tool = Readonly<Static<typeof Tool>>;

const ToolSpec = Type.Object({ toolDefinitions: Type.Optional(Type.Array(AnyObject)), toolSpecVersion: Type.Optional(Type.String()) }, { additionalProperties: false, title: 'ToolSpec', description: 'Not needed here, where tools are made from the connector.' });
const Tools = Type.Object({ tools: Type.Array(Tool), nextPageToken, metadata: Metadata }, { title: 'ListToolsResponse' });
const toolNames = names('Tools of these names alone.');

export const ToolName = Type.Object({
  name: Type.String(), entityName: Type.String(), operation: Type.Enum(['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE']),
}, { title: 'ToolName' });

export const toolOperations = {
  'tools.list': operation({
    id: 'tools.list', summary: 'Lists the tools of a connection: one for each operation of an entity type, and one for each action.',
    http: { method: 'GET', path: '/v2/{connection}/tools' }, permission: 'connectors.tools.list', effect: 'read', service: 'connectors',
    query: Type.Object({ ...PageQuery, ...ExecutionQuery, toolNames, view, 'choice.entityTypes': CHOICE.entityTypes, 'choice.actions': CHOICE.actions, 'choice.effects': effects }),
    body: undefined, output: Tools,
  }),
  'tools.listPost': operation({
    id: 'tools.listPost', summary: 'Lists the tools of a connection, asked for in a body.',
    http: { method: 'POST', path: '/v2/{connection}/tools' }, permission: 'connectors.tools.list', effect: 'read', service: 'connectors', query: Type.Object({}),
    body: Type.Object({ ...PageQuery, toolNames, view, choice: Type.Optional(ToolChoice), toolSpec: Type.Optional(ToolSpec), executionConfig: Type.Optional(ExecutionConfig) }, { additionalProperties: false }),
    output: Tools,
  }),
  'tools.execute': operation({
    id: 'tools.execute', summary: 'Calls a tool: the row or action behind it is called as its caller.',
    http: { method: 'POST', path: '/v2/{connection}/tools/{tool}:execute' }, permission: 'connectors.tools.execute', effect: 'write', service: 'connectors', audit: 'DATA_WRITE', callsRows: true,
    query: Type.Object({}),
    body: Type.Object({
      parameters: Type.Optional(AnyObject), toolDefinition: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'The tool as it was listed; not needed here.' })),
      choice: Type.Optional(ToolChoice), executionConfig: Type.Optional(ExecutionConfig),
    }, { additionalProperties: false }),
    output: Type.Object({ result: AnyObject, metadata: Metadata }, { title: 'ExecuteToolResponse' }),
  }),
  'connections.listCustomToolNames': operation({
    id: 'connections.listCustomToolNames', summary: 'Tells which entity type and operation each tool of a connection belongs to.',
    http: { method: 'GET', path: '/v2/{connection}:listCustomToolNames' }, permission: 'connectors.tools.list', effect: 'read', service: 'connectors',
    query: Type.Object({}), body: undefined, output: Type.Object({ toolNames: Type.Array(ToolName) }, { title: 'ListCustomToolNamesResponse' }),
  }),
} as const;
