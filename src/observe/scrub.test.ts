import { describe, expect, it } from 'vitest';
import { scrub, scrubDeep } from './scrub.ts';

describe('scrub', () => {
  it.each([
    ['key sk_test_51HabcdefGHIJKL done', 'key sk_test_…IJKL done'],
    ['rk_live_51Habcdefgh1234', 'rk_live_…1234'],
    ['pi_3Ogh4s_secret_jgqc0olEAOTcurQSDeQThJa3X', 'pi_3Ogh4s_secret_…'],
    ['Authorization: Bearer abcdefghijk', 'Authorization: Bearer …'],
    ['card 4242424242424242 used', 'card 4242…4242 used'],
    ['cs_test_a1B2_secret_fid%2FwXyZ', 'cs_test_a1B2_secret_…'],
    ['accs_secret__QxYz12 cuss_secret_9AbC', 'accs_secret_… cuss_secret_…'],
    ['Proxy-Authorization: Digest username=\\"budi\\", response=\\"0a1b2c\\", cnonce="x"', 'Proxy-Authorization: Digest …\\"budi\\", response=\\"…\\", cnonce="…"'],
    [`t=1,v1=${'ab'.repeat(32)}`, 't=1,v1=…'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1', 'eyJ…'],
    ['postgres://budi:rahasia@db:5432/x', 'postgres://…@db:5432/x'],
    ['card 4242 4242 4242 4242 used', 'card 4242…4242 used'],
    ['konektor_abcdefghijklmnop', 'konektor_…mnop'],
  ])('redacts %s', (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });

  it('goes to any depth of a value, and leaves numbers what they are', () => {
    const number = 4_242_424_242_424_242;
    expect(scrubDeep({ a: [{ b: 'whsec_abcdefghijkl' }, null, true], number, text: `took 0.${number} ms` })).toEqual({ a: [{ b: 'whsec_…ijkl' }, null, true], number, text: `took 0.${number} ms` });
  });

  it('leaves ids and amounts alone', () => {
    const text = 'cus_OxHsz0u5bCGWuy paid 1707196279 in run 1234567890123; client_secret_expired secret_key_required http://a:80/b?c=d@e';
    expect(scrub(text)).toBe(text);
  });
});
