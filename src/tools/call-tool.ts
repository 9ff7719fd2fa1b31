// Calls a tool: the row or action that it stands for is called as its caller, so that permissions, records, rates and the journal
// of writes are those of any call. What comes back is cut to the columns that were asked for.
import type { RowCaller, RowCallOptions } from '../api/row-caller.ts';
import { invalidFields, StatusError } from '../errors/status-error.ts';
import type { EntityOperation } from '../spi/catalog.ts';
import { readArguments, type ToolArguments } from './arguments.ts';
import type { ToolModel } from './tool.ts';

export interface ToolContext {
  readonly rows: RowCaller;
  /** The full name. */
  readonly connection: string;
  /** Headers for this execution alone, as JSON text. */
  readonly executionHeaders?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** @returns the object that the tool's output schema describes. @throws StatusError as the row says, in the words of the tool's arguments. */
export async function callTool(tool: ToolModel, parameters: Fields, context: ToolContext): Promise<Fields> {
  const given = readArguments(tool, parameters);
  const { subject } = tool;
  const options: RowCallOptions = given.idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': given.idempotencyKey } };
  try {
    if (subject.kind === 'entity') return await OPERATIONS[subject.operation]({ ...context, entityType: subject.entity.name, given, options });
    const { results } = await context.rows('actions.execute', {
      path: { connection: context.connection, action: subject.action.name }, body: { parameters: { ...given.payload }, ...configOf(context) },
    }, options);
    return { results: results.map((row) => cut(row, given)) };
  } catch (error) {
    throw inWordsOfTheTool(error);
  }
}

interface EntityCall extends ToolContext {
  readonly entityType: string;
  readonly given: ToolArguments;
  readonly options: RowCallOptions;
}

const pathOf = ({ connection, entityType }: EntityCall) => ({ connection, entityType });
const rowPathOf = (call: EntityCall) => ({ ...pathOf(call), entity: call.given.id ?? '' });
const queryOf = ({ executionHeaders }: ToolContext) => (executionHeaders === undefined ? {} : { 'executionConfig.headers': executionHeaders });
const configOf = ({ executionHeaders }: ToolContext) => (executionHeaders === undefined ? {} : { executionConfig: { headers: executionHeaders } });
const bodyOf = (call: EntityCall) => ({ fields: { ...call.given.payload } });

const OPERATIONS: Readonly<Record<EntityOperation, (call: EntityCall) => Promise<Fields>>> = {
  async LIST(call) {
    const { rows, options, given } = call;
    const { filter, pageSize, pageToken } = given;
    const query = { ...queryOf(call), ...(filter === undefined ? {} : { conditions: filter }), ...(pageSize === undefined ? {} : { pageSize }), ...(pageToken === undefined ? {} : { pageToken }), ...sortOf(given.sort) };
    const { entities, nextPageToken } = await rows('entities.list', { path: pathOf(call), query }, options);
    return { rows: entities.map(({ fields }) => cut(fields, given)), ...(nextPageToken === undefined || nextPageToken === '' ? {} : { nextPageToken }) };
  },
  GET: async (call) => cut((await call.rows('entities.get', { path: rowPathOf(call), query: queryOf(call) }, call.options)).fields, call.given),
  CREATE: async (call) => (await call.rows('entities.create', { path: pathOf(call), query: queryOf(call), body: bodyOf(call) }, call.options)).fields,
  UPDATE: async (call) => (await call.rows('entities.patch', { path: rowPathOf(call), query: queryOf(call), body: bodyOf(call) }, call.options)).fields,
  async DELETE(call) {
    await call.rows('entities.delete', { path: rowPathOf(call), query: queryOf(call) }, call.options);
    return { deleted: call.given.id ?? '' };
  },
};

function cut(row: Fields, { columns }: ToolArguments): Fields {
  return columns === undefined ? row : Object.fromEntries(columns.filter((name) => name in row).map((name) => [name, row[name]]));
}

/** `Created desc` */
function sortOf(sort: string | undefined): { readonly sortBy?: string[]; readonly sortOrder?: string[] } {
  if (sort === undefined || sort.trim() === '') return {};
  const [, column = '', order = 'asc'] = /^(.*\S)\s+(asc|desc)$/i.exec(sort.trim()) ?? ['', sort.trim()];
  return { sortBy: [column], sortOrder: [order] };
}

/** What rows call the arguments of a tool. */
const ARGUMENTS: Readonly<Record<string, string>> = { conditions: 'filter', sortBy: 'sort', sortOrder: 'sort', entity: 'id' };
/** What holds the columns or inputs, which are arguments themselves. */
const HOLDERS = new Set(['fields', 'parameters']);

/** A fault of a row's input, told under the name that the caller of the tool knows it by. */
function inWordsOfTheTool(error: unknown): unknown {
  if (!(error instanceof StatusError) || error.violations.length === 0 || error.code !== 'INVALID_ARGUMENT' || Object.keys(error.metadata).length > 0) return error;
  const renamed = error.violations.map(({ field, description }) => {
    const [head = '', ...rest] = field.split('.');
    if (HOLDERS.has(head) && rest.length > 0) return { field: rest.join('.'), description };
    return { field: Object.hasOwn(ARGUMENTS, head) ? [ARGUMENTS[head], ...rest].join('.') : field, description };
  });
  return renamed.every(({ field }, index) => field === error.violations[index]?.field) ? error : invalidFields(renamed, error.reason);
}
