// Page tokens: where a list stopped, sealed so that nobody can forge one and bound to the list that gave it. To callers they
// are opaque. They carry ids, cursors and, for a sort of ours, one value; no secret.
import { createHash, createHmac, hash, timingSafeEqual } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import type { Comparable } from '../filter/comparable.ts';

/** Where to read on. */
export type Position =
  /**
   * At a cursor of the source, or at its beginning. `given` are the marks of rows that callers have had and that may come
   * again from there: skipping exactly those neither repeats nor loses a row, whatever came or went in between.
   */
  | { readonly kind: 'cursor'; readonly cursor?: string; readonly given: readonly string[] }
  /** Behind the row with this value and id, in a sort of ours. */
  | { readonly kind: 'row'; readonly value: Comparable | null; readonly id: string }
  /** At this place in the list of ids that the filter names. */
  | { readonly kind: 'ids'; readonly next: number };

export interface PageTokens {
  /** @param request what the token is bound to: another list gets another hash. */
  issue(request: string, position: Position): string;
  /** @throws StatusError INVALID_ARGUMENT, reason INVALID_PAGE_TOKEN: forged, garbled or of another request. */
  read(request: string, token: string): Position;
  /** A short stand-in for a row's id: 48 bits of a keyed hash. */
  readonly mark: (id: string) => string;
}

/** Longest page token, in characters: it travels in the address of a request. */
export const MAX_PAGE_TOKEN_LENGTH = 8_192;

const SEAL_BYTES = 32;
const REQUEST_BYTES = 16;
const MARK_LENGTH = 8;

/** @param key at least 32 random bytes; every process that serves the same callers has the same. */
export function createPageTokens(key: Uint8Array): PageTokens {
  if (key.byteLength < 32) throw new Error('The key of page tokens has at least 32 bytes');
  const seal = (content: Uint8Array): Buffer => createHmac('sha256', key).update('page token 1\0').update(content).digest();
  // One-shot hashing: a page may need hundreds of marks. Forty-eight bits of it give nothing away.
  const markKey = createHmac('sha256', key).update('row mark 1').digest('base64url');
  return {
    issue: (request, position) => {
      const content = Buffer.concat([requestHash(request), Buffer.from(JSON.stringify(pack(position)))]);
      const token = Buffer.concat([seal(content), content]).toString('base64url');
      if (token.length > MAX_PAGE_TOKEN_LENGTH) throw new Error(`The page token would have ${token.length} characters: the connector's cursor is too long`);
      return token;
    },
    read: (request, token) => {
      const bytes = token.length > MAX_PAGE_TOKEN_LENGTH ? Buffer.alloc(0) : Buffer.from(token, 'base64url');
      const content = bytes.subarray(SEAL_BYTES);
      const isOurs = bytes.length > SEAL_BYTES + REQUEST_BYTES && bytes.toString('base64url') === token
        && timingSafeEqual(bytes.subarray(0, SEAL_BYTES), seal(content));
      if (!isOurs) throw invalidPageToken('The page token is not one that was given here, or not all of it');
      if (!content.subarray(0, REQUEST_BYTES).equals(requestHash(request))) {
        throw invalidPageToken('The page token belongs to another list: another connection, entity type, filter or sort');
      }
      return unpack(JSON.parse(content.subarray(REQUEST_BYTES).toString()));
    },
    mark: (id) => hash('sha256', `${markKey} ${id}`, 'base64url').slice(0, MARK_LENGTH),
  };
}

export function invalidPageToken(message: string): StatusError {
  return new StatusError('INVALID_ARGUMENT', 'INVALID_PAGE_TOKEN', { message });
}

function requestHash(request: string): Buffer {
  return createHash('sha256').update(request).digest().subarray(0, REQUEST_BYTES);
}

type Packed =
  | readonly ['cursor', string | null, string]
  | readonly ['row', Comparable | null, string]
  | readonly ['ids', number];

function pack(position: Position): Packed {
  switch (position.kind) {
    case 'cursor':
      return ['cursor', position.cursor ?? null, position.given.join('')];
    case 'row':
      return ['row', position.value, position.id];
    case 'ids':
      return ['ids', position.next];
  }
}

/** What carries our seal has the form that we gave it. */
function unpack(packed: Packed): Position {
  switch (packed[0]) {
    case 'cursor':
      return { kind: 'cursor', ...(packed[1] === null ? {} : { cursor: packed[1] }), given: marksOf(packed[2]) };
    case 'row':
      return { kind: 'row', value: packed[1], id: packed[2] };
    case 'ids':
      return { kind: 'ids', next: packed[1] };
  }
}

function marksOf(joined: string): readonly string[] {
  return Array.from({ length: joined.length / MARK_LENGTH }, (_, index) => joined.slice(index * MARK_LENGTH, (index + 1) * MARK_LENGTH));
}
