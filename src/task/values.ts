// Values as Application Integration writes them: an object whose one key tells the type. Read to plain JSON, and plain JSON
// read as what an input of the task wants.
import { TASK_OPERATIONS, type TaskInputName, type TaskInputs, type TaskOperationName } from '../api/integrations.ts';
import { parseJson } from '../api/json-text.ts';
import { StatusError } from '../errors/status-error.ts';

/** What inputs hold where they are given: null for one that is left open. */
export type Values = { readonly [Name in TaskInputName]-?: Exclude<TaskInputs[Name], undefined> };

/** Inputs on their way to be complete. */
export type Filled = { -readonly [Name in keyof Values]?: Values[Name] };

/** Gives an input its value. */
export function put<Name extends TaskInputName>(inputs: Filled, name: Name, value: Values[Name]): void {
  inputs[name] = value;
}

interface Kind<Value> {
  /** What a value means here: texts are given for all where they come from a command line or a variable. @throws ValueFault */
  readonly plain: (value: unknown) => unknown;
  readonly is: (value: unknown) => value is Value;
  /** What is said of a value that is none. */
  readonly words: string;
}

const asText = (value: unknown): unknown => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
const ofText = (read: (text: string) => unknown) => (value: unknown): unknown => (typeof value === 'string' ? read(value) : value);

const TEXT: Kind<string | null> = { plain: asText, is: (value) => value === null || typeof value === 'string', words: 'must be text' };
const OPERATION: Kind<TaskOperationName | null> = { plain: asText, is: (value): value is TaskOperationName | null => value === null || TASK_OPERATIONS.some((one) => one === value), words: `must be one of ${TASK_OPERATIONS.join(', ')}` };
const WHOLE: Kind<number | null> = { plain: ofText(wholeNumber), is: (value): value is number | null => value === null || (typeof value === 'number' && Number.isInteger(value)), words: 'is no whole number' };
const OBJECT: Kind<Readonly<Record<string, unknown>> | null> = {
  plain: ofText(readJson), is: (value): value is Readonly<Record<string, unknown>> | null => typeof value === 'object' && !Array.isArray(value), words: 'must be an object',
};
const TEXTS: Kind<readonly string[] | null> = {
  plain: ofText((text) => (text.startsWith('[') ? readJson(text) : text.split(',').map((one) => one.trim()).filter((one) => one !== ''))),
  is: (value) => value === null || (Array.isArray(value) && value.every((one) => typeof one === 'string')), words: 'must be a list of texts',
};

const KINDS: { readonly [Name in keyof Values]: Kind<Values[Name]> } = {
  operation: OPERATION, connectionName: TEXT, serviceName: TEXT, host: TEXT, entity: TEXT, entityId: TEXT, action: TEXT, connectorInputPayload: OBJECT, filterClause: TEXT,
  pageSize: WHOLE, pageToken: TEXT, sortByColumns: TEXTS, query: TEXT, timeout: WHOLE, dynamicAuthConfig: OBJECT,
};

export function isTaskInput(name: string): name is TaskInputName {
  return Object.hasOwn(KINDS, name);
}

/** Says what is wrong with a value, for who lists all faults. */
export class ValueFault extends Error {}

/** Value types of the platform, and how their values are plain. */
const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  stringValue: (value) => (typeof value === 'string' ? value : undefined),
  intValue: wholeNumber,
  doubleValue: (value) => (typeof value === 'number' ? value : undefined),
  booleanValue: (value) => (typeof value === 'boolean' ? value : undefined),
  jsonValue: (value) => (typeof value === 'string' ? readJson(value) : undefined),
  stringArray: (value) => listIn(value, 'stringValues', (one) => (typeof one === 'string' ? one : undefined)),
  intArray: (value) => listIn(value, 'intValues', wholeNumber),
  doubleArray: (value) => listIn(value, 'doubleValues', (one) => (typeof one === 'number' ? one : undefined)),
  booleanArray: (value) => listIn(value, 'booleanValues', (one) => (typeof one === 'boolean' ? one : undefined)),
};

/** `{"stringValue":"x"}` as "x"; an empty object is nothing. @throws ValueFault */
export function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ValueFault(`must be an object of one of ${Object.keys(READERS).join(', ')}`);
  const [entry, ...more]: readonly [string, unknown][] = Object.entries(value);
  if (entry === undefined) return null;
  const [key, inner] = entry;
  const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
  if (read === undefined || more.length > 0) throw new ValueFault(`must hold one of ${Object.keys(READERS).join(', ')}`);
  const plain = read(inner);
  if (key === 'jsonValue' && inner === '') return null;
  if (plain === undefined) throw new ValueFault(`holds no ${key}`);
  return plain;
}

/** A plain value as an input wants it: texts are read as JSON, numbers and lists where the input holds those. @throws ValueFault */
export function readAs<Name extends TaskInputName>(name: Name, value: unknown): Values[Name] {
  const { plain, is, words } = KINDS[name];
  const read = value === null || value === '' ? null : plain(value);
  if (!is(read)) throw new ValueFault(words);
  return read;
}

/** A text for a variable of a type of the platform. @throws ValueFault */
export function readGiven(text: string, dataType: string): unknown {
  if (dataType === 'STRING_VALUE' || dataType === '') return text;
  if (dataType === 'BOOLEAN_VALUE') {
    if (text !== 'true' && text !== 'false') throw new ValueFault('is neither true nor false');
    return text === 'true';
  }
  if (dataType === 'STRING_ARRAY' && !text.startsWith('[')) return text.split(',').map((one) => one.trim()).filter((one) => one !== '');
  const value = text === '' ? null : readJson(text);
  if ((dataType === 'INT_VALUE' || dataType === 'DOUBLE_VALUE') && value !== null && typeof value !== 'number') throw new ValueFault('is no number');
  if (dataType === 'INT_VALUE' && value !== null && (!Number.isSafeInteger(value) || /\.\d{2}/.test(text))) throw new ValueFault('is no whole number');
  return value;
}

/** @throws ValueFault */
export function readJson(text: string): unknown {
  try {
    return parseJson(text, 'it');
  } catch (error) {
    throw error instanceof StatusError ? new ValueFault(`cannot be read: ${error.message.replace(/\.$/, '')}`) : error;
  }
}

/** The platform writes whole numbers as texts. */
function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function listIn(value: unknown, key: string, read: (one: unknown) => unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // The platform leaves an empty list out.
  const list: unknown = Reflect.get(value, key) ?? [];
  if (!Array.isArray(list)) return undefined;
  const plain = list.map(read);
  return plain.includes(undefined) ? undefined : plain;
}
