// What the rows of connections do.
import type { ApiHandlers } from '../api/table.ts';
import type { Connection } from '../connections/model.ts';
import type { ConnectionService } from '../connections/service.ts';
import type { ShownConnection } from '../connections/shown.ts';
import type { Principal } from '../iam/principal.ts';
import type { ActionType, EntityType } from '../spi/catalog.ts';
import { renderRuntimeAction, renderRuntimeEntity } from './runtime-schemas.ts';

type ConnectionHandlers = Pick<ApiHandlers<Principal>,
  | 'connections.create' | 'connections.validate' | 'connections.get' | 'connections.list' | 'connections.search' | 'connections.patch' | 'connections.delete'>;

export interface ConnectionHandlerParts {
  readonly connections: ConnectionService;
  /** As callers see it. */
  readonly present: (connection: Connection) => ShownConnection;
  /** Refuses a service account that a caller may not let connections act as. @throws StatusError PERMISSION_DENIED */
  readonly actAs: (principal: Principal, serviceAccount: string) => void | Promise<void>;
  /** What stands behind the names that a search found. */
  readonly catalogOf: (connection: Connection) => Promise<{ entity(name: string): EntityType; action(name: string): ActionType }>;
}

export function connectionHandlers({ connections, present, actAs, catalogOf }: ConnectionHandlerParts): ConnectionHandlers {
  return {
    'connections.create': async ({ principal }, { path, query, body }) => connections.create(path.location, query.connectionId, body, (account) => actAs(principal, account)),

    'connections.validate': async ({ principal }, { path, query, body }) => connections.validate(path.location, query.connectionId, body, (account) => actAs(principal, account)),

    'connections.get': async (_call, { path }) => present(await connections.get(path.connection)),

    'connections.list': async (_call, { path, query }) => {
      const { items, nextPageToken } = await connections.list(path.location, query);
      return { connections: items.map(present), ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'connections.search': async (_call, { path, query }) => {
      const { items, nextPageToken } = await connections.search(path.location, query.query, query);
      const found = await Promise.all(items.map(async ({ connection, entity, action }) => {
        const catalog = entity === undefined && action === undefined ? undefined : await catalogOf(connection);
        return {
          connection: present(connection),
          ...(catalog === undefined || entity === undefined ? {} : { entitySchema: renderRuntimeEntity(catalog.entity(entity)) }),
          ...(catalog === undefined || action === undefined ? {} : { actionSchema: renderRuntimeAction(catalog.action(action), false) }),
        };
      }));
      return { connections: found, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'connections.patch': async ({ principal }, { path, query, body }) => connections.patch(path.connection, query.updateMask, body, (account) => actAs(principal, account)),

    'connections.delete': async (_call, { path }) => connections.remove(path.connection),
  };
}
