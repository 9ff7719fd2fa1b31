// Whether a row is what the SDK's types say such rows are: for tests. It must not know how rows come about.
import type { Json, JsonObject } from './json.ts';
import { isObject, object, text } from './json.ts';
import type { Shape, Type } from './sdk.ts';
import { enumValues, rowShape, shapeOf } from './sdk.ts';

/** What is wrong with a row, in words; nothing if it conforms. */
export function faultsOf(row: JsonObject, path = ''): string[] {
  const kind = text(row, 'object') ?? '';
  const shape = rowShape(kind);
  if (shape === undefined) return [`${path}: no rows are called '${kind}'`];
  if (row['deleted'] === true) return [];
  if (kind === 'event') return faultsOfEvent(row);
  return faultsIn(shape, row, path === '' ? kind : path);
}

/** The SDK types each event by itself; what they have in common is checked, and the row inside. */
function faultsOfEvent(row: JsonObject): string[] {
  const inner = object(object(row, 'data'), 'object');
  const missing = ['id', 'api_version', 'created', 'livemode', 'pending_webhooks', 'request', 'type'].filter((key) => row[key] === undefined);
  // Stripe says of this event alone that its invoice has no id yet.
  const faults = (inner === undefined ? ['event.data.object is missing'] : faultsOf(inner)).filter((fault) => row['type'] !== 'invoice.upcoming' || fault !== 'invoice.id is missing');
  return [...missing.map((key) => `event.${key} is missing`), ...faults];
}

function faultsIn(shape: Shape, row: JsonObject, path: string): string[] {
  const unknown = Object.keys(row).filter((key) => !shape.has(key)).map((key) => `${path}.${key} is unknown`);
  const wrong = [...shape.values()].flatMap((field) => {
    const value = row[field.name];
    const at = `${path}.${field.name}`;
    if (value === undefined) return field.required ? [`${at} is missing`] : [];
    if (value === null) return field.empty ? [] : [`${at} is null`];
    return faultsOfValue(field.type, value, at);
  });
  return [...unknown, ...wrong];
}

function faultsOfValue(type: Type, value: Json, path: string): string[] {
  if (typeof type === 'string') {
    const fits = { string: typeof value === 'string', number: typeof value === 'number', decimal: typeof value === 'string', boolean: typeof value === 'boolean', file: true, unknown: true }[type];
    return fits ? [] : [`${path} is no ${type}: ${JSON.stringify(value)}`];
  }
  switch (type[0]) {
    case 'enum': return typeof value === 'string' && enumValues(type[1]).includes(value) ? [] : [`${path} is none of its values: ${JSON.stringify(value)}`];
    case 'array': return Array.isArray(value) ? value.flatMap((one, at) => faultsOfValue(type[1], one, `${path}[${at}]`)) : [`${path} is no array`];
    case 'map': return isObject(value) ? Object.entries(value).flatMap(([key, one]) => faultsOfValue(type[1], one, `${path}.${key}`)) : [`${path} is no map`];
    case 'object': return isObject(value) ? faultsIn(shapeOf(type[1]), value, path) : [`${path} is no object`];
    case 'row': return isObject(value) && type.slice(1).includes(text(value, 'object') ?? '') ? faultsOf(value, path) : [`${path} is no ${type.slice(1).join(' or ')}`];
    case 'list': {
      const data = isObject(value) && value['object'] === 'list' && typeof value['has_more'] === 'boolean' && typeof value['url'] === 'string' ? value['data'] : undefined;
      return Array.isArray(data) ? data.flatMap((one, at) => faultsOfValue(type[1], one, `${path}.data[${at}]`)) : [`${path} is no list`];
    }
    case 'or': {
      const tried = (type.slice(1) as Type[]).map((one) => faultsOfValue(one, value, path));
      return tried.some((faults) => faults.length === 0) ? [] : (tried.toSorted((a, b) => b.length - a.length)[0] ?? []);
    }
  }
}
