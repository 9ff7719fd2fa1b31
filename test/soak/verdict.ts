// Whether what was measured grew: the median of the last fifth of a soak is compared with that of the second, when everything
// has been loaded and compiled.
import type { Sample } from './sample.ts';

export interface Bound {
  readonly what: keyof Sample;
  readonly unit: string;
  /** It may be so many times what it was, and so much more. */
  readonly times: number;
  readonly more: number;
}

export const BOUNDS: readonly Bound[] = [
  { what: 'heap', unit: 'MB', times: 1.1, more: 4 },
  { what: 'rss', unit: 'MB', times: 1.1, more: 32 },
  { what: 'files', unit: '', times: 1, more: 24 },
  { what: 'sockets', unit: '', times: 1, more: 24 },
  { what: 'timers', unit: '', times: 1, more: 24 },
];

export interface Verdict extends Bound {
  readonly second: number;
  readonly last: number;
  readonly limit: number;
  readonly kept: boolean;
}

export function judge(samples: readonly Sample[], bounds: readonly Bound[] = BOUNDS): readonly Verdict[] {
  const fifth = Math.floor(samples.length / 5);
  return bounds.map((bound) => {
    const of = (some: readonly Sample[]): number => median(some.map((sample) => sample[bound.what]));
    const [second, last] = [of(samples.slice(fifth, 2 * fifth)), of(samples.slice(-fifth))];
    const limit = second * bound.times + bound.more;
    return { ...bound, second, last, limit, kept: fifth > 0 && last <= limit };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
