// `npm run bench:console`: the console in a real browser, measured: what the first page loads, how soon it can be used, and how
// smoothly ten thousand rows are scrolled. It measures and never fails; figures of one machine are compared with each other.
import type { CDPSession, Page } from 'playwright-core';
import { DEMO, emptyFolder, removeFolder, startServer, TOKEN, type RunningServer } from '../end-to-end/server-process.ts';
import { openPage, signedIn, startBrowser } from './browser.ts';
import { firstLoad } from './first-load.ts';

const ROWS = 10_000;
/** Of the sandbox, at once. */
const AT_ONCE = 25;
const FRAME_MS = 1000 / 60;
const SCROLLED_MS = 8_000;
const WORK = [['all', 'TaskDuration'], ['scripts', 'ScriptDuration'], ['styles', 'RecalcStyleDuration'], ['layout', 'LayoutDuration']] as const;

const figure = (name: string, value: string): void => console.log(`  ${name.padEnd(38)} ${value}`);
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const share = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

async function fill(server: RunningServer): Promise<void> {
  for (let made = 0; made < ROWS; made += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_none, index) => server.stripe('POST', '/v1/customers', { name: `Customer ${made + index}`, email: `c${made + index}@example.com`, description: 'Scrolled' })));
  }
}

/** Time between each two frames while the table is scrolled from its top to its end at an even pace, by the browser itself. */
function frames(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (duration) => {
    interface Scrolled { scrollTop: number; readonly scrollHeight: number; readonly clientHeight: number }
    // This runs in the page: the types of Node, which this file is read with, know no document.
    const view = globalThis as unknown as { readonly document: { querySelector(selector: string): Scrolled | null }; requestAnimationFrame(callback: (time: number) => void): void };
    const table = view.document.querySelector('[role=table]');
    if (table === null) throw new Error('There is no table.');
    const times: number[] = [];
    await new Promise<void>((resolve) => {
      let begun: number | undefined;
      const step = (time: number): void => {
        begun ??= time;
        times.push(time);
        const part = Math.min((time - begun) / duration, 1);
        table.scrollTop = part * (table.scrollHeight - table.clientHeight);
        if (part < 1) view.requestAnimationFrame(step);
        else resolve();
      };
      view.requestAnimationFrame(step);
    });
    return times.slice(1).map((time, index) => time - (times[index] ?? time));
  }, SCROLLED_MS);
}

/** What the main thread of the page has spent so far, by kind, in seconds of the processor. */
async function spent(counter: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await counter.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

const folder = emptyFolder();
const server = await startServer(folder);
const browser = await startBrowser();
try {
  const unknown = await openPage(browser, server.url);
  const asked = await firstLoad(unknown, '/');
  await unknown.context.close();
  console.log('\nThe first page of somebody unknown: sign-in');
  figure('scripts, compressed', `${(asked.bytes / 1000).toFixed(1)} kB in ${asked.files} files (aim: < 300 kB)`);
  figure('first paint', ms(asked.paintMs));
  figure('can be used after', ms(asked.interactiveMs));
  const watched = await openPage(browser, server.url);
  await signedIn(watched, server.url, TOKEN);
  const first = await firstLoad(watched, '/');
  console.log('\nThe first page of somebody known: the list of connections');
  figure('scripts, compressed', `${(first.bytes / 1000).toFixed(1)} kB in ${first.files} files (aim: < 300 kB)`);
  figure('first paint', ms(first.paintMs));
  figure('can be used after', ms(first.interactiveMs));
  const again = await firstLoad(watched, '/');
  figure('can be used after, a second time', ms(again.interactiveMs));

  await fill(server);
  const { page } = watched;
  await page.goto(`/console/${DEMO}/task?entity=Customer&operation=LIST#pageSize=200`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('table').waitFor();
  const begun = performance.now();
  await page.getByRole('button', { name: 'All pages' }).click();
  await page.getByRole('button', { name: 'All pages' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 180_000 });
  const read = performance.now() - begun;
  const rows = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
  console.log(`\nTask output: ${rows} rows in the table`);
  figure('read, in pages of 200', ms(read));
  await frames(page);
  // It counts from here, as long as it is open.
  const counter = await page.context().newCDPSession(page);
  await counter.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await spent(counter);
  const times = await frames(page);
  const after = await spent(counter);
  const sorted = times.toSorted((a, b) => a - b);
  figure(`frames in ${SCROLLED_MS / 1000} s`, String(times.length));
  figure('p50', ms(share(sorted, 0.5)));
  figure('p95', ms(share(sorted, 0.95)));
  figure('worst', ms(share(sorted, 1)));
  const dropped = times.reduce((sum, time) => sum + Math.max(0, Math.round(time / FRAME_MS) - 1), 0);
  figure('frames left out of 60 a second', `${dropped} (${((100 * dropped) / Math.round(SCROLLED_MS / FRAME_MS)).toFixed(1)} %)`);
  console.log('  Work of the page a frame, in time of the processor: other work of the machine does not count');
  for (const [name, key] of WORK) figure(name, ms((1000 * ((after.get(key) ?? 0) - (before.get(key) ?? 0))) / times.length));
  figure('rows in the document at once', String(await page.getByRole('table').getByRole('row').count()));
} finally {
  await browser.close();
  await server.stop();
  removeFolder(folder);
}
