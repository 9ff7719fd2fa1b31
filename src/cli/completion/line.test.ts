import { describe, expect, it } from 'vitest';
import { escapeFor, readLine } from './line.ts';

describe('a line that is being typed', () => {
  it.each([
    ['konektor ', ['konektor'], '', ''],
    ['konektor  con', ['konektor'], 'con', ''],
    ['konektor rows --filter "Email = \'x\' AND Cr', ['konektor', 'rows', '--filter'], 'Email = \'x\' AND Cr', '"'],
    ['konektor a\\ b \'c "d\' "e \\" f" g\'h', ['konektor', 'a b', 'c "d', 'e " f'], 'gh', '\''],
    ['konektor "" x', ['konektor', ''], 'x', ''],
    ['konektor $(touch /tmp/x) `y` $HOME', ['konektor', '$(touch', '/tmp/x)', '`y`'], '$HOME', ''],
    ['', [], '', ''], ['konektor \\', ['konektor'], '', ''],
  ] as const)('%s', (line, words, current, quote) => {
    expect(readLine(line)).toEqual({ words, current, quote });
  });

  it('takes back what was escaped for it', () => {
    for (const quote of ['', '"', '\''] as const) {
      for (const text of ['Email', 'a b', 'it\'s', '$(rm -rf x)', '`x`', 'a"b\\c', 'x;y|z&', '#1 ~ *?[]{}!']) {
        const line = `konektor ${quote}${escapeFor(quote, text)}`;
        expect(readLine(line).current, line).toBe(text);
      }
    }
  });
});
