// Which reads only repeat one that was recorded a moment ago: pages and programs that watch something ask for it every few
// seconds, and would bury what people did. It knows records, not where they are kept.
import type { AuditRecord } from './model.ts';

export interface Repeats {
  /** Whether the same caller was told the same from the same place within the pause before. What is no repeat begins a pause of its own. */
  has(record: AuditRecord): boolean;
}

const PAUSE_MS = 5 * 60_000;
/** Beyond it the oldest are forgotten: a record more, never one less. */
const MOST = 10_000;

export function createRepeats({ pauseMs = PAUSE_MS, most = MOST }: { readonly pauseMs?: number; readonly most?: number } = {}): Repeats {
  /** When each was recorded last; the longest ago first. */
  const recorded = new Map<string, number>();
  return {
    has(record) {
      if (!mayRepeat(record)) return false;
      const { principal, operation, resource, address, userAgent } = record;
      const key = JSON.stringify([principal, operation, resource, address, userAgent]);
      const [at, last] = [Date.parse(record.time), recorded.get(key)];
      if (last !== undefined && at - last < pauseMs) return true;
      recorded.delete(key);
      recorded.set(key, at);
      if (recorded.size > most) recorded.delete(recorded.keys().next().value ?? '');
      return false;
    },
  };
}

/** A look at how things are configured or do, which was allowed and asked the source nothing: no data, no change, no refusal. */
function mayRepeat({ kind, code, principal, sourceRequestIds }: AuditRecord): boolean {
  return kind === 'ADMIN_READ' && code === 'OK' && principal !== '' && sourceRequestIds.length === 0;
}
