// What `--check` says of a file that is not as it should be.

import { expect, test } from 'vitest';
import { firstDifference } from './stripe-difference.ts';

test('equal files do not differ', () => {
  expect(firstDifference('a.json', 'x\ny', 'x\ny')).toBeUndefined();
});

test('the first differing line is shown from both sides', () => {
  expect(firstDifference('a.json', 'x\nold\nz', 'x\nnew\nz')).toBe(
    'a.json:2 differs (1 generated lines are not in it)\n  committed: old\n  generated: new');
});

test('a missing file and a file that ends early are named', () => {
  expect(firstDifference('a.json', undefined, 'x')).toBe('a.json is missing');
  expect(firstDifference('a.json', 'x', 'x\ny')).toContain('committed: (the file ends here)');
  expect(firstDifference('a.json', 'x\ny', 'x')).toContain('generated: (the file ends here)');
});
