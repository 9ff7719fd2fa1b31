// A database that goes away and comes back: callers are told so, and nothing needs a restart.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tellChange } from '../../src/storage/changes.ts';
import type { Database } from '../../src/storage/database.ts';
import { createFactRepository } from '../../src/storage/fact-repository.ts';
import { postgresql, type TestPostgres } from './databases.ts';

let place: TestPostgres;
let database: Database;
beforeAll(async () => {
  place = await postgresql();
  database = await place.open();
});
afterAll(async () => {
  await database.close();
  await place.remove();
});

it('is told as UNAVAILABLE while it is gone, works when it is back, and events that may have been missed are told as such', async () => {
  const facts = createFactRepository(database.db);
  const events: (string | undefined)[] = [];
  database.changes.on('project', (key) => void events.push(key));
  await facts.set('a', '1');
  await tellChange(database.db, 'project', 'projects/p');
  await expect.poll(() => events).toEqual(['projects/p']);

  const cut = database.db.transaction().execute(async (trx) => {
    await trx.insertInto('facts').values({ key: 'b', value: '1' }).execute();
    await sql`select pg_sleep(10)`.execute(trx);
  });
  const told = expect(cut).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE' });
  await place.stop();
  await told;
  await expect(facts.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE' });

  await place.start();
  expect(await facts.get('a')).toBe('1');
  expect(await facts.get('b')).toBeUndefined();
  await expect.poll(() => events).toEqual(['projects/p', undefined]);
  await tellChange(database.db, 'project', 'projects/q');
  await expect.poll(() => events).toEqual(['projects/p', undefined, 'projects/q']);
});

it('tells other failures of SQL as they are', async () => {
  await expect(sql`select nothing from nowhere`.execute(database.db)).rejects.toMatchObject({ code: '42P01' });
});
