// What the SDK says exists, read from sdk.generated.json: endpoints, the collections they make up, shapes of rows and parameters.
// It knows names and types only, never how anything behaves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A type: a word, or a form around others. `row` names the objects that may stand there, `list` is a nested list. */
export type Type =
  | 'string' | 'number' | 'decimal' | 'boolean' | 'file' | 'unknown'
  | readonly ['enum', number]
  | readonly ['array', Type] | readonly ['map', Type] | readonly ['list', Type]
  | readonly ['object', number]
  | readonly ['row', ...string[]]
  | readonly ['or', ...Type[]];

/** A property or parameter. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  /** Of a parameter: must be given. Of a property: is always there. */
  readonly required: boolean;
  /** Of a parameter: an empty string unsets it. Of a property: may be null. */
  readonly empty: boolean;
}

/** The fields of an object, by name, in Stripe's order. */
export type Shape = ReadonlyMap<string, Field>;

/** What an endpoint does to its collection; a verb is anything that is not one of the usual operations. */
export type Kind = 'list' | 'search' | 'retrieve' | 'create' | 'update' | 'delete' | 'verb';

/** One method and path. */
export interface Endpoint {
  readonly method: string;
  /** With `{}` for each id. */
  readonly path: string;
  readonly kind: Kind;
  readonly collection: string;
  readonly objects: readonly string[];
  readonly params: Shape;
  readonly stub: boolean;
  readonly row: boolean;
  readonly bytes: boolean;
}

/** What Stripe calls a resource: a path under which rows are listed, made, read, changed or deleted. */
export interface Collection {
  /** With `{}` for each parent's id. */
  readonly path: string;
  readonly object: string;
  readonly objects: readonly string[];
  readonly version: 'v1' | 'v2';
  readonly parents: number;
  readonly singleton: boolean;
  readonly operations: ReadonlyMap<Kind, Endpoint>;
}

type Written = readonly [method: string, path: string, sdk: string, returns: string, row: Type | null, params: number | null, required: number, host: string];

interface Table {
  readonly sdk: string;
  readonly apiVersion: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly endpoints: readonly Written[];
  readonly enums: readonly (readonly string[])[];
  readonly shapes: readonly (readonly (readonly [string, Type, number])[])[];
}

const table = JSON.parse(readFileSync(join(import.meta.dirname, 'sdk.generated.json'), 'utf8')) as Table;
const shapes: (Shape | undefined)[] = [];
const EMPTY: Shape = new Map();
/** The token in the address of a v2 list's next page, which the SDK's types do not name. */
const PAGE = ['page', { name: 'page', type: 'string', required: false, empty: false }] as const;

/** The API version that the SDK is written for. */
export const LATEST_VERSION = table.apiVersion;

/** The shape with a number, `id` and `object` first. */
export function shapeOf(index: number): Shape {
  const known = shapes[index];
  if (known !== undefined) return known;
  const fields = (table.shapes[index] ?? []).map(([name, type, flags]): Field => ({ name, type, required: (flags & 1) !== 0, empty: (flags & 2) !== 0 }));
  const first = ['id', 'object'].flatMap((name) => fields.filter((field) => field.name === name));
  const shape = new Map([...first, ...fields].map((field) => [field.name, field]));
  shapes[index] = shape;
  return shape;
}

/** The shape of rows of an object; undefined if there are none. */
export function rowShape(object: string): Shape | undefined {
  const index = table.rows[object];
  return index === undefined ? undefined : shapeOf(index);
}

/** The values of an enum. */
export function enumValues(index: number): readonly string[] {
  return table.enums[index] ?? [];
}

function normalise(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}

/** Verbs that read as collections do, but answer something else's row. */
const READING_VERBS = new Set(['find', 'preview', 'pdf', 'search']);

function classify(written: Written, paths: ReadonlySet<string>): readonly [Kind, string] {
  const [method, rawPath, sdk, returns] = written;
  const path = normalise(rawPath);
  const above = path.slice(0, path.lastIndexOf('/'));
  const onlyWritten = method === 'POST' && path.startsWith('/v1/test_helpers/') && !paths.has(`GET ${path}`);
  if (path.endsWith('/{}') && onlyWritten) return ['verb', path];
  if (path.endsWith('/{}')) return [method === 'GET' ? 'retrieve' : method === 'POST' ? 'update' : 'delete', above];
  if (returns === 'list' || returns === 'page') return ['list', path];
  if (returns === 'search') return ['search', above];
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (method === 'GET') return READING_VERBS.has(last) ? ['verb', path] : ['retrieve', path];
  if (method === 'DELETE') return ['verb', path];
  const tested = path.startsWith('/v1/test_helpers/') || path.startsWith('/v2/test_helpers/');
  if (sdk.endsWith('.create') && (!tested || last === 'test_clocks' || last === 'confirmation_tokens')) return ['create', path];
  if (paths.has(`GET ${path}`)) return [paths.has(`GET ${path}/{}`) || listed.has(path) ? 'create' : 'update', path];
  return ['verb', path];
}

function rowObjects(type: Type | null): readonly string[] {
  if (type === null || typeof type === 'string') return [];
  if (type[0] === 'row') return type.slice(1);
  if (type[0] === 'or') return (type.slice(1) as Type[]).flatMap(rowObjects);
  return [];
}

const listed = new Set(table.endpoints.filter(([, , , returns]) => returns === 'list' || returns === 'page').map(([, path]) => normalise(path)));
const paths = new Set(table.endpoints.map(([method, path]) => `${method} ${normalise(path)}`));

/** Every endpoint of the SDK. */
export const ENDPOINTS: readonly Endpoint[] = table.endpoints.filter(([, path]) => /^\/v[12]\//.test(path)).map((written) => {
  const [method, path, , returns, row, params] = written;
  const [kind, collection] = classify(written, paths);
  return {
    method,
    path: normalise(path),
    kind,
    collection,
    objects: rowObjects(row),
    params: params === null ? EMPTY : returns === 'page' ? new Map([...shapeOf(params), PAGE]) : shapeOf(params),
    stub: returns.includes('stub'),
    row: returns.includes('row'),
    bytes: returns === 'bytes',
  };
});

function collect(): ReadonlyMap<string, Collection> {
  const found = new Map<string, Map<Kind, Endpoint>>();
  for (const endpoint of ENDPOINTS.filter((one) => one.kind !== 'verb')) {
    const operations = found.get(endpoint.collection) ?? new Map<Kind, Endpoint>();
    operations.set(endpoint.kind, endpoint);
    found.set(endpoint.collection, operations);
  }
  return new Map([...found].map(([path, operations]) => {
    const source = operations.get('retrieve') ?? operations.get('create') ?? operations.get('list');
    const objects = source?.objects ?? [];
    const singleton = operations.get('retrieve')?.path === path;
    const parents = path.split('{}').length - 1;
    return [path, { path, object: objects[0] ?? '', objects, version: path.startsWith('/v2') ? 'v2' : 'v1', parents, singleton, operations }];
  }));
}

/** Every collection, by path. */
export const COLLECTIONS = collect();
