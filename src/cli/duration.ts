// Durations as people write them.
import { CommandError } from './command-error.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `30d`, `12h`, `3600s` as `2592000s`, the form of the API. @throws CommandError */
export function readDuration(text: string): string {
  const [, number = '', unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const seconds = Number(number) * (SECONDS[unit] ?? 0);
  if (seconds > 0) return `${seconds}s`;
  throw new CommandError('INVALID_ARGUMENT', `"${text}" is no lifetime: write a number with s, m, h, d or w, such as 30d.`);
}
