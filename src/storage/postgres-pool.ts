// Connections to PostgreSQL that say, in the one form errors have here, when the database cannot be reached: a caller may then
// try again, where any other failure of SQL is a fault of ours.
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { StatusError } from '../errors/status-error.ts';

const MOST_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const RETRY_AFTER_MS = 1_000;

/** Classes and codes of SQLSTATE that mean the server is going, gone or full; and what the network says. */
const UNREACHABLE = /^(08\w{3}|57P0[1-4]|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;
const BROKEN = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Tells an unreachable database from everything else that an error may mean. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Several addresses of one name fail together.
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  return ('code' in error && typeof error.code === 'string' && UNREACHABLE.test(error.code)) || BROKEN.test(error.message);
}

async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isUnreachable(cause)) throw cause;
    throw new StatusError('UNAVAILABLE', 'DATABASE_UNAVAILABLE', { message: 'The database cannot be reached.', retryAfterMs: RETRY_AFTER_MS, cause });
  }
}

/** A pool as Kysely wants it. Failures to reach the database are StatusError UNAVAILABLE. */
export function createPostgresPool(url: string): PostgresPool {
  const pool = new pg.Pool({ connectionString: url, max: MOST_CONNECTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true });
  // Without a listener a connection that the server drops while idle would end the process.
  pool.on('error', () => undefined);
  return {
    options: pool.options,
    connect: () => telling(async () => toldClient(await pool.connect())),
    end: () => pool.end(),
  };
}

function toldClient(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  // A connection that breaks while a transaction holds it tells so here first.
  const onError = (): void => { broken = true; };
  client.on('error', onError);
  const query = <R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> =>
    telling(async () => {
      const { command, rowCount, rows } = await client.query(sql, [...parameters]);
      return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows: rows as R[] };
    });
  return {
    query: query as PostgresPoolClient['query'],
    release(destroy) {
      client.off('error', onError);
      client.release(destroy === true || broken);
    },
  };
}
