// A real Chromium: Debian's where it is installed, else the one that npm brings. A page of it keeps what went wrong on it.
import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type BrowserContextOptions, type Page, type Request } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function startBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  // Software rendering is enough for pages, and starts faster.
  chromium.setGraphicsMode = false;
  const args = installed === undefined ? chromium.args.filter((arg) => !/^--(single-process|headless|no-zygote)/.test(arg)) : [];
  return playwright.launch({ executablePath: installed ?? (await chromium.executablePath()), args: [...args, '--no-sandbox', '--disable-dev-shm-usage', '--lang=en'], headless: true });
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console of the browser told as an error, and what scripts threw. */
  readonly errors: string[];
  /** Addresses of other hosts that the page asked for. */
  readonly foreign: string[];
  /** Calls that are under way. */
  readonly pending: ReadonlySet<Request>;
}

/** A page in a context of its own: nothing is shared with others. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', timezoneId: 'Asia/Jakarta', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(`${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => !request.url().startsWith(origin) && !request.url().startsWith('data:') && foreign.push(request.url()));
  const pending = new Set<Request>();
  page.on('request', (request) => pending.add(request));
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
  return { page, context, errors, foreign, pending };
}

/** Signs in as the page's own form does, without typing. */
export async function signedIn({ context }: Pick<WatchedPage, 'context'>, origin: string, token: string): Promise<void> {
  const answer = await context.request.post(`${origin}/console/session`, { headers: { authorization: `Bearer ${token}`, 'x-konektor-console': '1' } });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
}
