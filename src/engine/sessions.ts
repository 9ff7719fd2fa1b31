// Open sessions, one per connection and revision, so that a call finds its session without opening anything.
import type { Session } from '../spi/connector.ts';

export interface Sessions {
  /** The open session under this key, or a new one. Callers that come together share one opening. */
  take(key: string, open: (signal: AbortSignal) => Promise<Session>): Promise<Session>;
  /** Closes what was opened under a key; calls in flight see the signal of their session aborted. */
  drop(key: string): void;
  close(): Promise<void>;
}

interface Entry {
  readonly session: Promise<Session>;
  readonly control: AbortController;
}

export function createSessions(): Sessions {
  const entries = new Map<string, Entry>();

  async function end({ session, control }: Entry): Promise<void> {
    control.abort();
    // A session that never opened has nothing to close, and its caller was told.
    await session.then((open) => open.close(), () => undefined);
  }

  return {
    take(key, open) {
      const known = entries.get(key);
      if (known !== undefined) return known.session;
      const control = new AbortController();
      const entry: Entry = { session: open(control.signal), control };
      entries.set(key, entry);
      entry.session.catch(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      return entry.session;
    },

    drop(key) {
      const entry = entries.get(key);
      if (entry === undefined) return;
      entries.delete(key);
      void end(entry);
    },

    async close() {
      const open = [...entries.values()];
      entries.clear();
      await Promise.all(open.map(end));
    },
  };
}
