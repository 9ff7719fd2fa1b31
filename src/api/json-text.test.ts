import { describe, expect, it } from 'vitest';
import { parseJson } from './json-text.ts';

describe('parseJson', () => {
  it('reads what JSON can say', () => {
    expect(parseJson('{"a":[1,1500.0,null,"x",1e3,-0.5,9007199254740991]}')).toEqual({ a: [1, 1500, null, 'x', 1000, -0.5, 9007199254740991] });
    expect(parseJson('  ')).toBeUndefined();
  });

  it.each(['{"Amount":9007199254740993}', '{"Amount":1e999}', '{"a":{"b":[12345678901234567890]}}', '{"__proto__":{"x":1}}', '{"\\u005f_proto__":1}', '{', '{"a":}'])('refuses %s', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('refuses what nests or holds too much, and counts nothing within texts', () => {
    for (const text of [`${'['.repeat(101)}${']'.repeat(101)}`, `{${Array.from({ length: 5_001 }, (_, index) => `"k${index}":1`).join(',')}}`]) {
      expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    }
    expect(parseJson(JSON.stringify({ a: `${'[{"'.repeat(200)}\\` }))).toEqual({ a: `${'[{"'.repeat(200)}\\` });
  });

  it.each(['{"a":"b\\u0000"}', '{"a":["\\ud800"]}', '{"a":"\\udc00\\ud800"}', '{"a\\u0000":1}', '"\\u0000"'])('refuses %s: no database takes such a text, and no backup of one could be restored', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('takes characters that are escaped, and escapes that are not', () => {
    expect(parseJson('{"a":"\\u0041\\ud83d\\ude00\\\\u0000\\n"}')).toEqual({ a: 'A\u{1f600}\\u0000\n' });
  });

  it('keeps long numbers that are text', () => {
    expect(parseJson('{"id":"12345678901234567890"}')).toEqual({ id: '12345678901234567890' });
  });
});
