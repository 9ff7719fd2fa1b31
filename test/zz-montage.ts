import { readFileSync } from 'node:fs';
import { startBrowser } from './browser/browser.ts';
const [out = '', width = '900', ...files] = process.argv.slice(2);
const b = await startBrowser();
const page = await (await b.newContext({ viewport: { width: 1840, height: 900 } })).newPage();
await page.setContent(`<body style="margin:0;background:#888;display:flex;flex-wrap:wrap;gap:8px;align-items:flex-start">${files.map((f) => `<img style="width:${width}px" src="data:image/png;base64,${readFileSync(f).toString('base64')}">`).join('')}</body>`);
await page.waitForTimeout(300);
await page.screenshot({ path: out, fullPage: true });
await b.close();
