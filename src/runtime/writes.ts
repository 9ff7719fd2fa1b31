// Writes through a connection go by the journal: which request it is, what is remembered of it, and what the connector is told of
// the try. A write whose caller leaves goes on, so that its answer is known.
import { scrub } from '../observe/scrub.ts';
import type { Call, WriteOptions } from '../spi/connector.ts';
import type { WriteTrace } from '../spi/writes.ts';
import type { Try, WriteJournal } from '../writes/journal.ts';
import type { JournalKind } from '../writes/model.ts';
import type { Row } from '../spi/connector.ts';
import type { Caller } from './caller.ts';
import { callOf, type Opened } from './opened.ts';

export interface WriteOrder {
  readonly kind: JournalKind;
  /** The listed name of the entity type or action. */
  readonly name: string;
  readonly id?: string;
  readonly payload: Row;
  /** Of writes by a filter. */
  readonly conditions?: string;
  /** The write by a filter that this is a part of. */
  readonly parent?: string;
}

export interface Writer {
  /** Does a write once, however often it is asked for under one key. @throws StatusError */
  write<T>(at: Opened, caller: Caller, order: WriteOrder, send: (call: Call, options: WriteOptions, attempt: Try) => Promise<T>, read: (kept: unknown) => T): Promise<T>;
}

const DAY_MS = 86_400_000;
/** So much earlier than the source a key is taken for forgotten: a try takes time too. */
const MARGIN_MS = 600_000;

export function createWriter(journal: WriteJournal): Writer {
  const staying = new AbortController().signal;
  return {
    write({ connection, connector, config }, caller, { kind, name, id, payload, conditions, parent }, send, read) {
      const isBulk = kind === 'updateWhere' || kind === 'deleteWhere';
      const trace = isBulk ? {} : withoutSecrets(connector.traceWrite?.(config, { kind, name, payload, ...(id === undefined ? {} : { id }) }) ?? {});
      const call: Call = { ...callOf(caller), signal: staying };
      return journal.run({
        connection: connection.name, callerKey: caller.idempotencyKey ?? caller.requestId, kind, name, row: storable(id ?? ''), parent: parent ?? '', trace, output: caller.output,
        ...(parent === undefined || id === undefined ? {} : { part: id }),
        // How an entity is shown does not depend on the form that is asked for.
        request: { payload, id, conditions, output: kind === 'execute' ? caller.output : undefined },
        keysLastMs: (connector.manifest.keysLastMs ?? DAY_MS) - MARGIN_MS, signal: caller.signal, deadline: caller.deadline,
      }, (attempt) => send(call, { idempotencyKey: attempt.key, again: attempt.again }, attempt), read);
    },
  };
}

const LONGEST_ID = 1_024;

/** An id as any store takes it. One that is no id is refused by the session, and its entry let go. */
function storable(id: string): string {
  return scrub(id.slice(0, LONGEST_ID).toWellFormed().replaceAll('\u0000', '\ufffd'));
}

/** Where an id belongs people put client secrets and keys, too. The source knows none of them by that, so nothing is lost. */
function withoutSecrets({ object, ...trace }: WriteTrace): WriteTrace {
  return { ...trace, ...(object === undefined ? {} : { object: scrub(object) }) };
}
