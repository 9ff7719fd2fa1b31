// The program: hands the words to the command line, and loads no more than their command needs. bin/konektor.js begins it.
import { readFileSync } from 'node:fs';
import { run } from './cli/program.ts';

const { env, argv, stdout, stderr } = process;
const words = argv.slice(2);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };

let controller: AbortController | undefined;

/** A second interruption ends the process at once, as it does where nobody listens. */
function interruption(): AbortSignal {
  if (controller === undefined) {
    const made = new AbortController();
    controller = made;
    process.once('SIGINT', () => made.abort());
  }
  return controller.signal;
}

// A reader that has seen enough, such as head, ends a command well; a server goes on.
if (words[0] !== 'serve' && words[0] !== 'sandbox') {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  // In `2>&1 | head` the errors go to the same reader.
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const code = await run(words, {
  serve: async () => (await import('./serve/serve.ts')).serve(env),
  sandbox: async (options) => {
    process.argv.splice(2, argv.length, ...options);
    await import('../sandbox/main.ts');
  },
  findLocalServer: async () => (await import('./serve/local-server.ts')).findLocalServer(env),
  backUpHere: async (file, progress) => (await import('./serve/offline.ts')).backUpHere(env, file, progress),
  storeBackup: async (file, chunks, progress) => (await import('./serve/backup-file.ts')).storeBackup(file, chunks, progress),
  serveMcp: async (tools) => (await import('./mcp/stdio.ts')).serveMcp({ ...tools, input: process.stdin, output: stdout }),
  restoreHere: async (file, force, progress) => (await import('./serve/offline.ts')).restoreHere(env, file, force, progress),
}, { version, environment: env, get input() { return process.stdin; }, out: stdout, err: stderr, interruption });
// The sandbox, and what else goes on behind a command, may have said better.
if (code !== 0) process.exitCode = code;
