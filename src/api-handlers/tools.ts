// What the rows of tools do: they tell which there are, and have the row that a tool stands for called as their caller.
import type { ApiCall, ApiHandlers } from '../api/table.ts';
import type { RowCaller } from '../api/row-caller.ts';
import type { Tool, ToolChoice } from '../api/tools.ts';
import { didYouMean } from '../errors/nearest.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage } from '../listing/page.ts';
import type { Opener } from '../runtime/opened.ts';
import { callTool } from '../tools/call-tool.ts';
import { chosenBy } from '../tools/choice.ts';
import { inputSchemaOf, outputSchemaOf } from '../tools/schemas.ts';
import { annotationsOf, toolsOf, type ToolModel } from '../tools/tool.ts';
import { describeTool } from '../tools/words.ts';
import { DRAFT, onWire } from './schemas.ts';

type ToolHandlers = Pick<ApiHandlers<Principal>, 'tools.list' | 'tools.listPost' | 'tools.execute' | 'connections.listCustomToolNames'>;

interface ListRequest {
  readonly pageSize?: number | undefined;
  readonly pageToken?: string | undefined;
  readonly toolNames?: readonly string[] | undefined;
  readonly view?: string | undefined;
  readonly choice: ToolChoice;
}

const FULL = { usual: 25, most: 100 };
const BASIC = { usual: 100, most: 1_000 };

export function toolHandlers(opener: Opener, callsAs: (call: ApiCall<Principal>) => RowCaller): ToolHandlers {
  async function list(connection: string, { toolNames, view, choice, ...page }: ListRequest): Promise<{ readonly tools: readonly Tool[]; readonly nextPageToken?: string }> {
    const { catalog } = await opener.open(connection);
    const tools = toolsOf(catalog);
    const isChosen = chosenBy(choice, tools);
    const wanted = toolNames === undefined ? undefined : new Set(toolNames);
    const basic = view === 'TOOL_VIEW_BASIC';
    const listed = tools.filter((tool) => isChosen(tool) && wanted?.has(tool.name) !== false);
    // A token belongs to the tools that it was given for.
    const spec = { list: `${connection}/tools ${JSON.stringify([choice, toolNames])}`, fields: {}, sizes: basic ? BASIC : FULL };
    const { items, nextPageToken } = listPage(listed, page, spec);
    return { tools: items.map((tool) => render(tool, basic)), ...(nextPageToken === undefined ? {} : { nextPageToken }) };
  }

  return {
    'tools.list': (_call, { path, query: { 'choice.entityTypes': entityTypes, 'choice.actions': actions, 'choice.effects': effects, ...rest } }) =>
      list(path.connection, { ...rest, choice: { ...(entityTypes === undefined ? {} : { entityTypes }), ...(actions === undefined ? {} : { actions }), ...(effects === undefined ? {} : { effects }) } }),

    'tools.listPost': (_call, { path, body: { choice = {}, ...rest } }) => list(path.connection, { ...rest, choice }),

    'tools.execute': async (call, { path, body: { parameters = {}, choice = {}, executionConfig } }) => {
      const { catalog } = await opener.open(path.connection);
      const tools = toolsOf(catalog);
      const tool = tools.find(({ name }) => name === path.tool);
      if (tool === undefined) throw notFound(path.tool, tools.filter(chosenBy(choice, tools)));
      if (!chosenBy(choice, tools)(tool)) throw notChosen(tool, choice);
      return { result: await callTool(tool, parameters, { rows: callsAs(call), connection: path.connection, executionHeaders: executionConfig?.headers }) };
    },

    'connections.listCustomToolNames': async (_call, { path }) => {
      const { catalog } = await opener.open(path.connection);
      const ofEntities = toolsOf(catalog).flatMap(({ name, subject }) => (subject.kind === 'entity' ? [{ name, entityName: subject.entity.name, operation: subject.operation }] : []));
      return { toolNames: ofEntities };
    },
  };
}

function render(tool: ToolModel, basic: boolean): Tool {
  const shown = { name: tool.name, description: describeTool(tool), annotations: annotationsOf(tool) };
  return basic ? shown : { ...shown, inputSchema: { ...DRAFT, ...onWire(inputSchemaOf(tool)) }, outputSchema: { ...DRAFT, ...onWire(outputSchemaOf(tool)) } };
}

function notFound(name: string, tools: readonly ToolModel[]): StatusError {
  const said = name.slice(0, 100);
  return new StatusError('NOT_FOUND', 'TOOL_NOT_FOUND', { message: `There is no tool '${said}'${didYouMean(name, tools.map((tool) => tool.name)) || '.'}`, metadata: { tool: said } });
}

function notChosen({ name, effect }: ToolModel, { effects }: ToolChoice): StatusError {
  const why = effects === undefined || effects.includes(effect) ? 'is not among the tools that were chosen' : `would ${effect}, and only tools that ${effects.join(' or ')} were chosen`;
  return new StatusError('FAILED_PRECONDITION', 'TOOL_NOT_CHOSEN', { message: `${name} ${why}.`, metadata: { tool: name, effect } });
}
