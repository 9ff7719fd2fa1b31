// Values for every parameter that the SDK knows, and every place where a wrong one can stand: for tests that walk them all. It must not
// know what the parameters mean.
import type { Json, JsonObject } from './json.ts';
import { asText, isObject } from './json.ts';
import type { Field, Shape, Type } from './sdk.ts';
import { enumValues, shapeOf } from './sdk.ts';

const DEEPEST = 7;

/** A value that fits a type; objects hold what they must, and no more. */
export function fitting(type: Type, name = '', depth = 0): Json {
  if (name === 'currency' && (type === 'string' || (Array.isArray(type) && type[0] === 'or'))) return 'usd';
  if (typeof type === 'string') return { string: 'x', number: 1000, decimal: '1', boolean: true, file: { data: 'eA==', name: 'x.txt' }, unknown: 'x' }[type] ?? 'x';
  switch (type[0]) {
    case 'enum': return enumValues(type[1])[0] ?? '';
    case 'array': return [fitting(type[1], name, depth + 1)];
    case 'map': return { key: fitting(type[1], '', depth + 1) };
    case 'object': return filled(shapeOf(type[1]), depth + 1);
    case 'or': return fitting(type[1] ?? 'string', name, depth);
    case 'row':
    case 'list': return 'x';
  }
}

/** What an object must hold; one thing where it need hold nothing, since a form cannot say that an object is empty. */
function filled(shape: Shape, depth: number): JsonObject {
  const needed = required(shape, depth);
  const fields = [...shape.values()];
  const any = depth > DEEPEST ? undefined : (fields.find((field) => typeof field.type === 'string' || field.type[0] === 'enum') ?? fields[0]);
  return Object.keys(needed).length > 0 || any === undefined ? needed : { [any.name]: fitting(any.type, any.name, depth) };
}

/** The required parameters of a shape. */
export function required(shape: Shape, depth = 0): JsonObject {
  if (depth > DEEPEST) return {};
  return Object.fromEntries([...shape.values()].filter((field) => field.required).map((field) => [field.name, fitting(field.type, field.name, depth)]));
}

/** Parameters with one wrong value in them: where it stands, and how Stripe names that. */
export interface Wrong {
  readonly path: string;
  readonly params: JsonObject;
}

/** Every enum in a shape, each with parameters in which it alone has a value that does not exist. */
export function wrongEnums(shape: Shape, depth = 0): readonly Wrong[] {
  if (depth > DEEPEST) return [];
  const base = depth === 0 ? required(shape) : required(shape, depth);
  return [...shape.values()].flatMap((field) => wrongIn(field, depth).map(({ path, value }) => ({ path: field.name + path, params: { ...base, [field.name]: value } })));
}

function wrongIn(field: Field, depth: number): readonly { readonly path: string; readonly value: Json }[] {
  const { type } = field;
  if (typeof type === 'string') return [];
  if (type[0] === 'enum') return [{ path: '', value: 'no_such_value' }];
  if (type[0] === 'array' && Array.isArray(type[1]) && type[1][0] === 'enum') return [{ path: '[0]', value: ['no_such_value'] }];
  if (type[0] === 'object') return wrongEnums(shapeOf(type[1]), depth + 1).map(({ path, params }) => ({ path: bracketed(path), value: params }));
  if (type[0] === 'array' && Array.isArray(type[1]) && type[1][0] === 'object' && typeof type[1][1] === 'number') {
    return wrongEnums(shapeOf(type[1][1]), depth + 1).map(({ path, params }) => ({ path: `[0]${bracketed(path)}`, value: [params] }));
  }
  return [];
}

/** `a[b]` inside something: `[a][b]`. */
function bracketed(path: string): string {
  const end = path.indexOf('[');
  return end < 0 ? `[${path}]` : `[${path.slice(0, end)}]${path.slice(end)}`;
}

/** One parameter, however deep, with a value; `params` are its top-level parameter. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: Json;
  readonly params: JsonObject;
}

/** Every parameter of a shape that holds a plain value, a list or a map; those inside lists are not taken apart. */
export function leaves(shape: Shape, depth = 0): readonly Leaf[] {
  if (depth > DEEPEST) return [];
  return [...shape.values()].flatMap((field): readonly Leaf[] => {
    const { type } = field;
    const base = depth === 0 ? {} : required(shape, depth);
    if (typeof type !== 'string' && type[0] === 'object') return leaves(shapeOf(type[1]), depth + 1).map(({ path, value, params }) => ({ path: [field.name, ...path], value, params: { ...base, [field.name]: params } }));
    const value = telling(field);
    return [{ path: [field.name], value, params: { ...base, [field.name]: value } }];
  });
}

/** A value that a blank row would not have by itself. */
function telling(field: Field): Json {
  const { type } = field;
  if (Array.isArray(type) && type[0] === 'enum' && typeof type[1] === 'number') return enumValues(type[1]).at(-1) ?? '';
  return fitting(type, field.name);
}

/** Whether rows of a shape show what stands at a path. */
export function shows(shape: Shape | undefined, path: readonly string[]): boolean {
  const [first = '', ...rest] = path;
  const field = shape?.get(first);
  if (field === undefined) return false;
  return rest.length === 0 || alternatives(field.type).some((type) => typeof type !== 'string' && type[0] === 'object' && shows(shapeOf(type[1]), rest));
}

function alternatives(type: Type): readonly Type[] {
  return typeof type !== 'string' && type[0] === 'or' ? (type.slice(1) as Type[]) : [type];
}

/** What stands at a path of a row. */
export function at(row: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => (isObject(value) ? value[step] : undefined), row);
}

/** Whether what was sent can be read in what came back: objects may have more, expanded rows count by their id. */
export function reads(sent: Json, got: Json | undefined): boolean {
  if (isObject(sent)) return isObject(got) && Object.entries(sent).every(([key, one]) => one === '' || reads(one, got[key]));
  if (Array.isArray(sent)) return Array.isArray(got) && sent.length === got.length && sent.every((one, at) => reads(one, got[at]));
  if (isObject(got) && typeof sent === 'string') return got['id'] === sent;
  if (typeof sent === 'string' && typeof got === 'number') return Number(sent) === got;
  return sent === got || (typeof got !== 'object' && asText(sent) === asText(got));
}
