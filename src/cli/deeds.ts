// What commands do beyond this room: handed in, and loaded only when a command needs it.
import type { RowCaller } from '../api/row-caller.ts';

export interface BackupSummary {
  readonly rows: number;
  readonly bytes: number;
  /** RFC 3339. */
  readonly created: string;
  readonly keyFingerprint: string;
}

export type Progress = (rows: number) => void;

/** Where commands find the server of the data folder, and how they are let in. */
export interface LocalServer {
  /** Undefined where no server holds the folder. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The state is in a PostgreSQL, and not in the folder. */
  readonly external: boolean;
}

/** What a model is offered. */
export interface ServedTools {
  readonly rows: RowCaller;
  /** The full name. */
  readonly connection: string;
  /** Options of MCP servers, as they came. */
  readonly given: Readonly<Record<string, string | boolean>>;
  readonly version: string;
  readonly signal: AbortSignal;
}

export interface Deeds {
  /** Runs the server until it is stopped. @returns the exit code */
  readonly serve: () => Promise<number>;
  /** Runs the sandbox alone, with its own options. */
  readonly sandbox: (options: readonly string[]) => Promise<void>;
  readonly findLocalServer: () => Promise<LocalServer>;
  /** Backs up what no server holds. */
  readonly backUpHere: (file: string, progress: Progress) => Promise<BackupSummary>;
  /** Stores a backup that a server gives. */
  readonly storeBackup: (file: string, chunks: AsyncIterable<Uint8Array>, progress: Progress) => Promise<BackupSummary>;
  /** Serves tools to a model over the pipes of this process until they end. @throws StatusError */
  readonly serveMcp: (tools: ServedTools) => Promise<void>;
  readonly restoreHere: (file: string, force: boolean, progress: Progress) => Promise<BackupSummary>;
}

/** Where a command writes to. */
export interface Writable {
  /** @returns false where it is full; a drain tells when it is not any more. */
  write(text: string): unknown;
  once?(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean;
  /** Width of a terminal. */
  readonly columns?: number;
}

/** The process, as far as commands touch it. */
export interface Terminal {
  /** Of this program. */
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly out: Writable;
  readonly err: Writable;
  /** Ends when the user interrupts (SIGINT); from the first call on an interruption no longer ends the process by itself. */
  readonly interruption: () => AbortSignal;
}
