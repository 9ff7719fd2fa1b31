import { describe, expect, it } from 'vitest';
import type { AuditRecord } from './model.ts';
import { createRepeats } from './repeats.ts';

const BEGIN = Date.parse('2026-01-02T03:04:05Z');

function record(seconds: number, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    time: new Date(BEGIN + seconds * 1_000).toISOString(), project: 'p', principal: 'user:ani@example.com', operation: 'connections.showFigures', method: 'm', kind: 'ADMIN_READ', resource: 'projects/p/locations/l/connections/c',
    code: 'OK', reason: '', requestId: String(seconds), address: '10.0.0.7', userAgent: 'browser', milliseconds: 1, sourceRequestIds: [], ...more,
  };
}

describe('a read that repeats', () => {
  it('is one of the same by the same within five minutes of the one that was recorded', () => {
    const repeats = createRepeats();
    expect([0, 5, 120, 299, 300, 305].map((at) => repeats.has(record(at)))).toEqual([false, true, true, true, false, true]);
  });

  it.each<[string, Partial<AuditRecord>]>([
    ['another caller', { principal: 'user:budi@example.com' }], ['another resource', { resource: 'projects/p/locations/l/connections/d' }], ['another method', { operation: 'connections.get' }],
    ['another address', { address: '10.0.0.8' }], ['another program', { userAgent: 'curl' }],
  ])('is none with %s', (_name, more) => {
    const repeats = createRepeats();
    expect(repeats.has(record(0))).toBe(false);
    expect(repeats.has(record(1, more))).toBe(false);
  });

  it.each<[string, Partial<AuditRecord>]>([
    ['data', { kind: 'DATA_READ' }], ['a change', { kind: 'ADMIN_WRITE' }], ['a refusal', { code: 'PERMISSION_DENIED' }], ['somebody unknown', { principal: '' }], ['a question to the source', { sourceRequestIds: ['req_1'] }],
  ])('is never %s', (_name, more) => {
    const repeats = createRepeats();
    expect([0, 1, 2].map((at) => repeats.has(record(at, more)))).toEqual([false, false, false]);
  });

  it('is recorded rather than kept in mind without bound', () => {
    const repeats = createRepeats({ most: 2 });
    for (const resource of ['a', 'b', 'c']) repeats.has(record(0, { resource }));
    expect(['c', 'b', 'a'].map((resource) => repeats.has(record(1, { resource })))).toEqual([true, true, false]);
  });
});
