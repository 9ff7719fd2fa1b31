// A server that goes away in the middle, and one that ends the session in the middle: what stands on a page stays there, the page says so, and goes on by itself.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { TOKEN } from '../end-to-end/running-server.ts';
import { PATIENCE_MS } from './patience.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

let world: ConsoleWorld;
withConsole((made) => { world = made; });

const CONNECTION = '/console/projects/demo/locations/us-central1/connections/stripe-sandbox';
const AWAY = 'The server does not answer.';

describe('a server that does not answer', () => {
  it('takes no text out of a form, is told of, and is asked again', async () => {
    const { page, errors } = await world.open(`${CONNECTION}/edit`);
    await page.getByLabel('Description').fill('half written');
    await page.route(/\/v[12]\//, (route) => route.abort());
    await page.getByRole('alert').filter({ hasText: AWAY }).waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByLabel('Description').inputValue()).toBe('half written');
    // Pressed before the server is there again: the page asks by itself too, and takes the button away when it is answered.
    await Promise.all([page.waitForRequest(/\/v[12]\//), page.getByRole('button', { name: 'Try again' }).click()]);
    await page.unroute(/\/v[12]\//);
    await page.getByRole('alert').filter({ hasText: AWAY }).waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(await page.getByLabel('Description').inputValue()).toBe('half written');
    expect(errors.splice(0).every((error) => error.includes('Failed to load resource'))).toBe(true);
  });

  it('is told of in the place of a page that was not loaded yet, which comes by itself', async () => {
    const { page, errors } = await world.open('/console/projects/demo/operations');
    await page.getByRole('heading', { name: 'Operations' }).waitFor();
    const away = /\/(assets|console\/session|v[12])\b/;
    await page.route(away, (route) => route.abort());
    await page.getByRole('link', { name: 'Audit' }).click();
    const told = page.getByRole('main').getByText('This page could not be loaded.');
    await told.waitFor({ timeout: PATIENCE_MS });
    // What was loaded before is a way on.
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.getByRole('heading', { name: 'Operations' }).waitFor();
    await page.getByRole('link', { name: 'Audit' }).click();
    await told.waitFor({ timeout: PATIENCE_MS });
    await page.unroute(away);
    await page.getByRole('heading', { name: 'Audit' }).waitFor({ timeout: PATIENCE_MS });
    errors.splice(0);
  });

  it('is told apart from a machine that is not on the internet, which is asked all the same', async () => {
    const { page } = await world.open('/console/projects/demo/operations');
    await page.getByRole('heading', { name: 'Operations' }).waitFor();
    await page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false }); dispatchEvent(new Event('offline'))");
    await page.getByRole('link', { name: 'Secrets' }).click();
    await page.getByRole('link', { name: 'stripe-api-key' }).waitFor();
  });

  it('leaves nobody in the belief that they are signed out', async () => {
    const { page, errors } = await world.open('/console/settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.route('**/console/session', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('alert').filter({ hasText: AWAY }).waitFor();
    await page.unroute('**/console/session');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Token').waitFor();
    errors.splice(0);
  });
});

it('a log whose stream is broken off says so, and when it is followed again', async () => {
  const { page, errors } = await world.open('/console.svg');
  await page.route('**/*:followLog*', (route) => route.abort());
  await page.goto(`${CONNECTION}/log`);
  const state = page.getByRole('status');
  await state.filter({ hasText: 'Broken off, tried again' }).waitFor();
  await page.unroute('**/*:followLog*');
  await state.filter({ hasText: 'Following' }).waitFor();
  expect(await page.getByRole('alert').filter({ hasText: AWAY }).count()).toBe(0);
  expect(errors.splice(0).every((error) => error.includes('ERR_FAILED'))).toBe(true);
});

describe('a session that ends', () => {
  /** What pages ask again every few seconds; by chance it would find the session ended before the deed that is to find it. */
  const BACKGROUND = /view=FULL|:(checkReadiness|showNodes)|\/(operations|writes)/;
  const withoutBackground = (page: Page): Promise<unknown> => page.route(BACKGROUND, () => undefined);
  const signInAgain = async (page: Page, token = TOKEN): Promise<void> => {
    await page.getByText('Your session has ended.').waitFor();
    await page.getByRole('textbox', { name: 'Token' }).fill(token);
    await page.keyboard.press('Enter');
  };

  it('is told of, and the page goes on where it was after signing in again', async () => {
    const { page, context, errors } = await world.open('/console/projects/demo/operations');
    await page.getByRole('heading', { name: 'Operations' }).waitFor();
    await withoutBackground(page);
    await context.clearCookies();
    await page.getByRole('link', { name: 'Secrets' }).click();
    await page.unroute(BACKGROUND);
    await signInAgain(page);
    await page.getByRole('link', { name: 'stripe-api-key' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
    expect(await page.getByText('Your session has ended.').count()).toBe(0);
    expect(errors.splice(0).every((error) => error.includes('401'))).toBe(true);
  });

  it('takes no text out of forms and dialogs, and shows nothing of them meanwhile', async () => {
    const { page, context, errors } = await world.open(`${CONNECTION}/edit`);
    const description = page.getByLabel('Description');
    // The server is asked about what was typed before the session ends.
    await Promise.all([page.waitForResponse((answer) => answer.request().postData()?.includes('half written') === true), description.fill('half written')]);
    await page.getByRole('button', { name: /^Create a secret/ }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('half-made');
    await page.getByRole('dialog').getByLabel('Value', { exact: true }).fill('kunci');
    await withoutBackground(page);
    await context.clearCookies();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByText('Your session has ended.').waitFor();
    expect(await page.getByRole('dialog').count(), 'to be seen').toBe(0);
    expect((await page.locator('body').innerText())).not.toContain('stripe-sandbox');
    await signInAgain(page);
    await page.getByRole('dialog').getByText('nothing was done').waitFor();
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toMatch(/kunci|half/);
    // What was made is chosen, and the server asked about that: else this question would find the session ended before Save does.
    await Promise.all([page.waitForResponse((answer) => answer.request().postData()?.includes('half-made/versions') === true), page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()]);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await description.inputValue()).toBe('half written');
    expect((await world.server.call('GET', '/v1/projects/demo/secrets/half-made/versions/1:access')).status).toBe(200);
    // Nothing of it is for anybody else.
    const { body: { token } } = await world.server.call('POST', '/v1/tokens', { member: 'user:siti@example.com' });
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.unroute(BACKGROUND);
    await signInAgain(page, String(token));
    await page.getByText('You may not see this.').waitFor();
    expect(await page.getByText('half written').count()).toBe(0);
    expect(errors.splice(0).filter((error) => !/40[13]/.test(error))).toEqual([]);
  });
});

describe('an error in Indonesian', () => {
  it('tells what to do in Indonesian, and marks the words of the server as English', async () => {
    const { page, errors } = await world.open(CONNECTION.replace('stripe-sandbox', 'tidak-ada'), { locale: 'id-ID' });
    const alert = page.getByRole('alert');
    await alert.getByText('Periksa namanya; daftar induknya menunjukkan apa yang ada.').waitFor();
    expect(await alert.locator('[lang=en]').innerText()).toContain('tidak-ada');
    expect(errors.splice(0)).toEqual([expect.stringContaining('404')]);
    await page.getByRole('link', { name: 'Kembali ke Koneksi' }).click();
    await page.getByRole('link', { name: 'stripe-sandbox' }).waitFor();
  });
});
