// Keys of writes. What the source sees is made from the connection and the caller's key, so that two connections on one
// account cannot collide and the same caller key always gives the same one.
import { createHash } from 'node:crypto';

/** What a key that the source sees looks like in a text. */
export const SOURCE_KEY = /konektor-[0-9a-f]{48}(-\d+)?/g;

/**
 * The id of a write: 48 hexadecimal digits.
 * @param part names the row, where one request writes several.
 */
export function writeId(connection: string, callerKey: string, part?: string): string {
  const hash = createHash('sha256').update(`${connection}\n${callerKey}`);
  if (part !== undefined) hash.update(`\n${part}`);
  return hash.digest('hex').slice(0, 48);
}

/** The key that the source sees. */
export function sourceKey(id: string, generation: number): string {
  return generation === 0 ? `konektor-${id}` : `konektor-${id}-${generation}`;
}

/** Every key that the source may have seen for a write, the newest first. */
export function sourceKeys({ id, generation }: { readonly id: string; readonly generation: number }): readonly string[] {
  return Array.from({ length: generation + 1 }, (_, index) => sourceKey(id, generation - index));
}
