// Entity types and actions of a connection.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';

export type EntityOperation = 'LIST' | 'GET' | 'CREATE' | 'UPDATE' | 'DELETE';

export interface FieldDetails {
  readonly writable?: readonly ('CREATE' | 'UPDATE')[];
  readonly required?: readonly 'CREATE'[];
  /** What Stripe itself filters by. */
  readonly filters?: readonly string[];
  readonly enum?: readonly string[];
  readonly unit?: 'minor-currency-unit';
}

export interface Field {
  readonly name: string;
  readonly description: string;
  readonly dataType: string;
  readonly key?: boolean;
  readonly nullable: boolean;
  readonly reference?: { readonly name: string };
  readonly jsonSchema?: object;
  readonly additionalDetails?: FieldDetails;
}

export interface EntityType {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly jsonSchema: { readonly description?: string };
  readonly operations: readonly EntityOperation[];
  readonly metadata?: { readonly list?: { readonly requires?: readonly string[] } };
}

export interface ActionType {
  readonly name: string;
  readonly description: string;
  readonly inputParameters: readonly Field[];
  readonly resultMetadata: readonly Field[];
  readonly inputJsonSchema: object;
  /** What a run does to what is there: `destroy` ends something for good. */
  readonly metadata?: { readonly run?: { readonly effect?: 'read' | 'write' | 'destroy' } };
}

const LONG_MS = 300_000;
const namesOf = async (path: string, items: string, view: string, signal: AbortSignal): Promise<readonly string[]> =>
  (await callList<{ readonly name: string }>(path, items, { view, pageSize: 200 }, signal)).map(({ name }) => name);

export const entityNamesQuery = (connection: string) => queryOptions({
  queryKey: ['entityTypes', connection], staleTime: LONG_MS,
  queryFn: ({ signal }) => namesOf(`/v2/${connection}/entityTypes`, 'types', 'ENTITY_TYPE_VIEW_BASIC', signal),
});

export const actionNamesQuery = (connection: string) => queryOptions({
  queryKey: ['actions', connection], staleTime: LONG_MS,
  queryFn: ({ signal }) => namesOf(`/v2/${connection}/actions`, 'actions', 'ACTION_VIEW_BASIC', signal),
});

export const entityTypeQuery = (connection: string, name: string) => queryOptions({
  queryKey: ['entityType', connection, name], staleTime: LONG_MS,
  queryFn: ({ signal }) => call<EntityType>(`/v2/${connection}/entityTypes/${encodeURIComponent(name)}`, { query: { view: 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED' }, signal }),
});

export const actionQuery = (connection: string, name: string) => queryOptions({
  queryKey: ['action', connection, name], staleTime: LONG_MS,
  queryFn: ({ signal }) => call<ActionType>(`/v2/${connection}/actions/${encodeURIComponent(name)}`, { query: { view: 'ACTION_SCHEMA_VIEW_ENRICHED' }, signal }),
});
