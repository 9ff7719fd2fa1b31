// Rates that processes share, on both databases; the limiter's own table is a migration's.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSharedRates } from '../../src/storage/shared-rates.ts';
import type { Database } from '../../src/storage/database.ts';
import type { SharedRates } from '../../src/rates/shared.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

/** A window that does not end while a test runs. */
const LONG_MS = 10 ** 12;

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('shared rates on %s', (_name, make) => {
  let place: TestDatabase;
  let databases: readonly Database[];
  let one: SharedRates;
  let other: SharedRates;
  beforeAll(async () => {
    place = await make();
    const first = await place.open();
    // Two processes where there can be two.
    databases = first.kind === 'postgresql' ? [first, await place.open()] : [first];
    one = createSharedRates(first.db);
    other = createSharedRates((databases[1] ?? first).db);
  });
  afterAll(async () => {
    for (const database of databases) await database.close();
    await place.remove();
  });

  it('give out together what there is in a window, and no more', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, (_each, index) => (index % 2 === 0 ? one : other).take('a', 3, 25, LONG_MS)));
    expect(asked.reduce((sum, { granted }) => sum + granted, 0)).toBe(25);
    expect((await other.take('a', 1, 26, LONG_MS)).granted).toBe(0);
    expect((await other.take('b', 1, 26, LONG_MS)).granted).toBe(1);
  });

  it('begin anew with the next window', async () => {
    expect((await one.take('c', 5, 5, 200)).granted).toBeLessThanOrEqual(5);
    await expect.poll(async () => {
      const { granted, nextMs } = await other.take('c', 1, 5, 200);
      expect(nextMs).toBeGreaterThan(0);
      expect(nextMs).toBeLessThanOrEqual(200);
      return granted;
    }, { interval: 20 }).toBe(1);
  });

  it('tell what all said in the window before', async () => {
    // In which of two windows both speak is the clock's affair; what was said is told in the one after.
    await expect.poll(async () => (await one.add('d', 2, 1_000)) + (await other.add('d', 3, 1_000)), { interval: 100 }).toBeGreaterThanOrEqual(10);
    await expect.poll(() => one.add('d', 0, 1_000), { interval: 100 }).toBe(0);
  });

  it('know a number for its lifetime', async () => {
    expect(await one.read('e')).toBeUndefined();
    await one.write('e', 7, 60_000);
    expect(await other.read('e')).toBe(7);
    await other.write('e', 4, 60_000);
    expect(await one.read('e')).toBe(4);
    await one.write('e', 4, 1);
    await expect.poll(() => other.read('e')).toBeUndefined();
  });

  it('take keys of any length and sign', async () => {
    const long = `transactions projects/${'p'.repeat(300)}/locations/l/connections/'"%`;
    expect((await one.take(long, 2, 2, LONG_MS)).granted).toBe(2);
    expect((await other.take(long, 1, 2, LONG_MS)).granted).toBe(0);
    const { rows: [row] } = await sql<{ readonly most: number }>`select max(length(key)) as most from rates`.execute(databases[0]?.db ?? (await place.open()).db);
    expect(row?.most).toBeLessThanOrEqual(255);
  });
});
