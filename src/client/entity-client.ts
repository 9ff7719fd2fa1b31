// The rows of one entity type, typed by what the connector has. It knows the rows of the API that deal with entities, and leaves
// sending to whoever calls them.
import type { RowInput, RowOutput } from '../api/row-caller.ts';
import type { ApiClient, CallOptions } from './api-client.ts';
import type { ColumnOf, CreatedOf, CreateOf, FilterableOf, MethodsOf, RowOf, UpdatedOf, UpdateOf } from './connector-types.ts';
import { answered, membersOf } from './fields.ts';
import { isObject } from './json.ts';
import { createListing, type Listing } from './listing.ts';
import { where, type Where } from './where.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly retries?: number | undefined;
}

export interface WriteOptions extends ReadOptions {
  /** The same key is done once; one is drawn where none is given, and kept over every attempt of this call. */
  readonly idempotencyKey?: string | undefined;
}

/** A filter as text, or as conditions on columns, which quote their values themselves. */
export type FilterOf<E> = string | Where<FilterableOf<E>>;

export interface ListOptions<E, Column extends ColumnOf<E> = ColumnOf<E>> extends ReadOptions {
  readonly filter?: FilterOf<E> | undefined;
  /** One column: its name for ascending, or `{ by: 'Created', order: 'desc' }`. */
  readonly sort?: ColumnOf<E> | { readonly by: ColumnOf<E>; readonly order?: 'asc' | 'desc' | undefined } | undefined;
  /** Rows are given with these columns alone; all where absent. */
  readonly columns?: readonly Column[] | undefined;
  /** Rows of a page: 50 where absent, 200 at most. */
  readonly pageSize?: number | undefined;
  /** `nextPageToken` of a page before, to go on behind it. */
  readonly pageToken?: string | undefined;
}

export interface EntityMethods<E> {
  /** Rows that pass the filter, read as they are walked: `for await (const row of customers.list())`. */
  list<Column extends ColumnOf<E> = ColumnOf<E>>(options?: ListOptions<E, Column>): Listing<Pick<RowOf<E>, Column>>;
  /** What such a list will do, without doing it: what the source filters, what it costs. @throws StatusError */
  explain(options?: ListOptions<E>): Promise<RowOutput<'entities.explain'>>;
  /** @throws StatusError NOT_FOUND */
  get(id: string, options?: ReadOptions): Promise<RowOf<E>>;
  /** @returns the id, or the whole row where nothing shows it later. @throws StatusError */
  create(fields: CreateOf<E>, options?: WriteOptions): Promise<CreatedOf<E>>;
  /** Changes the given columns; null clears. @throws StatusError */
  update(id: string, fields: UpdateOf<E>, options?: WriteOptions): Promise<UpdatedOf<E>>;
  /** Changes the given columns of every row that passes. @returns how many. @throws StatusError, INVALID_ARGUMENT for a filter that every row passes */
  updateWhere(filter: FilterOf<E>, fields: UpdateOf<E>, options?: WriteOptions): Promise<number>;
  /** @throws StatusError NOT_FOUND */
  delete(id: string, options?: WriteOptions): Promise<void>;
  /** Deletes every row that passes. @throws StatusError, INVALID_ARGUMENT for a filter that every row passes */
  deleteWhere(filter: FilterOf<E>, options?: WriteOptions): Promise<void>;
}

/** An entity type has the methods of its operations, and no others. */
export type EntityClient<E> = Pick<EntityMethods<E>, MethodsOf<E>>;

export function createEntityMethods<E>(api: ApiClient, connection: string, entityType: string): EntityMethods<E> {
  const path = { connection, entityType };
  const what = `A row of ${entityType}`;
  // Which columns a row has is known to the connector, by which the server went and the caller's types are made: what is seen here is an object.
  const isRow = (fields: unknown): fields is RowOf<E> => isObject(fields);
  const isCreated = (fields: unknown): fields is CreatedOf<E> => isObject(fields);
  const isUpdated = (fields: unknown): fields is UpdatedOf<E> => isObject(fields);
  const rowAt = (entity: string): typeof path & { readonly entity: string } => ({ ...path, entity });

  return {
    list({ columns, pageToken: first, ...options } = {}) {
      const query = queryOf(options);
      return createListing(async (pageToken) => {
        const { entities, nextPageToken } = await api.call('entities.list', { path, query: { ...query, ...(pageToken === undefined ? {} : { pageToken }) } }, optionsOf(options));
        return { rows: entities.map(({ fields }) => answered(picked(fields, columns), isRow, what)), nextPageToken: nextPageToken === '' ? undefined : nextPageToken };
      }, first);
    },
    explain: async (options = {}) => api.call('entities.explain', { path, query: queryOf(options) }, optionsOf(options)),
    get: async (id, options = {}) => answered((await api.call('entities.get', { path: rowAt(id) }, optionsOf(options))).fields, isRow, what),
    create: async (fields, options = {}) => answered((await api.call('entities.create', { path, body: { fields: membersOf(fields, 'fields') } }, optionsOf(options))).fields, isCreated, what),
    update: async (id, fields, options = {}) => answered((await api.call('entities.patch', { path: rowAt(id), body: { fields: membersOf(fields, 'fields') } }, optionsOf(options))).fields, isUpdated, what),
    async updateWhere(filter, fields, options = {}) {
      const { response } = await api.call('entities.updateEntitiesWithConditions', { path, query: { conditions: textOf(filter) }, body: { fields: membersOf(fields, 'fields') } }, optionsOf(options));
      return response.count;
    },
    async delete(id, options = {}) {
      await api.call('entities.delete', { path: rowAt(id) }, optionsOf(options));
    },
    async deleteWhere(filter, options = {}) {
      await api.call('entities.deleteEntitiesWithConditions', { path, query: { conditions: textOf(filter) } }, optionsOf(options));
    },
  };
}

interface Asked {
  readonly filter?: string | Where<object> | undefined;
  readonly sort?: string | { readonly by: string; readonly order?: 'asc' | 'desc' | undefined } | undefined;
  readonly pageSize?: number | undefined;
}

function queryOf({ filter, sort, pageSize }: Asked): NonNullable<RowInput<'entities.list'>['query']> {
  const { by, order = 'asc' } = typeof sort === 'object' ? sort : { by: sort };
  return {
    ...(filter === undefined ? {} : { conditions: textOf(filter) }), ...(pageSize === undefined ? {} : { pageSize }),
    ...(by === undefined ? {} : { sortBy: [by], sortOrder: [order.toUpperCase()] }),
  };
}

function textOf(filter: string | Where<object>): string {
  return typeof filter === 'string' ? filter : where(filter);
}

function picked(fields: Readonly<Record<string, unknown>>, columns: readonly string[] | undefined): unknown {
  return columns === undefined || !isObject(fields) ? fields : Object.fromEntries(columns.map((column) => [column, fields[column] ?? null]));
}

/** @returns what a call takes, without what is not set. */
export function optionsOf({ signal, retries, idempotencyKey }: WriteOptions): CallOptions {
  return { retries, idempotencyKey, ...(signal === undefined ? {} : { signal }) };
}
