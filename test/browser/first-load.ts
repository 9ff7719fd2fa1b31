// What the first page loads before it shows something, as it comes over the wire, and how long that takes.
import type { Request } from 'playwright-core';
import type { WatchedPage } from './browser.ts';
import { settled } from './settled.ts';

export interface FirstLoad {
  /** Of scripts, as they were sent: compressed. */
  readonly bytes: number;
  readonly files: number;
  /** From asking for the page until its content is there and nothing is on its way, in milliseconds. */
  readonly interactiveMs: number;
  /** Until the browser first painted something of it. */
  readonly paintMs: number;
}

/** @param watched a page that has loaded nothing of the console yet: what it has kept is not sent again */
export async function firstLoad(watched: Pick<WatchedPage, 'page' | 'pending'>, address: string): Promise<FirstLoad> {
  const { page } = watched;
  const scripts: Request[] = [];
  const take = (request: Request): void => { if (new URL(request.url()).pathname.endsWith('.js')) scripts.push(request); };
  page.on('requestfinished', take);
  const begun = performance.now();
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const interactiveMs = performance.now() - begun;
  await settled(watched);
  page.off('requestfinished', take);
  const sizes = await Promise.all(scripts.map(async (request) => (await request.sizes()).responseBodySize));
  const paintMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length, interactiveMs, paintMs };
}
