// `npm run screenshots`: every page of the console as people see it, light and dark, in both languages, on a wide and a narrow screen,
// with data that was really made, and before them the one that asks who somebody is; into `screenshots/`. It proves nothing: it is
// looked at. `npm run screenshots -- task` makes those whose name has this in it.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO, emptyFolder, removeFolder, startServer, TOKEN } from '../end-to-end/server-process.ts';
import { openPage, signedIn, startBrowser, type WatchedPage } from './browser.ts';
import { liveIn } from './lived-in.ts';
import { type Place, places } from './places.ts';
import { settled } from './settled.ts';

const INTO = join(import.meta.dirname, '..', '..', 'screenshots');
const WIDTHS = [1280, 360];
/** Asked for by nobody yet, so that the browser tells of a call that was refused. */
const SIGN_IN = { name: 'sign-in', address: '/console' };
const wanted = process.argv[2] ?? '';
const isWanted = ({ name }: Pick<Place, 'name'>): boolean => name.includes(wanted);

/** @param look the language, and the width of the screen in pixels
 *  @returns how many there are of the page now */
async function picture(watched: WatchedPage, { name, address }: Pick<Place, 'name' | 'address'>, look: readonly [string, number]): Promise<number> {
  const { page } = watched;
  const [language, width] = look;
  await page.goto(address);
  await settled(watched);
  if (name.endsWith('-list')) await page.locator('form button[type=submit]').first().click().then(() => page.getByRole('table').waitFor());
  const schemes = ['light', 'dark'] as const;
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html.${colorScheme}`).waitFor();
    await page.screenshot({ path: join(INTO, `${name}.${language}.${colorScheme}.${width}.png`), fullPage: true, animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return schemes.length;
}

const folder = emptyFolder();
const server = await startServer(folder);
const browser = await startBrowser();
try {
  const made = await liveIn(server);
  rmSync(INTO, { recursive: true, force: true });
  mkdirSync(INTO, { recursive: true });
  const begun = performance.now();
  const shown = places(made).filter(isWanted);
  const signIn = [SIGN_IN].filter(isWanted);
  let pictures = 0;
  for (const language of ['en', 'id']) {
    for (const width of WIDTHS) {
      const watched = await openPage(browser, server.url, { viewport: { width, height: width < 600 ? 780 : 800 }, colorScheme: 'light' });
      const { context, errors, foreign } = watched;
      await context.addInitScript(`localStorage.setItem('konektor.language', '${language}')`);
      for (const place of signIn) pictures += await picture(watched, place, [language, width]);
      errors.length = 0;
      await signedIn(watched, server.url, TOKEN);
      for (const place of shown) {
        pictures += await picture(watched, place, [language, width]);
        for (const problem of [...errors.splice(0), ...foreign.splice(0)]) console.log(`${place.name} (${language}, ${width}): ${problem}`);
      }
      await context.close();
    }
  }
  console.log(`${pictures} pictures of ${signIn.length + shown.length} pages of ${DEMO.split('/')[1] ?? ''} in ${Math.round((performance.now() - begun) / 1000)} s: ${INTO}`);
} finally {
  await browser.close();
  await server.stop();
  removeFolder(folder);
}
