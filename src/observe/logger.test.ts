import { describe, expect, it } from 'vitest';
import type { ObservedEvent } from './events.ts';
import { createLogger } from './logger.ts';

const transaction: ObservedEvent = { kind: 'transaction', requestId: 'r', connection: 'c', operation: 'LIST', target: 'Customer', code: 'OK', reason: '', milliseconds: 5, rows: 3 };
const trace: ObservedEvent = { kind: 'trace', connection: 'c', requestId: 'r', verbosity: 3, what: 'sourceRequestBody', facts: { body: 'name=sk_test_1234567890abcd' } };

/** What a logger of a level writes of some events. */
function written(level: string, ...events: readonly ObservedEvent[]): readonly Readonly<Record<string, unknown>>[] {
  const lines: string[] = [];
  const log = createLogger(level, (line) => lines.push(line));
  for (const event of events) log(event);
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

describe('the log', () => {
  it.each(['error', 'info', 'debug'])('at %s has what a connection asks for', (level) => {
    const lines = written(level, { kind: 'verbosity', connection: 'c', level: 3 }, transaction, trace);
    expect(lines).toMatchObject([
      { msg: 'transaction', verbosity: 1, rows: 3, operation: 'LIST', target: 'Customer', started: expect.stringMatching(/^\d{4}-.*Z$/) },
      { msg: 'sourceRequestBody', verbosity: 3, connection: 'c', requestId: 'r', body: 'name=sk_test_…abcd' },
    ]);
  });

  it('has nothing of a connection that asks for nothing, or no longer does, but at debug', () => {
    expect(written('info', transaction)).toEqual([]);
    expect(written('info', { kind: 'verbosity', connection: 'c', level: 1 }, { kind: 'verbosity', connection: 'c', level: undefined }, transaction)).toEqual([]);
    expect(written('info', { kind: 'verbosity', connection: 'other', level: 5 }, transaction)).toEqual([]);
    expect(written('debug', transaction)).toHaveLength(1);
  });

  it('that is silent has nothing at all', () => {
    expect(written('silent', { kind: 'verbosity', connection: 'c', level: 5 }, transaction, trace, { kind: 'fault', requestId: 'r', error: new Error('x') })).toEqual([]);
  });

  it('is JSON whatever is in it, and without secrets in messages and stacks', () => {
    const error = new Error('pi_1_secret_Abc123 in "quotes"\nand lines');
    const [line] = written('error', { kind: 'fault', requestId: 'r', error });
    expect(line).toMatchObject({ error: 'pi_1_secret_… in "quotes"\nand lines', stack: expect.not.stringContaining('Abc123') });
    const [request] = written('debug', { ...transaction, milliseconds: 277.9_775_123_456_789 });
    expect(request).toMatchObject({ milliseconds: 277.9_775_123_456_789 });
  });
});
