// Why a command failed, as a person reads it and as a shell branches on it.
import { CODES, isCode, type Code } from '../errors/codes.ts';

export interface Violation {
  readonly field: string;
  readonly description: string;
}

/** Ends a command: a message, what to do about it, and the exit code of the errors' table. */
export class CommandError extends Error {
  readonly code: Code;
  readonly exitCode: number;
  readonly hint: string | undefined;
  /** What a server found wrong, field by field. */
  readonly violations: readonly Violation[];
  /** That of the server's answer. */
  readonly reason: string | undefined;
  /** Facts that came with it, such as the permission that was lacking. */
  readonly metadata: Readonly<Record<string, string>>;
  /** After so long the same call may be made again. */
  readonly retryAfterMs: number | undefined;

  constructor(code: Code, message: string, hint?: string, { violations = [], reason, metadata = {}, retryAfterMs }: ErrorFacts = {}) {
    super(message);
    this.code = code;
    this.exitCode = CODES[code].exit;
    this.hint = hint;
    this.violations = violations;
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface ErrorFacts {
  readonly violations?: readonly Violation[];
  readonly reason?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number | undefined;
}

/** What is printed of an error, and the exit code. */
export function explainError(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof CommandError) return { text: `${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}\n`, exitCode: error.exitCode };
  const text = error instanceof Error ? error.message : String(error);
  return { text: `${text.replace(/^the /, 'The ')}\n`, exitCode: CODES[codeOfDeed(error) ?? 'UNKNOWN'].exit };
}

/** The code of an error that a deed throws on purpose; undefined for others. */
export function codeOfDeed(error: unknown): Code | undefined {
  return error instanceof Error ? OF_DEEDS[error.constructor.name] : undefined;
}

/** Errors that deeds throw, by the names of their classes: this room imports none of theirs. */
const OF_DEEDS: Readonly<Record<string, Code>> = { BackupError: 'FAILED_PRECONDITION', DataFolderError: 'FAILED_PRECONDITION', SettingsError: 'INVALID_ARGUMENT' };

/** The user has had enough. */
export function interrupted(): CommandError {
  return new CommandError('CANCELLED', 'Interrupted.');
}

/** The exit code of a google.rpc code; that of FAILED_PRECONDITION for what is none. */
export function exitCodeOf(code: unknown): number {
  return CODES[isCode(code) ? code : 'FAILED_PRECONDITION'].exit;
}
