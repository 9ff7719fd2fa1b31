// The tools of this folder can fail: what is taken for the same as shown, and what is not.
import { describe, expect, it } from 'vitest';
import { blocksOf, stepsOf } from './blocks.ts';
import { compare } from './shown.ts';

describe('output', () => {
  it.each([
    ['Ready', 'Ready\n'],
    ['ID      NAME\n1       Ani', 'ID  NAME\n1   Ani'],
    ['{"error":{"code":404,…', '{"error":{"code":404,"message":"not there"}}'],
    ['first\n…\nlast', 'first\na\nb\nlast'],
    ['first\n…', 'first'],
    ['made cus_OxHsz0u5bCGWuy at 2026-03-01T02:00:00.113Z in 4.0 s', 'made cus_9sJ2hs7dkE8dJ1 at 2027-01-01T00:00:00Z in 12 ms'.replace('12 ms', '12.4 s')],
    ['18,204 rows', '97 rows'],
  ])('%j is shown by %j', (shown, printed) => {
    expect(compare(shown, printed).difference).toBeUndefined();
  });

  it.each([
    ['Ready', 'ready'],
    ['one line', 'one line\nand another'],
    ['one\ntwo', 'one'],
    ['first\n…\nlast', 'first\na\nb'],
    ['made cus_OxHsz0u5bCGWuy', 'made nothing'],
    ['state ACTIVE', 'state ERROR'],
    ['{"a":1.5}', '{"a":175}'],
  ])('%j is not shown by %j', (shown, printed) => {
    expect(compare(shown, printed).difference).toBeTypeOf('string');
  });

  it('tells what was printed for an id', () => {
    expect([...compare('new: cus_OxHsz0u5bCGWuy', 'new: cus_9sJ2hs7dkE8dJ1').printedFor]).toEqual([['cus_OxHsz0u5bCGWuy', 'cus_9sJ2hs7dkE8dJ1']]);
  });
});

describe('blocks', () => {
  it('are found with their language, their place and the comment above', () => {
    const markdown = 'Text\n\n```sh\ncurl a\n```\n\n<!-- not run: wants a cluster -->\n```console\n$ kubectl\n```\n- item\n  ```json\n  {}\n  ```\n';
    expect(blocksOf(markdown)).toEqual([
      { language: 'sh', text: 'curl a\n', line: 3 },
      { language: 'console', text: '$ kubectl\n', line: 8, notRun: 'wants a cluster' },
      { language: 'json', text: '{}\n', line: 12 },
    ]);
  });

  it('never closed are an error', () => {
    expect(() => blocksOf('```sh\ncurl a\n')).toThrow('line 1');
  });

  it('of a console have commands and what they print', () => {
    expect(stepsOf('$ a \\\n    b\nshown\nmore\n$ cat > f <<END\n$ not a command\nEND\n$ c\n')).toEqual([
      { command: 'a \\\n    b', shown: 'shown\nmore' }, { command: 'cat > f <<END\n$ not a command\nEND' }, { command: 'c' },
    ]);
  });
});
