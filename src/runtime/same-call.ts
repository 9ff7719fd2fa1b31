// A text by which a call is known again when it is sent again: by its key where it has one, else by what it asks for.
import { createHash } from 'node:crypto';
import type { Caller } from './caller.ts';

/** @param what everything that the call asks for; plain JSON. */
export function sameCall({ idempotencyKey }: Caller, kind: string, name: string, what: unknown): string {
  const text = idempotencyKey === undefined ? JSON.stringify([kind, name, what]) : JSON.stringify([kind, name, idempotencyKey, 'key']);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
