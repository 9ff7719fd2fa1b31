// Rates that several processes keep together, counted by rate-limiter-flexible in a table of this database. Windows begin at the
// same moments everywhere, by the clocks of the machines; what has expired is deleted by the limiter itself.
import { createHash } from 'node:crypto';
import { CompiledQuery, type Kysely } from 'kysely';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { SharedRates } from '../rates/shared.ts';
import type { Schema } from './schema.ts';

const TABLE = 'rates';
const LONGEST_KEY = 200;
/** More than any limit: how much there is in a window is known to who takes from it, since it may change. */
const NO_LIMIT = 2_000_000_000;

export function createSharedRates(db: Kysely<Schema>): SharedRates {
  // The limiter speaks to whatever answers as a client of PostgreSQL does.
  const storeClient = {
    async query({ text, values }: { readonly text: string; readonly values: readonly unknown[] }) {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
      return { rows, rowCount: rows.length };
    },
  };
  const limiter = new RateLimiterPostgres({ storeClient, storeType: 'client', tableName: TABLE, tableCreated: true, keyPrefix: '', points: NO_LIMIT, duration: 1 });

  return {
    async take(key, wanted, most, windowMs) {
      const now = Date.now();
      const end = windowEnd(now, windowMs);
      const { consumedPoints } = await limiter.consume(nameOf(key), wanted, { customDuration: (end - now) / 1_000 });
      return { granted: Math.max(0, Math.min(wanted, most - (consumedPoints - wanted))), nextMs: end - now };
    },

    async add(key, amount, windowMs) {
      const now = Date.now();
      const end = windowEnd(now, windowMs);
      const number = Math.round(end / windowMs);
      // Two keys take turns, so that what was said in the window before can still be read in this one.
      await limiter.consume(nameOf(`${key} ${number % 2}`), Math.round(amount), { customDuration: (end + windowMs - now) / 1_000 });
      return (await limiter.get(nameOf(`${key} ${(number + 1) % 2}`)))?.consumedPoints ?? 0;
    },

    async read(key) {
      return (await limiter.get(nameOf(key)))?.consumedPoints;
    },

    async write(key, value, lifetimeMs) {
      await limiter.set(nameOf(key), value, lifetimeMs / 1_000);
    },
  };
}

/** By the clock of the machine: windows of one length begin everywhere at the same moments. */
function windowEnd(now: number, windowMs: number): number {
  return (Math.floor(now / windowMs) + 1) * windowMs;
}

/** The column holds 255 characters; names of connections and endpoints may be longer. */
function nameOf(key: string): string {
  return key.length <= LONGEST_KEY ? key : `${key.slice(0, 100)} ${createHash('sha256').update(key).digest('base64url')}`;
}
