// Words of projects, secrets, service accounts and settings.
export const projects = {
  id: 'Project ID', create: 'Create project', open: 'Open', idHelp: '6 to 30 lower-case letters, digits and hyphens, a letter first. It stays for good.', nameHelp: 'What people call it; the ID unless given.',
  noneMake: 'There is no project yet. Create one: it comes with its first service account, and its services are enabled.', noneAsk: 'There is no project that you may see. Ask an administrator to give you a role in one.',
  about: 'About', number: 'Project number', labels: 'Labels', labelsHelp: 'One a line: env=prod', goTo: 'Go to', edit: 'Edit project', delete: 'Delete project',
  deletes: 'The project goes at once and for good, with its policies and service accounts. One that has connections or secrets is kept: delete those first.',
  services: 'Services', servicesHelp: 'What is disabled answers no call in this project until it is enabled again.', enable: 'Enable', disable: 'Disable',
  disables: 'Every call to {{service}} in {{project}} will be refused until it is enabled again.',
} as const;

export const secrets = {
  create: 'Create secret', noneMake: 'There is no secret yet. Create one for the API key that your connections are to use.', idHelp: 'Letters, digits, hyphens and underscores. It stays for good.',
  value: 'Value', valueHelp: 'The first version. Leave it empty to add it later.', look: 'Show what is typed', hide: 'Hide what is typed',
  about: 'About', fullName: 'Full name', usedBy: 'Used by', unused: 'No connection of this project names a version of this secret.', connections_one: '{{count, number}} connection', connections_other: '{{count, number}} connections',
  versions: 'Versions', versionsHelp: 'A version never changes. Connections that name the version "latest" take the newest one.', versionHead: 'Version', version: 'Version {{id}}', noVersions: 'There is no version yet. Add one with the value.',
  add: 'Add version', addHelp: 'Typed once: nobody sees it afterwards without the permission to access it.', destroyed: 'Destroyed',
  deeds: { enable: 'Enable', disable: 'Disable', destroy: 'Destroy', look: 'Show value' },
  sure: {
    enable: 'Who names this version may use its value again.', disable: 'Nobody can use its value until it is enabled again. Connections that name it fail.',
    destroy: 'Its value goes for good, from the disk too. Connections that name it fail.',
  },
  valueOf: 'Value of version {{id}}', recorded: 'That you have looked will stand in the audit log. See that nobody looks over your shoulder.', show: 'Show it now',
  access: 'Who may use it', accessHelp: 'Roles on this secret alone; roles on the project hold here too. A connection\'s service account needs Secret Manager Viewer and Secret Manager Secret Accessor.',
  delete: 'Delete secret', deletes_one: 'All its versions go for good. {{count}} connection uses it.', deletes_other: 'All its versions go for good. {{count}} connections use it.',
} as const;

export const accounts = {
  email: 'Email', create: 'Create service account', edit: 'Edit service account', id: 'Account ID', idHelp: '6 to 30 lower-case letters, digits and hyphens. Its email ends with @{{domain}}.',
  noneMake: 'There is no service account yet. Create one for your connections to act as.', runs: 'Connections', unused: 'No connection of this project runs as this account.',
  about: 'About', uniqueId: 'Unique ID', roles: 'Its roles in the project', rolesHelp: 'What this account may do in {{project}}.', access: 'Who may use the account',
  accessHelp: 'Service Account User lets connections act as it, Service Account Token Creator mints tokens for it.', tokensHelp: 'For programs that call as this account.',
  disables_one: 'Its tokens stop working at once, and {{count}} connection that runs as it fails.', disables_other: 'Its tokens stop working at once, and {{count}} connections that run as it fail.',
  delete: 'Delete service account', deletes_one: 'It leaves every policy, its tokens stop working, and {{count}} connection that runs as it fails.', deletes_other: 'It leaves every policy, its tokens stop working, and {{count}} connections that run as it fail.',
} as const;

export const settings = {
  you: 'Signed in', caller: 'As', rights: 'May', everything: 'Everything: administers the installation', asPolicies: 'What policies say', until: 'Token expires', forever: 'Never',
  look: 'Language and colours', lookHelp: 'Kept by this browser.', server: 'Server', project: 'Settings of {{project}}', projectHelp: 'Kept and shown as on the platform; nothing here hangs on them.',
  vpcsc: 'VPC Service Controls', region: 'Settings of a region', regionHelp: 'Kept and shown as on the platform; calls leave from the addresses of this server.', egress: 'Egress addresses',
  egressModes: { AUTO_IP: 'Automatic', STATIC_IP: 'Static' }, encryption: 'Encryption', runtime: 'Runtime', mayNot: 'Changing it needs the permission {{permission}}.',
} as const;
