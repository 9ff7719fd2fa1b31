import { describe, expect, it } from 'vitest';
import { createTokenVerifier, drawToken } from './tokens.ts';

describe('tokens', () => {
  it('are long, marked, and never the same', () => {
    const tokens = new Set(Array.from({ length: 100 }, drawToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^konektor_[\w-]{43}$/);
  });

  it('open to the administrator and to nobody else', () => {
    const verify = createTokenVerifier('konektor_geheim_0123456789');
    expect(verify('konektor_geheim_0123456789')).toMatchObject({ id: 'admin', unrestricted: true });
    for (const other of ['', 'konektor_geheim_012345678', 'konektor_geheim_0123456788', 'konektor_geheim_01234567890', 'kônektor_geheim_012345678']) {
      expect(() => verify(other), other).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    }
  });
});
