import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbedded, type EmbeddedDatabase } from './embedded.ts';

let folder: string;
let database: EmbeddedDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'konektor-embedded-'));
  database = await startEmbedded(join(folder, 'data'));
  await database.exec('create table things (id int primary key, at timestamptz(3), bytes bytea, facts json); create table others (id int)');
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

it('gives values as they were stored', async () => {
  const at = new Date('2026-01-02T03:04:05.678Z');
  await database.query('insert into things values ($1, $2, $3, $4)', [1, at, Uint8Array.of(0, 255), JSON.stringify({ a: [1, null] })]);
  const { rows } = await database.query('select * from things where id = $1', [1]);
  expect(rows).toEqual([{ id: 1, at, bytes: Uint8Array.of(0, 255), facts: { a: [1, null] } }]);
});

it('tells what PostgreSQL said of a failure', async () => {
  await database.query('insert into things (id) values (2)');
  await expect(database.query('insert into things (id) values (2)')).rejects.toMatchObject({ code: '23505', constraint: 'things_pkey' });
});

it('keeps others out of a transaction, and nothing of one that fails', async () => {
  const begun = Promise.withResolvers<void>();
  const failing = database.transaction(async (transaction) => {
    await transaction.query('insert into others values (1)');
    begun.resolve();
    await new Promise((rested) => setTimeout(rested, 30));
    throw new Error('no');
  });
  await begun.promise;
  const counted = database.query<{ count: number }>('select count(*)::int as count from others');
  await expect(failing).rejects.toThrow('no');
  expect((await counted).rows).toEqual([{ count: 0 }]);
  await database.transaction((transaction) => transaction.query('insert into others values (2)'));
  expect((await database.query('select id from others')).rows).toEqual([{ id: 2 }]);
});

it('hears what a transaction told once it is there', async () => {
  const heard: string[] = [];
  const stop = await database.listen('news', (payload) => heard.push(payload));
  await database.transaction(async (transaction) => {
    await transaction.query("select pg_notify('news', 'x')");
    expect(heard).toEqual([]);
  });
  await expect.poll(() => heard).toEqual(['x']);
  await stop();
  await database.query("select pg_notify('news', 'y')");
  await database.query('select 1');
  expect(heard).toEqual(['x']);
});

it('leaves this thread free while it works', async () => {
  let turns = 0;
  const timer = setInterval(() => { turns += 1; }, 1);
  await database.query('select count(*) from generate_series(1, 3000000)');
  clearInterval(timer);
  // Were the work done here there would be no turn in between, however long it took.
  expect(turns).toBeGreaterThan(0);
});

it('keeps a process alive for its work, and not for itself', () => {
  const program = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
    const database = await startEmbedded(${JSON.stringify(join(folder, 'other'))});
    console.log((await database.query('select 7 as n')).rows[0].n);`;
  const { status, stdout } = spawnSync(process.execPath, ['--liftoff-only', '--input-type=module', '-e', program], { encoding: 'utf8', timeout: 50_000 });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '7\n' });
});
