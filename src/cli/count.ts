// Counts as they are typed.
import { CommandError } from './command-error.ts';

/** @param option names it in an error: `--limit`. @throws CommandError for what is no whole number above 0. */
export function countOf(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new CommandError('INVALID_ARGUMENT', `${option} takes a number above 0, such as 50, not "${text.slice(0, 40)}".`);
}
