// Every permission there is: those of the platform that rows ask for or roles hold, and ours under `konektor.`.
// A permission that stands in no row here is in no role, and a row that asks for it fails the tests.

const VERBS = {
  'connectors.actions': ['execute', 'list'],
  'connectors.connections': [
    'create', 'delete', 'executeHttpRequest', 'executeSqlQuery', 'generateOpenAPISpec', 'get', 'getConnectionSchemaMetadata', 'getIamPolicy',
    'getRuntimeActionSchema', 'getRuntimeEntitySchema', 'list', 'listenEvent', 'setIamPolicy', 'update',
  ],
  'connectors.connectors': ['get', 'list'],
  'connectors.customConnectorVersions': ['create', 'delete', 'deprecate', 'get', 'getIamPolicy', 'list', 'publish', 'setIamPolicy', 'update', 'withdraw'],
  'connectors.customConnectors': ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update', 'validateCustomConnectorSpec'],
  'connectors.endUserAuthentications': ['create', 'delete', 'get', 'list', 'update'],
  'connectors.endpointAttachments': ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update'],
  'connectors.entities': ['create', 'delete', 'deleteEntitiesWithConditions', 'get', 'list', 'update', 'updateEntitiesWithConditions'],
  'connectors.entityTypes': ['list'],
  'connectors.eventSubscriptions': ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update'],
  'connectors.eventtypes': ['get', 'list'],
  'connectors.locations': ['get', 'list'],
  'connectors.managedZones': ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update'],
  'connectors.operations': ['cancel', 'delete', 'get', 'list'],
  'connectors.providers': ['get', 'getIamPolicy', 'list', 'setIamPolicy'],
  'connectors.regionalSettings': ['get', 'update'],
  'connectors.resources': ['get', 'list'],
  'connectors.runtimeconfig': ['get'],
  'connectors.schemaMetadata': ['refresh'],
  'connectors.settings': ['get', 'update'],
  'connectors.tools': ['execute', 'list'],
  'connectors.versions': ['get', 'list'],
  'iam.roles': ['get', 'list'],
  'iam.serviceAccounts': ['actAs', 'create', 'delete', 'disable', 'enable', 'get', 'getAccessToken', 'getIamPolicy', 'list', 'setIamPolicy', 'update'],
  'konektor.auditEntries': ['list'],
  'konektor.backups': ['create', 'restore'],
  'konektor.logs': ['get'],
  'konektor.writes': ['get', 'list', 'reconcile'],
  'resourcemanager.projects': ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update'],
  'secretmanager.locations': ['get', 'list'],
  'secretmanager.secrets': ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update'],
  'secretmanager.versions': ['access', 'add', 'destroy', 'disable', 'enable', 'get', 'list'],
  'serviceusage.services': ['disable', 'enable', 'get', 'list', 'use'],
} as const;

type Verbs = typeof VERBS;
export type Permission = { [Resource in keyof Verbs]: `${Resource}.${Verbs[Resource][number]}` }[keyof Verbs];

/** All of them, in alphabetical order. */
export const PERMISSIONS = Object.entries(VERBS).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}.${verb}`)) as readonly Permission[];

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS);

export function isPermission(text: string): text is Permission {
  return KNOWN.has(text);
}

/** The permissions that lie under one of these beginnings: `connectors.actions`, or one whole permission. */
export function permissionsUnder(...beginnings: readonly string[]): readonly Permission[] {
  return PERMISSIONS.filter((permission) => beginnings.some((beginning) => permission === beginning || permission.startsWith(`${beginning}.`)));
}
