// A write in the journal: what was to be done under which key, how far it came, and the answer, sealed. Names and ids only;
// never a value of the payload, of which there is a keyed hash. It knows no source.
import type { WriteKind, WriteTrace } from '../spi/writes.ts';

/** A write by a filter is an entry too: the plan of its rows, each of which is an entry of its own. */
export type JournalKind = WriteKind | 'updateWhere' | 'deleteWhere';

/**
 * UNDER_WAY: a process works on it. UNKNOWN: it may or may not have had its effect. SUCCEEDED and FAILED: settled, with the answer.
 * NOT_DONE: it certainly had no effect, and may be sent again.
 */
export const WRITE_STATES = ['UNDER_WAY', 'UNKNOWN', 'NOT_DONE', 'SUCCEEDED', 'FAILED'] as const;
export type WriteState = (typeof WRITE_STATES)[number];

/** What the source is asked to do, as the journal keeps it. */
export interface NewWrite {
  /** 48 hexadecimal digits, made from the connection and the caller's key. */
  readonly id: string;
  readonly connection: string;
  /** The caller's own key, or the one that was drawn. */
  readonly callerKey: string;
  readonly kind: JournalKind;
  /** The entity type or action. */
  readonly name: string;
  /** Id of the row that is written; '' where the source gives it, or the row is not one. */
  readonly row: string;
  /** Id of the write by a filter that this is a part of, or ''. */
  readonly parent: string;
  readonly trace: WriteTrace;
  readonly output: 'text' | 'typed';
  /** Keyed hash of the whole request. */
  readonly requestHash: string;
}

export interface WriteEntry extends NewWrite {
  /** The order of all entries. */
  readonly sequence: number;
  readonly state: WriteState;
  /** Counts the keys that the source saw: a new one is taken where the source would give the failure of the last one for ever. */
  readonly generation: number;
  /** Counts who worked on it; guards against two who end it. */
  readonly attempt: number;
  /** A try under the present key ended with an answer of the source that does not say what was done: it would give it again. */
  readonly answered: boolean;
  readonly createTime: Date;
  /** When the source was first asked under the present key. */
  readonly firstSendTime: Date;
  readonly lastSendTime: Date;
  readonly settleTime?: Date;
  readonly reconcileTime?: Date;
  /** Code and reason of the last error; '' without. */
  readonly code: string;
  readonly reason: string;
  /** What is known of it, in a sentence. */
  readonly note: string;
  /** The stable name of what the note says, with the values that it names. */
  readonly finding?: WriteFinding;
  /** The answer, the error or the plan, sealed. */
  readonly sealed?: Uint8Array;
}

export interface WriteFinding {
  readonly name: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** How a try ended. */
export interface Ending {
  readonly id: string;
  readonly attempt: number;
  /** RELEASED: nothing was begun, and the key is free again. */
  readonly state: Exclude<WriteState, 'UNDER_WAY'> | 'RELEASED';
  readonly answered: boolean;
  readonly time: Date;
  readonly code: string;
  readonly reason: string;
  readonly note: string;
  readonly finding?: WriteFinding;
  /** Absent leaves what is there. */
  readonly sealed?: Uint8Array;
}

/** What is bound to an entry when its answer is sealed. */
export function sealedName({ connection, id }: Pick<WriteEntry, 'connection' | 'id'>): string {
  return `${connection}/writes/${id}`;
}

export function isBulk({ kind }: Pick<WriteEntry, 'kind'>): boolean {
  return kind === 'updateWhere' || kind === 'deleteWhere';
}
