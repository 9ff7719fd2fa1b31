// The embedded database as the rest of storage uses it: PGlite in a thread of its own, so that its work, which is all
// processor time, keeps no call waiting. Speaks to `embedded-thread.ts` by messages, one for each statement.
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PGlite as KyselyPglite, PGliteTransaction } from 'kysely';
import { inFolderWords } from './data-folder.ts';
import type { ThreadReply, ThreadRequest } from './embedded-thread.ts';

export interface EmbeddedDatabase extends KyselyPglite {
  /** Runs several statements without parameters. */
  exec(sql: string): Promise<{ readonly rows: Record<string, unknown>[] }[]>;
  /** @returns what ends the listening. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
}

/** Distributes `Omit` over a union. */
type Unnumbered<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

// The packed form of this file is JavaScript, and so is its neighbour.
const THREAD = new URL(`./embedded-thread${extname(import.meta.url)}`, import.meta.url);

/**
 * Opens the database in a folder that this process holds the lock of, and makes it where there is none.
 * A failure of the thread itself ends the process, as any error that nobody handles does.
 * @throws DataFolderError where the folder cannot be used
 */
export async function startEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const thread = new Worker(THREAD, { workerData: { folder }, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let last = 0;
  let closed = false;

  function ask(request: Unnumbered<ThreadRequest>): Promise<unknown> {
    if (closed && request.kind !== 'close') return Promise.reject(new Error('The embedded database is closed.'));
    const id = (last += 1);
    const answer = Promise.withResolvers<unknown>();
    // Waiting work keeps the process alive; an idle database does not.
    if (waiting.size === 0) thread.ref();
    waiting.set(id, answer);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a thread has none
    thread.postMessage({ ...request, id });
    return answer.promise;
  }

  function settle(id: number): PromiseWithResolvers<unknown> | undefined {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) thread.unref();
    return answer;
  }

  thread.on('message', (reply: ThreadReply) => {
    if (reply.kind === 'heard') for (const heard of listeners.get(reply.channel) ?? []) heard(reply.payload);
    else if (reply.kind === 'failed') settle(reply.id)?.reject(Object.assign(new Error(reply.message), reply.facts));
    else settle(reply.id)?.resolve(reply.answer);
  });
  thread.on('exit', (code) => {
    if (!closed) throw new Error(`The thread of the embedded database ended with ${code}.`);
  });

  /** Its rows are what the caller says of its own SQL: nothing here could check it. */
  const query = (transaction?: number): KyselyPglite['query'] => async (sql, parameters = []) => (await ask({ kind: 'query', sql, parameters, transaction })) as never;

  await ask({ kind: 'open' }).catch((error: unknown) => {
    throw inFolderWords(folder, error);
  });
  return {
    ready: true,
    waitReady: Promise.resolve(),
    get closed() { return closed; },
    query: query(),
    exec: async (sql) => (await ask({ kind: 'exec', sql })) as { rows: Record<string, unknown>[] }[],

    async transaction(work) {
      const transaction = (last += 1);
      await ask({ kind: 'begin', transaction });
      const end = async (how: 'commit' | 'rollback'): Promise<void> => void (await ask({ kind: how, transaction }));
      const open: PGliteTransaction = { query: query(transaction), rollback: () => end('rollback') };
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work(open);
      } catch (error) {
        await end('rollback');
        throw error;
      }
      await end('commit');
      return result;
    },

    async listen(channel, heard) {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(heard));
      if (known.size === 1) await ask({ kind: 'listen', channel });
      return async () => void known.delete(heard);
    },

    async close() {
      if (closed) return;
      closed = true;
      const gone = once(thread, 'exit');
      await ask({ kind: 'close' });
      thread.ref();
      await gone;
    },
  };
}
