// What the rows of a connection's schemas do (v1).
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { Connection } from '../connections/model.ts';
import { schemaOperation, type SchemaRefreshRepository } from '../connections/schema-refreshes.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage, type ListRequest, type Page } from '../listing/page.ts';
import { beginOperation, failOperation, succeedOperation } from '../operations/model.ts';
import type { Opener } from '../runtime/opened.ts';
import type { ActionType, EntityType } from '../spi/catalog.ts';
import { renderRuntimeAction, renderRuntimeEntity } from './runtime-schemas.ts';

type SchemaHandlers = Pick<ApiHandlers<Principal>,
  | 'connectionSchemaMetadata.get' | 'connectionSchemaMetadata.refresh' | 'connectionSchemaMetadata.getEntityType' | 'connectionSchemaMetadata.getAction'
  | 'connectionSchemaMetadata.listEntityTypes' | 'connectionSchemaMetadata.listActions' | 'runtimeEntitySchemas.list' | 'runtimeActionSchemas.list'>;

export interface SchemaParts {
  readonly opener: Opener;
  /** @throws StatusError NOT_FOUND */
  readonly find: (connection: string) => Promise<Connection>;
  readonly refreshes: SchemaRefreshRepository;
  readonly now: () => Date;
}

const TYPE = 'type.googleapis.com/google.cloud.connectors.v1';
const NAMES = { usual: 50, most: 50 };
const SCHEMAS = { usual: 25, most: 200 };

export function schemaHandlers({ opener, find, refreshes, now }: SchemaParts): SchemaHandlers {
  /** What a connection offers; where it cannot be told, why. */
  async function metadata(connection: Connection): Promise<Answer<'connectionSchemaMetadata.get'>> {
    const refreshTime = (await refreshes.refreshedAt(connection.name)) ?? connection.createTime;
    const shown = { name: `${connection.name}/connectionSchemaMetadata`, refreshTime, updateTime: refreshTime };
    try {
      const { catalog } = await opener.open(connection.name);
      return { ...shown, state: 'UPDATED', entities: catalog.entities.map(({ name }) => name), actions: catalog.actions.map(({ name }) => name) };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return { ...shown, state: 'REFRESH_SCHEMA_METADATA_FAILED', errorMessage: `${error.message} ${error.hint}` };
    }
  }

  async function entityPage(connection: string, query: ListRequest, list: string, sizes: typeof NAMES): Promise<Page<{ readonly entity: string; readonly type: EntityType }>> {
    const { catalog } = await opener.open(connection);
    return listPage(catalog.entities.map((type) => ({ entity: type.name, type })), query, { list: `${connection}/${list}`, fields: { entity: 'text' }, unique: 'entity', sizes });
  }

  async function actionPage(connection: string, query: ListRequest, list: string, sizes: typeof NAMES): Promise<Page<{ readonly action: string; readonly type: ActionType }>> {
    const { catalog } = await opener.open(connection);
    return listPage(catalog.actions.map((type) => ({ action: type.name, type })), query, { list: `${connection}/${list}`, fields: { action: 'text' }, unique: 'action', sizes });
  }

  return {
    'connectionSchemaMetadata.get': async (_call, { path }) => metadata(await find(path.connection)),

    'connectionSchemaMetadata.refresh': async (_call, { path }) => {
      const connection = await find(path.connection);
      const target = `${connection.name}/connectionSchemaMetadata`;
      const begun = beginOperation(connection.name.split('/').slice(0, 4).join('/'), 'update', target, now());
      opener.drop(connection.name);
      const at = now().toISOString();
      const response = { ...(await metadata(connection)), refreshTime: at, updateTime: at };
      const ended = response.state === 'UPDATED'
        ? succeedOperation(begun, { '@type': `${TYPE}.ConnectionSchemaMetadata`, ...response }, now())
        : failOperation(begun, new StatusError('FAILED_PRECONDITION', 'CONNECTION_NOT_ACTIVE', { message: response.errorMessage ?? '' }).toRpc(), now());
      await refreshes.refresh(connection.name, at, ended);
      return ended;
    },

    'connectionSchemaMetadata.getEntityType': async (_call, { path, query }) => {
      const { catalog, connection } = await opener.open(path.connection);
      const response = { '@type': `${TYPE}.RuntimeEntitySchema`, ...renderRuntimeEntity(catalog.entity(query.entityId)) };
      return refreshes.keep(schemaOperation(connection, response, now()));
    },

    'connectionSchemaMetadata.getAction': async (_call, { path, query }) => {
      const { catalog, connection } = await opener.open(path.connection);
      const shown = renderRuntimeAction(catalog.action(query.actionId), false);
      // Google's own agent kit reads the result under another name than the API's description has.
      const response = { '@type': `${TYPE}.RuntimeActionSchema`, ...shown, outputJsonSchema: shown.resultJsonSchema };
      return refreshes.keep(schemaOperation(connection, response, now()));
    },

    'connectionSchemaMetadata.listEntityTypes': async (_call, { path, query }) => {
      const { items, nextPageToken } = await entityPage(path.connection, query, 'connectionSchemaMetadata:listEntityTypes', NAMES);
      return { entityTypes: items.map(({ entity, type }) => ({ entity, operations: type.operations })), ...next(nextPageToken) };
    },

    'connectionSchemaMetadata.listActions': async (_call, { path, query }) => {
      const { items, nextPageToken } = await actionPage(path.connection, query, 'connectionSchemaMetadata:listActions', NAMES);
      return { actions: items.map(({ action, type }) => ({ action, displayName: action, description: type.description })), ...next(nextPageToken) };
    },

    'runtimeEntitySchemas.list': async (_call, { path, query }) => {
      const { items, nextPageToken } = await entityPage(path.connection, query, 'runtimeEntitySchemas', SCHEMAS);
      return { runtimeEntitySchemas: items.map(({ type }) => renderRuntimeEntity(type)), ...next(nextPageToken) };
    },

    'runtimeActionSchemas.list': async (_call, { path, query }) => {
      const { items, nextPageToken } = await actionPage(path.connection, query, 'runtimeActionSchemas', SCHEMAS);
      return { runtimeActionSchemas: items.map(({ type }) => renderRuntimeAction(type, query.schemaAsString === true)), ...next(nextPageToken) };
    },
  };
}

function next(nextPageToken: string | undefined): { readonly nextPageToken?: string } {
  return nextPageToken === undefined ? {} : { nextPageToken };
}
