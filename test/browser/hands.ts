// The dialog "Configure connector task" by mouse, where each field of the form is pointed at; what comes out is read from the page.
import type { Page } from 'playwright-core';

export interface Asked {
  readonly action?: string;
  readonly entity?: string;
  readonly operation?: 'List' | 'Get' | 'Create' | 'Update' | 'Delete';
  readonly entityId?: string;
  readonly filter?: string;
  /** JSON as the specification writes it. */
  readonly payload?: string;
}

export interface Hands {
  choose(asked: Asked): Promise<void>;
  fill(asked: Asked): Promise<void>;
  run(asked: Asked): Promise<void>;
  /** The text of connectorOutputPayload; '' where there is nothing to tell. */
  read(): Promise<string>;
}

const NOTHING = 'Done; there is nothing to tell.';
const output = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('region', { name: 'connectorOutputPayload' });

async function readShown(page: Page, showJson: () => Promise<void>): Promise<string> {
  await page.getByRole('heading', { name: 'Task output' }).waitFor();
  if (await page.getByText(NOTHING).isVisible()) return '';
  await showJson();
  return output(page).innerText();
}

export function byMouse(page: Page): Hands {
  const pick = async (label: string, name: string): Promise<void> => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name, exact: true }).click();
  };
  return {
    async choose({ action, entity, operation }) {
      await page.getByRole('button', { name: 'Configure connector task' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: action === undefined ? 'Entities' : 'Actions' }).click();
      await pick(action === undefined ? 'Entity' : 'Action', action ?? entity ?? '');
      if (operation !== undefined) await dialog.getByRole('radio', { name: operation }).click();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('heading', { name: 'Task input' }).waitFor();
    },
    async fill({ entityId, filter, payload }) {
      if (entityId !== undefined) await page.getByLabel('entityId').fill(entityId);
      if (filter !== undefined) await page.getByRole('textbox', { name: 'filterClause' }).fill(filter);
      for (const [name, value] of Object.entries(payload === undefined ? {} : JSON.parse(payload) as Readonly<Record<string, string | number>>)) {
        // A field of the form's own; what nobody must give is added to it first.
        const field = page.getByRole('region', { name: 'Form' }).getByLabel(new RegExp(`^${name}(\\s*\\*)?$`));
        if (await field.count() === 0) await pick('Add a field', name);
        await field.fill(String(value));
      }
    },
    async run({ operation }) {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      if (operation === 'Delete') await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
    },
    read: () => readShown(page, () => page.getByRole('tab', { name: 'JSON' }).click()),
  };
}
