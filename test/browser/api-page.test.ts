// The page that shows the API: read by everybody, found by keyboard, on wide and narrow screens, light and dark.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DEMO, TOKEN } from '../end-to-end/running-server.ts';
import { seriousFindings } from './accessible.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

let world: ConsoleWorld;
withConsole((made) => { world = made; });

describe('the page of the API', () => {
  it('needs no sign-in, and leads by keyboard from a search to an operation', async () => {
    const { page } = await world.open('/openapi', { token: null });
    await page.getByRole('heading', { name: 'API', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/api');
    await page.getByLabel('Search').fill('post entities create');
    await page.getByRole('link', { name: 'entities.create', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'entities.create' }).waitFor();
    await page.getByText('connectors.entities.create').waitFor();
    await page.getByRole('heading', { name: 'Answer 200' }).waitFor();
    await page.getByText('Idempotency-Key', { exact: true }).waitFor();
    expect(await page.title()).toBe('entities.create · API · Konektor');
    await page.goBack();
    await page.getByText('What there is').waitFor();
    expect(await page.title()).toBe('API · Konektor');
  });

  it('opens schemas as deep as they go', async () => {
    const { page } = await world.open('/console/api/connections.create', { token: null });
    const body = page.getByRole('heading', { name: 'Body' }).locator('..');
    await body.getByText('Within authConfig').first().click();
    await body.getByText('authType', { exact: true }).waitFor();
    expect(await page.title()).toBe('connections.create · API · Konektor');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('says what is not served, and why', async () => {
    const { page } = await world.open('/console/api/eventSubscriptions.create', { token: null });
    await page.getByText('it answers 501').waitFor();
    await page.getByText('Events are not served yet.').waitFor();
  });

  it('gives a command that works as it stands', async () => {
    const { page } = await world.open('/console/api/entities.list', { token: null });
    const line = await page.getByRole('region', { name: 'As a command' }).textContent() ?? '';
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, TOKEN } });
    expect((JSON.parse(stdout) as { readonly entities: readonly { readonly name: string }[] }).entities[0]?.name).toContain(DEMO);
  });

  it('fits 360 pixels, in the dark, in Indonesian', async () => {
    const { page } = await world.open('/console/api/connections.list', { token: null, viewport: { width: 360, height: 740 }, colorScheme: 'dark', locale: 'id-ID' });
    await page.getByRole('heading', { name: 'Jawaban 200' }).waitFor();
    await page.goto('/console/api');
    await page.getByText('Apa saja yang ada').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  it('leads to the console, which still asks who one is', async () => {
    const { page } = await world.open('/console/api', { token: null });
    await page.getByRole('link', { name: 'To the console' }).click();
    await page.getByLabel('Token').waitFor();
  });
});
