// Where the tests are. Unit tests sit beside the file they test; `test/` holds what crosses folders. Those that start servers
// are a project of their own, which makes one data folder for all of them first.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What Node compiled once is there for every process of a run: the runner's own, and the servers and commands that tests start.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache');

const STARTS_SERVERS = ['test/end-to-end/**/*.test.ts', 'test/documents/**/*.test.ts', 'test/browser/**/*.test.ts'];
/** PGlite lives for seconds here: its WebAssembly need not be made faster by the way, which takes longer than it saves. */
const BRIEF = ['--liftoff-only'];
const shared = {
  exclude: ['**/node_modules/**'], pool: 'forks' as const, setupFiles: [new URL('test/seed.ts', import.meta.url).pathname],
  // They end what hangs: a machine that has much else to do needs ten times as long as one that has not.
  testTimeout: 120_000, hookTimeout: 180_000,
  // What is waited for comes within milliseconds, or later where the machine has much else to do: no measure of how fast anything is.
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    // Most of the time of those that start servers is waiting for them.
    maxWorkers: 4,
    projects: [
      {
        test: {
          // Files follow one another in few processes, which load the modules once: to begin anew for each took as much time as the
          // tests. So they leave nothing behind: no setting of the process, no timer, no listener.
          ...shared, name: 'rooms', isolate: false, execArgv: BRIEF, globalSetup: 'test/storage/embedded-template.ts',
          include: ['{src,sandbox,scripts,bench,console/src,test}/**/*.test.ts'],
          exclude: [...shared.exclude, ...STARTS_SERVERS],
        },
      },
      { test: { ...shared, name: 'server', include: STARTS_SERVERS, globalSetup: 'test/end-to-end/template.ts' } },
    ],
  },
});
