import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([['hots', 'host'], ['authTyp', 'authType'], ['configvariable', 'configVariables'], ['x', undefined], ['something', undefined]])('of %s is %s', (word, meant) => {
    expect(nearest(word, ['authKey', 'authType', 'configVariables', 'host', 'port'])).toBe(meant);
  });
});
