// A line of plain text from comments as Stripe writes them.

import { expect, test } from 'vitest';
import { summarize } from './stripe-prose.ts';

test.each([
  ['See [the docs](https://example.com/a) for more.', 'See the docs for more.'],
  ['The [`field`](https://example.com) holds <b>one</b> &amp; <code>two</code>.', 'The `field` holds one & two.'],
  ['Is **not** kept.\n\nAnother paragraph.', 'Is not kept.'],
  ['<p>First.</p><p>Second.</p>', 'First.'],
  ['One. Two. Three.', 'One. Two.'],
  ['Some (e.g. The one) are. More.', 'Some (e.g. The one) are. More.'],
  ['Lines\nare joined.', 'Lines are joined.'],
  ['', ''],
])('%j', (comment, text) => {
  expect(summarize(comment)).toBe(text);
});

test('a second sentence that is too long is left out, a first is cut at a word', () => {
  expect(summarize(`Short. ${'Long '.repeat(60)}.`)).toBe('Short.');
  const cut = summarize(`One of ${'`value`, '.repeat(100)}`);
  expect(cut.length).toBeLessThanOrEqual(402);
  expect(cut).toMatch(/`value`, …$/);
});
