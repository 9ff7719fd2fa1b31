// The wizard's fields as a person finds them: by what is written beside them.
import type { Page } from 'playwright-core';
import type { RunningServer } from '../end-to-end/running-server.ts';

/** A key that the sandbox takes, and one that it does not. */
export const [KEY, WRONG_KEY] = ['sk_test_konektorSandbox', 'not-a-key-of-stripe-at-all'];

/** A project with nothing in it but what every project begins with. */
export async function newProject(server: RunningServer, projectId: string): Promise<string> {
  const { status, body } = await server.call('POST', '/v1/projects', { projectId });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return projectId;
}

/** A secret with one version, which the project's first account may read. */
export async function newSecret(server: RunningServer, project: string, id: string, value: string): Promise<void> {
  const secret = `projects/${project}/secrets/${id}`;
  await server.call('POST', `/v1/projects/${project}/secrets?secretId=${id}`, { replication: { automatic: {} } });
  await server.call('POST', `/v1/${secret}:addVersion`, { payload: { data: Buffer.from(value).toString('base64') } });
  const members = [`serviceAccount:connections@${project}.iam.gserviceaccount.com`];
  const bindings = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'].map((role) => ({ role, members }));
  const { status, body } = await server.call('POST', `/v1/${secret}:setIamPolicy`, { policy: { bindings } });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

export const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Next' }).click();
export const button = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
export const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name, exact: true }).waitFor();

/** Chooses in a list that opens. */
export async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).first().click();
  await page.getByRole('option', { name: option }).click();
}

export async function location(page: Page): Promise<void> {
  await page.getByLabel('Region').fill('asia-southeast2');
  await page.getByRole('option', { name: 'asia-southeast2' }).click();
  await next(page);
  await heading(page, 'Connection details');
}

/** To the sandbox of the server. */
export async function details(page: Page, name: string): Promise<void> {
  await choose(page, 'Connector', 'Stripe');
  await page.getByLabel('Connection name').fill(name);
  await button(page, 'Advanced');
  await button(page, 'Add destination: Stripe API');
  await page.getByLabel('Host name or IP address').fill('sandbox');
}

/** Where a value that may be seen nowhere would be found: the page, its address, what the browser keeps. */
export async function traces(page: Page): Promise<string> {
  return `${page.url()} ${await page.content()} ${String(await page.evaluate('JSON.stringify([localStorage, sessionStorage, [...document.querySelectorAll("input,textarea")].map((one) => one.value)])'))}`;
}
