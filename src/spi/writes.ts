// What a connector tells of writes beside doing them: what to remember of one, and how one ended whose answer was lost.
import type { Row } from './connector.ts';

export type WriteKind = 'create' | 'update' | 'delete' | 'execute';

export interface WriteRequest {
  readonly kind: WriteKind;
  /** The entity type or action. */
  readonly name: string;
  /** Of update and delete. */
  readonly id?: string;
  readonly payload: Row;
}

/** What is remembered of a write: names and ids, never values. */
export interface WriteTrace {
  /** What it changes, where it changes something that is there: writes of one object take turns. */
  readonly object?: string;
  /** The part of the source that it goes to, where that is not the connection's usual one. */
  readonly account?: string;
}

/** A write whose outcome is not known. */
export interface UnsettledWrite {
  readonly kind: WriteKind;
  readonly name: string;
  readonly id?: string;
  readonly trace: WriteTrace;
  /** Under which the source was asked, the newest first. */
  readonly keys: readonly string[];
  readonly firstSent: Date;
  readonly lastSent: Date;
  readonly output: 'text' | 'typed';
}

/** What is told of a write. */
export interface WriteTold {
  readonly sentence: string;
  /** A stable name of what the sentence says, for those who say it in other words; with the values that it names. */
  readonly finding?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

export type FoundOutcome = WriteTold & (
  /** `rows` are what the write would have answered: one row, those of an action, none of a delete. */
  | { readonly outcome: 'succeeded'; readonly rows: readonly Row[] }
  /** The error that the write would have thrown. */
  | { readonly outcome: 'failed'; readonly error: Error }
  /** It certainly had no effect. */
  | { readonly outcome: 'not found' }
  | { readonly outcome: 'cannot tell' }
);
