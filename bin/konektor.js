#!/usr/bin/env node
// The bin: runs what was compiled for the package; in a clone, the sources as they are. Plain JavaScript that old Nodes read too,
// so that they can be told of.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  // Before anything else is loaded, so that all of it is kept: of sources also what is left when their types are taken away.
  const { enableCompileCache, getCompileCacheDir } = await import('node:module');
  enableCompileCache();
  // Threads and processes that this one starts do so only where their environment names the place, below which each Node has its own.
  const kept = getCompileCacheDir();
  if (kept !== undefined && process.env['NODE_COMPILE_CACHE'] === undefined) process.env['NODE_COMPILE_CACHE'] = dirname(kept);
  const sources = new URL('../src/main.ts', import.meta.url);
  await import(existsSync(sources) ? sources.href : new URL('../dist/src/main.js', import.meta.url).href);
} else {
  process.stderr.write(`Konektor runs on Node 22.18 or newer; this is ${process.versions.node}. Install Node 24: https://nodejs.org/en/download\n`);
  process.exitCode = 1;
}
