// An empty PGlite that all test files copy: to make one anew takes three times the processor time. It is made by the first file
// that needs it, so that runs without any pay nothing.
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { openAsItIs } from '../../src/storage/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly embeddedTemplate: string;
  }
}

/** The global set-up: says where it will be, and takes it away in the end. */
export function setup(project: TestProject): () => void {
  const place = join(tmpdir(), `konektor-pglite-template-${process.pid}`);
  project.provide('embeddedTemplate', place);
  return () => rmSync(place, { recursive: true, force: true });
}

/** Puts an empty PGlite, without any table, into a folder. */
export async function fillEmbedded(folder: string): Promise<void> {
  const template = inject('embeddedTemplate');
  if (!existsSync(template)) await makeTemplate(template);
  cpSync(template, folder, { recursive: true });
}

/** Whole or not at all; where another file is faster, its is taken. */
async function makeTemplate(template: string): Promise<void> {
  const made = mkdtempSync(join(tmpdir(), 'konektor-pglite-'));
  await (await openAsItIs({ folder: made })).close();
  try {
    renameSync(made, template);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(template)) throw error;
  }
}
