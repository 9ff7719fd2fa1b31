// The fields that a list can be filtered and ordered by, and how one is found in an object and compared. It knows no resource.

/** `texts` is a list of texts, `map` an object of texts whose keys the user chose. A boolean that is absent is false. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'time' | 'texts' | 'map';

/** Paths in camelCase (`status.state`) with what each holds. */
export type Fields = Readonly<Record<string, FieldKind>>;

export interface FieldReference {
  /** Keys to follow from the object. */
  readonly path: readonly string[];
  readonly kind: FieldKind;
}

/** A value that has an order. */
export type Scalar = string | number | boolean;

/** Finds a declared field by its path, in camelCase or snake_case; below a map every key is one. */
export function findField(fields: Fields, segments: readonly string[]): FieldReference | undefined {
  const path = segments.map(camelCase);
  const kind = own(fields, path.join('.'));
  if (kind !== undefined) return { path, kind };
  for (let length = 1; length < segments.length; length += 1) {
    const head = path.slice(0, length);
    // The user's keys keep their spelling, and may hold dots.
    if (own(fields, head.join('.')) === 'map') return { path: [...head, segments.slice(length).join('.')], kind: 'text' };
  }
  return undefined;
}

function own(fields: Fields, name: string): FieldKind | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** `node_config.min_node_count` → `nodeConfig.minNodeCount`, segment by segment. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

/** A field of a message that a client sent: clients may spell it in camelCase or as the platform's definitions do, in snake_case. */
export function fieldIn(message: object | undefined, name: string): unknown {
  if (message === undefined) return undefined;
  const spelling = Object.hasOwn(message, name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.hasOwn(message, spelling) ? Reflect.get(message, spelling) : undefined;
}

/** What stands at a path of an object; undefined where nothing does. */
export function valueAt(item: unknown, path: readonly string[]): unknown {
  let value = item;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The value in the form that it is compared in: instants as milliseconds, numbers that arrive as text as numbers. */
export function scalarOf(kind: FieldKind, value: unknown): Scalar | undefined {
  if (kind === 'boolean') return value === true;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  if (kind === 'number') return finite(Number(value));
  if (kind === 'time') return finite(Date.parse(String(value)));
  return String(value);
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** Negative, zero or positive; what is absent comes first. */
export function compareScalars(a: Scalar | undefined, b: Scalar | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}
