#!/usr/bin/env node
// The bin: hands the words to the command line, and loads no more than their command needs.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// Before anything else is loaded, so that all of it is kept.
enableCompileCache();
const { run } = await import('./cli/program.ts');

const { env, argv, stdout, stderr } = process;
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };

const code = await run(argv.slice(2), {
  serve: async () => (await import('./serve/serve.ts')).serve(env),
  sandbox: async (options) => {
    process.argv.splice(2, argv.length, ...options);
    await import('../sandbox/main.ts');
  },
  findLocalServer: async () => (await import('./serve/local-server.ts')).findLocalServer(env),
  backUpHere: async (file, progress) => (await import('./serve/offline.ts')).backUpHere(env, file, progress),
  storeBackup: async (file, chunks, progress) => (await import('./serve/backup-file.ts')).storeBackup(file, chunks, progress),
  restoreHere: async (file, force, progress) => (await import('./serve/offline.ts')).restoreHere(env, file, force, progress),
}, { version, environment: env, out: stdout, err: stderr });
// The sandbox, and what else goes on behind a command, may have said better.
if (code !== 0) process.exitCode = code;
