// Clients that cannot send what they mean: Google's for Java sends every PATCH as a POST, and those for Java and Python send a GET
// whose address would be long as a POST with the query as its body. The header X-HTTP-Method-Override says what is meant.
import { gunzipSync } from 'node:zlib';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

const OVERRIDES: ReadonlySet<string> = new Set(['GET', 'PATCH', 'PUT', 'DELETE']);
const FORM = /^application\/x-www-form-urlencoded\b/i;

/** Turns such requests into what they mean before anything else sees them. @param refuse answers a query that cannot be read, or has more bytes than `mostBytes`. */
export function overridingMethods(handler: RequestListener, mostBytes: number, refuse: (reply: ServerResponse, why: QueryFault) => void): RequestListener {
  return (request, reply) => {
    const method = String(request.headers['x-http-method-override'] ?? '').toUpperCase();
    if (request.method !== 'POST' || !OVERRIDES.has(method)) return handler(request, reply);
    if (method !== 'GET' || !FORM.test(request.headers['content-type'] ?? '')) {
      request.method = method;
      return handler(request, reply);
    }
    return void readText(request, mostBytes).then((read) => {
      if ('fault' in read) return refuse(reply, read.fault);
      const [{ text: query }, { url = '/', headers }] = [read, request];
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

export type QueryFault = 'too large' | 'no gzip';

/** The body as text, or why it is none. */
async function readText(request: IncomingMessage, mostBytes: number): Promise<{ readonly text: string } | { readonly fault: QueryFault }> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Of what it reads a stream says no type; without an encoding it is bytes.
  const arriving: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const bytes of arriving) {
    size += bytes.length;
    if (size > mostBytes) return { fault: 'too large' };
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks);
  if (!/gzip/i.test(request.headers['content-encoding'] ?? '')) return { text: body.toString() };
  try {
    return { text: gunzipSync(body, { maxOutputLength: mostBytes }).toString() };
  } catch (error) {
    return { fault: error instanceof RangeError ? 'too large' : 'no gzip' };
  }
}
