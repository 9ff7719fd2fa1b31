// Every page of the route table, on a server that was used: told without an error, fit for everybody, in both languages and on a narrow
// screen, without a call to another host. A page that is added is looked at here without being named.
import { beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './accessible.ts';
import { firstLoad } from './first-load.ts';
import { liveIn } from './lived-in.ts';
import { places } from './places.ts';
import { settled } from './settled.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

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

describe.each(LOOKS)('in $look', ({ language, colorScheme, width }) => {
  it('every page has nothing serious to find, no error and no sideways scrolling', async () => {
    const watched = await world.open('/console.svg', { colorScheme, viewport: { width, height: 780 } });
    const { page, context, errors, foreign } = watched;
    await context.addInitScript(`localStorage.setItem('konektor.language', '${language}')`);
    const found: string[] = [];
    const titles = new Map<string, string>();
    for (const { name, address } of places(made)) {
      await page.goto(address);
      await settled(watched);
      const findings = [...await seriousFindings(page), ...errors.splice(0), ...foreign.splice(0).map((url) => `calls ${url}`)];
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      if (overflow > 0) findings.push(`is ${overflow} px wider than the screen`);
      if (await page.evaluate('document.documentElement.lang') !== language) findings.push('speaks another language');
      titles.set(name, await page.title());
      found.push(...findings.map((finding) => `${name}: ${finding}`));
    }
    expect(found).toEqual([]);
    expect([...titles].filter(([, title]) => title.trim() === ''), 'pages without a title').toEqual([]);
  }, 180_000);
});

describe('the first page', () => {
  it(`loads less than ${MOST_SCRIPT / 1000} kB of compressed script`, async () => {
    const watched = await world.open('/console.svg');
    const { bytes, files } = await firstLoad(watched, '/');
    expect(files).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MOST_SCRIPT);
  });
});
