// Words of the list of connections, and of the wizard that makes one.
export const connectionList = {
  title: 'Connections', create: 'Create new', nodes: 'Nodes', nodesOf: 'now / minimum / maximum', unlimited: 'no limit', calls: 'Calls', errors: 'Errors', lately: 'in the last five minutes', connector: 'Connector',
  none: 'There are no connections in this project yet.', noneHelp: 'A connection names a Stripe account and the secret that holds its key. Callers never see the key.',
  actionsOf: 'Actions on {{name}}', suspend: 'Suspend', resume: 'Resume', duplicate: 'Duplicate', remove: 'Delete',
  removeTitle: 'Delete {{name}}?', removeText: 'Integrations that call through it will fail. The secret with its key stays.',
} as const;

export const wizard = {
  title: 'Create connection', titleLike: 'Create connection like {{name}}',
  mayNot: 'Creating a connection needs the permission {{permission}} on the project.',
  steps: { location: 'Location', details: 'Connection details', authentication: 'Authentication', review: 'Review' },
  stepOf: 'Step {{number}} of {{count}}', hasFaults: 'Something is to be mended here.', leave: 'Cancel',
  create: 'Create', save: 'Save and try again', unsaid: 'not set', more: 'Other settings',
  faults: 'This would be refused:', warnings: 'Kept, and not used:', unused: 'The connector has no variable {{name}}.', unusedMeant: 'The connector has no variable {{name}}; {{meant}} may be meant.', like: 'The connection that is copied could not be read.',
  writtenAs: 'The same for other places', forms: { terraform: 'Terraform', command: 'konektor', json: 'JSON', curl: 'curl' },
  writtenHelp: 'Nothing secret is in it: connections name versions of secrets.',
  making: 'The connection is made and tried out…', made: 'The connection works.', failed: 'The connection was made, and does not work.', ended: 'The connection is there.',
  open: 'Open the connection', list: 'To the connections', mend: 'Mend it',
} as const;
