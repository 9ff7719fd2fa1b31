// The sandbox by itself: how fast it takes objects, what they weigh, and what a page of a list costs it, so that no other measurement is
// one of the sandbox. CPU time is the process's own, as the kernel counts it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { fillCustomers } from './fill.ts';
import { line, title } from './print.ts';
import { memoryOf } from './world.ts';

const MAIN = join(import.meta.dirname, '..', 'sandbox', 'main.ts');
/** The kernel counts CPU time in hundredths of a second. */
const TICK = 10;
const REQUESTS = 1_000;

/** The CPU time that a process has taken, in milliseconds. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Starts a sandbox in memory, fills it, asks it for pages, and prints what that took. */
export async function sandboxSpeed(rows: number): Promise<void> {
  title(`The sandbox with ${rows} customers`);
  const child = fork(MAIN, ['--port', '0'], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }];
    const pid = child.pid ?? 0;
    const pool = new Pool(url, { connections: 4 });
    const before = memoryOf(pid).now;
    const start = performance.now();
    await fillCustomers(url, rows);
    line('loaded in', `${((performance.now() - start) / 1_000).toFixed(2)} s`, 'aim a few seconds');
    line('memory per customer', `${(((memoryOf(pid).now - before) * 1024) / rows).toFixed(1)} kB`, 'with its event');
    for (const [what, path] of [
      ['page of 100', '/v1/customers?limit=100'], ['page of 10', '/v1/customers'], ['page by email', '/v1/customers?email=customer7%40example.com'],
      ['page of a customer without any', '/v1/charges?customer=cus_none'], ['page of a time without any', '/v1/customers?created[gte]=4000000000'],
    ] as const) {
      const spent = cpuOf(pid);
      let asked = 0;
      const caller = async (): Promise<void> => {
        for (; asked < REQUESTS; asked += 1) await (await pool.request({ path, method: 'GET', headers: { authorization: 'Bearer sk_test_bench' } })).body.dump();
      };
      await Promise.all(Array.from({ length: 4 }, caller));
      line(what, `${((cpuOf(pid) - spent) / REQUESTS).toFixed(2)} ms CPU`, 'aim under 1 ms');
    }
    await pool.close();
  } finally {
    child.kill('SIGTERM');
  }
}
