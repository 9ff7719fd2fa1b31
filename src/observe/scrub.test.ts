import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';

describe('scrub', () => {
  it.each([
    ['key sk_test_51HabcdefGHIJKL done', 'key sk_test_…IJKL done'],
    ['rk_live_51Habcdefgh1234', 'rk_live_…1234'],
    ['pi_3Ogh4s_secret_jgqc0olEAOTcurQSDeQThJa3X', 'pi_3Ogh4s_secret_…'],
    ['Authorization: Bearer abcdefghijk', 'Authorization: Bearer …'],
    ['card 4242424242424242 used', 'card 4242…4242 used'],
    ['konektor_abcdefghijklmnop', 'konektor_…mnop'],
  ])('redacts %s', (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });

  it('leaves ids and amounts alone', () => {
    const text = 'cus_OxHsz0u5bCGWuy paid 1707196279 in run 1234567890123';
    expect(scrub(text)).toBe(text);
  });
});
