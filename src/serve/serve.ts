// The life of the server's process: composed, told about, run until it is told to stop, taken down in the reverse order.
import { readSettings, SettingsError } from '../settings.ts';
import { compose, type TakeDown } from './compose.ts';

/** Runs the server until it is told to stop. @returns the exit code. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const started = performance.now();
  const takeDowns: TakeDown[] = [];
  try {
    const settings = readSettings(environment);
    // Until it is ready there is nothing to drain, and the state survives an end at any moment.
    const leave = (): void => process.exit(0);
    for (const signal of STOPS) process.once(signal, leave);
    const server = await compose(settings, takeDowns, started);
    const stopped = untilStopped();
    for (const signal of STOPS) process.off(signal, leave);
    process.stdout.write(server.banner);
    process.send?.({ url: server.url, sandboxUrl: server.sandboxUrl });
    await stopped;
    process.stdout.write('\nStopping. A start finds everything again.\n');
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof SettingsError ? 2 : 1;
  } finally {
    for (const takeDown of takeDowns.toReversed()) await attempt(takeDown);
    // Listening for its end keeps the channel, and with it this process, alive.
    if (process.connected) process.disconnect();
  }
}

const STOPS = ['SIGTERM', 'SIGINT'] as const;

function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of STOPS) process.once(signal, () => stop());
    // Started by a program that waits for its address: it goes when that program does.
    process.once('disconnect', () => stop());
  });
}

/** One thing that cannot be taken down keeps no other up. */
async function attempt(takeDown: TakeDown): Promise<void> {
  try {
    await takeDown();
  } catch (error) {
    process.stderr.write(`${explain(error).replace('start', 'stop cleanly')}\n`);
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Konektor could not start.';
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Konektor could not start: the port is taken (${error.message}). Stop what holds it, or set KONEKTOR_PORT.`;
  return `Konektor could not start: ${error.message}`;
}
