// Time and death: a sandbox that is killed while a test clock advances goes on where it was, does nothing twice and leaves nothing out;
// its own clock stays where it was moved to, and what was not yet delivered is delivered afterwards.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import type { JsonObject } from './json.ts';
import { number, objects, text } from './json.ts';
import { Log } from './log.ts';
import { OUTER } from './nesting.ts';
import { materialise } from './render.ts';
import { Store } from './store.ts';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Process {
  readonly client: Client;
  readonly url: string;
  kill(): Promise<void>;
}

async function start(): Promise<Process> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\S+/.exec(chunk.toString())?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  const kill = (): Promise<void> => new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
  return { client: new Client(url), url, kill };
}

async function all(client: Client, path: string, params: JsonObject = {}): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (;;) {
    const last = text(rows.at(-1), 'id');
    const page = await client.row('GET', path, { ...params, limit: 100, ...(last === undefined ? {} : { starting_after: last }) });
    rows.push(...objects(page, 'data'));
    if (page['has_more'] !== true) return rows;
  }
}

const START = Date.UTC(2027, 0, 31) / 1000;
const TARGET = Date.UTC(2027, 2, 31) / 1000;
const SUBSCRIBERS = 40;

/** A clock with subscribers, a third of whom cannot pay. */
async function prepare(client: Client): Promise<string> {
  const clock = await client.make('/v1/test_helpers/test_clocks', { frozen_time: START });
  const product = await client.make('/v1/products', { name: 'Thing' });
  const price = await client.make('/v1/prices', { product, currency: 'usd', unit_amount: 1000, recurring: { interval: 'month' } });
  for (let at = 0; at < SUBSCRIBERS; at += 1) {
    const customer = await client.make('/v1/customers', { test_clock: clock });
    const use = async (token: string): Promise<unknown> => client.row('POST', `/v1/customers/${customer}`, { invoice_settings: { default_payment_method: await client.make(`/v1/payment_methods/${token}/attach`, { customer }) } });
    await use('pm_card_visa');
    await client.make('/v1/subscriptions', { customer, items: [{ price, quantity: at + 1 }] });
    if (at % 3 === 2) await use('pm_card_chargeCustomerFail');
  }
  return clock;
}

/** What came of it, without ids: each subscription's invoices with their dates, sums and ends, and how often each event was told. */
async function outcome(client: Client): Promise<unknown> {
  const invoices = await all(client, '/v1/invoices');
  const told = new Map<string, number>();
  for (const event of await all(client, '/v1/events')) told.set(text(event, 'type') ?? '', (told.get(text(event, 'type') ?? '') ?? 0) + 1);
  const line = (row: JsonObject): string => [row['created'], row['total'], row['status'], row['attempt_count'], row['billing_reason']].map((one) => JSON.stringify(one)).join(' ');
  return { invoices: invoices.map(line).sort((a, b) => a.localeCompare(b)), charges: (await all(client, '/v1/charges')).length, told: [...told].sort(([a], [b]) => a.localeCompare(b)) };
}

/** What a dead one left behind: one that lives goes on while it is asked. */
function chargesOnDisk(): number {
  const store = new Store(materialise, OUTER);
  const log = new Log(folder);
  log.open(store);
  log.close();
  return [...store.scopes.values()].reduce((sum, scope) => sum + scope.rows('/v1/charges').order.length, 0);
}

async function untilReady(client: Client, clock: string): Promise<void> {
  for (;;) {
    const row = await client.row('GET', `/v1/test_helpers/test_clocks/${clock}`);
    if (row['status'] === 'ready') {
      expect(number(row, 'frozen_time')).toBe(TARGET);
      return;
    }
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
});

describe('a sandbox that dies', () => {
  it('while a test clock advances goes on where it was', async () => {
    const calm = await start();
    const first = await prepare(calm.client);
    await calm.client.row('POST', `/v1/test_helpers/test_clocks/${first}/advance`, { frozen_time: TARGET });
    await untilReady(calm.client, first);
    const expected = await outcome(calm.client);
    await calm.kill();
    rmSync(folder, { recursive: true, force: true });

    let process = await start();
    const clock = await prepare(process.client);
    await process.client.row('POST', `/v1/test_helpers/test_clocks/${clock}/advance`, { frozen_time: TARGET });
    const done: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await pause(round * 7);
      await process.kill();
      done.push(chargesOnDisk());
      process = await start();
    }
    await untilReady(process.client, clock);
    const final = await outcome(process.client);
    expect(done[0]).toBeLessThan((final as { charges: number }).charges);
    expect(final).toEqual(expected);
  }, 180_000);

  it('keeps its own clock, and delivers what it had not', async () => {
    const got: string[] = [];
    let isThere = false;
    const receiver = createServer((request, response) => {
      if (!isThere) {
        request.socket.destroy();
        return;
      }
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        got.push((JSON.parse(body) as { type: string }).type);
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    const { port } = receiver.address() as AddressInfo;
    const before = await start();
    const steer = async (url: string, seconds: number): Promise<number> => {
      const response = await fetch(`${url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: seconds }) });
      return ((await response.json()) as { now: number }).now;
    };
    await before.client.make('/v1/webhook_endpoints', { url: `http://127.0.0.1:${port}`, enabled_events: ['customer.created'] });
    await before.client.make('/v1/customers', {});
    const now = await steer(before.url, 100_000);
    await before.kill();
    isThere = true;
    const after = await start();
    expect(await steer(after.url, 0)).toBeGreaterThanOrEqual(now);
    await steer(after.url, 3600);
    await expect.poll(() => got).toEqual(['customer.created']);
    await new Promise((resolve) => {
      receiver.close(resolve);
      receiver.closeAllConnections();
    });
  }, 120_000);
});
