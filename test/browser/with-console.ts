// A server, a browser, and pages of it: for tests of the console. What a page complained of fails the test that opened it.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { TOKEN, type RunningServer, withServer } from '../end-to-end/running-server.ts';
import { openPage, signedIn, startBrowser, type WatchedPage } from './browser.ts';

export interface ConsoleWorld {
  readonly server: RunningServer;
  /** A page of the console; signed in as the administrator, with another token, or (null) as nobody. */
  open(path: string, options?: BrowserContextOptions & { readonly token?: string | null }): Promise<WatchedPage>;
}

export function withConsole(take: (world: ConsoleWorld) => void, environment: Readonly<Record<string, string>> = {}): void {
  let server: RunningServer;
  let browser: Browser;
  const opened: WatchedPage[] = [];

  withServer((started) => { server = started; }, environment);
  beforeAll(async () => {
    browser = await startBrowser();
    take({
      server,
      async open(path, { token = TOKEN, ...options } = {}) {
        const watched = await openPage(browser, server.url, options);
        opened.push(watched);
        if (token !== null) await signedIn(watched, server.url, token);
        await watched.page.goto(path);
        return watched;
      },
    });
  });
  afterEach(async () => {
    const pages = opened.splice(0);
    await Promise.all(pages.map(({ context }) => context.close()));
    for (const { errors, foreign } of pages) {
      expect(errors, 'the console of the browser').toEqual([]);
      expect(foreign, 'calls to other hosts').toEqual([]);
    }
  });
  afterAll(async () => { await browser.close(); });
}
