// Backups on both databases, and from one to the other.
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginOperation } from '../../src/operations/model.ts';
import { createAuditRepository } from '../../src/storage/audit-repository.ts';
import { backUp } from '../../src/storage/backup.ts';
import { verified, type BackupLine } from '../../src/storage/backup-lines.ts';
import { openAsItIs, type Database } from '../../src/storage/database.ts';
import { migrateTo, NEWEST_LEVEL } from '../../src/storage/migrate.ts';
import { restore } from '../../src/storage/restore.ts';
import { TABLE_NAMES } from '../../src/storage/tables.ts';
import { newDataFolder } from '../data-folders.ts';
import { postgresql } from './databases.ts';
import { fillEmbedded } from './embedded-template.ts';

const NOW = new Date('2026-03-01T00:00:00.000Z');
const FINGERPRINT = 'fingerprint-of-a-key';
type Open = Pick<Database, 'db' | 'kind' | 'close'>;

let folder: string;
let pg: Awaited<ReturnType<typeof postgresql>>;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = newDataFolder();
  pg = await postgresql();
});
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  await pg.remove();
  rmSync(folder, { recursive: true });
});

async function fresh(kind: Database['kind']): Promise<Open> {
  let place: { readonly folder: string } | { readonly url: string } = { folder: join(folder, randomUUID()) };
  if (kind === 'postgresql') {
    const name = `d${randomUUID().replaceAll('-', '')}`;
    const main = await openAsItIs({ url: pg.url });
    await sql`create database ${sql.id(name)}`.execute(main.db);
    await main.close();
    place = { url: pg.url.replace(/konektor$/, name) };
  }
  if ('folder' in place) await fillEmbedded(place.folder);
  const open = await openAsItIs(place);
  closing.push(() => open.close());
  return open;
}

/** Everything that JSON, bytes, large numbers and strange texts can get wrong. */
async function fill({ db }: Open): Promise<void> {
  const name = 'projects/p/locations/l/connections/c';
  await sql`insert into connections (name, parent, etag, body) values (${name}, 'projects/p/locations/l', 'e', ${`{"name":"${name}","odd":"a\u2028b\\nc\\"d\u{1f600}", "exact":12345678901234567890.10,"b":1,  "a":2}`}::json)`.execute(db);
  await sql`insert into projects (id, number, etag, body) values ('p', 9007199254740993, 'e', '{}')`.execute(db);
  await db.insertInto('secrets').values({ name: 'projects/p/secrets/s', project: 'p', create_time: NOW.toISOString(), etag: 'e', body: '{}' }).execute();
  await db.insertInto('secret_versions').values({ secret: 'projects/p/secrets/s', number: 1, state: 'ENABLED', sealed: Buffer.from([0, 1, 92, 255, 10, 13]), create_time: NOW.toISOString(), destroy_time: null, etag: 'e', checksum_given: true }).execute();
  const operation = beginOperation('projects/p/locations/l', 'create', name, NOW);
  await db.insertInto('operations').values({ name: operation.name, parent: 'projects/p/locations/l', done: false, create_time: NOW.toISOString(), body: JSON.stringify(operation) }).execute();
  await db.insertInto('facts').values({ key: 'demo', value: 'yes' }).execute();
  await createAuditRepository(db).append(Array.from({ length: 1_234 }, (_, index) => ({
    time: new Date(NOW.getTime() + index).toISOString(), project: 'p', principal: 'admin', operation: 'o', method: 'm', kind: 'ADMIN_READ' as const, resource: `r/${index}`, code: 'OK', reason: '',
    requestId: String(index), address: '::1', userAgent: '\\ "x"', milliseconds: index, sourceRequestIds: ['req_1'],
  })));
}

async function contentOf({ db }: Open): Promise<Readonly<Record<string, readonly string[]>>> {
  const content: Record<string, readonly string[]> = {};
  for (const table of TABLE_NAMES) {
    const { rows } = await sql<{ readonly row: string }>`select row_to_json(one)::text as row from ${sql.table(table)} as one`.execute(db);
    content[table] = rows.map(({ row }) => row.replace(/"set_at":"[^"]*"/, (text) => `"set_at":${new Date(text.slice(10, -1)).getTime()}`)).toSorted();
  }
  return content;
}

const take = (database: Open): AsyncGenerator<BackupLine> => backUp({ database, keyFingerprint: FINGERPRINT, now: () => NOW, folder });

async function textOf(lines: AsyncIterable<object>): Promise<string> {
  let text = '';
  for await (const line of lines) text += `${JSON.stringify(line)}\n`;
  return text;
}

async function* inPieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1_009) yield bytes.subarray(at, at + 1_009);
}

const load = (database: Open, text: string, more: { readonly force?: boolean; readonly key?: string } = {}): Promise<void> =>
  restore({ db: database.db, keyFingerprint: more.key ?? FINGERPRINT, force: more.force ?? false }, verified(inPieces(text)));

describe('a backup', () => {
  it('moves every row from PGlite to PostgreSQL and back, unchanged', async () => {
    const first = await fresh('embedded');
    await migrateTo(first.db, NEWEST_LEVEL);
    await fill(first);
    const before = await contentOf(first);
    expect(before['audit_entries']).toHaveLength(1_234);
    const moved = await fresh('postgresql');
    await load(moved, await textOf(take(first)));
    expect(await contentOf(moved)).toEqual(before);
    const back = await fresh('embedded');
    await load(back, await textOf(take(moved)));
    expect(await contentOf(back)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.endsWith('.aside')), 'nothing is left aside').toEqual([]);
    for (const place of [moved, back]) {
      await createAuditRepository(place.db).append([{ time: NOW.toISOString(), project: '', principal: '', operation: 'next', method: 'm', kind: 'ADMIN_READ', resource: '', code: 'OK', reason: '', requestId: '', address: '', userAgent: '', milliseconds: 0, sourceRequestIds: [] }]);
      const [newest] = await createAuditRepository(place.db).query({ conditions: [], order: 'newest first', size: 1 });
      expect(newest, 'numbers go on').toMatchObject({ operation: 'next', sequence: 1_235 });
    }
  });

  it('is loaded whatever texts an earlier version let in that the database cannot read', async () => {
    const source = await fresh('embedded');
    await migrateTo(source.db, NEWEST_LEVEL);
    const odd = '{"d":"a\\u0000b \\ud800 \\udc00\\ud800 \\ud83d\\ude00 \\\\u0000 \\n"}';
    await sql`insert into policies (resource, etag, body) values ('projects/p', 'e', ${odd}::json)`.execute(source.db);
    for (const kind of ['embedded', 'postgresql'] as const) {
      const copy = await fresh(kind);
      await load(copy, await textOf(take(source)));
      expect((await copy.db.selectFrom('policies').select('body').executeTakeFirstOrThrow()).body).toEqual({ d: 'a\ufffdb \ufffd \ufffd\ufffd \u{1f600} \\u0000 \n' });
    }
  });

  it.each(['embedded', 'postgresql'] as const)('shows one moment of %s, whatever is written while it is read', async (kind) => {
    const place = await fresh(kind);
    await migrateTo(place.db, NEWEST_LEVEL);
    await fill(place);
    const before = await contentOf(place);
    const lines = take(place);
    const first = await lines.next();
    await place.db.deleteFrom('connections').execute();
    await place.db.insertInto('facts').values({ key: 'later', value: 'x' }).execute();
    await createAuditRepository(place.db).append([{ time: NOW.toISOString(), project: '', principal: '', operation: 'later', method: 'm', kind: 'ADMIN_READ', resource: '', code: 'OK', reason: '', requestId: '', address: '', userAgent: '', milliseconds: 0, sourceRequestIds: [] }]);
    const text = `${JSON.stringify(first.value)}\n${await textOf(lines)}`;
    const copy = await fresh('embedded');
    await load(copy, text);
    expect(await contentOf(copy)).toEqual(before);
    const cut = take(place);
    await cut.next();
    await cut.return(undefined);
    await place.db.deleteFrom('facts').execute();
  });

  it('of an older level is brought to the newest', async () => {
    const old = await fresh('embedded');
    await migrateTo(old.db, '0001-core');
    await sql`insert into connections (name, parent, etag, body) values ('projects/p/locations/l/connections/c', 'projects/p/locations/l', 'e', '{"name":"x"}')`.execute(old.db);
    const row = '{"name":"projects/p/locations/l/connections/c","parent":"projects/p/locations/l","etag":"e","body":{"name":"x","serviceAccount":"a@p.iam.gserviceaccount.com"}}';
    const { sealed } = await import('../../src/storage/backup-lines.ts');
    const text = await textOf(sealed((async function* lines() {
      yield { kind: 'konektor backup' as const, format: 1 as const, level: '0001-core', created: NOW.toISOString(), keyFingerprint: FINGERPRINT };
      yield { table: 'connections', rows: [row] };
    })()));
    const place = await fresh('embedded');
    await load(place, text);
    expect((await place.db.selectFrom('projects').select('id').execute()).map(({ id }) => id), 'what later migrations make of it is there').toEqual(['p']);
    expect(await place.db.selectFrom('connections').select('name').execute()).toHaveLength(1);
  });

  it('is refused where it is damaged, of a newer version, or sealed with another key, and nothing is written', async () => {
    const source = await fresh('embedded');
    await migrateTo(source.db, NEWEST_LEVEL);
    await fill(source);
    const text = await textOf(take(source));
    const lines = text.split('\n');
    const target = await fresh('postgresql');
    const refused = async (altered: string, message: RegExp, key?: string): Promise<void> => {
      await expect(load(target, altered, key === undefined ? {} : { key })).rejects.toThrow(message);
      const { rows } = await sql`select 1 from information_schema.tables where table_schema = 'public'`.execute(target.db);
      expect(rows, String(message)).toEqual([]);
    };
    await refused(text.slice(0, -200), /breaks off/);
    await refused(`${lines.slice(0, -2).join('\n')}\n`, /breaks off before its end/);
    await refused(text.replace('demo', 'dem0'), /altered/);
    await refused(lines.filter((line) => !line.startsWith('{"table":"facts"')).join('\n'), /altered/);
    await refused(`${text}{"table":"facts","rows":[]}\n`, /follows its end/);
    await refused(text.replace(NEWEST_LEVEL, '9999-future'), /newer Konektor/);
    await refused('{"hello":1}\n', /no backup/);
    await refused('\u0000\u0001', /middle of a line/);
    await refused('', /breaks off/);
    await refused(text, /another master key/, 'other');
  });

  it('replaces what is stored only where it is told to, and never under a server', async () => {
    const source = await fresh('embedded');
    await migrateTo(source.db, NEWEST_LEVEL);
    await fill(source);
    const text = await textOf(take(source));
    const server = await pg.open();
    const target = await openAsItIs({ url: pg.url });
    closing.push(() => target.close());
    await expect(load(target, text, { force: true })).rejects.toThrow(/server is running/);
    await server.close();
    await sql`create table somebody_elses (x integer)`.execute(target.db);
    await target.db.insertInto('facts').values({ key: 'mine', value: 'x' }).execute();
    await expect(load(target, text)).rejects.toThrow(/holds something already/);
    await load(target, text, { force: true });
    expect(await contentOf(target)).toEqual(await contentOf(source));
    await sql`select * from somebody_elses`.execute(target.db);
  });
});
