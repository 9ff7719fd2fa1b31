// Moments as people write them: a day, an instant, or how long ago.
import { CommandError } from './command-error.ts';
import { readSeconds } from './duration.ts';

/** `2026-03-01`, `2026-03-01T09:00:00Z` or `90m` (ago) as RFC 3339 in UTC. @throws CommandError */
export function readMoment(text: string, now: Date = new Date()): string {
  if (/^\d+[smhdw]$/.test(text)) return new Date(now.getTime() - readSeconds(text, 'A moment') * 1_000).toISOString();
  const time = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new CommandError('INVALID_ARGUMENT', `"${text}" is no moment: write 2026-03-01, 2026-03-01T09:00:00Z, or how long ago, such as 90m or 7d.`);
  return new Date(time).toISOString();
}
