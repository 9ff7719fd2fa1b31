// The idempotency key that the source sees. It is made from the connection and the caller's key, so that two connections
// on one account cannot collide and the same caller key always gives the same one.
import { createHash } from 'node:crypto';

/** What such a key looks like in a text. */
export const WRITE_KEY = /konektor-[0-9a-f]{48}/g;

/** @param part names the row, where one request writes several. */
export function writeKey(connection: string, callerKey: string, part?: string): string {
  const hash = createHash('sha256').update(`${connection}\n${callerKey}`);
  if (part !== undefined) hash.update(`\n${part}`);
  return `konektor-${hash.digest('hex').slice(0, 48)}`;
}
