// The pages of one connection: what is done on each is seen through the API, and what goes through the API is seen on each.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DEMO, type Reply } from '../end-to-end/running-server.ts';
import { API } from '../../src/api/table.ts';
import { en } from '../../console/src/words/en.ts';
import { seriousFindings } from './accessible.ts';
import { eventually } from './patience.ts';
import { settled } from './settled.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

let world: ConsoleWorld;
withConsole((made) => { world = made; }, { KONEKTOR_NODE_RATE: '1000' });

const PAGE = `/console/${DEMO}`;
const CUSTOMERS = `/v2/${DEMO}/entityTypes/Customer/entities`;
const list = (): Promise<Reply> => world.server.call('GET', `${CUSTOMERS}?pageSize=2`);
const missing = (): Promise<Reply> => world.server.call('GET', `${CUSTOMERS}/cus_none`);
const connection = async () => (await world.server.call('GET', `/v1/${DEMO}`)).body;
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).click();
  await page.getByRole('option', { name: option }).click();
};

/** Customers are made meanwhile, and nobody is told so. */
async function withoutAnswers(fault: 'server_error_after' | 'reset_after', write: () => Promise<void>): Promise<void> {
  const faults = `${world.server.sandboxUrl}/_sandbox/faults`;
  await fetch(faults, { method: 'POST', body: JSON.stringify({ fault, method: 'POST', path: '/v1/customers', times: 20 }) });
  await write();
  await fetch(faults, { method: 'DELETE' });
}

/** Leaves a write of which nobody knows whether it was done. */
const leaveUnknown = (key: string): Promise<void> => withoutAnswers('server_error_after', async () => {
  expect((await world.server.call('POST', CUSTOMERS, { fields: { Name: 'Siti' } }, { 'idempotency-key': key })).status).toBe(503);
});

describe('overview', () => {
  it('tells how a connection is and was, and suspends and resumes it', async () => {
    const { page } = await world.open(PAGE);
    await page.getByText('Calls are served.').waitFor();
    await page.getByRole('link', { name: 'stripe-api-key' }).waitFor();
    await page.getByRole('region', { name: 'Nodes' }).getByText('Now').waitFor();
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByText('Everything is well.').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('Calls are not served.').waitFor();
    expect(await connection()).toMatchObject({ suspended: true, status: { state: 'INACTIVE' } });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Calls are served.').waitFor();
    const states = page.getByRole('list', { name: 'History' }).getByRole('listitem');
    await eventually(async () => (await states.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(['Active', 'Updating', 'Suspended', 'Updating', 'Active', 'Creating']);
  });

  it('locks a connection with a reason, and unlocks it', async () => {
    const { page } = await world.open(PAGE);
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByLabel('Reason').fill('tutup buku');
    await page.getByRole('dialog').getByRole('button', { name: 'Lock' }).click();
    await page.getByText('Locked: tutup buku').waitFor();
    expect(await page.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    await eventually(async () => (await connection())['lockConfig']).toBeUndefined();
  });
});

it('edit shows what will change, sends no more than that, and tells how the trial ended', async () => {
  const { page } = await world.open(`${PAGE}/edit`);
  const asked: string[] = [];
  page.on('request', (request) => request.method() === 'PATCH' && asked.push(`${new URL(request.url()).search} ${request.postData() ?? ''}`));
  await page.getByLabel('Minimum number of nodes').fill('0');
  await page.getByText('A whole number from 1 to 100.').waitFor();
  await page.getByLabel('Minimum number of nodes').fill('3');
  const changes = page.getByRole('region', { name: 'What will change' }).last();
  await changes.getByText('3', { exact: true }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved and tried out.').waitFor();
  expect(asked).toEqual([`?updateMask=nodeConfig.minNodeCount ${JSON.stringify({ nodeConfig: { minNodeCount: 3, maxNodeCount: 50 } })}`]);
  expect(await connection()).toMatchObject({ nodeConfig: { minNodeCount: 3, maxNodeCount: 50 }, status: { state: 'ACTIVE' } });
  await page.getByText('Nothing is changed yet.').waitFor();
});

it('charts move with the calls, and are tables for who would rather read', async () => {
  for (const one of [list, list, missing]) await one();
  const { page } = await world.open(`${PAGE}/charts`);
  const status = page.getByRole('status').first();
  await eventually(() => status.innerText()).toMatch(/^[1-9]\d* calls · [1-9]/);
  const before = Number.parseInt(await status.innerText(), 10);
  await page.getByRole('img', { name: /^Calls: OK/ }).waitFor();
  await page.getByRole('img', { name: /^Latency: p50/ }).waitFor();
  await page.getByRole('img', { name: /^Nodes: Nodes [23]/ }).waitFor();
  await list();
  await eventually(async () => Number.parseInt(await status.innerText(), 10)).toBe(before + 1);
  await page.getByRole('button', { name: 'Tables' }).click();
  await page.getByRole('region', { name: 'Calls' }).getByRole('columnheader', { name: 'NOT_FOUND' }).waitFor();
  await page.getByRole('button', { name: 'A day' }).click();
  await page.getByText('Per interval of 60 s').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
});

it('the log is followed, paused, searched, opened, and asked for more in place', async () => {
  await missing();
  const { page } = await world.open(`${PAGE}/log`);
  const lines = page.getByRole('list', { name: 'Lines of the log' }).getByRole('listitem');
  await lines.filter({ hasText: 'NOT_FOUND' }).first().waitFor();
  await choose(page, 'Written up to level', '2 · requests');
  await eventually(async () => (await connection())['configVariables']).toEqual([{ key: 'verbosity', intValue: '2' }]);
  await eventually(async () => (await connection()).status.state).toBe('ACTIVE');
  await list();
  await lines.filter({ hasText: 'sourceRequest' }).first().waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused').waitFor();
  const count = await lines.count();
  await missing();
  await eventually(async () => ((await world.server.call('GET', `/v1/${DEMO}:readLog?pageSize=1`)).body['lines'] as readonly { readonly facts: object }[])[0]?.facts).toMatchObject({ code: 'NOT_FOUND' });
  expect(await lines.count()).toBe(count);
  await page.getByRole('button', { name: 'Follow' }).click();
  await lines.first().filter({ hasText: 'NOT_FOUND' }).waitFor();
  await page.getByLabel('Search').fill('row_not_found');
  await eventually(async () => (await lines.allInnerTexts()).every((text) => text.includes('ROW_NOT_FOUND'))).toBe(true);
  await lines.first().getByRole('button', { name: /^Show the line/ }).click();
  await page.getByText('"severity": "WARNING"').waitFor();
  await page.getByRole('button', { name: 'Lines of this call' }).click();
  await page.getByText(/^Lines of the call/).waitFor();
  // Not before: with another search the list is asked for anew, and no line of it is open.
  await page.getByLabel('Search').fill('');
  await eventually(() => lines.count()).toBe(3);
});

it('a filter is completed while it is written: columns, operators, values, what joins them', async () => {
  const { page, errors } = await world.open(`${PAGE}/task?entity=Customer&operation=LIST`);
  const filter = page.getByRole('textbox', { name: 'filterClause' });
  const take = async (typed: string, offered: RegExp): Promise<void> => {
    await filter.pressSequentially(typed);
    // While the editor still looks for what fits, its list takes no click.
    await page.locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)').getByRole('option', { name: offered }).first().click();
  };
  await filter.click();
  await take('Ema', /^Email/);
  await take(' LI', /^LIKE/);
  await filter.pressSequentially(" 'j%' ");
  await take('A', /^AND/);
  await take('Delin', /^Delinquent/);
  expect((await filter.innerText()).replaceAll(/\s+/g, ' ').trim()).toBe("Email LIKE 'j%' AND Delinquent");
  // Where one pauses in the middle, the server is asked about half a filter, and says what is missing: the browser tells of it too.
  expect(errors.splice(0).filter((error) => !(error.includes('status of 400') && error.includes('entities:explain')))).toEqual([]);
});

it('a task whose write may have been done says so, is repeated under the same key without being done twice, and found out about', async () => {
  const { page, errors } = await world.open(`${PAGE}/task?entity=Customer&operation=CREATE`);
  const named = async (): Promise<number> => (await world.server.call('GET', `${CUSTOMERS}?conditions=${encodeURIComponent("Name = 'Sekali'")}`)).body.entities.length;
  await page.getByRole('textbox', { name: 'connectorInputPayload' }).fill('{ "Name": "Sekali" }');
  await withoutAnswers('reset_after', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(en.task.outcomeUnknown).waitFor();
  });
  // The browser itself tells of an answer that is an error.
  expect(errors.splice(0)).toEqual([expect.stringContaining('503')]);
  expect(await named()).toBe(1);
  await page.getByRole('button', { name: en.task.repeat }).click();
  await page.getByRole('heading', { name: 'Task output' }).waitFor();
  await page.getByText(en.task.outcomeUnknown).waitFor({ state: 'detached' });
  expect(await named()).toBe(1);
  // What Stripe has answered with an error it answers so again: only finding out settles it.
  await page.getByRole('button', { name: en.task.newKey }).click();
  await withoutAnswers('server_error_after', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(en.task.outcomeUnknown).waitFor();
  });
  await Promise.all([page.waitForResponse((answer) => answer.status() === 503), page.getByRole('button', { name: en.task.repeat }).click()]);
  await page.getByRole('button', { name: en.writes.reconcile, exact: true }).click();
  await page.getByText(en.task.foundDone, { exact: true }).waitFor();
  expect(await page.getByText(en.error.title).count(), 'what came in place of an answer').toBe(0);
  await page.getByRole('button', { name: en.task.getAnswer }).click();
  await page.getByRole('heading', { name: 'Task output' }).waitFor();
  expect(await named()).toBe(2);
  expect(errors.splice(0).every((error) => error.includes('503'))).toBe(true);
});

it('a task that its address began is run once, and what it answered stays while the address comes to say more', async () => {
  const id = String((await world.server.call('POST', CUSTOMERS, { fields: { Name: 'Sari' } })).body.fields['Id']);
  const watched = await world.open(`${PAGE}/task?entity=Customer&operation=GET`);
  const { page } = watched;
  const sent: string[] = [];
  page.on('request', (request) => request.url().includes(':execute') && sent.push(request.url()));
  await page.getByLabel('entityId').fill(id);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL(`**entityId=${id}**`);
  await page.getByRole('heading', { name: 'Task output' }).waitFor();
  await settled(watched);
  expect(sent).toHaveLength(1);
});

it('writes whose end nobody knows are found out, one or all, or settled by one\'s word', async () => {
  for (const key of ['order-1', 'order-2', 'order-3']) await leaveUnknown(key);
  const { page } = await world.open(`${PAGE}/writes`);
  const unfinished = page.getByRole('table', { name: 'Unfinished writes' });
  // What is found out about one write is no answer to the question about another that was opened meanwhile.
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/writes/*:reconcile', async (route) => { await held; await route.continue(); }, { times: 1 });
  await page.getByRole('button', { name: 'Find out: order-1' }).click();
  await page.getByRole('button', { name: 'Say how it ended: order-3' }).click();
  await page.getByLabel('It was not done').check();
  release();
  await page.getByText('1 write looked at').waitFor();
  await page.getByRole('dialog').getByText('order-3').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await unfinished.getByText('order-1').waitFor({ state: 'detached' });
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Say how it ended: order-2' }).click();
  expect(await page.getByLabel('It was done').isChecked(), 'asked anew').toBe(true);
  await page.getByLabel('It was not done').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Say how it ended' }).click();
  await unfinished.getByText('order-2').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Find out all' }).click();
  await page.getByText('None: of every write it is known how it ended.').waitFor();
  const writes = (await world.server.call('GET', `/v1/${DEMO}/writes`)).body['writes'] as readonly { readonly idempotencyKey: string; readonly state: string }[];
  const ours = writes.filter(({ idempotencyKey }) => idempotencyKey.startsWith('order-'));
  expect(Object.fromEntries(ours.map(({ idempotencyKey, state }) => [idempotencyKey, state]))).toEqual({ 'order-1': 'SUCCEEDED', 'order-2': 'NOT_DONE', 'order-3': 'SUCCEEDED' });
  await page.getByRole('table', { name: 'All writes' }).getByRole('button', { name: 'create Customer' }).first().click();
  await page.getByRole('dialog').getByText('Attempts').waitFor();
});

it('access is given and taken, inherited from the project, and answers who may what', async () => {
  const { page } = await world.open(`${PAGE}/access`);
  await page.getByText('You may.').waitFor();
  const own = page.getByRole('region', { name: 'On this connection' });
  await own.getByRole('button', { name: 'Grant' }).click();
  // Where one writes first, the focus is.
  await page.locator(':focus').and(page.getByRole('dialog').getByLabel('Member')).waitFor();
  await page.getByRole('dialog').getByLabel('Member').fill('user:ani@example.com');
  await page.getByRole('dialog').getByLabel('Role').fill('roles/konektor.rowsViewer');
  await page.getByRole('option').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Grant' }).click();
  const answer = page.getByRole('list', { name: 'Who may list rows?' });
  await answer.getByText('Rows Viewer, on this connection').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByLabel('Question').click();
  await page.getByRole('option', { name: 'Who may change rows?' }).click();
  // She reads alone.
  await page.getByText(en.may.nobody).waitFor();
  await page.getByRole('status').filter({ hasText: 'You may.' }).waitFor();
  expect(await page.getByText('ani@example.com').count()).toBe(1);
  await page.getByRole('region', { name: 'Inherited from the project' }).getByRole('table').waitFor();
  await own.getByRole('button', { name: /^Revoke: user:ani/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  // While it is open nothing behind it is there for a reader of the screen, and so not for this test.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await own.getByText('ani@example.com').waitFor({ state: 'detached' });
  expect((await world.server.call('GET', `/v1/${DEMO}:getIamPolicy`)).body['bindings'] ?? []).toEqual([]);
});

it('audit tells what was done through a connection, by whom and how it ended', async () => {
  await missing();
  const { page } = await world.open(`${PAGE}/audit`);
  const table = page.getByRole('table', { name: 'Audit' });
  await table.getByRole('button', { name: 'entities.get' }).first().waitFor();
  expect(await table.getByText('ADMIN_READ').count()).toBe(0);
  await choose(page, 'Outcome', 'NOT_FOUND');
  await eventually(async () => new Set(await table.getByText(/^(OK|NOT_FOUND)$/).allInnerTexts())).toEqual(new Set(['NOT_FOUND']));
  await table.getByRole('button', { name: 'entities.get' }).first().click();
  await page.getByRole('dialog').getByText('ROW_NOT_FOUND').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Without administrative reads').click();
  await choose(page, 'Outcome', 'OK');
  await table.getByText('ADMIN_READ').first().waitFor();
});

it('every page speaks Indonesian, on a narrow screen in the dark', async () => {
  const { page } = await world.open(PAGE, { locale: 'id-ID', colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  for (const [part, text] of PARTS) {
    await page.goto(`${PAGE}${part}`);
    await page.getByText(text).first().waitFor();
    // The audit log shows the ids of rows of the API, which are no keys of words.
    const shown = (await page.locator('main').innerText()).split('\n').filter((line) => !Object.hasOwn(API, line)).join('\n');
    expect(shown, part).not.toMatch(/\b(connection|charts|log|writes|may|edit|connectionAudit)\.[a-z]/);
  }
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Periksa', exact: true }).click();
  const steps = page.getByRole('list', { name: 'Diagnosis' });
  await steps.getByText('Selisihnya dengan jam sumber kurang dari satu detik.').waitFor();
  expect(await steps.locator('[lang=en]').allInnerTexts(), 'words of the server').toEqual([]);
});
const PARTS = [['', 'Panggilan dilayani.'], ['/edit', 'Yang akan berubah'], ['/access', 'Anda boleh.'], ['/charts', 'Latensi'], ['/audit', 'Tanpa pembacaan administratif'], ['/log', 'Ditulis sampai level'], ['/writes', 'Semua penulisan']] as const;

it('a connection goes when its name is typed', async () => {
  const { page } = await world.open(PAGE);
  await page.getByRole('button', { name: 'Delete' }).click();
  const deed = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
  expect(await deed.isDisabled()).toBe(true);
  await page.getByRole('dialog').getByLabel('Name').fill('stripe-sandbox');
  await deed.click();
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
  await eventually(async () => (await world.server.call('GET', `/v1/${DEMO}`)).status).toBe(404);
});
