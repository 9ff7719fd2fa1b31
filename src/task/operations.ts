// The operations of the Connectors task as data: what each takes of the flat inputs, and which row of the API it is.
import type { TaskInputName, TaskInputs, TaskOperationName, TaskOutput } from '../api/integrations.ts';
import type { RowCaller, RowCallOptions } from '../api/row-caller.ts';

/** What an operation works with, put together from checked inputs. */
export interface TaskCall {
  readonly rows: RowCaller;
  /** The full name. */
  readonly connection: string;
  readonly inputs: TaskInputs;
  readonly options: RowCallOptions;
}

export interface TaskOperation {
  /** Inputs without which it cannot be run. */
  readonly needs: readonly TaskInputName[];
  /** Exactly one of these is given. */
  readonly oneOf?: readonly TaskInputName[];
  /** What it takes beside. */
  readonly takes: readonly TaskInputName[];
  readonly run: (call: TaskCall) => Promise<TaskOutput>;
}

const PAGE_SIZE = 50;

const entityPath = ({ connection, inputs }: TaskCall) => ({ connection, entityType: inputs.entity ?? '' });
const rowPath = (call: TaskCall) => ({ ...entityPath(call), entity: call.inputs.entityId ?? '' });
const fields = ({ inputs }: TaskCall): Record<string, unknown> => ({ ...inputs.connectorInputPayload });
const output = (connectorOutputPayload: TaskOutput['connectorOutputPayload'], nextPageToken = ''): TaskOutput => ({ connectorOutputPayload, nextPageToken });

/** EXECUTE_QUERY is none of them: there is no row yet that it could call. */
export const OPERATIONS: Readonly<Record<Exclude<TaskOperationName, 'EXECUTE_QUERY'>, TaskOperation>> = {
  LIST_ENTITIES: {
    needs: ['entity'], takes: ['filterClause', 'pageSize', 'pageToken', 'sortByColumns'],
    async run(call) {
      const { rows, inputs: { filterClause, pageSize, pageToken, sortByColumns }, options } = call;
      const query = {
        pageSize: pageSize === undefined || pageSize === null || pageSize === 0 ? PAGE_SIZE : pageSize,
        ...(isGiven(filterClause) ? { conditions: filterClause } : {}), ...(isGiven(pageToken) ? { pageToken } : {}), ...sortOf(sortByColumns),
      };
      const page = await rows('entities.list', { path: entityPath(call), query }, options);
      return output(page.entities.map((one) => one.fields), page.nextPageToken);
    },
  },
  GET_ENTITY: {
    needs: ['entity', 'entityId'], takes: [],
    run: async (call) => output((await call.rows('entities.get', { path: rowPath(call) }, call.options)).fields),
  },
  CREATE_ENTITY: {
    needs: ['entity'], takes: ['connectorInputPayload'],
    run: async (call) => output((await call.rows('entities.create', { path: entityPath(call), body: { fields: fields(call) } }, call.options)).fields),
  },
  UPDATE_ENTITY: {
    needs: ['entity', 'connectorInputPayload'], oneOf: ['entityId', 'filterClause'], takes: [],
    async run(call) {
      const { rows, inputs: { filterClause }, options } = call;
      if (!isGiven(filterClause)) return output((await rows('entities.patch', { path: rowPath(call), body: { fields: fields(call) } }, options)).fields);
      const done = await rows('entities.updateEntitiesWithConditions', { path: entityPath(call), query: { conditions: filterClause }, body: { fields: fields(call) } }, options);
      return output(done.response);
    },
  },
  DELETE_ENTITY: {
    needs: ['entity'], oneOf: ['entityId', 'filterClause'], takes: [],
    async run(call) {
      const { rows, inputs: { filterClause }, options } = call;
      if (isGiven(filterClause)) await rows('entities.deleteEntitiesWithConditions', { path: entityPath(call), query: { conditions: filterClause } }, options);
      else await rows('entities.delete', { path: rowPath(call) }, options);
      return output({});
    },
  },
  EXECUTE_ACTION: {
    needs: ['action'], takes: ['connectorInputPayload'],
    run: async (call) => output((await call.rows('actions.execute', { path: { connection: call.connection, action: call.inputs.action ?? '' }, body: { parameters: fields(call) } }, call.options)).results),
  },
};

/** Every input that an operation works with. */
export function takenBy({ needs, oneOf = [], takes }: TaskOperation): readonly TaskInputName[] {
  return [...needs, ...oneOf, ...takes];
}

/** A column alone is in ascending order; `Created desc` is the other way round. */
function sortOf(columns: TaskInputs['sortByColumns']): { readonly sortBy?: string[]; readonly sortOrder?: string[] } {
  if (!isGiven(columns)) return {};
  const parts = columns.map((column) => /^(.*\S)\s+(asc|desc)$/i.exec(column.trim()) ?? ['', column, 'asc']);
  return { sortBy: parts.map(([, column = '']) => column), sortOrder: parts.map(([, , order = 'asc']) => order) };
}

/** Clients send null, '', [] and {} for what they leave open. */
export function isGiven<T>(value: T): value is NonNullable<T> {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
