// The short form of `npm run soak`: every deed of it, on a real server, for some seconds. Memory is judged by the long one.
import { expect, it } from 'vitest';
import { soak } from '../soak/soak.ts';
import { judge } from '../soak/verdict.ts';

it('a mixed load has the answers it may have, and leaves nothing open', { timeout: 240_000 }, async () => {
  const { faults, calls, statuses, samples } = await soak({ seconds: 12, callers: 8, progress: () => undefined });
  expect(faults).toEqual([]);
  expect(calls).toBeGreaterThan(100);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
  expect(judge(samples).filter(({ what, kept }) => !kept && what !== 'heap' && what !== 'rss')).toEqual([]);
});
