// Colours, where somebody looks who wants them.
import type { Terminal, Writable } from './deeds.ts';

const CODES = { red: 31, green: 32, cyan: 36, bold: 1 } as const;
export type Color = keyof typeof CODES;

/** Leaves texts as they are in pipes, where NO_COLOR is set, and on terminals that know none. */
export function painter(out: Writable, { environment }: Pick<Terminal, 'environment'>): (color: Color | undefined, text: string) => string {
  const isColored = out.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return (color, text) => (isColored && color !== undefined ? `\u001b[${CODES[color]}m${text}\u001b[0m` : text);
}
