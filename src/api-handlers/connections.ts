// What the rows of connections and operations do.
import type { ApiHandlers } from '../api/table.ts';
import { shown, type ConnectionService } from '../connections/service.ts';
import type { Principal } from '../iam/principal.ts';
import { pageToken, readPage } from './paging.ts';

type ConnectionHandlers = Pick<ApiHandlers<Principal>, 'connections.create' | 'connections.get' | 'connections.list' | 'connections.delete' | 'operations.get'>;

export function connectionHandlers(connections: ConnectionService): ConnectionHandlers {
  return {
    'connections.create': async (_call, { path, query, body }) => connections.create(path.location, query.connectionId, body),
    'connections.get': async (_call, { path }) => shown(await connections.get(path.connection)),
    'connections.list': async (_call, { path, query }) => {
      const page = readPage(query, { usual: 100, most: 1_000 });
      const found = await connections.list(path.location, { ...page, size: page.size + 1 });
      const cut = found.slice(0, page.size);
      const last = cut.at(-1);
      return { connections: cut.map(shown), ...(found.length > cut.length && last !== undefined ? { nextPageToken: pageToken(last.name) } : {}) };
    },
    'connections.delete': async (_call, { path }) => connections.remove(path.connection),
    'operations.get': async (_call, { path }) => connections.operation(path.operation),
  };
}
