// An empty PGlite that all test files copy: to make one anew takes three times the processor time. It is made by the first file
// that needs it, so that runs without any pay nothing.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { openAsItIs } from '../../src/storage/database.ts';
import { newDataFolder, sweepDataFolders } from '../data-folders.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly embeddedTemplate: string;
  }
}

/** The global set-up: says where it will be, and takes it away in the end. */
export function setup(project: TestProject): () => void {
  sweepDataFolders();
  const place = newDataFolder();
  project.provide('embeddedTemplate', join(place, 'template'));
  return () => rmSync(place, { recursive: true, force: true });
}

/** Puts an empty PGlite, without any table, into a folder. */
export async function fillEmbedded(folder: string): Promise<void> {
  const template = inject('embeddedTemplate');
  if (!existsSync(template)) await makeTemplate(template);
  cpSync(template, folder, { recursive: true });
}

const LONGEST_WAIT_MS = 120_000;

/** One of the files that begin at once makes it, the others wait; whole or not at all. */
async function makeTemplate(template: string): Promise<void> {
  if (!claim(`${template}.claim`)) {
    const patience = performance.now() + LONGEST_WAIT_MS;
    while (!existsSync(template)) {
      if (performance.now() > patience) throw new Error('The file that began to make the empty database did not end.');
      await sleep(50);
    }
    return;
  }
  const made = `${template}.making`;
  await (await openAsItIs({ folder: made })).close();
  renameSync(made, template);
}

/** Whether this is the first to ask for it. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
