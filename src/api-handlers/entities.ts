// What the rows of entity types and entities do.
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage } from '../listing/page.ts';
import type { EntityRuntime } from '../runtime/entities.ts';
import type { Opener } from '../runtime/opened.ts';
import type { Row } from '../spi/connector.ts';
import { readCaller } from './execution.ts';
import { renderEntityType } from './schemas.ts';
import { readSort } from './sort.ts';

type EntityHandlers = Pick<ApiHandlers<Principal>,
  | 'entityTypes.list' | 'entityTypes.get' | 'entities.list' | 'entities.explain' | 'entities.get' | 'entities.create' | 'entities.patch' | 'entities.delete'
  | 'entities.updateEntitiesWithConditions' | 'entities.deleteEntitiesWithConditions'>;

export function entityHandlers(opener: Opener, entities: EntityRuntime): EntityHandlers {
  return {
    'entityTypes.list': async (_call, { path, query }) => {
      const { catalog } = await opener.open(path.connection);
      const { items, nextPageToken } = listPage(catalog.entities, query, { list: `${path.connection}/entityTypes`, fields: {}, sizes: { usual: 25, most: 200 } });
      const basic = query.view === 'ENTITY_TYPE_VIEW_BASIC';
      return {
        types: items.map((entity) => (basic ? { name: entity.name } : renderEntityType(entity, false))),
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      };
    },

    'entityTypes.get': async (_call, { path, query }) => {
      const { catalog } = await opener.open(path.connection);
      return renderEntityType(catalog.entity(path.entityType), query.view === 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED');
    },

    'entities.list': async (call, { path, query }) => {
      const caller = readCaller(call, query['executionConfig.headers']);
      const { entity, rows, key, nextPageToken } = await entities.list(path.connection, caller, {
        entity: path.entityType,
        conditions: query.conditions ?? '',
        sort: readSort(query.sortBy ?? [], query.sortOrder ?? []),
        pageSize: query.pageSize ?? 0,
        pageToken: query.pageToken ?? '',
      });
      const parent = `${path.connection}/entityTypes/${entity}/entities`;
      return {
        entities: rows.map((fields) => ({ ...(key === undefined ? {} : nameOf(parent, fields[key])), fields })),
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      };
    },

    'entities.explain': async (call, { path, query }) => {
      readCaller(call, query['executionConfig.headers']);
      return entities.explain(path.connection, {
        entity: path.entityType, conditions: query.conditions ?? '', sort: readSort(query.sortBy ?? [], query.sortOrder ?? []), pageSize: query.pageSize ?? 0,
      });
    },

    'entities.get': async (call, { path, query }) => {
      const caller = readCaller(call, query['executionConfig.headers']);
      const { entity, row } = await entities.get(path.connection, caller, path.entityType, path.entity);
      return render(path.connection, entity, path.entity, row);
    },

    'entities.create': async (call, { path, query, body }) => {
      const caller = readCaller(call, query['executionConfig.headers'] ?? body.executionConfig?.headers);
      const { entity, id, row } = await entities.create(path.connection, caller, path.entityType, body.fields);
      return render(path.connection, entity, id, row);
    },

    'entities.patch': async (call, { path, query, body }) => {
      const caller = readCaller(call, query['executionConfig.headers'] ?? body.executionConfig?.headers);
      const { entity, id, row } = await entities.update(path.connection, caller, path.entityType, path.entity, body.fields);
      return render(path.connection, entity, id, row);
    },

    'entities.delete': async (call, { path, query }) => {
      const caller = readCaller(call, query['executionConfig.headers']);
      await entities.delete(path.connection, caller, path.entityType, path.entity);
      return {};
    },

    'entities.updateEntitiesWithConditions': async (call, { path, query, body }) => {
      const caller = readCaller(call, query['executionConfig.headers'] ?? body.executionConfig?.headers);
      const count = await entities.updateWhere(path.connection, caller, path.entityType, query.conditions ?? '', body.fields);
      return { response: { count } };
    },

    'entities.deleteEntitiesWithConditions': async (call, { path, query }) => {
      const caller = readCaller(call, query['executionConfig.headers']);
      await entities.deleteWhere(path.connection, caller, path.entityType, query.conditions ?? '');
      return {};
    },
  };
}

function nameOf(parent: string, id: unknown): { readonly name?: string } {
  return typeof id === 'string' ? { name: `${parent}/${id}` } : {};
}

function render(connection: string, entity: string, id: unknown, fields: Row): Answer<'entities.get'> {
  return { ...nameOf(`${connection}/entityTypes/${entity}/entities`, id), fields };
}
