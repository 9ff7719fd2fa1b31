import { startBrowser, openPage, signedIn } from './browser/browser.ts';
import { mkdirSync } from 'node:fs';
const [origin = '', token = '', only = ''] = process.argv.slice(2);
const call = async (method: string, path: string, body?: unknown) => { const r = await fetch(`${origin}${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }); const t = await r.text(); if (!r.ok) console.log(method, path, r.status, t.slice(0, 200)); return t === '' ? {} : JSON.parse(t) as Record<string, unknown>; };
const P = '/v1/projects/demo';
if (process.env['SEED'] === '1') {
  await call('POST', `${P}/secrets?secretId=webhook-key`, { replication: { automatic: {} }, labels: { env: 'prod', team: 'toko' } });
  for (const v of ['a', 'b', 'c']) await call('POST', `${P}/secrets/webhook-key:addVersion`, { payload: { data: Buffer.from(v).toString('base64') } });
  await call('POST', `${P}/secrets/webhook-key/versions/1:destroy`, {});
  await call('POST', `${P}/secrets/webhook-key/versions/2:disable`, {});
  await call('POST', `${P}/serviceAccounts`, { accountId: 'nightly-jobs', serviceAccount: { displayName: 'Nightly jobs', description: 'Reads invoices at night.' } });
  await call('POST', `${P}:setIamPolicy`, { policy: { bindings: [{ role: 'roles/connectors.invoker', members: ['user:ani@example.com', 'serviceAccount:nightly-jobs@demo.iam.gserviceaccount.com'] }, { role: 'roles/viewer', members: ['user:budi@example.com', 'group:ops@example.com'] }] } });
  await call('POST', '/v1/tokens', { member: 'user:ani@example.com', displayName: 'laptop', lifetime: '2592000s' });
  const t = await call('POST', '/v1/tokens', { member: 'user:budi@example.com', displayName: 'old phone' });
  await call('POST', `/v1/tokens/${String(t['id'])}:revoke`, {});
  await call('POST', '/v1/projects', { projectId: 'toko-prod', name: 'Toko, production', labels: { env: 'prod' } });
  await call('PATCH', `${P}/locations/us-central1/connections/stripe-sandbox?updateMask=description`, { description: 'The demo' });
  await call('GET', `${P}/secrets/none`);
}
const ops = await call('GET', `${P}/locations/-/operations?pageSize=1`);
const op = String((ops['operations'] as { name: string }[])[0]?.name);
const PAGES: Record<string, string> = {
  projects: '/console/projects', project: '/console/projects/demo', secrets: '/console/projects/demo/secrets', secret: '/console/projects/demo/secrets/webhook-key', accounts: '/console/projects/demo/serviceAccounts',
  account: '/console/projects/demo/serviceAccounts/nightly-jobs%40demo.iam.gserviceaccount.com', policy: '/console/projects/demo/access', tokens: '/console/projects/demo/access/tokens', roles: '/console/projects/demo/access/roles',
  role: '/console/projects/demo/access/roles?role=roles/connectors.invoker', operations: '/console/projects/demo/operations', operation: `/console/${op}`, audit: '/console/projects/demo/audit', settings: '/console/projects/demo/settings', noproject: '/console/settings',
};
mkdirSync('/tmp/admin-shots', { recursive: true });
const browser = await startBrowser();
for (const [mode, lang, width] of [['light', 'en', 1280], ['dark', 'id', 1280], ['light', 'id', 360], ['dark', 'en', 360]] as const) {
  const watched = await openPage(browser, origin, { viewport: { width, height: width === 360 ? 740 : 800 }, colorScheme: mode, locale: lang === 'en' ? 'en-GB' : 'id-ID' });
  await signedIn(watched, origin, token);
  for (const [name, path] of Object.entries(PAGES)) {
    if (only !== '' && !only.split(',').includes(name)) continue;
    await watched.page.goto(path);
    await watched.page.locator('h1').first().waitFor({ timeout: 8000 }).catch(() => console.log('no h1', name));
    await watched.page.waitForTimeout(500);
    const wide = await watched.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (Number(wide) > 0) console.log('WIDER', name, lang, width, wide);
    await watched.page.screenshot({ path: `/tmp/admin-shots/${name}-${mode}-${lang}-${width}.png`, fullPage: true });
  }
  console.log(mode, lang, width, watched.errors, watched.foreign);
  await watched.context.close();
}
await browser.close();
