// The resources of the API in the order in which they are described, each in a sentence.

export const TAGS: Readonly<Record<string, string>> = {
  entities: 'Rows of the source: list, get, create, update, delete.',
  entityTypes: 'Which kinds of rows a connection has, and their columns.',
  actions: 'Functions of the source that are no create, read, update or delete.',
  integrations: 'The Connectors task: an operation of a connection from flat inputs.',
  tools: 'A connection as tools for models.',
  resources: 'Resources of a connection for models.',
  connections: 'A connector made usable: which account, which secret, which settings; its status, policy and diagnosis.',
  operations: 'What was begun by a call and takes longer than it.',
  writes: 'The journal of writes: what was sent to the source under which key, and how it ended.',
  connectionSchemaMetadata: 'What a connection offers, as the management API shows it.',
  runtimeEntitySchemas: 'Entity types with columns and JSON Schemas, as the management API shows them.',
  runtimeActionSchemas: 'Actions with inputs, results and JSON Schemas, as the management API shows them.',
  locations: 'Regions in which connections may be made.',
  providers: 'Who provides connectors.',
  connectors: 'The connectors that there are.',
  versions: 'Versions of connectors, with the templates that connections are made after.',
  settings: 'Settings of a project.',
  regionalSettings: 'Settings of a project in a region.',
  runtimeConfig: 'Where the runtime of a region is.',
  projects: 'What everything else belongs to.',
  services: 'Which services a project has enabled.',
  serviceAccounts: 'Whom connections act as.',
  roles: 'What a policy may bind: lists of permissions.',
  secrets: 'Names under which values are kept; as Secret Manager has them.',
  secretVersions: 'The values of secrets, which never change.',
  tokens: 'Bearer tokens that are minted here.',
  auditEntries: 'Who did what to which resource, and how it ended.',
  backup: 'Everything that is stored.',
  server: 'The server itself, and what machines ask it.',
  eventSubscriptions: 'Subscriptions to events of the source.',
  eventtypes: 'Events of a connector.',
  customConnectors: 'Connectors of one\'s own, as the platform takes them.',
  customConnectorVersions: 'Versions of connectors of one\'s own.',
  endUserAuthentications: 'How end users authenticate themselves.',
  endpointAttachments: 'Ways from the platform\'s network to private services.',
  managedZones: 'Private DNS of the platform\'s network.',
};

/** `connections` of `connections.create`. */
export function tagOf(id: string): string {
  return id.split('.')[0] ?? id;
}
