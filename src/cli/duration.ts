// Durations as people write them.
import { CommandError } from './command-error.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `30d`, `12h`, `3600s` as seconds. @param what names it in an error: `--timeout`. @throws CommandError */
export function readSeconds(text: string, what: string): number {
  const [, number = '', unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const seconds = Number(number) * (SECONDS[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new CommandError('INVALID_ARGUMENT', `${what} takes a number with s, m, h, d or w, such as 30s, 12h or 30d, not "${text.slice(0, 40)}".`);
}
