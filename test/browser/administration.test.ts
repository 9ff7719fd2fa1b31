// The administration pages: each one's deed is done through the page and seen through the API; who may less is offered less.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { DEMO } from '../end-to-end/running-server.ts';
import { cutTexts } from './cut-texts.ts';
import { eventually } from './patience.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

/** A source that takes requests and answers none: what waits for it can be cancelled. */
const silent = createServer(() => undefined).listen(0, '127.0.0.1');
await once(silent, 'listening');
const SILENT = `127.0.0.1:${(silent.address() as AddressInfo).port}`;

const DEMO_PAGE = '/console/projects/demo';
const P = '/v1/projects/demo';
const ACCOUNT = 'night-jobs@demo.iam.gserviceaccount.com';

let world: ConsoleWorld;
withConsole((made) => { world = made; }, { KONEKTOR_ALLOW_STRIPE_HOSTS: SILENT });
const api = async (method: string, path: string, body?: unknown) => (await world.server.call(method, path, body)).body;
const dialog = (page: Page) => page.getByRole('dialog');
const press = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();

afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

it('projects: one is created, a service of it disabled and enabled', async () => {
  const { page, errors } = await world.open('/console/projects');
  await page.getByRole('button', { name: 'Create project' }).click();
  await dialog(page).getByLabel('Project ID').fill('X');
  await press(page, 'Create');
  // What the server says of a bad id.
  await dialog(page).getByText('projectId').first().waitFor();
  expect(errors.splice(0)).toEqual([expect.stringContaining('400')]);
  await dialog(page).getByLabel('Project ID').fill('toko-prod');
  await dialog(page).getByLabel('Name').fill('Toko');
  await press(page, 'Create');
  await page.getByRole('heading', { name: 'toko-prod' }).waitFor();
  expect(await api('GET', '/v1/projects/toko-prod')).toMatchObject({ name: 'Toko' });
  await page.getByRole('button', { name: 'Disable: Secret Manager API' }).click();
  expect(await dialog(page).getByRole('button', { name: 'Disable' }).isDisabled()).toBe(true);
  await dialog(page).getByLabel('Name').fill('secretmanager.googleapis.com');
  await press(page, 'Disable');
  await page.getByRole('button', { name: 'Enable: Secret Manager API' }).waitFor();
  expect(await api('GET', '/v1/projects/toko-prod/services/secretmanager.googleapis.com')).toMatchObject({ state: 'DISABLED' });
  // What the service would have shown leads to where it is enabled.
  await page.getByRole('navigation').getByRole('link', { name: 'Secrets' }).click();
  await page.getByRole('link', { name: 'To the services of the project' }).click();
  const told = errors.splice(0);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((error) => !error.includes('400'))).toEqual([]);
  await page.getByRole('button', { name: 'Enable: Secret Manager API' }).click();
  await page.getByRole('button', { name: 'Disable: Secret Manager API' }).waitFor();
  expect(await api('GET', '/v1/projects/toko-prod/services/secretmanager.googleapis.com')).toMatchObject({ state: 'ENABLED' });
});

it('secrets: a value is typed once, shown on purpose alone, disabled and destroyed', async () => {
  const { page } = await world.open(`${DEMO_PAGE}/secrets?q=stripe`);
  await page.getByRole('link', { name: 'stripe-api-key' }).waitFor();
  await page.getByRole('button', { name: 'Create secret' }).click();
  await dialog(page).getByLabel('Name').fill('typed-here');
  await dialog(page).getByLabel('Value', { exact: true }).fill('kunci rahasia');
  await press(page, 'Create');
  await page.getByRole('heading', { name: 'typed-here' }).waitFor();
  await page.getByText('No connection of this project names').waitFor();
  expect(await page.content()).not.toContain('kunci rahasia');
  const { payload } = await api('GET', `${P}/secrets/typed-here/versions/1:access`);
  expect(payload).toMatchObject({ data: Buffer.from('kunci rahasia').toString('base64') });
  await page.getByRole('button', { name: 'Show value: Version 1' }).click();
  expect(await page.content()).not.toContain('kunci rahasia');
  await press(page, 'Show it now');
  await dialog(page).getByText('kunci rahasia').waitFor();
  await press(page, 'Close');
  await dialog(page).waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain('kunci rahasia');
  await page.getByRole('button', { name: 'Add version' }).click();
  await dialog(page).getByLabel('Value', { exact: true }).fill('yang kedua');
  await press(page, 'Add version');
  await page.getByRole('button', { name: 'Disable: Version 2' }).click();
  await press(page, 'Disable');
  await page.getByRole('button', { name: 'Enable: Version 2' }).waitFor();
  await page.getByRole('button', { name: 'Destroy: Version 1' }).click();
  await dialog(page).getByLabel('Name').fill('typed-here');
  await press(page, 'Destroy');
  await page.getByRole('cell', { name: 'Destroyed' }).waitFor();
  expect((await api('GET', `${P}/secrets/typed-here/versions`))['versions']).toMatchObject([{ state: 'DISABLED' }, { state: 'DESTROYED' }]);
  // A secret leads to the connections that use it.
  await page.goto(`${DEMO_PAGE}/secrets/stripe-api-key`);
  await page.getByRole('link', { name: 'stripe-sandbox' }).click();
  await page.getByRole('heading', { name: 'stripe-sandbox' }).waitFor();
});

it('a dialog about a long name is read whole on a narrow screen, and moves for nobody who asked for rest', async () => {
  const secret = `kunci-${'panjang'.repeat(30)}`;
  await api('POST', `${P}/secrets?secretId=${secret}`, { replication: { automatic: {} } });
  const { page } = await world.open(`${DEMO_PAGE}/secrets/${secret}`, { viewport: { width: 360, height: 720 } });
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog(page).getByText(secret).first().waitFor();
  expect(await cutTexts(page)).toEqual([]);
  const moving = async (): Promise<number> => Number(await page.evaluate(`[...document.querySelectorAll('body *')].filter((one) => one.closest('[role=progressbar]') === null)
    .filter((one) => { const { transitionDuration, animationDuration, animationName } = getComputedStyle(one); return (transitionDuration + (animationName === 'none' ? '' : ',' + animationDuration)).split(',').some((time) => parseFloat(time) > 0.001); }).length`));
  expect(await moving()).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving(), 'with motion').toBeGreaterThan(0);
});

it('service accounts: one is created, given a role, disabled', async () => {
  const { page } = await world.open(`${DEMO_PAGE}/serviceAccounts`);
  await page.getByRole('button', { name: 'Create service account' }).click();
  await dialog(page).getByLabel('Account ID').fill('night-jobs');
  await dialog(page).getByLabel('Name').fill('Nightly jobs');
  await press(page, 'Create');
  await page.getByRole('heading', { name: ACCOUNT }).waitFor();
  const roles = page.getByRole('region', { name: 'Its roles in the project' });
  await roles.getByRole('button', { name: 'Grant role' }).click();
  await dialog(page).getByLabel('Role').fill('invoker');
  await page.getByRole('option', { name: 'Connector Invoker' }).click();
  await press(page, 'Grant role');
  await roles.getByText('Connector Invoker').waitFor();
  expect((await api('POST', `${P}:getIamPolicy`, {}))['bindings']).toContainEqual({ role: 'roles/connectors.invoker', members: [`serviceAccount:${ACCOUNT}`] });
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await press(page, 'Disable');
  await page.getByRole('button', { name: 'Enable', exact: true }).waitFor();
  expect(await api('GET', `${P}/serviceAccounts/${ACCOUNT}`)).toMatchObject({ displayName: 'Nightly jobs', disabled: true });
});

describe('access', () => {
  it('a role is granted, found and revoked', async () => {
    const { page, errors } = await world.open(`${DEMO_PAGE}/access`);
    await page.getByRole('button', { name: 'Grant role' }).click();
    await dialog(page).getByLabel('Member').fill('ani');
    await dialog(page).getByLabel('Role').fill('roles/viewer');
    await page.getByRole('option', { name: 'Viewer' }).click();
    await press(page, 'Grant role');
    await dialog(page).getByText('must be').waitFor();
    expect(errors.splice(0)).toEqual([expect.stringContaining('400')]);
    await dialog(page).getByLabel('Member').fill('user:ani@example.com');
    await press(page, 'Grant role');
    await page.getByRole('button', { name: 'Revoke: user:ani@example.com Viewer' }).waitFor();
    const holds = async () => JSON.stringify(await api('POST', `${P}:getIamPolicy`, {})).includes('user:ani@example.com');
    expect(await holds()).toBe(true);
    await page.getByRole('button', { name: 'Revoke: user:ani@example.com Viewer' }).click();
    await press(page, 'Revoke');
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Revoke: user:ani@example.com Viewer' }).waitFor({ state: 'detached' });
    expect(await holds()).toBe(false);
    // Roles by what they hold.
    await page.getByRole('link', { name: 'Roles', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search: Roles', exact: true }).fill('konektor.auditEntries.list');
    await page.getByRole('button', { name: 'Audit Viewer' }).click();
    await dialog(page).getByText('konektor.auditEntries.list').waitFor();
    expect(new URL(page.url()).searchParams.get('role')).toBe('roles/konektor.auditViewer');
  });

  it('a token is minted, shown once, and revoked', async () => {
    const { page } = await world.open(`${DEMO_PAGE}/access/tokens`);
    await page.getByRole('button', { name: 'Mint token' }).click();
    await dialog(page).getByLabel('Member').fill('user:cici@example.com');
    await dialog(page).getByLabel('What it is for').fill('laptop');
    await press(page, 'Mint token');
    const token = (await dialog(page).getByRole('region', { name: 'Token' }).textContent()) ?? '';
    const status = async () => (await fetch(`${world.server.url}/v1/tokens`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status()).toBe(200);
    await press(page, 'Done');
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke: laptop' }).click();
    await press(page, 'Revoke');
    await page.getByRole('cell', { name: 'Revoked' }).waitFor();
    expect(await status()).toBe(401);
  });
});

it('operations: one that runs is cancelled, one that ended is found by how', async () => {
  const begun = await api('POST', `${P}/locations/us-central1/connections?connectionId=waits`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: `http://${SILENT}` }] }],
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
  });
  const operation = begun.name;
  const { page } = await world.open(`${DEMO_PAGE}/operations?state=RUNNING`);
  await page.getByRole('link', { name: operation.split('/').at(-1) ?? '' }).click();
  await page.getByRole('heading', { name: 'Create: waits' }).waitFor();
  await page.getByRole('button', { name: 'Cancel operation' }).click();
  await press(page, 'Cancel operation');
  await page.getByRole('button', { name: 'Forget operation' }).waitFor();
  expect(await api('GET', `/v1/${operation}`)).toMatchObject({ done: true, error: { code: 1 } });
  await page.goto(`${DEMO_PAGE}/operations?state=FAILED`);
  await page.getByRole('row', { name: 'connections/waits' }).waitFor();
  expect(await page.getByRole('row', { name: DEMO.split('/').at(-1) ?? '' }).count()).toBe(0);

  const operations = (await api('GET', `${P}/locations/us-central1/operations`))['operations'] as readonly { readonly name: string; readonly response?: { readonly name?: string } }[];
  const made = operations.find(({ response }) => response?.name === DEMO);
  await page.goto(`/console/${made?.name ?? ''}`);
  await page.getByRole('main').getByText('Active', { exact: true }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'stripe-sandbox', exact: true }).last().click();
  await page.waitForURL(`**/console/${DEMO}`);
});

it('audit: calls are found by how they ended, opened, and taken away as lines', async () => {
  await api('GET', `${P}/secrets/missing-one`);
  // Records of what changes nothing are stored a moment later, and the page asks once.
  await eventually(async () => JSON.stringify(await api('GET', `${P}/auditEntries?filter=operation%3Dsecrets.get`))).toContain('missing-one');
  const { page } = await world.open(`${DEMO_PAGE}/audit?outcome=NOT_FOUND`);
  await page.getByLabel('Resource').fill('missing');
  // The list is asked for anew when one stops typing: what is opened before would be closed by that.
  await page.waitForURL(/resource=missing/);
  await page.getByRole('button', { name: 'secrets.get' }).first().click();
  await dialog(page).getByText('google.cloud.secretmanager.v1.SecretManagerService.GetSecret').waitFor();
  await press(page, 'Close');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as lines' }).click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { readonly resource: string });
  expect(lines.map(({ resource }) => resource)).toEqual(['projects/demo/secrets/missing-one']);
});

it('settings: those of the project are changed, the language in place', async () => {
  const { page } = await world.open(`${DEMO_PAGE}/settings`);
  await page.getByText('Konektor 0.').waitFor();
  await page.getByLabel('VPC Service Controls').click();
  await eventually(async () => (await api('GET', `${P}/locations/global/settings`))['vpcsc']).toBe(true);
  await page.getByLabel('Egress addresses').click();
  await page.getByRole('option', { name: 'Static' }).click();
  const region = await page.getByRole('combobox', { name: 'Region' }).textContent();
  await eventually(async () => await api('GET', `${P}/locations/${region?.split(' ')[0] ?? ''}/regionalSettings`)).toMatchObject({ networkConfig: { egressMode: 'STATIC_IP' } });
  await page.getByLabel('Language', { exact: true }).last().click();
  await page.getByRole('option', { name: 'Bahasa Indonesia' }).click();
  await page.getByRole('heading', { name: 'Setelan', exact: true }).waitFor();
});

it('who may only look is offered nothing else, and told why something is not shown', async () => {
  const { bindings = [] } = (await api('POST', `${P}:getIamPolicy`, {})) as { readonly bindings?: readonly object[] };
  await api('POST', `${P}:setIamPolicy`, { policy: { bindings: [...bindings, { role: 'roles/viewer', members: ['user:dewi@example.com'] }] } });
  const token = String((await api('POST', '/v1/tokens', { member: 'user:dewi@example.com' }))['token']);
  const { page, errors } = await world.open('/console/projects', { token });
  await page.getByRole('link', { name: 'demo' }).first().click();
  await page.getByText('Secret Manager API').waitFor();
  // What sorts is no deed.
  const buttons = () => page.locator('main :is(button, [role=button]):not([role=columnheader] *)').allTextContents();
  expect(await buttons()).toEqual([]);
  for (const [path, shown] of [['/secrets', 'stripe-api-key'], ['/secrets/stripe-api-key', '/secrets/stripe-api-key'], ['/serviceAccounts', ACCOUNT], ['/access', 'user:dewi@example.com'], ['/operations', 'stripe-sandbox']] as const) {
    await page.goto(`${DEMO_PAGE}${path}`);
    await page.getByText(shown).first().waitFor();
    expect(await buttons(), path).toEqual([]);
  }
  await page.goto(`/console/${DEMO}/edit`);
  await page.getByText('Changing it needs the permission connectors.connections.update').waitFor();
  await page.getByLabel('Description').fill('not hers to change');
  await page.getByRole('region', { name: 'What will change' }).last().getByText('not hers to change').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  // What the server is asked about while one types needs the permission too.
  expect(errors.splice(0).filter((error) => !error.includes('403'))).toEqual([]);
  await page.goto(`${DEMO_PAGE}/connections/new`);
  await page.getByText('Creating a connection needs the permission connectors.connections.create').waitFor();
  await page.getByRole('link', { name: 'Back to Connections' }).waitFor();
  expect(await page.locator('main form').count(), 'nothing to fill in for nothing').toBe(0);
  expect(errors.splice(0).filter((error) => !error.includes('403'))).toEqual([]);
  await page.goto(`${DEMO_PAGE}/settings`);
  await page.getByText('Changing it needs the permission connectors.settings.update').waitFor();
  await page.goto(`${DEMO_PAGE}/audit`);
  await page.getByText("Permission 'konektor.auditEntries.list' denied").waitFor();
  expect(errors.splice(0)).toEqual([expect.stringContaining('403')]);
});

const PAGES = [
  ['/console/projects', 'Projects', 'Project'], [DEMO_PAGE, 'demo', 'demo'], [`${DEMO_PAGE}/secrets`, 'Secrets', 'Secret'], [`${DEMO_PAGE}/secrets/stripe-api-key`, 'Versions', 'Versi'], [`${DEMO_PAGE}/serviceAccounts`, 'Service accounts', 'Akun layanan'],
  [`${DEMO_PAGE}/serviceAccounts/connections@demo.iam.gserviceaccount.com`, 'Who may use the account', 'Siapa yang boleh memakai akun ini'], [`${DEMO_PAGE}/access`, 'Access', 'Akses'], [`${DEMO_PAGE}/access/tokens`, 'Tokens', 'Token'],
  [`${DEMO_PAGE}/access/roles?role=roles/viewer`, 'Viewer', 'Pelihat'], [`${DEMO_PAGE}/operations`, 'Operations', 'Operasi'], [`${DEMO_PAGE}/audit`, 'Audit', 'Audit'], [`${DEMO_PAGE}/settings`, 'Settings', 'Setelan'],
] as const;

/** To another page as its links lead there: the application stays. */
const follow = (page: Page, path: string): Promise<unknown> => page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'));`);

describe.each([['en-GB', 'light', 1280], ['id-ID', 'dark', 360]] as const)('in %s, %s, %i px wide', (locale, colorScheme, width) => {
  it('every page has its words', async () => {
    const { page } = await world.open('/console/projects', { locale, colorScheme, viewport: { width, height: 800 } });
    for (const [path, english, indonesian] of PAGES) {
      await follow(page, path);
      await page.getByRole('heading', { name: locale === 'en-GB' ? english : indonesian, exact: true }).first().waitFor();
      await page.locator('main :is([role=table], section)').first().waitFor();
    }
  });
});
