// Words of access, operations and the audit log.
export const access = {
  policy: 'Roles in the project', policyHelp: 'Who may do what in this project and in everything in it.', tokens: 'Tokens', roles: 'Roles', rolesHelp: 'What there is to grant. Search by a permission to find the roles that hold it.',
  member: 'Member', memberHelp: 'user:ani@example.com, group:ops@example.com, domain:example.com, serviceAccount:…, principal://issuer/subject, allAuthenticatedUsers', role: 'Role', roleHelp: 'What the member shall be allowed.', permissions: 'Permissions',
  grant: 'Grant role', grantOn: 'Grant a role on {{resource}}', revoke: 'Revoke', revokes: '{{member}} will no longer hold {{role}} on {{resource}}.', holdsNone: 'This account holds no role here. Grant one.', noGrants: 'Nobody holds a role here. Grant one.',
  tokensHelp: 'Your own. A token can do what you can, and is shown once, when it is minted.', tokensHelpAll: 'Those of everybody: you administer the installation. A token is shown once, when it is minted.',
  mint: 'Mint token', minted: 'The token', token: 'Token', shownOnce: 'Copy it now: it is shown this once. Only its hash is kept.', whoseAny: 'Whose it shall be: user:ani@example.com, serviceAccount:…', whoseOwn: 'Leave it empty for yourself, or name a service account that you may mint for.',
  tokenName: 'What it is for', tokenNameHelp: 'So that you know it again in the list: laptop, nightly job', lifetime: 'Lifetime', usual: 'The server\'s usual',
  lifetimes: { '3600s': '1 hour', '86400s': '1 day', '604800s': '7 days', '2592000s': '30 days', '7776000s': '90 days', '31536000s': '1 year' },
  expires: 'Expires', createdBy: 'Minted by', forget: 'Forget', noTokens: 'There is no token here. Mint one.', revokesToken: 'The token {{name}} of {{member}} stops working at once. Its record stays.', forgetsToken: 'The record of the token {{name}} of {{member}} will be gone.',
} as const;

export const running = {
  started: 'Started', ended: 'Ended', took: 'took {{seconds}} s', verb: 'Kind', verbs: { create: 'Create', update: 'Update', delete: 'Delete' }, target: 'Target', operation: 'Operation', search: 'Search: target',
  none: 'There is no operation yet. Creating or changing a connection begins one.', title: '{{verb}}: {{target}}', about: 'About', response: 'Response', cancellation: 'End was asked for',
  connection: 'Connection', revision: 'Revision', nothing: 'There is nothing to tell: it was removed.', other: 'What was changed is as it was asked for.',
  cancel: 'Cancel operation', cancels: 'It is asked to end. It may succeed all the same; what has been done stays.', forget: 'Forget operation', forgets: 'The record of the operation will be gone. What it did stays.',
} as const;

export const audit = {
  time: 'Time', caller: 'Caller', nobody: 'nobody known', row: 'Call', resource: 'Resource', installation: 'the installation', outcome: 'Outcome', failed: 'Everything that failed', from: 'From', to: 'Until', clear: 'Clear the search',
  none: 'No call passes the search.', export: 'Export as lines', everywhere: 'All projects', method: 'Method', kind: 'Kind', took: 'Took', request: 'Request', address: 'Address', agent: 'Program', sourceRequests: 'Calls to the source',
} as const;
