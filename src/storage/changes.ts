// What one process changed, told to all: an event on the database's own channel, sent with the transaction that makes the
// change, so that what is kept in memory anywhere is forgotten when it has become old.
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export const CHANGE_TOPICS = ['connection', 'secret', 'policy', 'token', 'project', 'operation'] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

/** `key` names what changed; undefined says that anything may have, since events were missed. */
export type ChangeListener = (key: string | undefined) => void;

export const CHANNEL = 'konektor_changes';

/** Tells of a change once the transaction commits. Keys are names, well below PostgreSQL's 8,000 bytes. */
export async function tellChange(trx: Kysely<Schema> | Transaction<Schema>, topic: ChangeTopic, key: string): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify([topic, key])})`.execute(trx);
}

export interface Changes {
  on(topic: ChangeTopic, listener: ChangeListener): void;
  /** Hands on what came over the channel. */
  receive(payload: string): void;
  /** Events may have been missed: everything is to be read anew. */
  missed(): void;
}

export function createChanges(): Changes {
  const listeners = new Map<string, ChangeListener[]>();
  return {
    on: (topic, listener) => void listeners.set(topic, [...(listeners.get(topic) ?? []), listener]),
    receive(payload) {
      const event: unknown = JSON.parse(payload);
      const [topic, key] = Array.isArray(event) ? event : [];
      for (const listener of listeners.get(String(topic)) ?? []) listener(typeof key === 'string' ? key : undefined);
    },
    missed() {
      for (const all of listeners.values()) for (const listener of all) listener(undefined);
    },
  };
}
