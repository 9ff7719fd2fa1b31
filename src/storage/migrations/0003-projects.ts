// Projects, what service accounts and secrets show of themselves, and the services of projects. Whatever an older folder holds goes on
// working: each project that it names becomes one, each account that a connection acts as is there, and may read the secrets it read.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables as this migration finds and leaves them; later migrations do not change what stands here. */
type Tables = {
  connections: { name: string; body: { readonly serviceAccount?: string } };
  secrets: { name: string; project: string; create_time: string; etag: string | null; body: string | null };
  secret_versions: { secret: string; number: number; etag: string | null; destroy_time: string | null };
  service_accounts: { email: string; project: string; display_name: string; create_time: string; unique_id: string | null; description: string; disabled: boolean };
  projects: { id: string; number: string; etag: string; body: string };
  policies: { resource: string; etag: string; body: string };
};

const ROLES = ['roles/secretmanager.secretAccessor', 'roles/secretmanager.viewer'] as const;

export const projects: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createTable('projects')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('number', 'bigint', (column) => column.notNull().unique())
      .addColumn('etag', 'text', (column) => column.notNull())
      .addColumn('body', 'json', (column) => column.notNull())
      .execute();
    await db.schema.alterTable('service_accounts').addColumn('unique_id', 'text', (column) => column.unique()).execute();
    await db.schema.alterTable('service_accounts').addColumn('description', 'text', (column) => column.notNull().defaultTo('')).execute();
    await db.schema.alterTable('service_accounts').addColumn('disabled', 'boolean', (column) => column.notNull().defaultTo(false)).execute();
    await db.schema.createIndex('service_accounts_project').on('service_accounts').columns(['project', 'email']).execute();
    await db.schema.alterTable('secrets').addColumn('project', 'text', (column) => column.notNull().defaultTo('')).execute();
    await db.schema.alterTable('secrets').addColumn('etag', 'text').execute();
    await db.schema.alterTable('secrets').addColumn('body', 'json').execute();
    await db.schema.alterTable('secret_versions').addColumn('etag', 'text').execute();
    await db.schema.alterTable('secret_versions').addColumn('destroy_time', 'text').execute();
    await db.schema.createIndex('secrets_project').on('secrets').columns(['project', 'name']).execute();
    await db.schema.alterTable('secret_versions').addColumn('checksum_given', 'boolean', (column) => column.notNull().defaultTo(false)).execute();
    await carryOver(db.withTables<Tables>());
    await db.schema.alterTable('secrets').alterColumn('etag', (column) => column.setNotNull()).execute();
    await db.schema.alterTable('secrets').alterColumn('body', (column) => column.setNotNull()).execute();
    await db.schema.alterTable('secret_versions').alterColumn('etag', (column) => column.setNotNull()).execute();
    await db.schema.alterTable('service_accounts').alterColumn('unique_id', (column) => column.setNotNull()).execute();
  },
};

async function carryOver(db: Kysely<Tables>): Promise<void> {
  const at = new Date().toISOString();
  const connections = await db.selectFrom('connections').select(['name', 'body']).execute();
  const secrets = await db.selectFrom('secrets').select('name').execute();
  const accounts = await db.selectFrom('service_accounts').select(['email', 'project']).execute();

  for (const { name } of secrets) {
    const body = JSON.stringify({ replication: { automatic: {} } });
    await db.updateTable('secrets').set({ project: projectOf(name), etag: randomUUID(), body }).where('name', '=', name).execute();
  }
  for (const { secret, number } of await db.selectFrom('secret_versions').select(['secret', 'number']).execute()) {
    await db.updateTable('secret_versions').set({ etag: randomUUID() }).where('secret', '=', secret).where('number', '=', number).execute();
  }
  for (const { email } of accounts) await db.updateTable('service_accounts').set({ unique_id: drawDigits(21) }).where('email', '=', email).execute();

  const ids = new Set([...[...connections, ...secrets].map(({ name }) => projectOf(name)), ...accounts.map(({ project }) => project)]);
  const emails = new Set(accounts.map(({ email }) => email));
  for (const id of ids) {
    const projectNumber = drawDigits(12);
    const body = JSON.stringify({ projectNumber, projectId: id, lifecycleState: 'ACTIVE', name: id, createTime: at });
    await db.insertInto('projects').values({ id, number: projectNumber, etag: randomUUID(), body }).execute();
    const acted = connections.filter(({ name }) => projectOf(name) === id).map(({ body: { serviceAccount } }) => serviceAccount ?? '');
    const own = `@${id}.iam.gserviceaccount.com`;
    for (const email of new Set([`connections${own}`, ...acted.filter((one) => one.endsWith(own))])) {
      if (emails.has(email)) continue;
      await db.insertInto('service_accounts').values({
        email, project: id, display_name: '', create_time: at, unique_id: drawDigits(21), description: '', disabled: false,
      }).execute();
    }
  }
  await grant(db, connections, new Set(secrets.map(({ name }) => name)));
}

/** Before roles were asked for, every connection read its secret: those that are there may go on. */
async function grant(db: Kysely<Tables>, connections: readonly { readonly body: Tables['connections']['body'] }[], there: ReadonlySet<string>): Promise<void> {
  const members = new Map<string, Set<string>>();
  for (const { body } of connections) {
    if (body.serviceAccount === undefined) continue;
    for (const [, secret = ''] of JSON.stringify(body).matchAll(/"secretVersion":"(projects\/[^/"]+\/secrets\/[^/"]+)\/versions\//g)) {
      if (there.has(secret)) members.set(secret, (members.get(secret) ?? new Set()).add(`serviceAccount:${body.serviceAccount}`));
    }
  }
  for (const [resource, found] of members) {
    const etag = randomBytes(8).toString('base64');
    const body = JSON.stringify({ version: 1, etag, bindings: ROLES.map((role) => ({ role, members: [...found].toSorted() })) });
    await db.insertInto('policies').values({ resource, etag, body }).execute();
  }
}

function projectOf(name: string): string {
  return name.split('/')[1] ?? '';
}

/** A number of so many digits, the first of them not 0, as text. */
function drawDigits(count: number): string {
  return Array.from({ length: count }, (_, index) => String(randomInt(index === 0 ? 1 : 0, 10))).join('');
}
