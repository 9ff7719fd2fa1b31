// The life of the server's process: composed, told about, run until it is told to stop, taken down in the reverse order.
import { StatusError } from '../errors/status-error.ts';
import { readSettings, SettingsError, unknownVariables } from '../settings.ts';
import { compose, type TakeDown } from './compose.ts';

/** Runs the server until it is told to stop. @returns the exit code. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const started = performance.now();
  const takeDowns: TakeDown[] = [];
  try {
    const settings = readSettings(environment);
    for (const name of unknownVariables(environment)) process.stderr.write(`${name} is not a setting and is not read; docs/reference/settings.md lists what is.\n`);
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
  if (error instanceof StatusError && error.reason === 'DATABASE_UNAVAILABLE') {
    const why = error.cause instanceof Error && error.cause.message !== '' ? ` (${error.cause.message})` : '';
    return `Konektor could not start: the PostgreSQL of DATABASE_URL cannot be reached${why}. Check that it runs, and its host and port.`;
  }
  const code = 'code' in error ? String(error.code) : '';
  const advice = ADVICE[code];
  return `Konektor could not start: ${error.message}${advice === undefined ? '' : `. ${advice}`}`;
}

/** What to do, by the codes of the system and of SQLSTATE that a start fails with. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is taken: stop what holds it, or choose another by KONEKTOR_PORT.',
  EADDRNOTAVAIL: 'This machine has no such address: correct KONEKTOR_HOST (127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses).',
  ENOTFOUND: 'There is no such host: correct KONEKTOR_HOST.',
  EACCES: 'It is not allowed: choose a KONEKTOR_PORT above 1023.',
  '3D000': 'Create it (createdb), or correct the name at the end of DATABASE_URL.',
  '28P01': 'Correct user and password in DATABASE_URL.',
  '28000': 'Correct the user in DATABASE_URL, or let it in at the PostgreSQL (pg_hba.conf).',
};
