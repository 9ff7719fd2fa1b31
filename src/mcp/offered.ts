// What a server offers of the tools of its connection, and the calls of them. Everything goes through rows, as whoever it is whose
// rows these are; the choice goes along, so that the server of the rows holds the call to it as well.
import type { CallToolResult, Tool as McpTool } from '@modelcontextprotocol/server';
import type { RowCaller, RowCallOptions } from '../api/row-caller.ts';
import type { Tool } from '../api/tools.ts';
import { didYouMean } from '../errors/nearest.ts';
import { invalidFields, StatusError } from '../errors/status-error.ts';
import { inOptions, MOST_TOOLS, type McpOptions } from './options.ts';
import { searchTools } from './search.ts';
import { MOST_FOUND, SMALL, smallTools, USUALLY_FOUND } from './small-mode.ts';
import { succeeded, toMcpTool } from './tool-shape.ts';

type Arguments = Readonly<Record<string, unknown>>;

export interface Offered {
  /** One page. @throws StatusError */
  list(cursor: string | undefined, options: RowCallOptions): Promise<{ readonly tools: McpTool[]; readonly nextCursor?: string }>;
  /** @throws StatusError */
  call(name: string, given: Arguments, options: RowCallOptions): Promise<CallToolResult>;
}

const PAGE_SIZE = 50;

export function createOffered(called: RowCaller, connection: string, { choice, mode }: McpOptions): Offered {
  const rows: RowCaller = (...row) => called(...row).catch((error: unknown) => { throw inOptions(error); });
  const path = { connection };
  const page = (body: { readonly pageSize: number; readonly pageToken?: string; readonly view?: 'TOOL_VIEW_BASIC'; readonly toolNames?: string[] }, options: RowCallOptions) =>
    rows('tools.listPost', { path, body: { ...body, choice } }, options);

  async function isSmall(options: RowCallOptions): Promise<boolean> {
    if (mode !== 'auto') return mode === 'small';
    if (choice.entityTypes !== undefined || choice.actions !== undefined) return false;
    return (await page({ pageSize: MOST_TOOLS, view: 'TOOL_VIEW_BASIC' }, options)).nextPageToken !== undefined;
  }

  /** The names and descriptions of all. */
  async function every(options: RowCallOptions): Promise<readonly Tool[]> {
    const tools: Tool[] = [];
    for (let pageToken: string | undefined = ''; pageToken !== undefined;) {
      const got: { readonly tools: readonly Tool[]; readonly nextPageToken?: string } = await page({ pageSize: 1_000, view: 'TOOL_VIEW_BASIC', ...(pageToken === '' ? {} : { pageToken }) }, options);
      tools.push(...got.tools);
      pageToken = got.nextPageToken;
    }
    return tools;
  }

  async function execute(tool: string, parameters: Arguments, options: RowCallOptions): Promise<CallToolResult> {
    const { result } = await rows('tools.execute', { path: { ...path, tool: namePart(tool) }, body: { parameters: { ...parameters }, choice } }, options);
    return succeeded(result);
  }

  const small: Readonly<Record<string, (given: Arguments, options: RowCallOptions) => Promise<CallToolResult>>> = {
    async [SMALL.search](given, options) {
      const { query, limit = USUALLY_FOUND } = given;
      const faults = [
        ...(typeof query === 'string' && query.length <= 300 ? [] : [{ field: 'query', description: 'must be text of at most 300 characters' }]),
        ...(typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MOST_FOUND ? [] : [{ field: 'limit', description: `must be a whole number from 1 to ${MOST_FOUND}` }]),
        ...unknown(given, ['query', 'limit']),
      ];
      if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
      const found = searchTools(await every(options), String(query));
      return succeeded({ tools: found.slice(0, Number(limit)).map(({ name, description, annotations }) => ({ name, description, effect: annotations.readOnlyHint ? 'read' : 'write' })), found: found.length });
    },

    async [SMALL.describe](given, options) {
      const name = nameOf(given, ['name']);
      const { tools: [tool] } = await page({ pageSize: 1, toolNames: [name] }, options);
      if (tool === undefined) {
        const meant = didYouMean(name, (await every(options)).map((one) => one.name)) || '.';
        throw new StatusError('NOT_FOUND', 'TOOL_NOT_FOUND', { message: `There is no tool '${name.slice(0, 100)}' among those that are offered${meant}`, metadata: { tool: name.slice(0, 100) } });
      }
      const { title: _title, ...described } = toMcpTool(tool);
      return succeeded({ ...described });
    },

    async [SMALL.call](given, options) {
      const name = nameOf(given, ['name', 'arguments']);
      const inner = given['arguments'] ?? {};
      if (!isObject(inner)) throw invalidFields([{ field: 'arguments', description: 'must be an object' }], 'INVALID_REQUEST');
      return execute(name, inner, options);
    },
  };

  return {
    async list(cursor, options) {
      // A cursor was given by a list of tools one by one.
      if (cursor === undefined && await isSmall(options)) return { tools: [...smallTools(choice)] };
      const { tools, nextPageToken } = await page({ pageSize: PAGE_SIZE, ...(cursor === undefined ? {} : { pageToken: cursor }) }, options);
      return { tools: tools.map(toMcpTool), ...(nextPageToken === undefined ? {} : { nextCursor: nextPageToken }) };
    },
    call: (name, given, options) => (Object.hasOwn(small, name) ? small[name]?.(given, options) : undefined) ?? execute(name, given, options),
  };
}

/** What cannot stand in a path is no name of a tool. */
function namePart(tool: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(tool)) return tool;
  throw new StatusError('NOT_FOUND', 'TOOL_NOT_FOUND', { message: `There is no tool '${tool.slice(0, 100)}'.`, metadata: { tool: tool.slice(0, 100) } });
}

function nameOf(given: Arguments, takes: readonly string[]): string {
  const { name } = given;
  const faults = [...(typeof name === 'string' && name !== '' ? [] : [{ field: 'name', description: 'must be the name of a tool' }]), ...unknown(given, takes)];
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  return String(name);
}

function unknown(given: Arguments, takes: readonly string[]): readonly { readonly field: string; readonly description: string }[] {
  return Object.keys(given).filter((name) => !takes.includes(name)).slice(0, 20).map((name) => ({ field: name.slice(0, 100), description: `is no argument of this tool, which takes ${takes.join(', ')}` }));
}

function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
