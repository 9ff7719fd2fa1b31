// Contexts: which server to speak to, by which token, and which connection is meant where none is named; kept in a file of the
// user's own. It knows no server.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import { unreadable, unwritable, whyNot } from './files.ts';
import { field, membersOf } from './members.ts';

export interface Context {
  readonly server?: string;
  /** The token itself; or where it stands. */
  readonly token?: string;
  readonly tokenFile?: string;
  readonly tokenVariable?: string;
  readonly project?: string;
  readonly location?: string;
  /** A name of any length that the rest of the context makes whole. */
  readonly connection?: string;
}

export const CONTEXT_FIELDS = ['server', 'token', 'tokenFile', 'tokenVariable', 'project', 'location', 'connection'] as const satisfies readonly (keyof Context)[];

export interface Contexts {
  /** The one that is used where none is named. */
  readonly current?: string;
  readonly contexts: Readonly<Record<string, Context>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Such a name reads well in a shell and is no member of every object. */
export const CONTEXT_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i;

/** `KONEKTOR_CONFIG`, or contexts.json in the user's folder of settings. */
export function contextFile(environment: Environment): string {
  const named = environment['KONEKTOR_CONFIG'] ?? '';
  if (named !== '') return resolve(named);
  const folder = environment['XDG_CONFIG_HOME'] ?? '';
  // A relative one is to be ignored, says its specification.
  return join(folder.startsWith('/') ? folder : join(environment['HOME'] ?? homedir(), '.config'), 'konektor', 'contexts.json');
}

/** @throws CommandError where the file holds something else. */
export function readContexts(environment: Environment): Contexts {
  const file = contextFile(environment);
  if (!existsSync(file)) return { contexts: {} };
  const fault = (what: string): CommandError => new CommandError('FAILED_PRECONDITION', `${file} ${what}.`, 'Correct it, or delete it and make the contexts anew: konektor context set.');
  let held: unknown;
  try {
    held = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw fault(error instanceof SyntaxError ? 'holds no JSON' : `cannot be read: ${whyNot(error)}`);
  }
  const [current, contexts] = [field(held, 'current'), field(held, 'contexts')];
  if (typeof contexts !== 'object' || contexts === null) throw fault('holds no contexts');
  const read = Object.entries(contexts).map(([name, context]): [string, Context] => {
    if (!CONTEXT_NAME.test(name)) throw fault(`holds a context whose name is none: ${JSON.stringify(name)}`);
    return [name, readContext(context, (what) => fault(`holds a context ${name} ${what}`))];
  });
  return { ...(typeof current === 'string' ? { current } : {}), contexts: Object.fromEntries(read) };
}

function readContext(context: unknown, fault: (what: string) => CommandError): Context {
  const read: Record<string, string> = {};
  for (const [key, value] of Object.entries(membersOf(context))) {
    if (!CONTEXT_FIELDS.some((known) => known === key)) throw fault(`with a field that is not known: ${JSON.stringify(key.slice(0, 60))}`);
    if (typeof value !== 'string') throw fault(`whose ${key} is no text`);
    read[key] = value;
  }
  return read;
}

/** Replaces the file as a whole, readable by its owner alone. @throws CommandError */
export function writeContexts(environment: Environment, contexts: Contexts): void {
  const named = contextFile(environment);
  // A link stays one.
  const file = existsSync(named) ? realpathSync(named) : named;
  const beside = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(named), { recursive: true, mode: 0o700 });
    writeFileSync(beside, `${JSON.stringify(contexts, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(beside, file);
  } catch (error) {
    throw unwritable(named, error);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** @returns undefined where the context has no token. @throws CommandError where it names a place that has none. */
export function tokenOf(name: string, { token, tokenFile, tokenVariable }: Context, environment: Environment): string | undefined {
  if (token !== undefined) return token;
  if (tokenVariable !== undefined) {
    const held = environment[tokenVariable]?.trim() ?? '';
    if (held !== '') return held;
    throw new CommandError('UNAUTHENTICATED', `The context ${name} takes its token from the variable ${tokenVariable}, which is not set.`);
  }
  if (tokenFile === undefined) return undefined;
  try {
    const held = readFileSync(tokenFile, 'utf8').trim();
    if (held !== '') return held;
  } catch (error) {
    throw new CommandError('UNAUTHENTICATED', `The context ${name} takes its token from a file. ${unreadable(tokenFile, error).message}`, 'konektor context set names another, with --token-file.');
  }
  throw new CommandError('UNAUTHENTICATED', `The context ${name} takes its token from ${tokenFile}, which is empty.`);
}
