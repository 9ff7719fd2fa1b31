// The thread of the embedded database: runs PGlite and answers the messages of `embedded.ts`, and knows nothing else.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Transaction } from '@electric-sql/pglite';

export type ThreadRequest = { readonly id: number } & (
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[]; readonly transaction: number | undefined }
  | { readonly kind: 'exec'; readonly sql: string }
  | { readonly kind: 'begin' | 'commit' | 'rollback'; readonly transaction: number }
  | { readonly kind: 'listen'; readonly channel: string }
);

export type ThreadReply =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  /** `facts`: what PostgreSQL says of an error beside its message: its code, the constraint, and so on. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly kind: 'heard'; readonly channel: string; readonly payload: string };

interface Open {
  readonly transaction: Transaction;
  readonly end: PromiseWithResolvers<void>;
  readonly ended: Promise<void>;
}

const port = parentPort;
if (port === null) throw new Error('This file is a thread of the server and not run by itself.');
const say = (reply: ThreadReply): void => port.postMessage(reply);
const { folder } = workerData as { readonly folder: string };

// Less shared memory keeps an idle server small; the tables here are small too. A file of the log that is kept to be written
// again would keep what it holds: destroyed secrets among it.
const opening = PGlite.create({ dataDir: folder, postgresqlconf: ['shared_buffers = 4MB', 'wal_recycle = off'] });
opening.catch(() => undefined);
const open = new Map<number, Open>();

async function begin(number: number): Promise<void> {
  const pglite = await opening;
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const ended = pglite.transaction(async (transaction) => {
    open.set(number, { transaction, end, ended });
    begun.resolve();
    await end.promise;
  });
  ended.catch((error: unknown) => begun.reject(error));
  await begun.promise;
}

const ROLLED_BACK = new Error('rolled back');

async function end(number: number, how: 'commit' | 'rollback'): Promise<void> {
  const found = open.get(number);
  if (found === undefined) return;
  open.delete(number);
  if (how === 'commit') {
    found.end.resolve();
    return found.ended;
  }
  found.end.reject(ROLLED_BACK);
  await found.ended.catch((error: unknown) => {
    if (error !== ROLLED_BACK) throw error;
  });
}

async function answer(request: ThreadRequest): Promise<unknown> {
  const pglite = await opening;
  switch (request.kind) {
    case 'open':
      return undefined;
    case 'query': {
      const { rows, fields, affectedRows } = await (request.transaction === undefined ? pglite : transactionOf(request.transaction)).query(request.sql, [...request.parameters]);
      return { rows, fields, affectedRows };
    }
    case 'exec':
      return (await pglite.exec(request.sql)).map(({ rows }) => ({ rows }));
    case 'begin':
      return begin(request.transaction);
    case 'commit':
    case 'rollback':
      return end(request.transaction, request.kind);
    case 'listen':
      await pglite.listen(request.channel, (payload) => say({ kind: 'heard', channel: request.channel, payload }));
      return undefined;
    case 'close':
      return pglite.close();
  }
}

function transactionOf(number: number): Transaction {
  const found = open.get(number);
  if (found === undefined) throw new Error('The transaction has ended.');
  return found.transaction;
}

/** The own properties of an error, as far as they can be sent to another thread. */
function factsOf(error: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(error).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)));
}

/** What the files below the database throw is an object with a number, and no Error. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'object' && error !== null && 'errno' in error ? `The files of the embedded database failed with ${String(error.errno)}.` : String(error);
}

port.on('message', (request: ThreadRequest) => {
  void answer(request).then(
    (given) => say({ kind: 'answer', id: request.id, answer: given }),
    (error: unknown) => say({ kind: 'failed', id: request.id, message: messageOf(error), facts: typeof error === 'object' && error !== null ? factsOf(error) : {} }),
  ).finally(() => {
    if (request.kind === 'close') port.close();
  });
});
