// What the first page loads before it shows something, as it comes over the wire, and how long that takes.
import type { WatchedPage } from './browser.ts';
import { settled } from './settled.ts';

export interface FirstLoad {
  /** Of scripts, compressed. */
  readonly bytes: number;
  readonly files: number;
  /** From asking for the page until its content is there and nothing is on its way, in milliseconds. */
  readonly interactiveMs: number;
  /** Until the browser first painted something of it. */
  readonly paintMs: number;
}

export async function firstLoad(watched: Pick<WatchedPage, 'page' | 'pending'>, address: string): Promise<FirstLoad> {
  const { page } = watched;
  const begun = performance.now();
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const interactiveMs = performance.now() - begun;
  await settled(watched);
  const { sizes, paintMs } = await page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as unknown as readonly { readonly name: string; readonly encodedBodySize: number }[];
    return { sizes: entries.filter(({ name }) => new URL(name).pathname.endsWith('.js')).map(({ encodedBodySize }) => encodedBodySize), paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN };
  });
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length, interactiveMs, paintMs };
}
