// Plain JSON as types, and reading it without trusting it. It must not know what the JSON is about.

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object; keys that begin with `_` are the sandbox's own and never leave it. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a value is an object and no array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string at a key, or undefined. */
export function text(row: JsonObject | undefined, key: string): string | undefined {
  const value = row?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** The number at a key, or undefined. */
export function number(row: JsonObject | undefined, key: string): number | undefined {
  const value = row?.[key];
  return typeof value === 'number' ? value : undefined;
}

/** Whether `true` stands at a key. */
export function flag(row: JsonObject | undefined, key: string): boolean {
  return row?.[key] === true;
}

/** The object at a key, or undefined. */
export function object(row: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = row?.[key];
  return isObject(value) ? value : undefined;
}

/** The objects in the array at a key; none where there is no array. */
export function objects(row: JsonObject | undefined, key: string): JsonObject[] {
  const value = row?.[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The strings in the array at a key; none where there is no array. */
export function texts(row: JsonObject | undefined, key: string): string[] {
  const value = row?.[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The id in a field that holds an id or the whole row. */
export function idIn(row: JsonObject | undefined, key: string): string | undefined {
  return text(row, key) ?? text(object(row, key), 'id');
}

/** A deep copy. */
export function clone<T extends Json>(value: T): T;
export function clone(value: Json): Json {
  if (Array.isArray(value)) return value.map((one) => clone(one));
  if (typeof value !== 'object' || value === null) return value;
  const copy: JsonObject = {};
  for (const key in value) copy[key] = clone(value[key] ?? null);
  return copy;
}

/** A value as text: strings as they are, anything else as JSON. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
