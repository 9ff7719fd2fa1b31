// What a connector has, as a type: the client is typed by it. `Stripe` is generated; for another connector an interface of this
// form is written by hand, or none, and then columns are whatever they are. Types alone.
import type { JsonObject, Time } from './values.ts';

export type EntityOperationName = 'LIST' | 'GET' | 'CREATE' | 'UPDATE' | 'DELETE';

/** An entity type. Only `row` is needed: `{ row: { Id: string; Title: string } }`. */
export interface EntityTypes {
  /** What rows show, by column. */
  row: object;
  /** All five where absent. */
  operations?: EntityOperationName;
  /** What a creation takes; any columns of the row where absent. */
  create?: object;
  /** The columns that a creation answers: `'*'` for all; where absent, none is sure. */
  created?: string;
  /** What an update takes; any columns of the row where absent. */
  update?: object;
  /** Columns that only filters name. */
  filterOnly?: object;
  /** Columns that hold a map: filters name its keys, `Metadata.order_id`. */
  maps?: string;
}

export interface ActionTypes {
  input: object;
  result: object;
}

/** A connector: `interface Library { entities: { Book: { row: { Id: string; Title: string } } }; actions: {} }`. */
export interface ConnectorTypes {
  entities: object;
  actions: object;
}

/** A connector of which nothing is known: every name and every column passes the compiler. */
export interface AnyConnector {
  entities: Record<string, { row: Record<string, unknown>; create: Record<string, unknown>; created: '*'; update: Record<string, unknown>; maps: string }>;
  actions: Record<string, { input: Record<string, unknown>; result: Record<string, unknown> }>;
}

export type EntityName<C extends ConnectorTypes> = keyof C['entities'] & string;
export type ActionName<C extends ConnectorTypes> = keyof C['actions'] & string;

export type RowOf<E> = E extends { row: infer Row extends object } ? Row : JsonObject;
export type CreateOf<E> = E extends { create: infer Fields extends object } ? Fields : Partial<RowOf<E>>;
export type UpdateOf<E> = E extends { update: infer Fields extends object } ? Fields : Partial<RowOf<E>>;
export type ColumnOf<E> = keyof RowOf<E> & string;
export type InputOf<A> = A extends { input: infer Input extends object } ? Input : JsonObject;
export type ResultOf<A> = A extends { result: infer Result extends object } ? Result : JsonObject;

type OperationsOf<E> = E extends { operations: infer Names extends EntityOperationName } ? Names : EntityOperationName;

/** What a creation answers: the whole row where nothing would show it later, else its id. */
export type CreatedOf<E> = E extends { created: infer Columns } ? ('*' extends Columns ? RowOf<E> : Pick<RowOf<E>, Columns & keyof RowOf<E>>) : Partial<RowOf<E>>;
/** What an update answers: the id, where rows have one. */
export type UpdatedOf<E> = Pick<RowOf<E>, 'Id' & keyof RowOf<E>>;

/** What a filter may compare, by the names that it may use. */
export type FilterableOf<E> = RowOf<E>
  & (E extends { filterOnly: infer More extends object } ? More : unknown)
  & (E extends { maps: infer Maps extends string } ? { [Key in `${Maps}.${string}`]: string | null } : unknown);

/** The methods that an entity type has, by the operations that it has. */
export interface MethodsOfOperation {
  LIST: 'list' | 'explain';
  GET: 'get';
  CREATE: 'create';
  UPDATE: 'update' | 'updateWhere';
  DELETE: 'delete' | 'deleteWhere';
}
export type MethodsOf<E> = MethodsOfOperation[OperationsOf<E>];

/** What a value of a column is compared with: a time also with a Date, a number also with its digits. */
export type Comparable<Value> = Value extends number ? number | string | bigint : Value extends boolean ? boolean : Time;
