// No code in a document is there for its looks: commands and programs are run (by the other files of this folder) or say why not,
// data is parsed, programs in TypeScript are judged by the compiler.
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseHcl } from '../end-to-end/hcl.ts';
import { blocksIn, documents, LANGUAGES, ROOT } from './documents.ts';
import { workingFolder } from './run-documents.ts';

const COMPILER = join(ROOT, 'test', 'node_modules', '.bin', 'tsc');
const all = documents.flatMap((document) => blocksIn(document).map((block) => ({ ...block, document, place: `${document}:${block.line}` })));

describe('every block', () => {
  it('says what it is', () => {
    expect(all.filter(({ language }) => LANGUAGES[language] === undefined).map(({ place, language }) => `${place}: "${language}"`)).toEqual([]);
  });

  it('is run, or says why not', () => {
    const marked = all.filter(({ notRun }) => notRun !== undefined);
    // So that what nothing watches over can be looked through.
    console.info(`${marked.length} blocks are not run:\n${marked.map(({ place, notRun }) => `  ${place}: ${notRun}`).join('\n')}`);
    expect(marked.filter(({ notRun = '' }) => notRun.length < 10)).toEqual([]);
    expect(marked.filter(({ language }) => !['run', 'program'].includes(LANGUAGES[language] ?? '')).map(({ place }) => place), 'marked without need').toEqual([]);
    expect(all.filter(({ language, text }) => language === 'text' && /^\s*\$? ?(curl|konektor|npm|npx|node|export) /m.test(text)).map(({ place }) => place), 'commands that are called text').toEqual([]);
  });
});

describe('data', () => {
  const parsers: Readonly<Record<string, (text: string) => unknown>> = {
    json: (text) => JSON.parse(text) as unknown,
    yaml: (text) => { for (const one of parseAllDocuments(text)) parse(String(one), { strict: true }); },
    hcl: parseHcl,
  };

  it.each(all.filter(({ language }) => LANGUAGES[language] === 'parsed'))('$place', ({ language, text }) => {
    parsers[language]?.(text);
  });
});

it('programs in TypeScript are of the types that they use', async () => {
  const folder = workingFolder();
  // A configuration without a file is refused; this one holds where no document has a program.
  writeFileSync(join(folder, 'none.mts'), 'export {};\n');
  try {
    const names = all.filter(({ language }) => language === 'ts').map(({ text, place }) => {
      const name = `${place.replaceAll(/\W/g, '-')}.mts`;
      writeFileSync(join(folder, name), text);
      return name;
    });
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions: { noUnusedLocals: false }, files: ['none.mts', ...names], include: [] }));
    const { stdout } = await promisify(execFile)(COMPILER, ['--noEmit', '-p', folder]).catch((error: unknown) => error as { readonly stdout: string });
    expect(stdout).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
