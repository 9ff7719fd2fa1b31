// The sandbox as a process: what it acknowledged survives SIGKILL, a second one is refused, signals end it with 0, and a demo that was
// killed half-way begins again from nothing.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { growth } from '../test/growth.ts';
import { Client } from './asking.ts';
import { text } from './json.ts';
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
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(...more: readonly string[]): Promise<Process> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0', '--data', folder, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /http:\S+/.exec(said)?.[0];
      if (url !== undefined) resolve({ child, url });
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${said}`)));
  });
}

/** Waits until a killed process is gone. */
const gone = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await ended(child);
};

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => {
  child.once('exit', (code) => resolve(code));
});

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await gone(child);
}

/** Creates customers from eight sides until the process dies; the ids that were acknowledged. */
async function writeUntilDead(url: string, round: number, enough: () => void): Promise<string[]> {
  const acknowledged: string[] = [];
  const client = new Client(url);
  const side = async (at: number): Promise<void> => {
    for (let count = 0; ; count += 1) {
      try {
        const { row } = await client.ask('POST', '/v1/customers', { name: `c ${round} ${at} ${count}` }, { 'idempotency-key': `${round}-${at}-${count}` });
        acknowledged.push(text(row, 'id') ?? '');
        if (acknowledged.length === 60 + round * 17) enough();
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, at) => side(at)));
  return acknowledged;
}

describe('the sandbox as a process', () => {
  it('keeps what it acknowledged through SIGKILL under load, ids and idempotency keys too', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { child, url } = await start();
      acknowledged.push(...(await writeUntilDead(url, round, () => child.kill('SIGKILL'))));
      await gone(child);
    }
    expect(acknowledged.length).toBeGreaterThan(200);
    const { child, url } = await start();
    const client = new Client(url);
    const found = new Set<string>();
    for (let after: string | undefined; ; ) {
      const page = await client.ids('/v1/customers', { limit: 100, starting_after: after });
      page.forEach((id) => found.add(id));
      if (page.length < 100) break;
      after = page.at(-1);
    }
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    const again = await client.ask('POST', '/v1/customers', { name: 'c 0 0 0' }, { 'idempotency-key': '0-0-0' });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(found.has(text(again.row, 'id') ?? '')).toBe(true);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  it('refuses a second process on the same folder, and is free again after SIGKILL', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/exit 1: Another sandbox is using/);
    await kill(first.child);
    const second = await start();
    second.child.kill('SIGINT');
    expect(await ended(second.child)).toBe(0);
  });

  it('ignores a torn last line and writes on after it', async () => {
    const first = await start();
    const id = await new Client(first.url).make('/v1/customers', { name: 'whole' });
    await kill(first.child);
    const log = readdirSync(folder).find((name) => name.startsWith('log-')) ?? '';
    appendFileSync(join(folder, log), '{"s":"acct_1SandboxKonektor00/test","o":[["put","/v1/customers","cus_to');
    const second = await start();
    const client = new Client(second.url);
    expect(await client.ids('/v1/customers')).toEqual([id]);
    const next = await client.make('/v1/customers', { name: 'after' });
    await kill(second.child);
    const third = await start();
    expect(await new Client(third.url).ids('/v1/customers')).toEqual([next, id]);
  });

  it('seeds the demo once, and from nothing again after being killed in the middle', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0', '--data', folder, '--demo'], { stdio: 'ignore' });
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    await kill(child);
    const first = await start('--demo');
    const ids = await new Client(first.url, 'sk_test_x').ids('/v1/customers', { limit: 100 });
    expect(ids).toHaveLength(40);
    await kill(first.child);
    const second = await start('--demo');
    expect(await new Client(second.url, 'sk_test_x').ids('/v1/customers', { limit: 100 })).toEqual(ids);
    expect(await new Client(second.url, 'sk_live_x').ids('/v1/customers')).toEqual([]);
  });
});

describe('the log', () => {
  const fresh = (): Store => new Store(materialise, OUTER);

  it('reads back from a snapshot what the log said, and less of it', () => {
    const store = fresh();
    const log = new Log(folder);
    expect(log.isNew()).toBe(true);
    log.open(store);
    const scope = store.scope('acct_a/test');
    for (let at = 0; at < 500; at += 1) {
      const operations = [['put', '/v1/customers', `cus_${at % 50}`, { id: `cus_${at % 50}`, object: 'customer', created: at }]] as const;
      for (const operation of operations) store.apply(scope, operation);
      log.append(scope, operations);
    }
    log.append(scope, [['remove', '/v1/customers', 'cus_3', true]]);
    store.apply(scope, ['remove', '/v1/customers', 'cus_3', true]);
    log.snapshot(store);
    log.append(scope, [['put', '/v1/customers', 'cus_new', { id: 'cus_new', object: 'customer', created: 900 }]]);
    log.close();
    expect(readdirSync(folder).sort()).toEqual(['log-1', 'snapshot-1']);
    expect(readFileSync(join(folder, 'snapshot-1'), 'utf8').length).toBeLessThan(8000);
    const back = fresh();
    const again = new Log(folder);
    expect(again.isNew()).toBe(false);
    again.open(back);
    again.close();
    const rows = back.scope('acct_a/test').rows('/v1/customers');
    expect(rows.order).toHaveLength(50);
    expect(rows.byKey.has('cus_new')).toBe(true);
    expect(rows.byKey.has('cus_3')).toBe(false);
    expect(rows.stubs.has('cus_3')).toBe(true);
  });

  it('is folded into a snapshot when it has grown, and loses nothing by it', () => {
    const store = fresh();
    const log = new Log(folder, 20_000);
    log.open(store);
    const scope = store.scope('acct_a/live');
    for (let at = 0; at < 2000; at += 1) {
      const put = ['put', '/v1/products', `prod_${at % 200}`, { id: `prod_${at % 200}`, object: 'product', created: at, name: `name ${at}` }] as const;
      store.apply(scope, put);
      log.append(scope, [put]);
      log.compact(store);
    }
    log.close();
    const [generation] = readdirSync(folder).map((name) => Number(/-(\d+)$/.exec(name)?.[1]));
    expect(generation).toBeGreaterThan(2);
    expect(readdirSync(folder)).toHaveLength(2);
    const back = fresh();
    new Log(folder).open(back);
    const names = (one: Store): Set<unknown> => new Set(one.scope('acct_a/live').rows('/v1/products').order.map((entry) => entry.row['name']));
    expect(names(back).size).toBe(200);
    expect(names(back)).toEqual(names(store));
  });

  it('is loaded with ten thousand rows as fast as with few, row by row', () => {
    const filler = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`field_${at}`, `value ${at}`]));
    const write = (rows: number): void => {
      const store = fresh();
      const log = new Log(join(folder, String(rows)));
      mkdirSync(join(folder, String(rows)));
      log.open(store);
      const scope = store.scope('acct_a/test');
      for (let at = 0; at < rows; at += 1) log.append(scope, [['put', '/v1/customers', `cus_${at}`, { id: `cus_${at}`, object: 'customer', created: at, ...filler }]]);
      log.close();
    };
    const load = (rows: number): void => {
      const back = fresh();
      const log = new Log(join(folder, String(rows)));
      log.open(back);
      log.close();
      expect(back.scope('acct_a/test').rows('/v1/customers').order).toHaveLength(rows);
    };
    for (const rows of [1_000, 10_000]) write(rows);
    // Ten times as long, or three times that where the small one fits into the caches; a look at all rows for each would be a hundred times.
    expect(growth(load, 1_000, 10_000)).toBeLessThan(30);
  });
});
