// Every page of the route table, on a server that was used: told without an error, fit for everybody, in both languages and on a narrow
// screen, without a call to another host. A page that is added is looked at here without being named.
import { beforeAll, describe, expect, it } from 'vitest';
import { TOKEN } from '../end-to-end/running-server.ts';
import { seriousFindings } from './accessible.ts';
import { cutTexts } from './cut-texts.ts';
import { firstLoad } from './first-load.ts';
import { liveIn } from './lived-in.ts';
import { places } from './places.ts';
import { settled } from './settled.ts';
import { unheard } from './unheard.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

const LEAST_SCRIPT = 50_000;
const MOST_SCRIPT = 300_000;
const NARROW = 360;
const LOOKS = [
  { look: 'English, wide, light', language: 'en', colorScheme: 'light', width: 1280 },
  { look: 'Indonesian, narrow, dark', language: 'id', colorScheme: 'dark', width: NARROW },
] as const;

let world: ConsoleWorld;
let made: Readonly<Record<string, string>>;
withConsole((started) => { world = started; });
beforeAll(async () => { made = await liveIn(world.server); });

/** Names of tables that are scrolled sideways on a narrow screen, without a shade at their end that tells so. */
const UNSHADED = `innerWidth > ${NARROW} ? [] : [...document.querySelectorAll('[role=table], :has(> table)')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && !getComputedStyle(one).backgroundImage.includes('gradient')).map((one) => one.ariaLabel ?? '')`;

/** What there is to say against pages in one look. */
async function walk({ look, language, colorScheme, width }: (typeof LOOKS)[number]): Promise<readonly string[]> {
  const watched = await world.open('/console.svg', { colorScheme, viewport: { width, height: 780 } });
  const { page, context, errors, foreign } = watched;
  await context.addInitScript(`localStorage.setItem('konektor.language', '${language}')`);
  const found: string[] = [];
  for (const { name, address } of places(made)) {
    await page.goto(address);
    await settled(watched);
    const findings = [...await seriousFindings(page), ...await cutTexts(page), ...await unheard(page), ...errors.splice(0), ...foreign.splice(0).map((url) => `calls ${url}`)];
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    if (overflow > 0) findings.push(`is ${overflow} px wider than the screen`);
    for (const label of await page.evaluate<string[]>(UNSHADED)) findings.push(`does not show that its table "${label}" goes on sideways`);
    if (await page.evaluate('document.documentElement.lang') !== language) findings.push('speaks another language');
    if (await page.locator('form form').count() > 0) findings.push('has a form within a form');
    if ((await page.title()).trim() === '') findings.push('has no title');
    found.push(...findings.map((finding) => `${name}, ${look}: ${finding}`));
  }
  return found;
}

// Both at once: half of a walk is waiting.
it('every page has nothing serious to find, no error, nothing that is cut or cannot be heard and no sideways scrolling', async () => {
  const found = await Promise.all(LOOKS.map(walk));
  expect(found.flat()).toEqual([]);
}, 400_000);

describe('the first page', () => {
  it.each([['asks who somebody is', null, 'Konektor'], ['lists connections', TOKEN, 'Connections']])(`that %s loads less than ${MOST_SCRIPT / 1000} kB of compressed script`, async (_what, token, heading) => {
    const watched = await world.open('/console.svg', { token });
    const { bytes, files } = await firstLoad(watched, '/');
    await watched.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    expect(files).toBeGreaterThan(1);
    // No page is without its libraries: less than these would not be a measurement.
    expect(bytes).toBeGreaterThan(LEAST_SCRIPT);
    expect(bytes).toBeLessThan(MOST_SCRIPT);
  });
});
