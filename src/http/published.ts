// Texts that are the same for everybody for as long as the process runs: made once, when first asked for, and not sent again to
// who has them.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

export interface PublishedText {
  readonly url: string;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly make: () => string;
}

interface Made {
  readonly plain: Buffer;
  readonly packed: Buffer;
  readonly tag: string;
}

/** Adds a text without a token: it must tell nothing that is not everybody's. */
export function addPublished(server: FastifyInstance, { url, type, headers = {}, make }: PublishedText): void {
  let made: Made | undefined;
  server.get(url, async (request, reply) => {
    made ??= pack(make());
    const isPacked = takesGzip(request.headers['accept-encoding']);
    // The two forms are different bytes, and so have different tags.
    const tag = isPacked ? `"${made.tag}-gzip"` : `"${made.tag}"`;
    void reply.headers({ ...headers, etag: tag, 'cache-control': 'no-cache', vary: 'accept-encoding', 'x-content-type-options': 'nosniff' });
    if (isHeld(request.headers['if-none-match'], tag)) return reply.code(304).send();
    return reply.type(type).headers(isPacked ? { 'content-encoding': 'gzip' } : {}).send(isPacked ? made.packed : made.plain);
  });
}

function pack(text: string): Made {
  const plain = Buffer.from(text);
  return { plain, packed: gzipSync(plain), tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22) };
}

/** Whether gzip is named and not refused: `gzip;q=0` refuses it. */
function takesGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '').split(',').some((part) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[0-9.]+\s*)?$/i.test(part));
}

function isHeld(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').map((part) => part.trim().replace(/^W\//, '')).some((part) => part === tag || part === '*');
}
