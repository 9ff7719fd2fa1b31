import { expect, it } from 'vitest';
import { linesOf } from './lines.ts';

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

it('gives lines as they come, whatever they are cut into, the last one also without its end', async () => {
  expect(await Array.fromAsync(linesOf(chunks('a', 'b\nc\n\n', 'd')))).toEqual(['ab', 'c', 'd']);
});

it('takes no line without end into memory', async () => {
  const lines = linesOf(chunks('short\n', 'x'.repeat(60), 'x'.repeat(60), 'x'.repeat(60)), 100);
  expect((await lines.next()).value).toBe('short');
  await expect(lines.next()).rejects.toMatchObject({ reason: 'ANSWER_NOT_UNDERSTOOD', message: 'A line of the answer has more than 100 characters.' });
});
