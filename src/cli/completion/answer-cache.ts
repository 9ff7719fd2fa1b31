// What a server answered lately, kept on the disk between two keystrokes: names of things, which are no secrets, readable by
// their user alone. A fault of the disk only makes completion slower.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { textIn } from '../members.ts';
import type { Candidate } from './candidates.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Kept {
  readonly candidates: readonly Candidate[];
  readonly ageMs: number;
}

const MOST_FILES = 200;
const MOST_BYTES = 1_000_000;

/** `$XDG_CACHE_HOME/konektor/completion`, or the same in `~/.cache`. */
export function cacheFolder(environment: Environment): string {
  const folder = environment['XDG_CACHE_HOME'] ?? '';
  return join(folder.startsWith('/') ? folder : join(environment['HOME'] ?? homedir(), '.cache'), 'konektor', 'completion');
}

/** @param question such as a server and a path; it is hashed. */
export function readAnswer(environment: Environment, question: string): Kept | undefined {
  try {
    const file = join(cacheFolder(environment), nameOf(question));
    const held: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const ageMs = Date.now() - statSync(file).mtimeMs;
    if (!Array.isArray(held) || ageMs < 0) return undefined;
    return { candidates: held.map((one: unknown) => ({ value: textIn(one, 'value'), description: textIn(one, 'description') })), ageMs };
  } catch {
    return undefined;
  }
}

export function keepAnswer(environment: Environment, question: string, candidates: readonly Candidate[]): void {
  const text = JSON.stringify(candidates);
  if (text.length > MOST_BYTES) return;
  const folder = cacheFolder(environment);
  const beside = join(folder, `.${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
    renameSync(beside, join(folder, nameOf(question)));
    tidy(folder);
  } catch {
    rmSync(beside, { force: true });
  }
}

function nameOf(question: string): string {
  return `${createHash('sha256').update(question).digest('hex').slice(0, 32)}.json`;
}

/** Starts anew where the folder has grown large. */
function tidy(folder: string): void {
  const files = readdirSync(folder);
  if (files.length > MOST_FILES) for (const file of files) rmSync(join(folder, file), { force: true });
}
