// What of a page cannot be read where it stands: heads that run into their neighbours, things in cells that are cut without a sign of
// it, words of chips that are cut at all, an open tab that is out of sight, parts of a dialog
// that leave it.
import type { Page } from 'playwright-core';

const LOOK = `(() => {
  const told = (element) => element.innerText.slice(0, 40);
  const all = (selector) => [...document.querySelectorAll('main ' + selector)];
  const isWider = (element) => element.scrollWidth > element.clientWidth + 1;
  const leaves = (element, around) => { const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()]; return inner.left < outer.left - 1 || inner.right > outer.right + 1; };
  const wordsOf = (element) => [...element.childNodes].flatMap((one) => {
    if (one.nodeType !== Node.TEXT_NODE) return getComputedStyle(one).clipPath === 'none' ? wordsOf(one) : [];
    const range = document.createRange();
    range.selectNodeContents(one);
    return [range];
  });
  return [
    ...all('[role=columnheader]').filter((one) => wordsOf(one).some((words) => leaves(words, one))).map((one) => 'the head "' + told(one) + '" is wider than its column'),
    ...all('[role=cell] > *').filter((one) => getComputedStyle(one).display !== 'inline' && leaves(one, one.parentElement)).map((one) => '"' + told(one) + '" is cut by its cell'),
    ...all('.MuiChip-label').filter(isWider).map((one) => 'the chip "' + told(one) + '" is cut'),
    ...[...document.querySelectorAll('[role=dialog]')].flatMap((dialog) => [...dialog.querySelectorAll('h2, p, label, button, input')].filter((one) => leaves(one, dialog) || (one.matches('h2, p, button') && isWider(one))).map((one) => '"' + told(one) + '" leaves its dialog')),
    ...all('nav [aria-current]').filter((one) => leaves(one, one.closest('nav'))).map((one) => 'the open tab "' + told(one) + '" is out of sight'),
  ];
})()`;

export async function cutTexts(page: Page): Promise<readonly string[]> {
  return await page.evaluate(LOOK) as readonly string[];
}
