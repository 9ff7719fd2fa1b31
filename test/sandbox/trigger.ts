// Runs scenarios of the official Stripe CLI (`stripe trigger <event>`), each on a fresh sandbox, and says whether the event that it
// promises is really there afterwards. It knows the CLI only by its output and the sandbox only by its address.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.ts';
import { startOutside } from './outside.ts';

const CLI = join(import.meta.dirname, '..', 'node_modules', '@stripe', `cli-${process.platform}-${process.arch}`, 'bin', 'stripe');
const KEY = 'sk_test_konektorSandbox0000000000';
/** Where the CLI sends meter events whatever it is told. */
const METERS = 'meter-events.stripe.com';
const run = promisify(execFile);

/** What came of a scenario. */
export interface Triggered {
  readonly name: string;
  /** What was wrong; undefined if the event is there. */
  readonly fault: string | undefined;
  /** The types of all events that the scenario caused, newest first. */
  readonly events: readonly string[];
  readonly milliseconds: number;
}

/** Scenarios that are named otherwise than the event that they lead to; others may end with a region. */
const LEADS_TO: Readonly<Record<string, string>> = {
  'subscription.payment_failed': 'invoice.payment_failed',
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
};

/** Scenarios that stop before what they wait for can come: how far the test clock is to be moved on. The schedule expires nine days later, and Stripe tells a week before. */
const CLOCK_MOVES_ON: Readonly<Record<string, number>> = { 'subscription_schedule.expiring': 3 * 24 * 3600 };

/** Scenarios that move money of an account that has some. */
const SPENDS: ReadonlySet<string> = new Set(['transfer.created', 'transfer.reversed', 'transfer.updated']);

/** The CLI with settings of its own, and no way out but to a sandbox. One scenario at a time. */
export interface TriggerCli {
  /** The scenarios that the CLI's own help lists. */
  scenarios(): Promise<readonly string[]>;
  trigger(name: string): Promise<Triggered>;
  close(): Promise<void>;
}

export async function openTriggerCli(): Promise<TriggerCli> {
  const folder = mkdtempSync(join(tmpdir(), 'konektor-stripe-cli-'));
  let address = '';
  const outside = await startOutside(METERS, () => address);
  const certificate = join(folder, 'outside.pem');
  writeFileSync(certificate, outside.certificate);
  const env = { ...process.env, STRIPE_CLI_TELEMETRY_OPTOUT: '1', XDG_CONFIG_HOME: folder, HTTPS_PROXY: outside.url, SSL_CERT_FILE: certificate };
  const cli = async (...args: readonly string[]): Promise<string> => (await run(CLI, [...args], { env, timeout: 60_000 })).stdout;
  return {
    scenarios: async () => {
      const list = /Supported events:\n([\s\S]*?)\n\n/.exec(await cli('trigger', '--help'))?.[1] ?? '';
      return list.split('\n').map((line) => line.trim());
    },
    trigger: async (name) => {
      const sandbox = await startSandbox();
      address = sandbox.url;
      if (SPENDS.has(name)) await earn(sandbox.url);
      const start = performance.now();
      try {
        await cli('trigger', name, '--api-base', sandbox.url, '--api-key', KEY);
        const milliseconds = performance.now() - start;
        const wanted = LEADS_TO[name] ?? name.replace(/\.(eu|gb)$/, '');
        const more = CLOCK_MOVES_ON[name];
        if (more !== undefined) await moveClock(sandbox.url, more);
        const events = await eventsOf(sandbox.url, wanted.startsWith('v1.') ? '/v2/core/events?limit=100' : '/v1/events?limit=100');
        return { name, events, milliseconds, fault: events.includes(wanted) ? undefined : `no ${wanted} among ${events.join(', ')}` };
      } catch (error) {
        return { name, events: [], milliseconds: performance.now() - start, fault: faultIn(error) };
      } finally {
        await sandbox.close();
      }
    },
    close: async () => {
      await outside.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Listed {
  readonly id: string;
  readonly type: string;
  readonly frozen_time: number;
  readonly status: string;
}

async function listed(url: string): Promise<readonly Listed[]> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${KEY}` } });
  return ((await response.json()) as { readonly data: readonly Listed[] }).data;
}

/** The types of the events at an address, newest first. */
async function eventsOf(url: string, path: string): Promise<readonly string[]> {
  return (await listed(`${url}${path}`)).map(({ type }) => type);
}

/** Takes a payment whose money is there at once. */
async function earn(url: string): Promise<void> {
  const payment = { amount: '1000000', currency: 'usd', confirm: 'true', payment_method: 'pm_card_bypassPending', 'automatic_payment_methods[enabled]': 'true', 'automatic_payment_methods[allow_redirects]': 'never' };
  const { ok } = await fetch(`${url}/v1/payment_intents`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: new URLSearchParams(payment) });
  if (!ok) throw new Error('the sandbox took no payment');
}

/** Moves the one test clock on by some seconds, and waits until it has got there. */
async function moveClock(url: string, seconds: number): Promise<void> {
  const clocks = `${url}/v1/test_helpers/test_clocks`;
  const ready = async (): Promise<Listed> => {
    for (;;) {
      const [clock] = await listed(clocks);
      if (clock === undefined) throw new Error('there is no test clock');
      if (clock.status === 'ready') return clock;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const { id, frozen_time: from } = await ready();
  await fetch(`${clocks}/${id}/advance`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: new URLSearchParams({ frozen_time: String(from + seconds) }) });
  await ready();
}

/** What the CLI said last before it left. */
function faultIn(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? said;
}
