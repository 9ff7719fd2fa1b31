import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPageTokens, MAX_PAGE_TOKEN_LENGTH, type Position } from './page-token.ts';

const tokens = createPageTokens(randomBytes(32));
const refusal = expect.objectContaining({ code: 'INVALID_ARGUMENT', reason: 'INVALID_PAGE_TOKEN' });
const mark = fc.string({ maxLength: 20 }).map((id) => tokens.mark(id));
const position: fc.Arbitrary<Position> = fc.oneof(
  fc.record({ kind: fc.constant('cursor' as const), cursor: fc.string(), given: fc.array(mark) }, { requiredKeys: ['kind', 'given'] }),
  fc.record({ kind: fc.constant('row' as const), value: fc.oneof(fc.string(), fc.integer(), fc.constant(null)), id: fc.string({ unit: 'grapheme' }) }),
  fc.record({ kind: fc.constant('ids' as const), next: fc.nat() }),
);

describe('page tokens', () => {
  it('give back the position they were issued for', () => {
    fc.assert(fc.property(fc.string(), position, (request, position) => {
      expect(tokens.read(request, tokens.issue(request, position))).toEqual(position);
    }));
  });

  it('belong to one request', () => {
    const token = tokens.issue('a', { kind: 'ids', next: 1 });
    expect(() => tokens.read('b', token)).toThrow(refusal);
    expect(() => tokens.read('b', token)).toThrow(/belongs to another list/);
  });

  it('are refused when one character changes, is missing or is added', () => {
    const token = tokens.issue('a', { kind: 'cursor', cursor: 'cus_1', given: [tokens.mark('x')] });
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      expect(() => tokens.read('a', token.slice(0, index) + other + token.slice(index + 1)), `at ${index}`).toThrow(refusal);
      expect(() => tokens.read('a', token.slice(0, index))).toThrow(refusal);
    }
    for (const tail of ['A', '=', '.', ' ']) expect(() => tokens.read('a', token + tail)).toThrow(refusal);
  });

  it('are refused when another key sealed them, or nobody', () => {
    const foreign = createPageTokens(randomBytes(32)).issue('a', { kind: 'ids', next: 1 });
    fc.assert(fc.property(fc.oneof(fc.constant(foreign), fc.string(), fc.string({ unit: 'grapheme' }), fc.base64String()), (text) => {
      expect(() => tokens.read('a', text)).toThrow(refusal);
    }));
    expect(() => tokens.read('a', 'A'.repeat(MAX_PAGE_TOKEN_LENGTH + 4))).toThrow(refusal);
  });

  it('demand a real key and a bearable cursor', () => {
    expect(() => createPageTokens(new Uint8Array(16))).toThrow(/32 bytes/);
    expect(() => tokens.issue('a', { kind: 'cursor', cursor: 'x'.repeat(MAX_PAGE_TOKEN_LENGTH), given: [] })).toThrow(/too long/);
  });
});
