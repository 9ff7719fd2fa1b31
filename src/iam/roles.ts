// The roles that a policy may bind: the platform's own with their permissions, as far as this server has what they are
// about, and ours under `roles/konektor.`.
import { PERMISSIONS, permissionsUnder as under, type Permission } from './permissions.ts';

export interface Role {
  readonly title: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
}

const SEE_PROJECTS: readonly Permission[] = ['resourcemanager.projects.get', 'resourcemanager.projects.list'];
const SEE_LOCATIONS: readonly Permission[] = ['connectors.locations.get', 'connectors.locations.list'];

const verbOf = (permission: string): string => permission.slice(permission.lastIndexOf('.') + 1);
const reads = (permissions: readonly Permission[]): readonly Permission[] => permissions.filter((permission) => ['get', 'getIamPolicy', 'list'].includes(verbOf(permission)));
const without = (permissions: readonly Permission[], ...taken: readonly string[]): readonly Permission[] => permissions.filter((permission) => !taken.includes(permission));

const connectorsReads = [
  ...reads(under('connectors')).filter((permission) => !/^connectors\.(actions|entities|entityTypes|resources|tools)\./.test(permission)),
  ...under('connectors.connections.generateOpenAPISpec', 'connectors.connections.getConnectionSchemaMetadata', 'connectors.connections.getRuntimeActionSchema', 'connectors.connections.getRuntimeEntitySchema'),
];
/** Administration of one kind of resource of connectors, and the look at it. */
const admin = (...resources: readonly string[]): readonly Permission[] => [...under(...resources), ...under('connectors.operations.get', 'connectors.operations.list'), ...SEE_LOCATIONS, ...SEE_PROJECTS];
const viewer = (...resources: readonly string[]): readonly Permission[] => [...reads(under(...resources)), ...SEE_LOCATIONS, ...SEE_PROJECTS];

const tokenMinting = 'iam.serviceAccounts.getAccessToken';
const allOfAProject = without(PERMISSIONS, 'resourcemanager.projects.create', tokenMinting, ...under('konektor.backups'));
const withoutSharing = allOfAProject.filter((permission) => verbOf(permission) !== 'setIamPolicy');

const TABLE = {
  'roles/connectors.admin': {
    title: 'Connector Admin', description: 'Everything about connections, their rows and actions.',
    permissions: [...without(under('connectors'), 'connectors.connections.listenEvent'), ...under('konektor.logs', 'konektor.writes'), ...SEE_PROJECTS, 'secretmanager.secrets.getIamPolicy'],
  },
  'roles/connectors.viewer': {
    title: 'Connectors Viewer', description: 'Sees connections and what they offer, but none of their rows.',
    permissions: [...connectorsReads, ...reads(under('konektor.writes')), ...SEE_PROJECTS],
  },
  'roles/connectors.invoker': {
    title: 'Connector Invoker', description: 'Reads and writes rows and runs actions through connections; does not see the connections themselves.',
    permissions: under(
      'connectors.actions', 'connectors.entities', 'connectors.entityTypes', 'connectors.resources', 'connectors.tools',
      'connectors.connections.executeSqlQuery', 'connectors.connections.executeHttpRequest',
    ),
  },
  'roles/connectors.listener': {
    title: 'Connectors Listener', description: 'Sends events to connections.',
    permissions: under('connectors.connections.listenEvent'),
  },
  'roles/connectors.customConnectorAdmin': {
    title: 'Custom Connector Admin', description: 'Everything about custom connectors.',
    permissions: admin('connectors.customConnectors', 'connectors.customConnectorVersions'),
  },
  'roles/connectors.customConnectorViewer': {
    title: 'Custom Connector Viewer', description: 'Sees custom connectors.',
    permissions: viewer('connectors.customConnectors', 'connectors.customConnectorVersions'),
  },
  'roles/connectors.endpointAttachmentAdmin': {
    title: 'Endpoint Attachment Admin', description: 'Everything about endpoint attachments.',
    permissions: admin('connectors.endpointAttachments'),
  },
  'roles/connectors.endpointAttachmentViewer': {
    title: 'Endpoint Attachment Viewer', description: 'Sees endpoint attachments.',
    permissions: viewer('connectors.endpointAttachments'),
  },
  'roles/connectors.managedZoneAdmin': {
    title: 'Managed Zone Admin', description: 'Everything about managed zones.',
    permissions: admin('connectors.managedZones'),
  },
  'roles/connectors.managedZoneViewer': {
    title: 'Managed Zone Viewer', description: 'Sees managed zones.',
    permissions: viewer('connectors.managedZones'),
  },
  'roles/connectors.eventSubscriptionAdmin': {
    title: 'Event Subscription Admin', description: 'Everything about event subscriptions.',
    permissions: admin('connectors.eventSubscriptions', 'connectors.eventtypes'),
  },
  'roles/connectors.eventSubscriptionViewer': {
    title: 'Event Subscription Viewer', description: 'Sees event subscriptions.',
    permissions: viewer('connectors.eventSubscriptions', 'connectors.eventtypes'),
  },

  'roles/secretmanager.admin': {
    title: 'Secret Manager Admin', description: 'Everything about secrets, their values included.',
    permissions: [...under('secretmanager'), ...SEE_PROJECTS],
  },
  'roles/secretmanager.viewer': {
    title: 'Secret Manager Viewer', description: 'Sees secrets and their versions, never a value.',
    permissions: [...reads(under('secretmanager')), ...SEE_PROJECTS],
  },
  'roles/secretmanager.secretAccessor': {
    title: 'Secret Manager Secret Accessor', description: 'Reads the values of secrets.',
    permissions: ['secretmanager.versions.access', ...SEE_PROJECTS],
  },
  'roles/secretmanager.secretVersionAdder': {
    title: 'Secret Manager Secret Version Adder', description: 'Adds versions to secrets.',
    permissions: ['secretmanager.versions.add', ...SEE_PROJECTS],
  },
  'roles/secretmanager.secretVersionManager': {
    title: 'Secret Manager Secret Version Manager', description: 'Adds, enables, disables and destroys versions of secrets.',
    permissions: [...without(under('secretmanager.versions'), 'secretmanager.versions.access'), ...SEE_PROJECTS],
  },

  'roles/iam.serviceAccountUser': {
    title: 'Service Account User', description: 'Lets connections act as service accounts.',
    permissions: ['iam.serviceAccounts.actAs', 'iam.serviceAccounts.get', 'iam.serviceAccounts.list', ...SEE_PROJECTS],
  },
  'roles/iam.serviceAccountTokenCreator': {
    title: 'Service Account Token Creator', description: 'Mints tokens for service accounts.',
    permissions: ['iam.serviceAccounts.get', tokenMinting, 'iam.serviceAccounts.list'],
  },
  'roles/iam.serviceAccountAdmin': {
    title: 'Service Account Admin', description: 'Creates and manages service accounts.',
    permissions: [...without(under('iam.serviceAccounts'), 'iam.serviceAccounts.actAs', tokenMinting), ...SEE_PROJECTS],
  },
  'roles/iam.serviceAccountViewer': {
    title: 'View Service Accounts', description: 'Sees service accounts and their policies.',
    permissions: [...reads(under('iam.serviceAccounts')), ...SEE_PROJECTS],
  },

  'roles/serviceusage.serviceUsageAdmin': {
    title: 'Service Usage Admin', description: 'Enables and disables services.',
    permissions: under('serviceusage.services'),
  },
  'roles/serviceusage.serviceUsageViewer': {
    title: 'Service Usage Viewer', description: 'Sees which services are enabled.',
    permissions: reads(under('serviceusage.services')),
  },
  'roles/resourcemanager.projectIamAdmin': {
    title: 'Project IAM Admin', description: 'Reads and sets the policies of projects.',
    permissions: ['resourcemanager.projects.get', 'resourcemanager.projects.getIamPolicy', 'resourcemanager.projects.setIamPolicy'],
  },

  'roles/owner': {
    title: 'Owner', description: 'Everything in a project but minting tokens for its service accounts.',
    permissions: allOfAProject,
  },
  'roles/editor': {
    title: 'Editor', description: 'Everything in a project but its policies, its deletion, its audit log and the values of its secrets.',
    permissions: without(withoutSharing, 'secretmanager.versions.access', 'resourcemanager.projects.delete', 'konektor.auditEntries.list'),
  },
  'roles/viewer': {
    title: 'Viewer', description: 'Sees what is in a project, but no rows and no values.',
    permissions: [...connectorsReads, ...reads(under('konektor.writes')), ...reads(under('iam', 'resourcemanager', 'secretmanager', 'serviceusage'))],
  },

  'roles/konektor.rowsViewer': {
    title: 'Rows Viewer', description: 'Reads rows through connections, and changes nothing: for reports, and for agents that are to read alone.',
    permissions: under(
      'connectors.entities.get', 'connectors.entities.list', 'connectors.entityTypes', 'connectors.actions.list', 'connectors.tools', 'connectors.resources',
    ),
  },
  'roles/konektor.logViewer': {
    title: 'Log Viewer', description: 'Reads the logs of connections, which from verbosity 3 on hold rows.',
    permissions: ['konektor.logs.get'],
  },
  'roles/konektor.auditViewer': {
    title: 'Audit Viewer', description: 'Reads the audit log of a project.',
    permissions: ['konektor.auditEntries.list'],
  },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof TABLE;

export const ROLES: Readonly<Record<RoleName, Role>> = TABLE;

/** A role by its name, where there is one. */
export function findRole(name: string): Role | undefined {
  return isRoleName(name) ? ROLES[name] : undefined;
}

function isRoleName(name: string): name is RoleName {
  return Object.hasOwn(ROLES, name);
}
