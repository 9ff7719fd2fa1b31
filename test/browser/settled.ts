// A page that shows what it has to show: nothing is on its way, and nothing says that it is.
import { setTimeout as pause } from 'node:timers/promises';
import type { WatchedPage } from './browser.ts';

const LONGEST_MS = 30_000;
/** Between two looks: a call that follows upon another has begun by then. */
const BETWEEN_MS = 60;
/** Pages that follow something have a call open all the time: they are taken as they are. */
const FOLLOWING_MS = 2_500;

export async function settled({ page, pending }: Pick<WatchedPage, 'page' | 'pending'>): Promise<void> {
  await page.locator('main :is(h1, h2, [role=alert])').first().waitFor({ timeout: LONGEST_MS });
  const latest = performance.now() + FOLLOWING_MS;
  let quiet = 0;
  while (quiet < 2 && performance.now() < latest) {
    await pause(BETWEEN_MS);
    quiet = pending.size === 0 ? quiet + 1 : 0;
  }
  await page.locator('main [role=progressbar]:not([aria-valuenow])').first().waitFor({ state: 'detached', timeout: LONGEST_MS });
}
