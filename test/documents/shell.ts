// One bash for one document: what a command exports, the next one finds. It knows nothing of documents.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  /** Of the first part that failed and was not asked about; 0 where none did. */
  readonly exitCode: number;
  /** What was printed, on standard output and on standard error, as a terminal shows it. */
  readonly printed: string;
}

/** A command that takes longer hangs. */
const LONGEST_MS = 120_000;

export class Shell {
  readonly #process: ChildProcess;
  readonly #script = join(tmpdir(), `konektor-document-${randomUUID()}.sh`);
  readonly #end = `--- ${randomUUID()}`;
  #printed = '';
  #wake: () => void = () => {};

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    // Its own group, so that a command that hangs is ended with all that it began.
    this.#process = spawn('bash', ['--norc', '--noprofile', '-c', 'exec 2>&1; exec bash --norc --noprofile'], { cwd: folder, env: environment, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      this.#printed += chunk.toString();
      this.#wake();
    });
    this.#process.once('exit', () => this.#wake());
  }

  /** Runs a text as it stands, whole. @throws Error where it takes too long or ends the shell */
  async run(text: string): Promise<Ran> {
    this.#printed = '';
    writeFileSync(this.#script, text);
    // The trap sees the parts in the middle too, and leaves alone those that a condition asks about.
    this.#process.stdin?.write(`failed=0; trap '[ "$failed" != 0 ] || failed=$?' ERR; . '${this.#script}' </dev/null; trap - ERR; printf '\\n${this.#end} %d\\n' "$failed"\n`);
    const ended = new RegExp(`\\n${this.#end} (\\d+)\\n`);
    const deadline = setTimeout(() => this.#kill(), LONGEST_MS);
    try {
      for (;;) {
        const match = ended.exec(this.#printed);
        if (match !== null) return { exitCode: Number(match[1]), printed: this.#printed.slice(0, match.index) };
        if (this.#process.exitCode !== null || this.#process.signalCode !== null) throw new Error(`The shell ended within this; it printed: ${this.#printed}`);
        await new Promise<void>((resolve) => { this.#wake = resolve; });
      }
    } finally {
      clearTimeout(deadline);
    }
  }

  async close(): Promise<void> {
    rmSync(this.#script, { force: true });
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#kill();
    await gone;
  }

  /** The shell and what it left running. */
  #kill(): void {
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
  }
}
