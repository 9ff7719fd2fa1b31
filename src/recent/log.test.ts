import { describe, expect, it } from 'vitest';
import type { ObservedEvent } from '../observe/events.ts';
import { createRecentLog, type LogLine } from './log.ts';

const BOUNDS = { linesPerConnection: 100, charactersPerConnection: 100_000, characters: 150_000, followers: 2 };
const call = (more: Partial<Extract<ObservedEvent, { readonly kind: 'transaction' }>> = {}): ObservedEvent =>
  ({ kind: 'transaction', requestId: 'r', connection: 'c', operation: 'LIST', target: 'Customer', code: 'OK', reason: '', milliseconds: 5, ...more });
const body = (text: string, connection = 'c'): ObservedEvent => ({ kind: 'trace', connection, requestId: 'r2', verbosity: 3, what: 'sourceRequestBody', facts: { body: text } });

describe('the last lines of a connection', () => {
  it('hold what the log would, without secrets, and nothing of others', () => {
    const log = createRecentLog(BOUNDS);
    for (const event of [call(), call({ connection: 'other' }), body('name=sk_test_1234567890abcd')]) log.observe(event);
    log.observe({ kind: 'outbound', method: 'GET', origin: 'https://x', connection: 'c', status: 200, attempt: 1, milliseconds: 1, requestId: 'r', sourceRequestId: undefined });
    log.observe({ kind: 'write', connection: 'c', operation: 'create', name: 'Customer', outcome: 'unknown', milliseconds: 3 });
    expect(log.read('c', {})).toMatchObject([
      { message: 'write', severity: 'WARNING', verbosity: 1 },
      { message: 'sourceRequestBody', severity: 'INFO', verbosity: 3, requestId: 'r2', facts: { body: 'name=sk_test_…abcd' } },
      { message: 'transaction', severity: 'INFO', verbosity: 1, requestId: 'r', facts: { operation: 'LIST', target: 'Customer' } },
    ]);
  });

  it('are found by level, gravity, words, call and place', () => {
    const log = createRecentLog(BOUNDS);
    for (const event of [call(), call({ code: 'NOT_FOUND', requestId: 'r3' }), call({ code: 'UNAVAILABLE', error: 'Koneksi terputus' }), body('{"name":"Budi"}')]) log.observe(event);
    const found = (search: Parameters<typeof log.read>[1]): readonly unknown[] => log.read('c', search).map(({ message, facts }) => facts['code'] ?? message);
    expect(found({ verbosity: 2 })).toEqual(['UNAVAILABLE', 'NOT_FOUND', 'OK']);
    expect(found({ severity: 'WARNING' })).toEqual(['UNAVAILABLE', 'NOT_FOUND']);
    expect(found({ severity: 'ERROR' })).toEqual(['UNAVAILABLE']);
    expect(found({ search: 'KONEKSI' })).toEqual(['UNAVAILABLE']);
    expect(found({ search: '"name":"budi"' })).toEqual(['sourceRequestBody']);
    expect(found({ requestId: 'r3' })).toEqual(['NOT_FOUND']);
    expect(found({ after: log.read('c', {})[1]?.id })).toEqual(['sourceRequestBody']);
  });

  it('are bounded by their number, by their characters, and by those of all connections', () => {
    const log = createRecentLog(BOUNDS);
    for (let index = 0; index < 500; index += 1) log.observe(call({ milliseconds: index }));
    const lines = log.read('c', {});
    expect(lines.length).toBeLessThanOrEqual(110);
    expect(lines[0]?.facts['milliseconds']).toBe(499);
    for (let index = 0; index < 50; index += 1) log.observe(body('x'.repeat(10_000)));
    expect(log.read('c', {}).length).toBeLessThanOrEqual(10);
    for (let index = 0; index < 8; index += 1) log.observe(body('x'.repeat(10_000), 'later'));
    expect([log.read('c', {}).length, log.read('later', {}).length]).toEqual([0, 8]);
  });

  it('are followed from a place on, as they come, until one leaves', async () => {
    const log = createRecentLog(BOUNDS);
    const gone = new AbortController();
    log.observe(call({ requestId: 'before' }));
    const id = log.read('c', {})[0]?.id ?? 0;
    log.observe(call({ requestId: 'missed' }));
    const batches = log.follow('c', { after: id }, gone.signal)?.[Symbol.asyncIterator]();
    const next = async (): Promise<readonly unknown[]> => {
      const { value } = (await batches?.next()) ?? { value: [] };
      return (value as readonly LogLine[]).map(({ requestId }) => requestId);
    };
    expect(await next()).toEqual(['missed']);
    const waiting = next();
    log.observe(call({ connection: 'other' }));
    log.observe(call({ requestId: 'new' }));
    expect(await waiting).toEqual(['new']);
    for (let index = 0; index < 1_500; index += 1) log.observe(call({ requestId: String(index) }));
    expect((await next()).length).toBe(1_001);
    const last = batches?.next();
    gone.abort();
    expect(await last).toMatchObject({ done: true });
  });

  it('are followed by so many, and by nobody when the connection or the server goes', async () => {
    const log = createRecentLog(BOUNDS);
    const gone = new AbortController();
    const ended = async (batches: AsyncIterable<readonly LogLine[]> | undefined): Promise<number> => {
      let count = 0;
      for await (const _ of batches ?? []) count += 1;
      return count;
    };
    const two = [ended(log.follow('c', {}, gone.signal)), ended(log.follow('c', {}, gone.signal))];
    expect(log.follow('c', {}, gone.signal)).toBeUndefined();
    await Promise.resolve();
    log.forget('c');
    expect(await Promise.all(two)).toEqual([1, 1]);
    const third = ended(log.follow('d', {}, gone.signal));
    log.close();
    expect(await third).toBe(1);
    expect(await ended(log.follow('d', {}, gone.signal))).toBe(1);
  });
});
