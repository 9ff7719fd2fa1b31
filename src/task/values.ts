// Values as Application Integration writes them: an object whose one key tells the type. Read to plain JSON, and plain JSON
// read as what an input of the task wants.
import type { TaskInputName } from '../api/integrations.ts';
import { parseJson } from '../api/json-text.ts';
import { StatusError } from '../errors/status-error.ts';

/** What an input holds. Texts are given for all of them where they come from a command line or a variable. */
type Kind = 'text' | 'json' | 'whole' | 'texts';

const KINDS: Readonly<Record<TaskInputName, Kind>> = {
  operation: 'text', connectionName: 'text', serviceName: 'text', host: 'text', entity: 'text', entityId: 'text', action: 'text', connectorInputPayload: 'json', filterClause: 'text',
  pageSize: 'whole', pageToken: 'text', sortByColumns: 'texts', query: 'text', timeout: 'whole', dynamicAuthConfig: 'json',
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
export function readAs(name: TaskInputName, value: unknown): unknown {
  if (value === null || value === '') return null;
  const kind = KINDS[name];
  if (kind === 'text') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof value !== 'string') return value;
  if (kind === 'json') return readJson(value);
  if (kind === 'texts') return value.startsWith('[') ? readJson(value) : value.split(',').map((one) => one.trim()).filter((one) => one !== '');
  const number = wholeNumber(value);
  if (number === undefined) throw new ValueFault('is no whole number');
  return number;
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
