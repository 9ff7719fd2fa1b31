// A command of the command line as a process of its own. Most tests need none: command-here.ts runs commands in theirs.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a shell would start. */
export const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'konektor.js');

export interface CommandEnd {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export type Variables = Readonly<Record<string, string>>;

/** The command, begun, with no setting but those given. It lives too briefly to have its WebAssembly made faster by the way. */
export function spawnCommand(words: readonly string[], variables: Variables = {}): ChildProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KONEKTOR_|STRIPE_|DATABASE_URL)/.test(name)));
  return spawn(process.execPath, ['--liftoff-only', PROGRAM, ...words], { env: { ...inherited, KONEKTOR_CONFIG: '/nowhere/contexts.json', ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function konektor(words: readonly string[], variables: Variables = {}): Promise<CommandEnd> {
  const child = spawnCommand(words, variables);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  child.stderr?.on('data', (chunk: Buffer) => { err += chunk.toString(); });
  await once(child, 'close');
  return { exitCode: child.exitCode, out, err };
}
