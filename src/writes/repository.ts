// What the journal of writes needs of a store.
import type { Ending, NewWrite, WriteEntry, WriteState } from './model.ts';

export type Begun =
  /** Entered. `waits` says that another process works on the same object. */
  | { readonly begun: true; readonly waits: boolean }
  /** There was an entry of this id. */
  | { readonly begun: false; readonly entry: WriteEntry };

export interface WriteQuery {
  readonly connection: string;
  /** Any of them; absent for all. */
  readonly states?: readonly WriteState[];
  readonly callerKey?: string;
  readonly names?: readonly string[];
  /** Created at this time or later, or before. */
  readonly from?: Date;
  readonly until?: Date;
  /** Parts of a write by a filter. */
  readonly parent?: string;
  readonly order: 'newest first' | 'oldest first';
  /** Entries beyond this sequence, in the order asked for. */
  readonly after?: number;
  readonly size: number;
}

/** What was found out about an entry that nobody worked on. */
export interface Finding extends Ending {
  /** The source is asked under a new key from now on. */
  readonly newKey: boolean;
}

/** An entry is under way for as long as the process that works on it lives; of a dead one it is shown UNKNOWN. */
export interface WriteRepository {
  /** Enters writes that are about to be sent, all of them or none; by one statement. */
  begin(writes: readonly NewWrite[], now: Date): Promise<readonly Begun[]>;
  /** Whether another process still works on the same object for an earlier entry. */
  waits(write: Pick<NewWrite, 'id' | 'connection' | 'trace'>): Promise<boolean>;
  /** Takes an entry up that nobody works on, as it was seen. @returns undefined where somebody else was faster. */
  takeUp(seen: Pick<WriteEntry, 'id' | 'attempt'>, now: Date): Promise<WriteEntry | undefined>;
  /** Ends tries of this process; those that others have taken up meanwhile are left to them. */
  end(endings: readonly Ending[]): Promise<void>;
  /** Keeps something with an entry of this process. */
  keep(entry: Pick<WriteEntry, 'id' | 'attempt'>, sealed: Uint8Array): Promise<void>;
  /** Stores what was found out, unless somebody has taken the entry up meanwhile. @returns whether it was stored. */
  settle(finding: Finding): Promise<boolean>;
  find(id: string): Promise<WriteEntry | undefined>;
  /** Without what is sealed. */
  list(query: WriteQuery): Promise<readonly WriteEntry[]>;
}
