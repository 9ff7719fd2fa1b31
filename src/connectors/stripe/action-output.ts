// An action's answer as rows: the text form that the specification prints (Stripe's keys joined by dots, every scalar a text),
// or native JSON. Pure: what had to be read besides is handed in.
import type { Row } from '../../spi/connector.ts';
import { isObject, type StripeObject } from './response.ts';

/** One row: `Success`, `id` and `object`, then the rest by their whole keys. Lists are null, an empty object leaves no key. */
export function textRow(object: StripeObject): Row {
  const flat: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(object)) flatten(flat, key, value);
  const row: Record<string, string | null> = { Success: 'true' };
  for (const key of ['id', 'object']) if (flat[key] !== undefined) row[key] = flat[key];
  for (const key of Object.keys(flat).sort()) row[key] = flat[key] ?? null;
  return row;
}

function flatten(flat: Record<string, string | null>, key: string, value: unknown): void {
  if (value === undefined) return;
  if (isObject(value)) for (const [name, inner] of Object.entries(value)) flatten(flat, `${key}.${name}`, inner);
  else if (typeof value === 'string') flat[key] = value;
  else flat[key] = value === null || Array.isArray(value) ? null : JSON.stringify(value);
}

/** The object as Stripe gave it, with `Success`. */
export function typedRow(object: StripeObject): Row {
  return { Success: true, ...object };
}

/** Bytes, as base64. */
export function binaryRow(bytes: Uint8Array, type: string | undefined, output: 'text' | 'typed'): Row {
  return {
    Success: output === 'text' ? 'true' : true,
    Content: Buffer.from(bytes).toString('base64'),
    ContentType: type ?? 'application/octet-stream',
    Size: output === 'text' ? String(bytes.byteLength) : bytes.byteLength,
  };
}
