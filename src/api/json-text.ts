// Reading JSON strictly, of bodies and of texts within them: a number that would be changed by reading it is refused, since it may be an amount, and so is
// a text that cannot be stored.
import { isStorable } from './storable.ts';
import { StatusError } from '../errors/status-error.ts';

/** Only such texts can hold a number that JavaScript would change, a key that shadows the prototype, or a character that is none. */
const SUSPICIOUS = /\d{16}|\d[eE]\+?\d|__proto__|\\u/;
const INTEGER = /^-?\d+$/;

/** @param what is read, as a message begins with. @returns undefined for nothing. @throws StatusError INVALID_ARGUMENT */
export function parseJson(text: string, what = 'The body'): unknown {
  if (text.trim() === '') return undefined;
  const excess = excessOf(text);
  if (excess !== undefined) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `${what} ${excess}.` });
  try {
    return SUSPICIOUS.test(text) ? JSON.parse(text, refuseDoubtful) : JSON.parse(text);
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `${what} is not JSON: ${error instanceof Error ? error.message : ''}.` });
  }
}

const DEEPEST = 100;
const MOST_KEYS = 5_000;

/** Counts brackets and colons outside of texts: what nests without end would end the stack of whoever walks it, and every unknown key takes time to be told of. */
function excessOf(text: string): string | undefined {
  let depth = 0;
  let keys = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > DEEPEST) return `nests deeper than ${DEEPEST} levels`;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    else if (code === COLON && (keys += 1) > MOST_KEYS) return `has more than ${MOST_KEYS} keys`;
  }
  return undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function refuseDoubtful(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (!isStorable(key) || (typeof value === 'string' && !isStorable(value))) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `The text at "${key.replace(/\0/g, '').toWellFormed().slice(0, 100)}" holds a NUL, or half of a character.` });
  }
  if (key === '__proto__') throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'The key __proto__ is not accepted in a body.' });
  if (typeof value !== 'number') return value;
  const unsafe = INTEGER.test(context?.source ?? '') && !Number.isSafeInteger(value);
  if (unsafe || !Number.isFinite(value)) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', {
      message: `The number ${(context?.source ?? '').slice(0, 40)} at "${key}" is larger than can be read exactly; send it as text.`,
    });
  }
  return value;
}
