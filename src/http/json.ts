// Reading JSON bodies strictly: a number that would be changed by reading it is refused, since it may be an amount.
import { StatusError } from '../errors/status-error.ts';

/** Only such texts can hold a number that JavaScript would change, or a key that shadows the prototype. */
const SUSPICIOUS = /\d{16}|\d[eE]\+?\d|__proto__|\\u/;
const INTEGER = /^-?\d+$/;

/** @throws StatusError INVALID_ARGUMENT */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return SUSPICIOUS.test(text) ? JSON.parse(text, refuseChanged) : JSON.parse(text);
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `The body is not JSON: ${error instanceof Error ? error.message : ''}.` });
  }
}

function refuseChanged(key: string, value: unknown, context?: { readonly source?: string }): unknown {
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
