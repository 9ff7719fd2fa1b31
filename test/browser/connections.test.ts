// The list of connections, and "Create new": from a project without anything to a connection that works, by mouse, by keyboard, and past what is wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parseHcl } from '../end-to-end/hcl.ts';
import { konektor } from '../end-to-end/running-command.ts';
import { type ReplyBody, TOKEN } from '../end-to-end/running-server.ts';
import { ConnectionResource, createProvider } from '../end-to-end/terraform-provider.ts';
import { seriousFindings } from './accessible.ts';
import { keyboardOf } from './keyboard.ts';
import { eventually } from './patience.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';
import { button, choose, details, heading, KEY, location, newProject, newSecret, next, traces, WRONG_KEY } from './wizard-steps.ts';

let world: ConsoleWorld;
withConsole((made) => { world = made; });


const connectionOf = async (project: string, id: string): Promise<ReplyBody> => (await world.server.call('GET', `/v1/projects/${project}/locations/asia-southeast2/connections/${id}`)).body;

/** The text of a form of the review. */
async function written(page: Page, form: string): Promise<string> {
  await page.getByRole('tab', { name: form }).click();
  return (await page.getByRole('region', { name: form }).textContent()) ?? '';
}

describe('the wizard', () => {
  it('leads from an empty project to a connection that works, with a secret and an account made on the way', async () => {
    const project = await newProject(world.server, 'toko-baru');
    const { page } = await world.open(`/console/projects/${project}/connections`);
    const sent: Request[] = [];
    page.on('request', (request) => sent.push(request));
    await page.getByText('There are no connections in this project yet.').waitFor();
    expect(await seriousFindings(page), 'empty list').toEqual([]);
    await page.getByRole('link', { name: 'Create new' }).click();
    await page.getByLabel('Region').waitFor();
    await location(page);
    await details(page, 'toko');
    await page.getByLabel('Description').fill('Kasir: toko "Medan" & co');
    await button(page, 'Create a service account');
    await page.getByLabel('Account name').fill('kasir');
    await page.getByLabel(/^Grant it/).uncheck();
    await button(page, 'Create');
    await page.getByRole('combobox', { name: 'Service account' }).getByText(`kasir@${project}`).waitFor();
    await button(page, 'Add label');
    await page.getByLabel('Key', { exact: true }).fill('env');
    await page.getByLabel('Value', { exact: true }).fill('prod');
    await page.getByLabel('Verbosity').fill('2');
    await choose(page, 'Logging', 'Information');
    await page.getByLabel('Use proxy').check();
    expect(await seriousFindings(page), 'details').toEqual([]);
    await page.getByLabel('Use proxy').uncheck();
    await next(page);
    await heading(page, 'Authentication');

    await button(page, 'Create a secret: API Key');
    await page.getByLabel('Name of the secret').fill('stripe-key');
    await page.getByLabel('Value').fill(KEY);
    await button(page, 'Create');
    await page.getByText(`kasir@${project}.iam.gserviceaccount.com lacks roles/secretmanager.viewer, roles/secretmanager.secretAccessor on stripe-key`).waitFor();
    expect(await traces(page)).not.toContain(KEY);
    expect(await seriousFindings(page), 'authentication').toEqual([]);
    await button(page, 'Grant the roles');
    await page.getByRole('button', { name: 'Grant the roles' }).waitFor({ state: 'detached' });
    await next(page);
    await heading(page, 'Review');
    expect(await seriousFindings(page), 'review').toEqual([]);

    const [terraform, command, json, curl] = [await written(page, 'Terraform'), await written(page, 'konektor'), await written(page, 'JSON'), await written(page, 'curl')];
    await button(page, 'Create');
    await heading(page, 'The connection works.');
    expect(await seriousFindings(page), 'outcome').toEqual([]);

    const creation = sent.find((request) => request.method() === 'POST' && request.url().includes('/connections?'));
    expect(creation?.postDataJSON(), 'JSON is what was sent').toEqual(JSON.parse(json));
    expect(curl).toContain(`-d '${json}'`);
    expect(curl).toContain(creation?.url());
    const values = sent.filter((request) => [KEY, Buffer.from(KEY).toString('base64')].some((value) => `${request.url()} ${request.postData() ?? ''}`.includes(value)));
    expect(values.map((request) => new URL(request.url()).pathname), 'the key goes to the secrets alone').toEqual([`/v1/projects/${project}/secrets/stripe-key:addVersion`]);
    expect(await connectionOf(project, 'toko')).toMatchObject({ ...(JSON.parse(json) as object), status: { state: 'ACTIVE' } });

    const [resource] = parseHcl(terraform).blocks;
    if (resource === undefined) throw new Error(terraform);
    const provider = createProvider(world.server.url, project);
    expect(resource.labels).toEqual(['google_integration_connectors_connection', 'toko']);
    expect(await new ConnectionResource(provider, project, resource).plan(resource), 'Terraform would add its own label and nothing else').toEqual(['labels']);
    await commandAgrees(command, project);
  });

  it('asks the server about a copy when it knows what its connector wants, and not before', async () => {
    const { page } = await world.open('/console.svg');
    const asked: unknown[] = [];
    page.on('request', (request) => { if (request.url().includes('connections:validate')) asked.push(request.postDataJSON()); });
    const { promise: isShown, resolve: show } = Promise.withResolvers<void>();
    await page.route('**/connectors/stripe/versions*', async (route) => {
      await isShown;
      await route.continue();
    });
    await page.goto('/console/projects/demo/connections/new?from=us-central1/stripe-sandbox&step=review');
    await heading(page, 'Review');
    const answer = page.waitForResponse((response) => response.url().includes('connections:validate'));
    show();
    await answer;
    expect(asked).toEqual([expect.objectContaining({ authConfig: expect.objectContaining({ authKey: 'api_key' }) })]);
    expect(await page.getByText('This would be refused:').count()).toBe(0);
  });

  /** The file that the command writes is what was made, and makes another. */
  async function commandAgrees(command: string, project: string): Promise<void> {
    const [, file = '', tail = ''] = /^cat > toko\.yaml <<'YAML'\n([^]*)YAML\n(.*)$/.exec(command) ?? [];
    expect(tail).toBe('konektor connections create -f toko.yaml');
    const folder = mkdtempSync(join(tmpdir(), 'konektor-test-'));
    try {
      const [path, second] = [join(folder, 'toko.yaml'), join(folder, 'kedua.yaml')];
      writeFileSync(path, file);
      writeFileSync(second, file.replace('connections/toko', 'connections/kedua'));
      const variables = { KONEKTOR_SERVER: world.server.url, KONEKTOR_TOKEN: TOKEN };
      const [same, other] = await Promise.all([konektor(['connections', 'import', path, '--dry-run'], variables), konektor(['connections', 'create', '-f', second, '--dry-run'], variables)]);
      expect([same.exitCode, same.out, same.err], 'nothing differs').toEqual([0, '', '']);
      expect([other.exitCode, other.err], other.out).toEqual([1, '']);
      expect(other.out).toContain(`+name: projects/${project}/locations/asia-southeast2/connections/kedua`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('says what to mend where the connection does not work, and leads back with everything still there', async () => {
    const project = await newProject(world.server, 'toko-keliru');
    await newSecret(world.server, project, 'stripe-key', WRONG_KEY);
    const { page } = await world.open(`/console/projects/${project}/connections/new`);
    await location(page);
    await details(page, 'keliru');
    await page.getByLabel('Description').fill('tetap ada');
    await next(page);
    await choose(page, 'API Key', 'stripe-key');
    await next(page);
    await button(page, 'Create');
    await page.getByText('Stripe did not accept the API key').waitFor();
    expect(await seriousFindings(page), 'error').toEqual([]);
    await button(page, 'Mend it');
    await heading(page, 'Authentication');
    // Its choices may be on their way still.
    await eventually(() => page.getByRole('combobox', { name: 'API Key' }).textContent()).toBe('stripe-key');
    await page.getByRole('tab', { name: 'Connection details' }).click();
    expect(await page.getByLabel('Description').inputValue()).toBe('tetap ada');
    expect(await page.getByLabel('Connection name').isDisabled(), 'it has its name already').toBe(true);
    await page.getByRole('tab', { name: 'Authentication' }).click();
    await button(page, 'Add a version: API Key');
    await page.getByLabel('Value').fill(KEY);
    await button(page, 'Add a version');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await next(page);
    await button(page, 'Save and try again');
    await heading(page, 'The connection works.');
    expect(await connectionOf(project, 'keliru')).toMatchObject({ description: 'tetap ada', connectionRevision: '2', status: { state: 'ACTIVE' } });
  });

  it('is gone through by keyboard alone', async () => {
    const project = await newProject(world.server, 'toko-papan');
    await newSecret(world.server, project, 'stripe-key', KEY);
    const { page } = await world.open(`/console/projects/${project}/connections`);
    const { press, type, reach, find, takeFirst } = keyboardOf(page);
    await page.getByRole('link', { name: 'Create new' }).waitFor();
    await reach('Create new');
    await press('Enter');
    await heading(page, 'Location');
    await reach('Region');
    await find('jakarta', /^asia-southeast2/);
    await press('Enter');
    await heading(page, 'Connection details');
    await reach('Connector');
    await takeFirst('Stripe');
    await page.getByLabel('Account ID').waitFor();
    await reach('Connection name');
    await type('papan');
    await reach('Advanced');
    await press('Enter');
    await page.getByRole('button', { name: 'Add destination: Stripe API' }).waitFor();
    await reach('Add destination: Stripe API');
    await press('Enter');
    await page.getByLabel('Host name or IP address').waitFor();
    // Onwards once around: the new field stands before the button that added it.
    await reach('Host name or IP address');
    await type('sandbox');
    await press('Enter');
    await heading(page, 'Authentication');
    await reach('API Key');
    await takeFirst('stripe-key');
    await page.getByLabel('Version of stripe-key').waitFor();
    await reach('Next');
    await press('Enter');
    await heading(page, 'Review');
    await reach('Create');
    await press('Enter');
    await heading(page, 'The connection works.');
    expect(await connectionOf(project, 'papan')).toMatchObject({ status: { state: 'ACTIVE' } });
  });

  it('loses nothing of one who types before the choices are there', async () => {
    const project = await newProject(world.server, 'toko-cepat');
    await newSecret(world.server, project, 'stripe-key', KEY);
    const { page } = await world.open('/console.svg');
    const held = new Map(await Promise.all(['/locations', '/connectors', '/secrets'].map(async (end) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      await page.route(({ pathname }) => pathname.startsWith('/v1/') && pathname.endsWith(end), async (route) => {
        await promise;
        await route.continue();
      });
      return [end, () => resolve(undefined)] as const;
    })));
    // What is missing is known by then, and would be said.
    await Promise.all([page.waitForResponse((answer) => answer.url().includes('connections:validate')), page.goto(`/console/projects/${project}/connections/new`)]);
    const { press, type, reach } = keyboardOf(page);
    await heading(page, 'Location');
    await reach('Region');
    await type('jakarta');
    await press('Enter', 'Enter');
    expect(await page.getByText('Choose a region.').count(), 'nothing was sent').toBe(0);
    held.get('/locations')?.();
    await page.locator('[role=option].Mui-focused:has-text("asia-southeast2")').waitFor();
    await press('Enter', 'Enter');
    await heading(page, 'Connection details');

    /** The list that is opened before its choices are there says so, and goes to the first when it comes. */
    const opened = async (field: string, list: string, first: string): Promise<void> => {
      await reach(field);
      await press('Enter');
      await page.getByRole('option', { name: 'Loading', exact: true }).waitFor();
      held.get(list)?.();
      await page.locator('[role=option]:focus').and(page.getByRole('option', { name: first, exact: true })).waitFor();
      await press('Enter');
    };
    await opened('Connector', '/connectors', 'Stripe');
    await page.getByLabel('Account ID').waitFor();
    await reach('Connection name');
    await type('cepat');
    await press('Enter');
    await heading(page, 'Authentication');
    await opened('API Key', '/secrets', 'stripe-key');
    await page.getByLabel('Version of stripe-key').waitFor();
  });

  it('offers to enable the services that are not', async () => {
    const project = await newProject(world.server, 'toko-mati');
    for (const service of ['connectors', 'secretmanager']) await world.server.call('POST', `/v1/projects/${project}/services/${service}.googleapis.com:disable`, {});
    const { page, errors } = await world.open(`/console/projects/${project}/connections/new`);
    await page.getByText('Services that connections need are not enabled').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await button(page, 'Enable them');
    await location(page);
    // The browser itself tells of the calls that were refused before.
    expect(errors.splice(0).every((one) => one.includes('status of 4')), 'refused before').toBe(true);
  });
});

describe('the list', () => {
  const rows = (page: Page): Promise<readonly string[]> => page.getByRole('row').getByRole('link').allTextContents();

  it('is filtered and sorted, and the address keeps both', async () => {
    const project = await newProject(world.server, 'toko-daftar');
    await newSecret(world.server, project, 'stripe-key', KEY);
    const body = (id: string): object => ({
      connectorVersion: `projects/${project}/locations/global/providers/stripe/connectors/stripe/versions/1`, labels: { toko: id }, suspended: id === 'budi',
      authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `projects/${project}/secrets/stripe-key/versions/1` } }] },
      destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    });
    for (const [region, id] of [['us-central1', 'citra'], ['asia-southeast2', 'ani'], ['us-central1', 'budi']] as const) {
      expect((await world.server.call('POST', `/v1/projects/${project}/locations/${region}/connections?connectionId=${id}`, body(id))).status).toBe(200);
    }
    const { page } = await world.open(`/console/projects/${project}/connections?order=-name`);
    await page.getByRole('row').nth(3).waitFor();
    expect(await rows(page)).toEqual(['citra', 'budi', 'ani']);
    await page.getByRole('row', { name: /ani.*Active.*2 \/ 2 \/ 50|ani.*Active.*no limit \/ 2 \/ 50/ }).waitFor();
    const order = async (): Promise<readonly [readonly string[], string]> => [await rows(page), new URL(page.url()).search];
    await button(page, 'Name');
    await eventually(async () => (await order())[1]).toBe('');
    await button(page, 'Name');
    await eventually(order).toEqual([['ani', 'budi', 'citra'], '?order=name']);
    await choose(page, 'Region', 'us-central1');
    await eventually(() => rows(page)).toEqual(['budi', 'citra']);
    await page.getByLabel('Search: Connections').pressSequentially('toko=citra');
    await eventually(() => rows(page)).toEqual(['citra']);
    await eventually(() => Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ order: 'name', region: 'us-central1', q: 'toko=citra' });
    await page.reload();
    await page.getByRole('row', { name: /citra/ }).waitFor();
    expect(await rows(page)).toEqual(['citra']);
    await page.getByLabel('Search: Connections').fill('nobody');
    await page.getByText('Nothing passes the filter.').waitFor();
    await page.goto(`/console/projects/${project}/connections?state=INACTIVE`);
    await page.getByRole('row', { name: /budi.*Suspended/ }).waitFor();
    expect(await rows(page)).toEqual(['budi']);
  });

  it('suspends, resumes, duplicates and deletes, on a narrow screen too', async () => {
    const project = 'toko-daftar';
    const { page } = await world.open(`/console/projects/${project}/connections`, { viewport: { width: 360, height: 720 } });
    const act = async (id: string, deed: string): Promise<void> => {
      await button(page, `Actions on ${id}`);
      await page.getByRole('menuitem', { name: deed }).click();
    };
    await act('ani', 'Suspend');
    await page.getByRole('row', { name: /ani.*Suspended/ }).waitFor();
    await act('ani', 'Resume');
    await page.getByRole('row', { name: /ani.*Active/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth'), 'the page itself is not wider than the screen').toBe(360);

    await act('citra', 'Delete');
    const remove = page.getByRole('button', { name: 'Delete', exact: true });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByLabel('Name').fill('citr');
    expect(await remove.isDisabled()).toBe(true);
    // Texts have no contrast yet while the dialog comes in.
    await eventually(async () => seriousFindings(page)).toEqual([]);
    await page.getByLabel('Name').fill('citra');
    await remove.click();
    await page.getByRole('row', { name: /citra/ }).waitFor({ state: 'detached' });

    await act('ani', 'Duplicate');
    await heading(page, 'Create connection like ani');
    await next(page);
    await page.getByLabel('Connection name').fill('ani-dua');
    await next(page);
    await heading(page, 'Authentication');
    // Its choices may be on their way still.
    await eventually(() => page.getByRole('combobox', { name: 'API Key' }).textContent()).toBe('stripe-key');
    await next(page);
    await button(page, 'Create');
    await heading(page, 'The connection works.');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const said = ({ connectorVersion, serviceAccount, labels, authConfig, destinationConfigs, nodeConfig }: ReplyBody): object => ({ connectorVersion, serviceAccount, labels, authConfig, destinationConfigs, nodeConfig });
    expect(said(await connectionOf(project, 'ani-dua'))).toEqual(said(await connectionOf(project, 'ani')));
  });
});
