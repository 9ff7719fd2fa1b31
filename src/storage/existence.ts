// Whether a resource that can have a policy is there, by the form of its name. Secrets may be kept elsewhere: they are asked
// of who knows.
import type { Kysely } from 'kysely';
import type { AccountState } from '../iam/account-states.ts';
import type { Schema } from './schema.ts';

interface Place {
  readonly form: RegExp;
  /** Looks for what the form's parts name. */
  readonly isThere: (db: Kysely<Schema>, resource: string, ...parts: readonly string[]) => Promise<boolean>;
}

const PLACES: readonly Place[] = [
  {
    form: /^projects\/([^/]+)$/,
    isThere: async (db, _resource, id = '') => (await db.selectFrom('projects').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
  },
  {
    form: /^projects\/([^/]+)\/serviceAccounts\/([^/]+)$/,
    isThere: async (db, _resource, project = '', email = '') =>
      (await db.selectFrom('service_accounts').select('email').where('email', '=', email).where('project', '=', project).executeTakeFirst()) !== undefined,
  },
  {
    form: /^projects\/[^/]+\/locations\/[^/]+\/connections\/[^/]+$/,
    isThere: async (db, name) => (await db.selectFrom('connections').select('name').where('name', '=', name).executeTakeFirst()) !== undefined,
  },
  {
    // Every project sees every provider.
    form: /^projects\/([^/]+)\/locations\/[^/]+\/providers\/[^/]+$/,
    isThere: async (db, _resource, id = '') => (await db.selectFrom('projects').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
  },
];

const SECRET = /^projects\/[^/]+\/secrets\/[^/]+$/;

/** @returns a function that tells whether a resource is there; what has no policy is not. */
export function createExistence(db: Kysely<Schema>, secretExists: (name: string) => Promise<boolean>): (resource: string) => Promise<boolean> {
  return async (resource) => {
    if (SECRET.test(resource)) return secretExists(resource);
    for (const { form, isThere } of PLACES) {
      const parts = form.exec(resource);
      if (parts !== null) return isThere(db, resource, ...parts.slice(1));
    }
    return false;
  };
}

/** @returns a function that tells whether a service account is there and may be used. */
export function createAccountCheck(db: Kysely<Schema>): (email: string) => Promise<AccountState> {
  return async (email) => {
    const row = await db.selectFrom('service_accounts').select('disabled').where('email', '=', email).executeTakeFirst();
    return row === undefined ? 'MISSING' : row.disabled ? 'DISABLED' : 'ENABLED';
  };
}
