// What the rows of resources do: they tell which documents a connection has, and read one by the row that tells it.
import type { ApiCall, ApiHandlers } from '../api/table.ts';
import type { RowCaller } from '../api/row-caller.ts';
import { resourceUri } from '../api/resources.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage } from '../listing/page.ts';
import type { Opener } from '../runtime/opened.ts';
import { resourcesOf, resourceSubject, type ResourceSubject } from '../tools/resources.ts';

type ResourceHandlers = Pick<ApiHandlers<Principal>, 'resources.list' | 'resources.get' | 'resources.getResourcePost'>;

const JSON_TYPE = 'application/json';

export function resourceHandlers(opener: Opener, callsAs: (call: ApiCall<Principal>) => RowCaller): ResourceHandlers {
  async function read(call: ApiCall<Principal>, connection: string, resource: string): Promise<{ readonly data: string; readonly mimeType: string }> {
    const subject = resourceSubject(resource);
    if (subject === undefined) {
      throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `There is no resource '${resource.slice(0, 100)}': there is status, entityTypes.{entity type} and actions.{action}.` });
    }
    const document = await readSubject(callsAs(call), connection, subject);
    return { data: Buffer.from(JSON.stringify(document)).toString('base64'), mimeType: JSON_TYPE };
  }

  return {
    'resources.list': async (_call, { path, query }) => {
      const { catalog } = await opener.open(path.connection);
      const { items, nextPageToken } = listPage(resourcesOf(catalog), query, { list: `${path.connection}/resources`, fields: {}, unique: 'id', sizes: { usual: 100, most: 1_000 } });
      const resources = items.map(({ id, name, description }) => ({ uri: resourceUri(path.connection, id), name, description, mimeType: JSON_TYPE }));
      return { resources, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },
    'resources.get': (call, { path }) => read(call, path.connection, path.resource),
    'resources.getResourcePost': (call, { path }) => read(call, path.connection, path.resource),
  };
}

function readSubject(rows: RowCaller, connection: string, subject: ResourceSubject): Promise<object> {
  switch (subject.kind) {
    case 'status': return rows('connections.checkStatus', { path: { connection } });
    case 'entityType': return rows('entityTypes.get', { path: { connection, entityType: subject.name }, query: { view: 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED' } });
    case 'action': return rows('actions.get', { path: { connection, action: subject.name }, query: { view: 'ACTION_SCHEMA_VIEW_ENRICHED' } });
  }
}
