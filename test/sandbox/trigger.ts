// Runs one scenario of the official Stripe CLI (`stripe trigger <event>`) against a fresh sandbox, and says whether the event
// that it promises is really there afterwards. It knows the CLI only by its output and the sandbox only by its address.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.ts';

const CLI = join(import.meta.dirname, '..', 'node_modules', '@stripe', `cli-${process.platform}-${process.arch}`, 'bin', 'stripe');
const KEY = 'sk_test_konektorSandbox0000000000';
const run = promisify(execFile);

/** What came of a scenario. */
export interface Triggered {
  readonly name: string;
  /** What was wrong; undefined if the event is there. */
  readonly fault: string | undefined;
  /** The types of all events that the scenario caused. */
  readonly events: readonly string[];
  readonly milliseconds: number;
}

/** Scenarios named otherwise than the event that they lead to. */
const LEADS_TO: Readonly<Record<string, string>> = {
  'subscription.payment_failed': 'invoice.payment_failed',
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
};

async function cli(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, STRIPE_CLI_TELEMETRY_OPTOUT: '1', XDG_CONFIG_HOME: folder };
  const { stdout, stderr } = await run(CLI, [...args], { env, timeout: 60_000 });
  return stdout + stderr;
}

/** The scenarios that the CLI's own help lists. */
export async function scenarios(folder: string): Promise<readonly string[]> {
  const help = await cli(folder, 'trigger', '--help');
  const list = /Supported events:\n([\s\S]*?)\n\n/.exec(help)?.[1] ?? '';
  return list.split('\n').map((line) => line.trim());
}

/** The types of the events at an address, newest first. */
async function eventsAt(url: string, path: string): Promise<readonly string[]> {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${KEY}` } });
  const { data } = (await response.json()) as { readonly data: readonly { readonly type: string }[] };
  return data.map(({ type }) => type);
}

/** Runs a scenario on a sandbox of its own; `folder` is where the CLI keeps its settings. */
export async function trigger(name: string, folder: string): Promise<Triggered> {
  const sandbox = await startSandbox();
  const start = performance.now();
  const finish = (fault: string | undefined, events: readonly string[]): Triggered => ({ name, fault, events, milliseconds: performance.now() - start });
  try {
    await cli(folder, 'trigger', name, '--api-base', sandbox.url, '--api-key', KEY);
    const wanted = LEADS_TO[name] ?? name;
    const events = await eventsAt(sandbox.url, wanted.startsWith('v1.') ? '/v2/core/events?limit=100' : '/v1/events?limit=100');
    return finish(events.includes(wanted) ? undefined : `no ${wanted} among the events`, events);
  } catch (error) {
    return finish(faultIn(error), []);
  } finally {
    await sandbox.close();
  }
}

/** What the CLI said last before it left. */
function faultIn(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const message = /"message": "((?:[^"\\]|\\.)*)"/.exec(said)?.[1];
  return message ?? said.trim().split('\n').at(-1) ?? said;
}
