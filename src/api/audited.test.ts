import { describe, expect, it } from 'vitest';
import { auditKind, methodName } from './audited.ts';
import { API } from './table.ts';
import { UNSERVED } from './unserved.ts';
import type { ApiOperation } from './operation.ts';

const rows: readonly ApiOperation[] = Object.values(API);

describe('the audit log', () => {
  it('has a method for every row, and no two rows of one path share one', () => {
    for (const row of rows) expect(methodName(row), row.id).toMatch(/^(google|cloud|konektor)\.[\w.]+\.[A-Z]\w+$/);
    for (const row of UNSERVED) expect(methodName({ ...row, effect: 'read', service: 'connectors' }), row.id).toMatch(/^(google|cloud)\.[\w.]+\.[A-Z]\w+$/);
    const keys = rows.map((row) => `${methodName(row)} ${row.http.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['connections.create', 'google.cloud.connectors.v1.Connectors.CreateConnection', 'ADMIN_WRITE'],
    ['connections.list', 'google.cloud.connectors.v1.Connectors.ListConnections', 'ADMIN_READ'],
    ['operations.get', 'google.longrunning.Operations.GetOperation', 'ADMIN_READ'],
    ['connections.checkStatus', 'cloud.connectors.runtime.v2.ConnectionService.CheckStatus', 'ADMIN_READ'],
    ['entityTypes.get', 'cloud.connectors.runtime.v2.EntityService.GetEntityType', 'ADMIN_READ'],
    ['entities.list', 'cloud.connectors.runtime.v2.EntityService.ListEntities', 'ADMIN_READ'],
    ['entities.explain', 'cloud.connectors.runtime.v2.EntityService.ExplainEntities', 'ADMIN_READ'],
    ['entities.get', 'cloud.connectors.runtime.v2.EntityService.GetEntity', 'DATA_READ'],
    ['entities.patch', 'cloud.connectors.runtime.v2.EntityService.UpdateEntity', 'DATA_WRITE'],
    ['entities.updateEntitiesWithConditions', 'cloud.connectors.runtime.v2.EntityService.UpdateEntitiesWithConditions', 'DATA_WRITE'],
    ['entities.delete', 'cloud.connectors.runtime.v2.EntityService.DeleteEntity', 'DATA_WRITE'],
    ['actions.execute', 'cloud.connectors.runtime.v2.ActionService.ExecuteAction', 'DATA_WRITE'],
    ['integrations.execute', 'konektor.v1.Integrations.ExecuteIntegration', 'DATA_WRITE'],
    ['integrations.executeWithParameters', 'konektor.v1.Integrations.ExecuteWithParameters', 'DATA_WRITE'],
    ['tools.list', 'cloud.connectors.runtime.v2.ConnectorAgentService.ListTools', 'ADMIN_READ'],
    ['tools.listPost', 'cloud.connectors.runtime.v2.ConnectorAgentService.ListToolsPost', 'ADMIN_READ'],
    ['tools.execute', 'cloud.connectors.runtime.v2.ConnectorAgentService.ExecuteTool', 'DATA_WRITE'],
    ['connections.listCustomToolNames', 'cloud.connectors.runtime.v2.ConnectionService.ListCustomToolNames', 'ADMIN_READ'],
    ['resources.getResourcePost', 'cloud.connectors.runtime.v2.ConnectorAgentService.GetResourcePost', 'ADMIN_READ'],
    ['connections.diagnose', 'konektor.v1.Diagnosis.DiagnoseConnection', 'ADMIN_READ'],
    ['server.diagnose', 'konektor.v1.Diagnosis.DiagnoseServer', 'ADMIN_READ'],
    ['auditEntries.list', 'konektor.v1.Audit.ListAuditEntries', 'ADMIN_READ'],
  ])('calls %s %s, %s', (id, method, kind) => {
    const row = rows.find((one) => one.id === id);
    expect(row === undefined ? undefined : [methodName(row), auditKind(row)]).toEqual([method, kind]);
  });
});
