// Parameters → what goes over the wire: application/x-www-form-urlencoded exactly as Stripe's own SDK writes it, and
// multipart/form-data for files. It knows no parameter by name.
import { createHash } from 'node:crypto';

export type Value = string | number | boolean | null | FileContent | readonly Value[] | { readonly [key: string]: Value };

export interface Parameters {
  readonly [key: string]: Value;
}

/** The bytes of a file to be uploaded. */
export class FileContent {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type: string;

  constructor(bytes: Uint8Array, name: string, type: string) {
    this.bytes = bytes;
    this.name = name;
    this.type = type;
  }
}

/** The form of the parameters: nested keys in brackets, arrays by index, null as the empty string, `[]` and `{}` as nothing. */
export function encodeForm(parameters: Parameters): string {
  const pairs: string[] = [];
  for (const key of Object.keys(parameters)) addPairs(pairs, encode(key), parameters[key]);
  return pairs.join('&');
}

function addPairs(pairs: string[], key: string, value: Value | undefined): void {
  if (value === undefined) return;
  if (value === null) pairs.push(`${key}=`);
  else if (typeof value !== 'object') pairs.push(`${key}=${encode(String(value))}`);
  else if (isList(value)) for (let index = 0; index < value.length; index += 1) addPairs(pairs, `${key}[${index}]`, value[index]);
  else if (!(value instanceof FileContent)) for (const name of Object.keys(value)) addPairs(pairs, `${key}[${encode(name)}]`, value[name]);
}

const PLAIN = /^[A-Za-z0-9_.~-]*$/;
const ALSO_ENCODED: Readonly<Record<string, string>> = { '!': '%21', '*': '%2A', '(': '%28', ')': '%29', "'": '%27', '%5B': '[', '%5D': ']' };

/** Percent-encoding with the SDK's exceptions: brackets stay readable, `!*()'` do not. */
function encode(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(/[!*()']|%5[BD]/g, (found) => ALSO_ENCODED[found] ?? found);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export interface Multipart {
  readonly type: string;
  readonly body: Uint8Array;
}

/** The boundary is drawn from the content, so that a repeated request is the same request to the byte. */
export function encodeMultipart(parameters: Parameters): Multipart {
  const parts: (string | FileContent)[][] = [];
  for (const key of Object.keys(parameters)) addParts(parts, key, parameters[key]);
  const boundary = boundaryOf(parts);
  const chunks: Uint8Array[] = [];
  const text = new TextEncoder();
  for (const [name, content] of parts) {
    if (typeof name !== 'string' || content === undefined) continue;
    const file = content instanceof FileContent ? `; filename=${quoted(content.name)}\r\nContent-Type: ${content.type.replace(/[\r\n]+/g, ' ')}` : '';
    chunks.push(text.encode(`--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}${file}\r\n\r\n`));
    chunks.push(content instanceof FileContent ? content.bytes : text.encode(content), text.encode('\r\n'));
  }
  chunks.push(text.encode(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}

function addParts(parts: (string | FileContent)[][], key: string, value: Value | undefined): void {
  if (value === undefined) return;
  if (value instanceof FileContent) parts.push([key, value]);
  else if (value === null) parts.push([key, '']);
  else if (typeof value !== 'object') parts.push([key, String(value)]);
  else if (isList(value)) value.forEach((element, index) => addParts(parts, `${key}[${index}]`, element));
  else for (const [name, element] of Object.entries(value)) addParts(parts, `${key}[${name}]`, element);
}

function boundaryOf(parts: readonly (readonly (string | FileContent)[])[]): string {
  const hash = createHash('sha256');
  for (const part of parts.flat()) hash.update(part instanceof FileContent ? part.bytes : part);
  return `konektor-${hash.digest('hex').slice(0, 32)}`;
}

/** A line break in a name would let its writer add headers of their own. */
function quoted(name: string): string {
  return `"${name.replace(/[\r\n]+/g, ' ').replaceAll('"', '%22')}"`;
}
