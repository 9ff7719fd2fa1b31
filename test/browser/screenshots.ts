// `npm run screenshots`: every page of the console as people see it, light and dark, in both languages, on a wide and a narrow screen,
// with data that was really made; into `screenshots/`. It proves nothing: it is looked at.
// `npm run screenshots -- task` makes those whose name has this in it.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO, emptyFolder, removeFolder, startServer, TOKEN } from '../end-to-end/server-process.ts';
import { openPage, signedIn, startBrowser } from './browser.ts';
import { liveIn } from './lived-in.ts';
import { places } from './places.ts';
import { settled } from './settled.ts';

const INTO = join(import.meta.dirname, '..', '..', 'screenshots');
const WIDTHS = [1280, 360];
const wanted = process.argv[2] ?? '';

const folder = emptyFolder();
const server = await startServer(folder);
const browser = await startBrowser();
try {
  const made = await liveIn(server);
  rmSync(INTO, { recursive: true, force: true });
  mkdirSync(INTO, { recursive: true });
  const begun = performance.now();
  const shown = places(made).filter(({ name }) => name.includes(wanted));
  let pictures = 0;
  for (const language of ['en', 'id']) {
    for (const width of WIDTHS) {
      const watched = await openPage(browser, server.url, { viewport: { width, height: width < 600 ? 780 : 800 }, colorScheme: 'light' });
      await watched.context.addInitScript(`localStorage.setItem('konektor.language', '${language}')`);
      await signedIn(watched, server.url, TOKEN);
      const { page } = watched;
      for (const { name, address } of shown) {
        await page.goto(address);
        await settled(watched);
        if (name.endsWith('-list')) await page.locator('form button[type=submit]').first().click().then(() => page.getByRole('table').waitFor());
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: join(INTO, `${name}.${language}.${colorScheme}.${width}.png`), fullPage: true, animations: 'disabled' });
          pictures += 1;
        }
        await page.emulateMedia({ colorScheme: 'light' });
        for (const problem of [...watched.errors.splice(0), ...watched.foreign.splice(0)]) console.log(`${name} (${language}, ${width}): ${problem}`);
      }
      await watched.context.close();
    }
  }
  console.log(`${pictures} pictures of ${shown.length} pages of ${DEMO.split('/')[1] ?? ''} in ${Math.round((performance.now() - begun) / 1000)} s: ${INTO}`);
} finally {
  await browser.close();
  await server.stop();
  removeFolder(folder);
}
