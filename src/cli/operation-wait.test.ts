// Waiting for operations, with one that stands still and one that ends: the client of the API, and answers that no server gave.
import { describe, expect, it } from 'vitest';
import { createRowClient } from '../client/row-client.ts';
import { waitFor } from './operation-wait.ts';

const OPERATION = { name: 'projects/p/locations/l/operations/o' };
const err = { write: () => true };

/** Answers what it is given, one after the other; the last for good. */
function answering(...answers: readonly object[]): Parameters<typeof waitFor>[0] {
  let asked = 0;
  const call = createRowClient({ server: 'http://127.0.0.1:1', fetch: async () => Response.json({ ...OPERATION, metadata: {}, ...answers[Math.min(asked++, answers.length - 1)] }) });
  return { signal: new AbortController().signal, call };
}

describe('waiting for an operation', () => {
  it('ends when it is done', async () => {
    await expect(waitFor(answering({ done: false }, { done: true }), { err }, OPERATION, 'shop')).resolves.toBeUndefined();
    await expect(waitFor(answering(), { err }, { ...OPERATION, done: true }, 'shop')).resolves.toBeUndefined();
  });

  it('ends as the operation did', async () => {
    await expect(waitFor(answering({ done: true, error: { code: 9, message: 'It is locked.' } }), { err }, OPERATION, 'shop')).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', exitCode: 3, message: 'shop: It is locked.' });
    await expect(waitFor(answering(), { err }, { ...OPERATION, done: true, error: { code: 99 } }, 'shop')).rejects.toMatchObject({ code: 'UNKNOWN', exitCode: 70 });
  });

  it('ends when the time is over, or the user has had enough', async () => {
    await expect(waitFor(answering({ done: false }), { err }, OPERATION, 'shop', 250)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', exitCode: 75 });
    const left = AbortSignal.timeout(50);
    await expect(waitFor({ ...answering({ done: false }), signal: left }, { err }, OPERATION, 'shop')).rejects.toMatchObject({ code: 'CANCELLED', exitCode: 130 });
  });
});
