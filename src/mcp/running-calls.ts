// Calls that run, so that a message in another request can end one. Clients that speak a revision of the protocol from 2025 cancel so;
// those of later ones close the request itself. An entry lives as long as its request, and nothing else of a session is kept.
import { randomUUID } from 'node:crypto';

export interface RunningCalls {
  /** What a client is to bring along, so that no other who counts its requests as it does can end its calls. */
  newSession(): string;
  /** A call begins. @returns what aborts where it is cancelled, and how its end is told; undefined for what nobody can cancel. */
  begin(caller: readonly string[], session: unknown, body: unknown): { readonly signal: AbortSignal; end(): void } | undefined;
  /** Ends the call that a message cancels, where this is such a message and the call runs here. */
  cancel(caller: readonly string[], session: unknown, body: unknown): void;
}

export function createRunningCalls(): RunningCalls {
  const running = new Map<string, AbortController>();
  return {
    newSession: randomUUID,
    begin(caller, session, body) {
      const key = keyOf(caller, session, memberOf(body, 'id'));
      if (key === undefined) return undefined;
      const control = new AbortController();
      running.set(key, control);
      return { signal: control.signal, end: () => { if (running.get(key) === control) running.delete(key); } };
    },
    cancel(caller, session, body) {
      if (memberOf(body, 'method') !== 'notifications/cancelled') return;
      const key = keyOf(caller, session, memberOf(memberOf(body, 'params'), 'requestId'));
      if (key !== undefined) running.get(key)?.abort();
    },
  };
}

/** What opens a session. */
export function isOpening(body: unknown): boolean {
  return memberOf(body, 'method') === 'initialize' && memberOf(body, 'id') !== undefined;
}

const LONGEST_ID = 200;

function keyOf(caller: readonly string[], session: unknown, id: unknown): string | undefined {
  const isId = typeof id === 'number' || (typeof id === 'string' && id.length <= LONGEST_ID);
  return typeof session === 'string' && /^[\w-]{1,64}$/.test(session) && isId ? JSON.stringify([...caller, session, id]) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
