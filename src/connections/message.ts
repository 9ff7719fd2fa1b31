// Messages of the platform's API described by tables, and read by one small interpreter: known fields are checked and kept,
// unknown ones and nulls are left out, and so are the defaults that the platform's JSON leaves out. The types of the model
// come from the same tables.
import { camelCase, fieldIn } from '../listing/field.ts';
import { parseSecretVersion } from '../secrets/model.ts';

/**
 * What a field holds. `key` is a text that must be there; `value` a text of a oneof, kept even where it is empty; `flag` and
 * `whole` likewise for booleans and int64; `secret` names a secret version. A list that is `always` there may be empty.
 */
type Scalar = 'key' | 'text' | 'value' | 'bool' | 'flag' | 'count' | 'port' | 'host' | 'whole' | 'int64' | 'duration' | 'secret' | 'texts' | 'labels';
export type Kind = Scalar | { readonly oneOf: readonly string[]; readonly echoed?: true } | { readonly message: Shape } | { readonly list: Shape; readonly always?: true };
export interface Shape {
  readonly [field: string]: Kind;
}

type ValueOf<K> = K extends 'bool' | 'flag' ? boolean : K extends 'count' | 'port' ? number : K extends 'whole' ? string | number : K extends 'texts' ? readonly string[]
  : K extends 'labels' ? Readonly<Record<string, string>> : K extends { readonly oneOf: readonly (infer Word)[] } ? Word
  : K extends { readonly list: infer S } ? readonly MessageOf<S>[] : K extends { readonly message: infer S } ? MessageOf<S> : string;
type RequiredOf<S> = { [F in keyof S]: S[F] extends 'key' | { readonly always: true } ? F : never }[keyof S];

/** The message that a table describes. */
export type MessageOf<S> = { readonly [F in Exclude<keyof S, RequiredOf<S>>]?: ValueOf<S[F]> } & { readonly [F in RequiredOf<S>]: ValueOf<S[F]> };

export interface Faults {
  /** @param field path of the field as the caller wrote it, description says what it must be. */
  add(field: string, description: string): void;
}

const LONGEST_TEXT = 4_096;
const LONGEST_VALUE = 65_536;
const LONGEST_LIST = 1_000;

export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;
}

/** Reads a message, adding every fault; what is wrong is left out. `path` is empty, or ends with a dot. */
export function readMessage<const S extends Shape>(shape: S, value: unknown, path: string, faults: Faults): MessageOf<S> {
  // What the table says of each field is what `readField` makes of it; the compiler cannot follow that.
  return readFields(shape, value, path, faults) as MessageOf<S>;
}

function readFields(shape: Shape, value: unknown, path: string, faults: Faults): object {
  const given = record(value);
  if (given === undefined) faults.add(path.replace(/\.$/, ''), 'must be an object');
  const read: Record<string, unknown> = {};
  for (const [field, kind] of Object.entries(shape)) {
    const part = fieldIn(given, field) ?? undefined;
    const result = part === undefined ? undefined : readField(kind, part, `${path}${field}`, faults);
    if (result !== undefined) read[field] = result;
    else if (kind === 'key') {
      if (part === undefined) faults.add(`${path}${field}`, 'is missing');
      read[field] = '';
    } else if (typeof kind === 'object' && 'list' in kind && kind.always === true) read[field] = [];
  }
  return read;
}

function readField(kind: Kind, value: unknown, path: string, faults: Faults): unknown {
  if (typeof kind === 'string') {
    const { words, read } = SCALARS[kind];
    const result = read(value);
    if (result === FAULT) faults.add(path, words);
    return result === FAULT ? undefined : result;
  }
  if ('message' in kind) return readFields(kind.message, value, `${path}.`, faults);
  if ('list' in kind) return readList(kind.list, value, path, faults);
  if (typeof value === 'string' && kind.oneOf.includes(value)) return kind.echoed === true || value !== kind.oneOf[0] ? value : undefined;
  faults.add(path, `must be one of ${kind.oneOf.join(', ')}`);
  return undefined;
}

function readList(shape: Shape, value: unknown, path: string, faults: Faults): unknown {
  if (Array.isArray(value) && value.length <= LONGEST_LIST) return value.map((one: unknown, index) => readFields(shape, one, `${path}[${index}].`, faults));
  faults.add(path, `must be a list of at most ${LONGEST_LIST}`);
  return undefined;
}

/** A field that a message has and its table does not. */
export interface UnknownField {
  /** As it is spelled: `authConfig.additionalVariable` */
  readonly path: string;
  /** Those that may stand in its place. */
  readonly known: readonly string[];
}

/** What `readMessage` leaves out without a word, for those who read files that people write. `path` is empty, or ends with a dot. */
export function unknownFields(shape: Shape, value: unknown, path = ''): readonly UnknownField[] {
  const known = Object.keys(shape);
  return Object.entries(record(value) ?? {}).flatMap(([key, part]) => {
    const name = camelCase(key);
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (kind === undefined) return [{ path: `${path}${key}`, known }];
    if (typeof kind === 'string' || 'oneOf' in kind) return [];
    if ('message' in kind) return unknownFields(kind.message, part, `${path}${key}.`);
    return (Array.isArray(part) ? part : []).flatMap((one: unknown, index) => unknownFields(kind.list, one, `${path}${key}[${index}].`));
  });
}

/** Said by a reader of what it cannot take. A value that may be a secret is never repeated. */
const FAULT = Symbol('fault');

interface ScalarRule {
  readonly words: string;
  /** The value; undefined for a default that is left out; FAULT for what it cannot take. */
  readonly read: (value: unknown) => unknown;
}

const SCALARS: Readonly<Record<Scalar, ScalarRule>> = {
  key: { words: 'must be a text that is not empty', read: (value) => (typeof value === 'string' && value !== '' && value.length <= 256 ? value : FAULT) },
  text: { words: `must be text of at most ${LONGEST_TEXT} characters`, read: (value) => (typeof value === 'string' && value.length <= LONGEST_TEXT ? value || undefined : FAULT) },
  value: { words: `must be text of at most ${LONGEST_VALUE} characters`, read: (value) => (typeof value === 'string' && value.length <= LONGEST_VALUE ? value : FAULT) },
  bool: { words: 'must be true or false', read: (value) => (typeof value === 'boolean' ? value || undefined : FAULT) },
  flag: { words: 'must be true or false', read: (value) => (typeof value === 'boolean' ? value : FAULT) },
  count: { words: 'must be a whole number', read: readCount },
  port: { words: 'must be a port from 1 to 65535', read: readPort },
  host: { words: 'must be a host name or an IP address', read: readHost },
  whole: { words: 'must be a whole number', read: readInt64 },
  int64: { words: 'must be a whole number', read: (value) => (String(value) === '0' ? undefined : readInt64(value)) },
  duration: { words: 'must be a duration in seconds, such as "16s"', read: (value) => (typeof value === 'string' && /^\d{1,12}(\.\d{1,9})?s$/.test(value) ? value : FAULT) },
  secret: { words: 'must name a secret version: projects/{project}/secrets/{secret}/versions/{version}', read: readSecret },
  texts: { words: 'must be a list of texts', read: (value) => (Array.isArray(value) && value.length <= LONGEST_LIST && value.every((one) => typeof one === 'string' && one.length <= LONGEST_TEXT) ? value : FAULT) },
  labels: { words: 'must be an object of texts', read: readLabels },
};

function readCount(value: unknown): unknown {
  return Number.isInteger(value) || (typeof value === 'string' && /^-?\d{1,9}$/.test(value)) ? Number(value) : FAULT;
}

function readPort(value: unknown): unknown {
  const port = readCount(value);
  if (typeof port !== 'number' || port < 0 || port > 65_535) return FAULT;
  return port === 0 ? undefined : port;
}

function readHost(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 255 || /[\s@]/.test(value)) return FAULT;
  return value === '' ? undefined : value;
}

/** As the platform writes it: a text of digits. */
function readInt64(value: unknown): unknown {
  const text = Number.isSafeInteger(value) || typeof value === 'string' ? String(value) : '';
  if (!/^-?\d{1,19}$/.test(text)) return FAULT;
  return BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? text : FAULT;
}

function readSecret(value: unknown): unknown {
  if (value === '') return undefined;
  return typeof value === 'string' && parseSecretVersion(value) !== undefined ? value : FAULT;
}

function readLabels(value: unknown): unknown {
  const given = record(value);
  return given !== undefined && Object.values(given).every((one) => typeof one === 'string') ? given : FAULT;
}
