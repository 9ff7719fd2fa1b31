// The dialog "Configure connector task" in two pairs of hands: by mouse, where each field of the form is pointed at, and by
// keyboard alone. What is asked is the same, and what comes out is read from the page.
import type { Page } from 'playwright-core';
import { keyboardOf } from './keyboard.ts';

export interface Asked {
  readonly action?: string;
  readonly entity?: string;
  readonly operation?: 'List' | 'Get' | 'Create' | 'Update' | 'Delete';
  /** Whether the page asks before it does it. */
  readonly isFinal?: boolean;
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

/** The inputs are those of what was chosen, and no more of the task before. */
async function begun(page: Page, { action, entity, operation }: { readonly action: string | undefined; readonly entity: string | undefined; readonly operation: string | undefined }): Promise<void> {
  await page.getByRole('heading', { name: action ?? `${entity ?? ''} · ${operation ?? ''}`, exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Task input' }).waitFor();
}

async function readShown(page: Page, showJson: () => Promise<void>): Promise<string> {
  // What went wrong instead is told by the page: better than that nothing came.
  const [heading, told] = [page.getByRole('heading', { name: 'Task output' }), page.getByRole('main').getByRole('alert').first()];
  await heading.or(told).first().waitFor();
  if (await heading.count() === 0) throw new Error(await told.innerText());
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
      await begun(page, { action, entity, operation });
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
    async run({ isFinal = false }) {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      if (isFinal) await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
    },
    read: () => readShown(page, () => page.getByRole('tab', { name: 'JSON' }).click()),
  };
}

export function byKeyboard(page: Page): Hands {
  const { press, type, focused, reach, find } = keyboardOf(page);
  const write = async (text: string): Promise<void> => {
    await press('Control+A');
    await type(text);
  };
  return {
    async choose({ action, entity, operation }) {
      await reach('Configure connector task');
      await press('Enter');
      await page.getByRole('dialog').waitFor();
      await reach('Entities', 'Actions');
      if (await focused() !== (action === undefined ? 'Entities' : 'Actions')) await press('ArrowRight');
      await reach(action === undefined ? 'Entity' : 'Action');
      await find(action ?? entity ?? '', action ?? entity ?? '');
      if (operation !== undefined) {
        await reach('List', 'Get', 'Create', 'Update', 'Delete');
        for (let moves = 0; await focused() !== operation && moves < 5; moves += 1) await press('ArrowRight');
        await press('Space');
      }
      await reach('Done');
      await press('Enter');
      await begun(page, { action, entity, operation });
    },
    async fill({ entityId, filter, payload }) {
      for (const [label, text] of [['entityId', entityId], ['filterClause', filter], ['connectorInputPayload', payload]] as const) {
        if (text === undefined) continue;
        await reach(label);
        await write(text);
        // What is offered to complete is put away; the editor is left with the tabulator as any field.
        if (label === 'filterClause') await press('Escape');
      }
    },
    async run({ isFinal = false }) {
      await reach('Run');
      await press('Enter');
      if (!isFinal) return;
      await page.getByRole('dialog').waitFor();
      await reach('Run');
      await press('Enter');
    },
    read: () => readShown(page, async () => {
      await reach('Table');
      await press('ArrowRight', 'Enter');
      await reach('connectorOutputPayload');
    }),
  };
}
