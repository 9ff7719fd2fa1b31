// Why a command failed, as a person reads it and as a shell branches on it.
import { CODES, type Code } from '../errors/codes.ts';

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

  constructor(code: Code, message: string, hint?: string, violations: readonly Violation[] = []) {
    super(message);
    this.code = code;
    this.exitCode = CODES[code].exit;
    this.hint = hint;
    this.violations = violations;
  }
}

/** The error of a server's answer. */
export function fromAnswer(status: number, body: unknown): CommandError {
  const error = field(body, 'error');
  const name = field(error, 'status');
  const code: Code = typeof name === 'string' && isCode(name) ? name : 'UNKNOWN';
  const message = field(error, 'message');
  const details = field(error, 'details');
  const hints = (Array.isArray(details) ? details : []).map((detail: unknown) => field(field(detail, 'metadata'), 'hint'));
  const requestIds = (Array.isArray(details) ? details : []).map((detail: unknown) => field(detail, 'requestId'));
  const first = (texts: readonly unknown[]): string | undefined => texts.find((text) => typeof text === 'string');
  const requestId = first(requestIds);
  const said = typeof message === 'string' ? message : `The server answered ${status}.`;
  return new CommandError(code, `${code}: ${said}${requestId === undefined ? '' : `\nRequest ${requestId}`}`, first(hints), violationsOf(details));
}

function violationsOf(details: unknown): readonly Violation[] {
  const found = (Array.isArray(details) ? details : []).map((detail: unknown) => field(detail, 'fieldViolations')).find(Array.isArray) ?? [];
  return found.map((one: unknown) => ({ field: textIn(one, 'field'), description: textIn(one, 'description') }));
}

/** What is printed of an error, and the exit code. */
export function explainError(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof CommandError) return { text: `${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}\n`, exitCode: error.exitCode };
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOfDeed(error);
  return { text: `${text}\n`, exitCode: code === undefined ? 1 : CODES[code].exit };
}

/** The code of an error that a deed throws on purpose; undefined for others. */
export function codeOfDeed(error: unknown): Code | undefined {
  return error instanceof Error ? OF_DEEDS[error.constructor.name] : undefined;
}

/** Errors that deeds throw, by the names of their classes: this room imports none of theirs. */
const OF_DEEDS: Readonly<Record<string, Code>> = { BackupError: 'FAILED_PRECONDITION', SettingsError: 'INVALID_ARGUMENT' };

/** The user has had enough. */
export function interrupted(): CommandError {
  return new CommandError('CANCELLED', 'Interrupted.');
}

/** The exit code of a google.rpc code; that of FAILED_PRECONDITION for what is none. */
export function exitCodeOf(code: unknown): number {
  return CODES[typeof code === 'string' && isCode(code) ? code : 'FAILED_PRECONDITION'].exit;
}

function isCode(name: string): name is Code {
  return Object.hasOwn(CODES, name);
}

/** A member of something that came from outside. */
export function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** A text that is a member of something that came from outside; empty where it is none. */
export function textIn(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === 'string' ? found : '';
}
