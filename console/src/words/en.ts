// The words of the console in English: all that is loaded where English is spoken. Every other language has the same keys: the compiler
// sees to it.
import { reference } from './en/reference.ts';
import { access, audit, running } from './en/access.ts';
import { accounts, projects, secrets, settings } from './en/administration.ts';
import { connectionForm } from './en/connection-form.ts';
import { charts, connection, connectionAudit, edit, log, may, writes } from './en/connection.ts';
import { operations, plan, schema, task } from './en/task.ts';
import { connectionList, wizard } from './en/wizard.ts';

export { told } from './en/told.ts';

export const en = {
  access, accounts, audit, projects, running, secrets, settings,
  connectionForm, connectionList, wizard,
  charts, connection, connectionAudit, edit, log, may, operations, plan, schema, task, writes,
  app: {
    name: 'Konektor',
    skip: 'Skip to the content',
    menu: 'Menu',
    close: 'Close',
    language: 'Language',
    unspoken: 'The words in {{language}} could not be loaded. Try again; where the server was upgraded, reload the page.',
    theme: { label: 'Colours', light: 'Light', dark: 'Dark', system: 'As the system' },
    project: 'Project',
    signOut: 'Sign out',
    signedIn: 'Signed in as {{caller}}',
    notFound: 'There is no such page.',
    home: 'To the connections',
    backTo: 'Back to {{list}}',
  },
  nav: {
    connections: 'Connections', operations: 'Operations', secrets: 'Secrets', serviceAccounts: 'Service accounts', projects: 'Projects',
    access: 'Access', audit: 'Audit', settings: 'Settings', api: 'API',
  },
  signIn: {
    token: 'Token',
    help: 'The administrator\'s token is in the file admin.token of the data folder; others are made with "konektor tokens create".',
    submit: 'Sign in',
    refused: 'Nobody here has this token. It may be mistyped, expired or revoked.',
    empty: 'Give a token.',
    ended: 'Your session has ended. Sign in again to go on where you were; what you typed is kept.',
    beside: 'It opens in a tab of its own. Come back to this one when you are signed in.',
    with: 'Sign in with {{name}}',
    or: 'or with a token',
    outcomes: {
      denied: 'You were not allowed to sign in there.', expired: 'That sign-in took too long, or was begun elsewhere. Begin it anew.',
      refused: 'The server does not believe that sign-in; its log says why.', unavailable: 'The place to sign in does not answer. Try again in a moment.',
    },
  },
  error: {
    title: 'That did not work',
    unreachable: 'The server does not answer. Is it running?', pageNotLoaded: 'This page could not be loaded. Is the server running? It is tried again by itself.',
    asBefore: 'What is shown is from before; it is asked for again.',
    retry: 'Try again',
    request: 'Request {{id}}',
    forbidden: 'You may not see this.',
    signedOut: 'Your session had ended, and nothing was done. You are signed in again: do it once more.',
    services: 'To the services of the project',
  },
  common: {
    search: 'Search', cancel: 'Cancel', delete: 'Delete', save: 'Save', edit: 'Edit', create: 'Create', copy: 'Copy', copied: 'Copied', notCopied: 'The browser does not let this page copy: select the text instead.', asJson: 'As JSON',
    back: 'Back', next: 'Next', done: 'Done', none: 'None', loading: 'Loading', actions: 'Actions', yes: 'Yes', no: 'No', all: 'All',
    rows_one: '{{count, number}} row', rows_other: '{{count, number}} rows', more: 'Show more ({{count, number}})', empty: 'There is nothing here yet.', noMatch: 'Nothing passes the filter.',
    noChoice: 'Nothing here has such a name.', openChoices: 'Show the choices', closeChoices: 'Hide the choices', clearChoice: 'Choose nothing',
    name: 'Name', description: 'Description', status: 'Status', region: 'Region', created: 'Created', updated: 'Updated',
  },
  form: {
    required: 'This is needed.', type: 'This is of another kind.', pattern: 'This does not have the right form.', enum: 'This is none of the choices.', minimum: 'This is too small.',
    maximum: 'This is too large.', short: 'This is too short.', long: 'This is too long.', format: 'This does not have the right form.',
  },
  confirm: { type: 'This cannot be taken back. Type {{name}} to go on.' },
  reference,
  states: {
    ACTIVE: 'Active', CREATING: 'Creating', UPDATING: 'Updating', DELETING: 'Deleting', INACTIVE: 'Suspended', ERROR: 'Error', AUTHORIZATION_REQUIRED: 'Authorization required', REFRESHING: 'Refreshing',
    EXPIRED: 'Expired', REVOKED: 'Revoked',
    ENABLED: 'Enabled', DISABLED: 'Disabled', DESTROYED: 'Destroyed', SUCCEEDED: 'Succeeded', FAILED: 'Failed', UNKNOWN: 'Unknown', NOT_DONE: 'Not done', RUNNING: 'Running', DONE: 'Done',
  },
} as const;

/** The same keys with other texts. */
export type Same<Part> = { readonly [Key in keyof Part]: Part[Key] extends string ? string : Same<Part[Key]> };

/** What every language must say. */
export type Words = Same<typeof en>;
