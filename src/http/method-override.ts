// Clients that cannot send what they mean: Google's for Java sends every PATCH as a POST, and those for Java and Python send a GET
// whose address would be long as a POST with the query as its body. The header X-HTTP-Method-Override says what is meant.
import { gunzipSync } from 'node:zlib';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

const OVERRIDES: ReadonlySet<string> = new Set(['GET', 'PATCH', 'PUT', 'DELETE']);
const FORM = /^application\/x-www-form-urlencoded\b/i;

/** Turns such requests into what they mean before anything else sees them. @param tooLarge answers a query of more bytes than `mostBytes`. */
export function overridingMethods(handler: RequestListener, mostBytes: number, tooLarge: (reply: ServerResponse) => void): RequestListener {
  return (request, reply) => {
    const method = String(request.headers['x-http-method-override'] ?? '').toUpperCase();
    if (request.method !== 'POST' || !OVERRIDES.has(method)) return handler(request, reply);
    if (method !== 'GET' || !FORM.test(request.headers['content-type'] ?? '')) {
      request.method = method;
      return handler(request, reply);
    }
    return void readText(request, mostBytes).then((query) => {
      if (query === undefined) return tooLarge(reply);
      const { url = '/', headers } = request;
      request.method = 'GET';
      request.url = query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
      delete headers['content-type'];
      delete headers['content-length'];
      delete headers['content-encoding'];
      return handler(request, reply);
      // Who left before the end gets no answer.
    }, () => request.destroy());
  };
}

/** The body as text, or undefined where it is larger than it may be, or no gzip though it should be. */
async function readText(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > mostBytes) return undefined;
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks);
  if (!/gzip/i.test(request.headers['content-encoding'] ?? '')) return body.toString();
  try {
    return gunzipSync(body, { maxOutputLength: mostBytes }).toString();
  } catch {
    return undefined;
  }
}
