// How a row is called in the audit log: the platform's name of its method, and the platform's kind of record. Both follow
// from the row; what the platform does not have is ours, under `konektor.v1`.
import type { ApiOperation, AuditKind } from './operation.ts';

type NamedRow = Pick<ApiOperation, 'id' | 'effect' | 'audit' | 'service' | 'http'>;

/** ADMIN_READ for reads and ADMIN_WRITE for everything else, unless the row says otherwise. */
export function auditKind({ audit, effect }: Pick<ApiOperation, 'audit' | 'effect'>): AuditKind {
  return audit ?? (effect === 'read' ? 'ADMIN_READ' : 'ADMIN_WRITE');
}

/** `google.cloud.connectors.v1.Connectors.CreateConnection` for `connections.create`. */
export function methodName(row: NamedRow): string {
  const [verb = '', collection = ''] = row.id.split('.').toReversed();
  const isV2 = row.http.path.startsWith('/v2/');
  const prefix = isV2 ? (RUNTIME_SERVICES[collection] ?? RUNTIME) : prefixOf(row, collection);
  return `${prefix}.${methodOf(verb, nounsOf(row, collection))}`;
}

const RUNTIME = 'cloud.connectors.runtime.v2.ConnectionService';

/** Services of the runtime API, by the collection that a row belongs to. */
const RUNTIME_SERVICES: Readonly<Record<string, string>> = {
  entities: 'cloud.connectors.runtime.v2.EntityService', entityTypes: 'cloud.connectors.runtime.v2.EntityService', actions: 'cloud.connectors.runtime.v2.ActionService',
  integrations: 'konektor.v1.Integrations', tools: 'cloud.connectors.runtime.v2.ConnectorAgentService', resources: 'cloud.connectors.runtime.v2.ConnectorAgentService',
};

/** Services beside Connectors and Secret Manager, by collection. */
const SERVICES: Readonly<Record<string, string>> = {
  operations: 'google.longrunning.Operations', locations: 'google.cloud.location.Locations', services: 'google.api.serviceusage.v1.ServiceUsage',
  projects: 'google.cloud.resourcemanager.v1.Projects', serviceAccounts: 'google.iam.admin.v1.IAM', roles: 'google.iam.admin.v1.IAM',
  tokens: 'konektor.v1.Tokens', writes: 'konektor.v1.Writes', auditEntries: 'konektor.v1.Audit', backup: 'konektor.v1.Backups', backups: 'konektor.v1.Backups', integrations: 'konektor.v1.Integrations', server: 'konektor.v1.Diagnosis',
  'connections.diagnose': 'konektor.v1.Diagnosis',
  'connections.showFigures': 'konektor.v1.Figures', 'connections.listFigures': 'konektor.v1.Figures', 'connections.listStates': 'konektor.v1.States', 'connections.readLog': 'konektor.v1.Logs', 'connections.followLog': 'konektor.v1.Logs',
};

function prefixOf({ service, id }: NamedRow, collection: string): string {
  if (service === 'secretmanager') return 'google.cloud.secretmanager.v1.SecretManagerService';
  const known = SERVICES[id] ?? SERVICES[collection] ?? SERVICES[id.split('.')[0] ?? ''];
  if (known !== undefined) return known;
  return service === 'connectors' || isOfConnectors(id) ? 'google.cloud.connectors.v1.Connectors' : 'konektor.v1.Konektor';
}

const OF_CONNECTORS = ['connections', 'providers', 'connectors', 'versions', 'connectionSchemaMetadata', 'runtimeEntitySchemas', 'runtimeActionSchemas', 'settings', 'regionalSettings', 'runtimeConfig'];

function isOfConnectors(id: string): boolean {
  return OF_CONNECTORS.includes(id.split('.')[0] ?? '');
}

interface Nouns {
  readonly one: string;
  readonly many: string;
}

function nounsOf({ service }: NamedRow, collection: string): Nouns {
  if (collection === 'versions' || collection === 'secretVersions') {
    return service === 'secretmanager' ? { one: 'SecretVersion', many: 'SecretVersions' } : { one: 'ConnectorVersion', many: 'ConnectorVersions' };
  }
  const many = capital(collection);
  const isPlural = many.endsWith('s') && !many.endsWith('Settings');
  if (!isPlural) return { one: many, many };
  return { one: many.endsWith('ies') ? `${many.slice(0, -3)}y` : many.slice(0, -1), many };
}

const SPELLED: Readonly<Record<string, string>> = { patch: 'Update', listPost: 'ListToolsPost' };
const OF_MANY = new Set(['list', 'listAll', 'explain', 'search', 'export', 'exportAll', 'reconcileAll']);

/** A verb of one word stands before its noun; one of several names its noun itself: `SetIamPolicy`. */
function methodOf(verb: string, { one, many }: Nouns): string {
  const spelled = SPELLED[verb] ?? capital(verb).replace(/All$/, '');
  if (OF_MANY.has(verb)) return `${spelled}${many}`;
  return /^[A-Z][a-z]+$/.test(spelled) ? `${spelled}${one}` : spelled;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
