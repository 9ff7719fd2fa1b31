// The server for tests: on a copy of the data folder that a first start makes, one for all tests of a file.
import { cpSync } from 'node:fs';
import { afterAll, beforeAll, inject } from 'vitest';
import { emptyFolder, removeFolder, startServer, type RunningServer } from './server-process.ts';

export { DEMO, emptyFolder, environment, removeFolder, spawnServer, startServer, TOKEN, type Fields, type Reply, type ReplyBody, type RunningServer } from './server-process.ts';

/** A data folder as a first start leaves it: the demo connection and its business. */
export function newFolder(): string {
  const folder = emptyFolder();
  cpSync(inject('templateFolder'), folder, { recursive: true });
  return folder;
}

type Variables = Readonly<Record<string, string>>;

/**
 * A server for all tests of a file, or of the block that this is called in, with a folder of its own.
 * @param take keeps it, and may prepare it.
 * @param more settings; a function is asked when the server starts.
 */
export function withServer(take: (server: RunningServer, folder: string) => void | Promise<void>, more: Variables | (() => Variables) = {}): void {
  let folder = '';
  let started: RunningServer | undefined;
  beforeAll(async () => {
    folder = newFolder();
    started = await startServer(folder, typeof more === 'function' ? more() : more);
    await take(started, folder);
  });
  afterAll(async () => {
    const code = await started?.stop();
    removeFolder(folder);
    if (typeof code === 'number' && code !== 0) throw new Error(`the server ended with ${code}:\n${started?.output() ?? ''}`);
  });
}

