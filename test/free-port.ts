// A port for a program that must be told which, and takes it a moment later. Ports that the system gives to whoever asks for any are
// left alone: tests beside this one ask for those all the time, and would take it in between.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

/** Below those that Linux, macOS and Windows give away. */
const [FIRST, END] = [15_000, 32_000];
const TRIES = 100;

/** @throws Error where all that were tried are taken */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(FIRST, END);
    const server = createServer();
    const isFree = await new Promise<boolean>((tell) => {
      server.once('error', () => tell(false));
      server.listen(port, '127.0.0.1', () => tell(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`No port from ${FIRST} to ${END} is free.`);
}
