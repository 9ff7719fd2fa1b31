// docs/reference/mcp.md: what the MCP server offers, from the tables that it is made of: options, tools with their annotations,
// arguments, the tools of the small mode, and which actions read or end something.
import type { Catalog, EntityOperation } from '../src/spi/catalog.ts';
import { MCP_OPTIONS, MOST_TOOLS } from '../src/mcp/options.ts';
import { smallTools } from '../src/mcp/small-mode.ts';
import { OWN_ARGUMENTS } from '../src/tools/schemas.ts';
import { annotationsOf, OPERATION_FACTS, toolsOf, type ToolModel } from '../src/tools/tool.ts';
import { code, page, table } from './markdown.ts';

const GIVES: Readonly<Record<EntityOperation, string>> = {
  LIST: '`rows`, and `nextPageToken` while there are more', GET: 'the row', CREATE: 'its id; the whole row where it shows what is never shown again', UPDATE: 'its id', DELETE: '`deleted`, the id',
};
const TAKES: Readonly<Record<EntityOperation, string>> = {
  LIST: '`filter` `sort` `columns` `pageSize` `pageToken`', GET: '`id` `columns`', CREATE: 'columns, `idempotencyKey`', UPDATE: '`id`, columns, `idempotencyKey`', DELETE: '`id` `idempotencyKey`',
};

const isOperation = (name: string): name is EntityOperation => Object.hasOwn(OPERATION_FACTS, name);
const yes = (hint: boolean): string => (hint ? 'yes' : 'no');

function hints(tool: ToolModel): readonly string[] {
  const { readOnlyHint, destructiveHint, idempotentHint } = annotationsOf(tool);
  return [yes(readOnlyHint), yes(destructiveHint), yes(idempotentHint)];
}

export function mcpPage(catalog: Catalog): string {
  const tools = toolsOf(catalog);
  const actions = tools.filter(({ subject }) => subject.kind === 'action');
  const named = (effect: ToolModel['effect']): string => actions.filter((tool) => tool.effect === effect).map(({ name }) => code(name)).join(', ');
  const options = Object.entries(MCP_OPTIONS).map(([name, option]) => [code('value' in option ? `${name}=` : `${name}=true`), code(`--${dashed(name)}${'value' in option ? ` ${option.value}` : ''}`), option.description]);
  const operations = Object.keys(OPERATION_FACTS).filter(isOperation).map((operation) => {
    const { verb, effect } = OPERATION_FACTS[operation];
    const tool = tools.find(({ subject }) => subject.kind === 'entity' && subject.operation === operation);
    return [code(`${verb}_{entity type}`), TAKES[operation], GIVES[operation], effect, ...(tool === undefined ? [] : hints(tool))];
  });
  const action = (effect: ToolModel['effect']): readonly string[] => {
    const tool = actions.find((one) => one.effect === effect);
    return [code('{action}'), effect === 'read' ? 'inputs, `columns`' : 'inputs, `columns`, `idempotencyKey`', '`results`', effect, ...(tool === undefined ? [] : hints(tool))];
  };
  const small = (choice: Parameters<typeof smallTools>[0]): readonly (readonly string[])[] => smallTools(choice).map(({ name, description, annotations }) => [code(name), description ?? '', yes(annotations?.readOnlyHint === true), yes(annotations?.destructiveHint === true)]);
  return page('MCP', 'The Model Context Protocol server of a connection, over streamable HTTP at `/mcp/projects/{project}/locations/{location}/connections/{connection}` with a bearer token on every request (a session is a name by which clients cancel their calls), and over stdio by `konektor mcp`. [Use it from an agent](../how-to/use-from-an-agent.md) shows both. Revisions of the protocol from 2025 and 2026-07-28 are spoken. Calls are made as whom the token belongs to: roles, audit, rates and the journal of writes are those of any call.',
    '## Options', table(['HTTP', 'command', 'what it does'], options),
    'An option that is not known, or names an entity type or action that is not there, is an error. What was not chosen is not called either: `TOOL_NOT_CHOSEN`.',
    '## Tools', `A tool for each operation of each entity type, and one for each action: ${tools.length} through a connection with a test key. Names are those of the [entity types](entity-types.md) and [actions](actions.md), of at most 64 letters, digits, \`_\` and \`-\`; what would not fit ends in a mark. \`tools/list\` comes in pages, in the order of the names.`,
    table(['tool', 'takes', 'gives', 'effect', 'readOnlyHint', 'destructiveHint', 'idempotentHint'], [...operations, action('read'), action('write'), action('destroy')]),
    '`openWorldHint` is always true: what is called lies outside. Results have `structuredContent` that the output schema describes, and the same as text; columns that are null are left out of both. Values of actions are text, as the platform prints them.',
    '## Arguments', 'Beside the columns of the row or the inputs of the action, which have names of their own and begin with a capital:',
    table(['argument', 'what it says'], [...Object.entries(OWN_ARGUMENTS).map(([name, { description }]) => [code(name), description]), [code('columns'), 'Names of columns: only these come back. Without it all do.']]),
    '## Actions that read', named('read'), '## Actions that end something for good', named('destroy'), 'All other actions have the effect `write`.',
    '## Three tools in place of many', `Where more than ${MOST_TOOLS} tools would be offered and neither entities nor actions are named, or with \`mode=small\`:`,
    table(['tool', 'what it does', 'readOnlyHint', 'destructiveHint'], small({})),
    'With `effects=read`, `call_tool` is read-only and not destructive.',
    '## Resources', '`konektor://{connection}/resources/status`, `…/entityTypes.{entity type}` and `…/actions.{action}`, as JSON: how the connection is, and everything that is known of an entity type or action. The status takes the permission `connectors.connections.get`.',
    '## Errors', 'A call that fails has `isError` and a text: the code and reason of [errors](errors.md), every fault with the argument it is about, what to do, how long to wait, and the id of the request in the log and the audit log. `_meta` has the same under `konektor/error`, for programs. A request without a token that is known is answered 401 with `WWW-Authenticate: Bearer`, one from a page of another site 403.');
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
