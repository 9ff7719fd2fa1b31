// From what came over the wire to nested objects: query strings, forms, JSON and multipart. Values stay strings where the wire has
// only strings; validate.ts gives them types. It must not know which parameters exist.
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import { invalidRequest } from './errors.ts';

function unescape(part: string): string {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw invalidRequest('Invalid request: the parameters are not valid URL encoding.');
  }
}

const DEEPEST = 20;

/** Puts a value where a bracketed name points to: `a[b][0]`, `a[]`. */
function place(root: JsonObject, name: string, value: Json): void {
  const open = name.indexOf('[');
  if (open <= 0) {
    root[name] = value;
    return;
  }
  const steps = [name.slice(0, open), ...name.slice(open + 1, name.endsWith(']') ? -1 : undefined).split('][')];
  if (steps.length > DEEPEST || steps.includes('__proto__')) throw invalidRequest('Invalid request: the parameters are nested too deeply.');
  let at = root;
  for (const [index, raw] of steps.entries()) {
    const step = raw === '' ? String(Object.keys(at).length) : raw;
    if (index === steps.length - 1) {
      at[step] = value;
    } else {
      const next = at[step];
      const inner: JsonObject = isObject(next) ? next : {};
      at[step] = inner;
      at = inner;
    }
  }
}

/** The parameters in a query string or form. */
export function decodeForm(text: string): JsonObject {
  const root: JsonObject = {};
  if (text === '') return root;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = unescape(equals < 0 ? pair : pair.slice(0, equals));
    if (name === '__proto__') continue;
    place(root, name, equals < 0 ? '' : unescape(pair.slice(equals + 1)));
  }
  return root;
}

/** The object in a JSON body. */
export function decodeJson(text: string): JsonObject {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    // said below
  }
  throw invalidRequest('Invalid request body: it is not a JSON object.');
}

/** The fields of a multipart body; a file becomes `{name, type, data}` with its bytes as base64. */
export function decodeMultipart(body: Buffer, contentType: string): JsonObject {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw invalidRequest('Invalid multipart body: it has no boundary.');
  const root: JsonObject = {};
  const mark = Buffer.from(`--${boundary}`);
  for (let start = body.indexOf(mark); start >= 0; ) {
    const end = body.indexOf(mark, start + mark.length);
    if (end < 0) break;
    placePart(root, body.subarray(start + mark.length + 2, end - 2));
    start = end;
  }
  return root;
}

function placePart(root: JsonObject, part: Buffer): void {
  const split = part.indexOf('\r\n\r\n');
  if (split < 0) return;
  const head = part.subarray(0, split).toString();
  const content = part.subarray(split + 4);
  const name = /\bname="([^"]*)"/.exec(head)?.[1];
  if (name === undefined) return;
  const file = /filename="([^"]*)"/.exec(head)?.[1];
  const type = /content-type:\s*(\S+)/i.exec(head)?.[1] ?? 'application/octet-stream';
  place(root, name, file === undefined ? content.toString() : { name: file, type, data: content.toString('base64') });
}
