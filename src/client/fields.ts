// The fields of rows, parameters and results on their way between the caller's types and JSON. Which columns there are is a matter
// of types; what is looked at here is that objects are objects.
import { invalidFields, StatusError } from '../errors/status-error.ts';
import { isObject } from './json.ts';

/** What a caller sends, member by member. @throws StatusError INVALID_ARGUMENT for what is no object, which callers without types may send */
export function membersOf(given: object, field: string): Record<string, unknown> {
  if (!isObject(given)) throw invalidFields([{ field, description: 'must be an object' }], 'INVALID_REQUEST');
  return { ...given };
}

/**
 * What a server answered, as what it was looked at to be.
 * @param what names it in an error. @throws StatusError ANSWER_NOT_UNDERSTOOD for what is none
 */
export function answered<Wanted>(value: unknown, isWanted: (value: unknown) => value is Wanted, what: string): Wanted {
  if (!isWanted(value)) throw new StatusError('UNKNOWN', 'ANSWER_NOT_UNDERSTOOD', { message: `${what} was answered as no object.` });
  return value;
}
