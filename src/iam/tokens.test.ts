import { describe, expect, it } from 'vitest';
import { drawToken, hashToken, isDrawnToken, newTokenId } from './tokens.ts';

describe('tokens', () => {
  it('are long, marked, and never the same', () => {
    const tokens = new Set(Array.from({ length: 100 }, drawToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) {
      expect(token).toMatch(/^konektor_[\w-]{43}$/);
      expect(isDrawnToken(token)).toBe(true);
    }
  });

  it('are told from what is none', () => {
    for (const other of ['', 'konektor_', 'konektor_short', `konektor_${'a'.repeat(44)}`, `konektor_${'ä'.repeat(43)}`, `other_${'a'.repeat(43)}`]) expect(isDrawnToken(other), other).toBe(false);
  });

  it('are known by 32 bytes that say nothing of them', () => {
    expect(hashToken('konektor_a')).toHaveLength(32);
    expect(hashToken('konektor_a').equals(hashToken('konektor_b'))).toBe(false);
  });

  it('have ids in the order of time', () => {
    const times = [0, 1, 999_999, 1_700_000_000_000, 1_700_000_000_001, 4_000_000_000_000].map((time) => newTokenId(new Date(time)));
    expect(times.toSorted()).toEqual(times);
    expect(new Set(Array.from({ length: 100 }, () => newTokenId(new Date(0)))).size).toBe(100);
  });
});
