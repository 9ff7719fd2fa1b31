import { describe, expect, it } from 'vitest';
import { compileRoute } from './routes.ts';

describe('compileRoute', () => {
  it.each([
    ['/v1/{location}/connections', '/v1/projects/:projectId/locations/:locationId/connections'],
    ['/v1/{connection}', '/v1/projects/:projectId/locations/:locationId/connections/:connectionId'],
    ['/v2/{connection}:checkStatus', '/v2/projects/:projectId/locations/:locationId/connections/:connectionId(^[^:/]+)::checkStatus'],
    ['/v2/{connection}/entityTypes/{entityType}/entities:deleteEntitiesWithConditions', '/v2/projects/:projectId/locations/:locationId/connections/:connectionId/entityTypes/:entityType/entities::deleteEntitiesWithConditions'],
    ['/v2/{connection}/entityTypes/{entityType}/entities/{entity}', '/v2/projects/:projectId/locations/:locationId/connections/:connectionId/entityTypes/:entityType/entities/*'],
  ])('%s', (path, url) => {
    expect(compileRoute(path).url).toBe(url);
  });

  it('gives whole resource names', () => {
    const route = compileRoute('/v2/{connection}/entityTypes/{entityType}/entities/{entity}');
    expect(route.names({ projectId: 'p', locationId: 'l', connectionId: 'c', entityType: 'CustomerTaxId', '*': 'cus_1/txi_2' }))
      .toEqual({ connection: 'projects/p/locations/l/connections/c', entityType: 'CustomerTaxId', entity: 'cus_1/txi_2' });
  });

  it('takes a verb it does not know for no name', () => {
    const route = compileRoute('/v1/{connection}');
    expect(route.names({ projectId: 'p', locationId: 'l', connectionId: 'c:explode' })).toBeUndefined();
  });
});
