// Bodies that were packed: Google's client for Java sends every body so, even an empty one, in chunks of no told length.
import { Transform, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { StatusError } from '../errors/status-error.ts';
import { MOST_BODY_BYTES } from './tell.ts';

type Done = (error: Error | null, payload?: Readable) => void;

/** Unpacks the body of a request before it is parsed, no further than a body may be large. */
export function unpack(request: FastifyRequest, _reply: unknown, payload: Readable, done: Done): void {
  const { headers } = request;
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return done(null, payload);
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    return done(new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `The body is encoded as ${encoding.slice(0, 40)}: send it as it is, or as gzip.` }));
  }
  // Of what is unpacked the length is not known; and what is empty has no type.
  delete headers['content-length'];
  headers['content-type'] ??= 'application/json';
  return done(null, unpacked(payload));
}

function unpacked(payload: Readable): Readable {
  let size = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      size += chunk.length;
      if (size <= MOST_BODY_BYTES) next(null, chunk);
      else next(new StatusError('INVALID_ARGUMENT', 'PAYLOAD_TOO_LARGE', { message: `The body is larger than ${MOST_BODY_BYTES} bytes.` }));
    },
  });
  const gunzip = createGunzip();
  /** The rest of the request is read and dropped, so that its sender hears why. */
  const drop = (): void => {
    payload.unpipe(gunzip);
    payload.resume();
    gunzip.destroy();
  };
  gunzip.once('error', (cause) => {
    drop();
    bounded.destroy(new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'The body is no gzip, though its header says so.', cause }));
  });
  bounded.once('error', drop);
  payload.once('error', (error) => bounded.destroy(error));
  payload.pipe(gunzip).pipe(bounded);
  return bounded;
}
