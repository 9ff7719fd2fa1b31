// One data folder with everything that a first start makes, made once for all test files: a copy of it takes a tenth of the
// time of a first start. Tests that are about first starts use an empty folder instead.
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { sweepDataFolders } from '../data-folders.ts';
import { emptyFolder, startServer } from './running-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly templateFolder: string;
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  sweepDataFolders();
  const folder = emptyFolder();
  const server = await startServer(folder);
  await server.stop();
  project.provide('templateFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
