// The options of `konektor sandbox` are those of the sandbox itself, and are handed to it as they were written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Deeds } from './deeds.ts';
import { run } from './program.ts';

const never = (): never => {
  throw new Error('no other command was asked for');
};

async function asked(words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly options: readonly string[] }> {
  let options: readonly string[] = [];
  let out = '';
  const deeds: Deeds = { serve: never, findLocalServer: never, backUpHere: never, storeBackup: never, restoreHere: never, serveMcp: never, sandbox: async (given) => {
    options = given;
  } };
  const sink = { write: (text: string) => { out += text; } };
  return { code: await run(words, deeds, { version: '0', environment: {}, input: process.stdin, out: sink, err: sink, interruption: () => new AbortController().signal }), out, options };
}

it('has every option that the sandbox takes', async () => {
  const usage = readFileSync(join(import.meta.dirname, '..', '..', 'sandbox', 'main.ts'), 'utf8').split('import', 1)[0] ?? '';
  const taken = [...usage.matchAll(/--[a-z-]+/g)].map(([name]) => name);
  const { out } = await asked(['sandbox', '--help']);
  expect(taken.length).toBeGreaterThan(8);
  expect(taken.filter((name) => !out.includes(`${name} `))).toEqual([]);
});

it('hands them on', async () => {
  const options = ['--limits', '--search-delay', '60', '--restricted-keys', 'keys.json', '--deliver-anywhere', '--known-accounts-only'];
  expect(await asked(['sandbox', ...options])).toMatchObject({ code: 0, options });
});
