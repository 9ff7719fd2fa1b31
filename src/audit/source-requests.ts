// Which requests a source answered on behalf of which call, learnt from what the door out observes, so that no handler has
// to carry it. Bounded: what nobody takes is forgotten, oldest first.
import type { ObservedEvent } from '../observe/events.ts';

export interface SourceRequests {
  observe(event: ObservedEvent): void;
  /** What was learnt of a call; it is forgotten with that. */
  take(requestId: string): readonly string[];
}

const MOST_CALLS = 10_000;
/** A List may need thousands; the first of them tell enough. */
const MOST_IDS = 50;
const NONE: readonly string[] = [];

export function createSourceRequests(): SourceRequests {
  const byCall = new Map<string, string[]>();

  return {
    observe(event) {
      if (event.kind !== 'outbound' || event.requestId === undefined || event.sourceRequestId === undefined) return;
      const known = byCall.get(event.requestId);
      if (known !== undefined) {
        if (known.length < MOST_IDS) known.push(event.sourceRequestId);
        return;
      }
      if (byCall.size >= MOST_CALLS) {
        const [oldest] = byCall.keys();
        if (oldest !== undefined) byCall.delete(oldest);
      }
      byCall.set(event.requestId, [event.sourceRequestId]);
    },
    take(requestId) {
      const ids = byCall.get(requestId);
      if (ids === undefined) return NONE;
      byCall.delete(requestId);
      return ids;
    },
  };
}
