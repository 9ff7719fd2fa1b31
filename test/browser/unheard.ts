// What of a page can be read and not heard: help and faults under a field that no control names as its description, names that
// leave out the words one sees, headings that jump over a level.
import type { Page } from 'playwright-core';

const LISTEN = `(() => {
  const said = (element) => (element.innerText ?? '').trim().slice(0, 60);
  const all = (selector) => [...document.querySelectorAll('main ' + selector)].filter((one) => one.checkVisibility());
  const described = new Set(all(':is(input, textarea, [role=combobox], [role=radiogroup], [role=group], [role=textbox], fieldset)[aria-describedby]').flatMap((one) => one.getAttribute('aria-describedby').split(' ')));
  const levels = all(':is(h1, h2, h3, h4, h5, h6)').map((one) => [Number(one.tagName[1]), said(one)]);
  return [
    ...all(':is(.MuiFormHelperText-root, [id$=__description])').filter((one) => said(one) !== '' && !described.has(one.id) && !described.has(one.closest('[id$=__error]')?.id)).map((one) => 'no control is described by "' + said(one) + '"'),
    ...all('[aria-label]:is(button, a, time, [role=columnheader], [role=columnheader] *)').filter((one) => said(one) !== '' && !one.getAttribute('aria-label').includes(said(one))).map((one) => '"' + said(one) + '" is heard as "' + one.getAttribute('aria-label') + '"'),
    ...levels.filter(([level], at) => level > (levels[at - 1]?.[0] ?? 0) + 1).map(([level, text]) => 'a heading of level ' + level + ' stands under none: "' + text + '"'),
  ];
})()`;

export async function unheard(page: Page): Promise<readonly string[]> {
  return await page.evaluate(LISTEN) as readonly string[];
}
