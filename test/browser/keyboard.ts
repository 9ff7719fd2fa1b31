// Hands that have a keyboard alone. Each key waits for what it is meant for: the focus on a field, an option lit up in its list.
import type { Page } from 'playwright-core';

export interface Keyboard {
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** The name of what has the focus, as a reader of the screen tells it, without the sign of what must be given. */
  readonly focused: () => Promise<string>;
  /** Goes on with the tabulator until one of these names has the focus. */
  readonly reach: (...names: readonly string[]) => Promise<void>;
  /** Finds an option of the list where the focus is by typing, and takes it. */
  readonly find: (text: string, option: string | RegExp) => Promise<void>;
  /** Opens the list where the focus is and takes the option that it begins with. */
  readonly takeFirst: (option: string | RegExp) => Promise<void>;
}

/** Two rounds through the longest page. */
const MOST_TABS = 160;

const NAME_OF_FOCUSED = `(() => {
  const element = document.activeElement;
  const named = document.getElementById(element.getAttribute('aria-labelledby')?.split(' ')[0] ?? '');
  return (element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? named?.innerText ?? element.innerText ?? '').replace(/\\s*\\*$/, '').trim();
})()`;

export function keyboardOf(page: Page): Keyboard {
  const focused = async (): Promise<string> => String(await page.evaluate(NAME_OF_FOCUSED));
  const press = async (...keys: readonly string[]): Promise<void> => { for (const key of keys) await page.keyboard.press(key); };
  return {
    press, focused, type: (text) => page.keyboard.type(text),
    async reach(...names) {
      for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
        if (names.includes(await focused())) return;
        await press('Tab');
      }
      throw new Error(`The tabulator does not lead to "${names.join('" or "')}".`);
    },
    async find(text, option) {
      await press('Control+A');
      await page.keyboard.type(text);
      // Not only there, but the one that Enter takes.
      await page.locator('[role=option].Mui-focused').and(page.getByRole('option', { name: option, exact: true })).waitFor();
      await press('Enter');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
    },
    async takeFirst(option) {
      await press('Enter');
      await page.locator('[role=option]:focus').and(page.getByRole('option', { name: option, exact: true })).waitFor();
      await press('Enter');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
    },
  };
}
