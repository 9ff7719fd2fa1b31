// What the task is copied as runs as it stands: with curl, as a program of the typed client, as a command, and as the JSON of a task.
import { writeFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOfCommands, workingFolder } from '../documents/run-documents.ts';
import { Shell } from '../documents/shell.ts';
import { DEMO, TOKEN } from '../end-to-end/running-server.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

/** How the text of each form is run. */
const FORMS = {
  curl: { file: undefined, command: '' },
  TypeScript: { file: 'copied.ts', command: 'node copied.ts' },
  konektor: { file: undefined, command: '' },
  JSON: { file: 'task.json', command: 'konektor task run task.json --yes' },
} as const;
type Form = keyof typeof FORMS;

let world: ConsoleWorld;
let page: Page;
let commands = '';
const folders: string[] = [];
withConsole((made) => { world = made; });
beforeAll(() => { commands = folderOfCommands(); });
afterAll(() => { for (const folder of [commands, ...folders]) rmSync(folder, { recursive: true, force: true }); });

/** Runs a copied text. @returns what it printed */
async function ran(form: Form, text: string): Promise<string> {
  const folder = workingFolder();
  folders.push(folder);
  const { file, command } = FORMS[form];
  if (file !== undefined) writeFileSync(join(folder, file), text);
  const shell = new Shell(folder, {
    ...process.env, NODE_OPTIONS: undefined, NO_COLOR: '1', FORCE_COLOR: undefined, TOKEN, KONEKTOR_TOKEN: TOKEN, KONEKTOR_SERVER: world.server.url, KONEKTOR_CONFIG: '/nowhere/contexts.json',
    PATH: [commands, dirname(process.execPath), process.env['PATH']].join(delimiter),
  });
  try {
    const { exitCode, printed } = await shell.run(`${file === undefined ? text : command}\n`);
    expect({ exitCode, printed }, `${form}: ${text}`).toMatchObject({ exitCode: 0 });
    expect(printed, `${form}: ${text}`).not.toContain('"error"');
    return printed;
  } finally {
    await shell.close();
  }
}

/** Every form of what is on the page. */
async function copied(): Promise<ReadonlyMap<Form, string>> {
  await page.getByRole('button', { name: 'Copy as' }).click();
  const texts = new Map<Form, string>();
  for (const form of Object.keys(FORMS) as Form[]) {
    await page.getByRole('tab', { name: form, exact: true }).click();
    texts.set(form, await page.getByRole('region', { name: form, exact: true }).textContent() ?? '');
  }
  await page.getByRole('button', { name: 'Close' }).click();
  return texts;
}

async function open(address: string): Promise<void> {
  await page.goto(`/console/${DEMO}/task${address}`);
  await page.getByRole('button', { name: 'Copy as' }).waitFor();
}

const payload = async (value: object): Promise<void> => page.getByRole('textbox', { name: 'connectorInputPayload' }).fill(JSON.stringify(value));
const entities = `/v2/${DEMO}/entityTypes/Customer/entities`;
const customer = async (fields: object): Promise<string> => String((await world.server.call('POST', entities, { fields })).body.fields['Id']);
const found = async (conditions: string): Promise<number> => (await world.server.call('GET', `${entities}?conditions=${encodeURIComponent(conditions)}`)).body.entities.length;

describe('a copied task runs', () => {
  const every = (texts: ReadonlyMap<Form, string>): Promise<readonly string[]> => Promise.all([...texts].map(([form, text]) => ran(form, text)));

  it('in every form and for every operation', async () => {
    ({ page } = await world.open('/console.svg'));
    const id = await customer({ Name: "Pat O'Brien", Email: 'pat@example.com' });

    await open("?entity=Customer&operation=LIST#filter=Name+%3D+'Pat+O''Brien'&sortBy=Created&order=desc&pageSize=10");
    for (const printed of await every(await copied())) expect(printed).toContain(id);

    await open(`?entity=Customer&operation=GET&entityId=${id}`);
    for (const printed of await every(await copied())) expect(printed).toContain('pat@example.com');

    await open('?entity=Customer&operation=CREATE');
    await payload({ Name: "Copied 'so'", Metadata: { from: 'console' } });
    for (const printed of await every(await copied())) expect(printed).toContain('cus_');
    expect(await found("Name = 'Copied ''so'''")).toBe(4);

    await open("?entity=Customer&operation=UPDATE#filter=Name+%3D+'Copied+''so'''");
    await payload({ Description: 'Changed' });
    await every(await copied());
    expect(await found("Description = 'Changed'")).toBe(4);

    await open(`?entity=Customer&operation=UPDATE`);
    await page.getByLabel('entityId').fill(id);
    await payload({ Phone: '+62 21 555' });
    for (const printed of await every(await copied())) expect(printed).toContain(id);
    expect(await found("Phone = '+62 21 555'")).toBe(1);

    await open('?action=AttachPaymentMethodToCustomer');
    for (const form of Object.keys(FORMS) as Form[]) {
      const made = await world.server.call('POST', `/v2/${DEMO}/entityTypes/PaymentMethod/entities`, { fields: { Type: 'card', Card: { token: 'tok_visa' } } });
      await payload({ PaymentMethodId: made.body.fields['Id'], CustomerId: id });
      expect(await ran(form, (await copied()).get(form) ?? '')).toMatch(/Success"?: ?"?true|Success/);
    }

    await open('?entity=Customer&operation=DELETE');
    for (const form of Object.keys(FORMS) as Form[]) {
      await page.getByLabel('entityId').fill(await customer({ Name: 'Deleted by copy' }));
      await ran(form, (await copied()).get(form) ?? '');
    }
    expect(await found("Name = 'Deleted by copy'")).toBe(0);
  }, 400_000);
});
