import { describe, expect, it } from 'vitest';
import { TOKEN } from '../end-to-end/running-server.ts';
import { seriousFindings } from './accessible.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

/** The file that holds the words of a language. */
const WORDS = /\/assets\/(en|id)-[^/]*\.js$/;

let world: ConsoleWorld;
withConsole((made) => { world = made; });

describe('signing in', () => {
  it('takes a token by keyboard alone, and keeps it where no script reads it', async () => {
    const { page, context } = await world.open('/', { token: null });
    await page.getByLabel('Token').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    // Past the choice of the language.
    for (const _ of [1, 2]) await page.keyboard.press('Tab');
    await page.keyboard.type(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    expect(page.url()).not.toContain(TOKEN);
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).not.toContain(TOKEN);
    const cookies = await context.cookies();
    expect(cookies).toEqual([expect.objectContaining({ name: 'konektor_session', httpOnly: true, sameSite: 'Strict' })]);
    expect(cookies[0]?.value).not.toContain(TOKEN);
  });

  it('tells that a token is nobody\'s, and that none was given', async () => {
    const { page, errors } = await world.open('/', { token: null });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Give a token.').waitFor();
    await page.getByLabel('Token').fill('konektor_nobodys');
    await page.keyboard.press('Enter');
    await page.getByText('Nobody here has this token').waitFor();
    // The browser itself tells of a refused call.
    expect(errors.splice(0)).toEqual([expect.stringContaining('401')]);
  });

  it('ends with signing out, on the page beside it too', async () => {
    const { page, context } = await world.open('/');
    const beside = await context.newPage();
    await beside.goto('/');
    await beside.getByRole('heading', { name: 'Connections' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
    expect(await context.cookies()).toEqual([]);
    await beside.getByText('Your session has ended.').waitFor();
    await page.reload();
    await page.getByLabel('Token').waitFor();
  });
});

describe('the page', () => {
  it('speaks Indonesian when told to, in place, and so does the one beside it; nobody loads the words of another language', async () => {
    const { page, context } = await world.open('/', { token: null });
    const loaded: string[] = [];
    context.on('request', (request) => loaded.push(...(WORDS.exec(request.url())?.slice(1) ?? [])));
    const beside = await context.newPage();
    await beside.goto('/');
    await beside.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(loaded.splice(0)).toEqual(['en']);
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Bahasa Indonesia' }).click();
    await page.getByRole('button', { name: 'Masuk' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('id');
    await beside.getByRole('button', { name: 'Masuk' }).waitFor();
    loaded.splice(0);
    await page.reload();
    await page.getByRole('button', { name: 'Masuk' }).waitFor();
    expect(loaded).toEqual(['id']);
  });

  it('goes on in its language where the words of another do not come, says so, and asks for them again', async () => {
    const { page, errors } = await world.open('/', { token: null });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.route('**/*', (route) => route.abort());
    const choose = async (language: string): Promise<void> => {
      await page.getByRole('button', { name: 'Language' }).click();
      await page.getByRole('menuitem', { name: language }).click();
    };
    await choose('Bahasa Indonesia');
    const alert = page.getByRole('alert');
    await alert.getByText('The words in Bahasa Indonesia could not be loaded').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await seriousFindings(page)).toEqual([]);
    // The language whose words are here needs no server.
    await choose('English');
    await alert.waitFor({ state: 'detached' });
    await choose('Bahasa Indonesia');
    await alert.waitFor();
    await page.unroute('**/*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Masuk' }).waitFor();
    expect(await alert.count()).toBe(0);
    // Without any it has nothing to go on in.
    await page.route(WORDS, (route) => route.abort());
    await page.reload();
    await alert.getByText('Halaman ini tidak dapat dimuat.').waitFor();
    await page.unroute(WORDS);
    await alert.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByRole('button', { name: 'Masuk' }).waitFor();
    expect(errors.splice(0).every((error) => error.includes('ERR_FAILED'))).toBe(true);
  });

  it('is served with a policy that lets nothing else in', async () => {
    const answer = await fetch(world.server.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await answer.text()).not.toContain('%CSP_NONCE%');
  });
});

describe('a session', () => {
  const cookie = async (): Promise<string> => {
    const answer = await fetch(`${world.server.url}/console/session`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, 'x-konektor-console': '1' } });
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  const ask = async (headers: Record<string, string>): Promise<number> => (await fetch(`${world.server.url}/v1/projects`, { headers })).status;

  it('is believed from the page alone', async () => {
    const kept = await cookie();
    expect(await ask({ cookie: kept, 'x-konektor-console': '1' })).toBe(200);
    expect(await ask({ cookie: kept })).toBe(401);
    expect(await ask({ cookie: kept, 'x-konektor-console': '1', 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await ask({ cookie: `${kept.slice(0, -4)}AAAA`, 'x-konektor-console': '1' })).toBe(401);
  });

  it('is begun and ended by the page alone', async () => {
    for (const method of ['POST', 'DELETE']) expect((await fetch(`${world.server.url}/console/session`, { method, headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(403);
  });
});
