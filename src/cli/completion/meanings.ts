// What stands behind the names of arguments and options: which of the things that a server, or this machine, can be asked for.

/** `inputs` are those of an action. */
export type Asked =
  | 'connections' | 'entityTypes' | 'actions' | 'columns' | 'inputs' | 'projects' | 'locations' | 'secrets' | 'serviceAccounts' | 'services' | 'roles' | 'connectors' | 'operations' | 'contexts'
  | 'providers' | 'secretVersions' | 'rows' | 'rowNames' | 'rowParameters' | 'permissions';

/** One of them, several with commas, one with `=` behind it, or the beginning of a condition. */
export type Form = 'one' | 'list' | 'pair' | 'filter';

export interface Meaning {
  readonly asked: Asked;
  readonly form: Form;
}

export type Files = 'files' | 'folders';

const one = (asked: Asked): Meaning => ({ asked, form: 'one' });

/** By the names of arguments, as help shows them. */
export const OF_ARGUMENTS: Readonly<Record<string, Meaning | Files>> = {
  connection: one('connections'), connections: one('connections'), entity: one('entityTypes'), entityType: one('entityTypes'), type: one('entityTypes'), action: one('actions'), project: one('projects'), location: one('locations'),
  secret: one('secrets'), account: one('serviceAccounts'), service: one('services'), context: one('contexts'), role: one('roles'), connector: one('connectors'), operation: one('operations'), provider: one('providers'), version: one('secretVersions'), row: one('rows'), permission: one('permissions'), file: 'files', path: 'files', folder: 'folders',
};

/** By the long flags of options. */
export const OF_OPTIONS: Readonly<Record<string, Meaning | Files>> = {
  '--connection': one('connections'), '--context': one('contexts'), '--project': one('projects'), '--location': one('locations'), '--service-account': one('serviceAccounts'), '--secret': one('secrets'), '--role': one('roles'), '--provider': one('providers'), '--permission': one('permissions'), '--region': one('locations'), '--reader': one('serviceAccounts'),
  '--path': { asked: 'rowNames', form: 'pair' }, '--query': { asked: 'rowParameters', form: 'pair' },
  '--columns': { asked: 'columns', form: 'list' }, '--sort': { asked: 'columns', form: 'list' }, '--set': { asked: 'columns', form: 'pair' }, '--filter': { asked: 'columns', form: 'filter' },
  '--connector': one('connectors'), '--entities': { asked: 'entityTypes', form: 'list' }, '--actions': { asked: 'actions', form: 'list' }, '--token-file': 'files', '--restricted-keys': 'files',
  '--input': { asked: 'inputs', form: 'pair' }, '--file': 'files', '--data': 'files', '--to': 'folders',
};
