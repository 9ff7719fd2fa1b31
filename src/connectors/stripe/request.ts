// Payloads → parameters: every key found by its spelling, every value converted, every fault reported at once. What may be
// written is in the shapes of the tables; who may be asked on whose behalf is the caller's affair.
import { invalidFields, type FieldViolation } from '../../errors/status-error.ts';
import { nearestColumn } from '../../filter/column.ts';
import type { Field } from '../../spi/catalog.ts';
import type { Row } from '../../spi/connector.ts';
import { anything, convert, isCardData, put, refuseCardData, type Conversion } from './convert.ts';
import type { Parameters, Value } from './form.ts';
import { resolveKey } from './resolve.ts';
import { fold, pascal, snake } from './spelling.ts';
import { shapeNamed } from './tables.ts';

export interface Writing {
  readonly api: 'v1' | 'v2';
  readonly mode: Conversion['mode'];
  /** The shape of the parameters; absent where the call takes none. */
  readonly shape: string | undefined;
  readonly passthrough: boolean;
  /** What is said of a key that is no parameter; undefined where it is to be left out without a word. */
  readonly unknown: (key: string, value: unknown) => string | undefined;
}

/**
 * The parameters of a payload.
 * @param given the payload without what the caller has taken from it already (ids, parents).
 * @param faults what the caller has found wrong so far; all faults are thrown together.
 * @throws INVALID_ARGUMENT with every fault.
 */
export function parametersOf(given: Row, writing: Writing, faults: FieldViolation[]): Parameters {
  const conversion: Conversion = { api: writing.api, mode: writing.mode, passthrough: writing.passthrough, faults };
  const parameters: Record<string, Value> = Object.create(null);
  for (const [key, value] of Object.entries(given)) {
    const found = writing.shape === undefined ? undefined : resolveKey(writing.shape, key);
    if (found === undefined) {
      setUnknown(parameters, key, value, writing, faults);
      continue;
    }
    if (isCardData(found.owner, found.path)) refuseCardData(conversion, key);
    const made = convert(found.property, value, key, conversion);
    if (made !== undefined) put(parameters, found.path, made, key, conversion);
  }
  // What is required may differ in other API versions: there Stripe alone decides.
  if (writing.mode !== 'UPDATE' && !writing.passthrough) checkRequired(parameters, writing.shape, faults);
  if (faults.length > 0) throw invalidFields(faults, faults.some(({ description }) => description.startsWith(NO_SUCH)) ? 'UNKNOWN_FIELD' : 'INVALID_FIELD');
  return parameters;
}

const NO_SUCH = 'there is no ';

function setUnknown(parameters: Record<string, Value>, key: string, value: unknown, writing: Writing, faults: FieldViolation[]): void {
  const description = writing.unknown(key, value);
  if (description === undefined) return;
  if (writing.passthrough && value !== undefined && /^[A-Za-z]/.test(key)) parameters[snake(key)] = anything(value) ?? '';
  else faults.push({ field: key.slice(0, 200), description });
}

function checkRequired(parameters: Parameters, shape: string | undefined, faults: FieldViolation[]): void {
  for (const [name, property] of Object.entries(shapeNamed(shape))) {
    const column = pascal(name);
    const isNamed = faults.some(({ field }) => fold(field).startsWith(fold(column)));
    if (property.required === true && parameters[name] === undefined && !isNamed) faults.push({ field: column, description: 'is required' });
  }
}

/** What to say of a key that is no parameter of a call, with the one that was probably meant. */
export function noSuchField(key: string, where: string, fields: readonly Field[]): string {
  const nearest = nearestColumn({ name: where, description: '', fields, operations: [], listRequires: [] }, key);
  return `${NO_SUCH}${key.slice(0, 100)} in ${where}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}
