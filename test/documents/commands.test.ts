// No code in a document is there for its looks: commands and programs are run (by the other files of this folder) or say why not,
// data is parsed, programs in TypeScript are judged by the compiler.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseHcl } from '../end-to-end/hcl.ts';
import { blocksIn, documents, isInCheckout, LANGUAGES, ROOT } from './documents.ts';
import { checkout, workingFolder } from './run-documents.ts';

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
    // The reference of the command line is made of the program, whose tests parse its examples.
    expect(all.filter(({ document, language, text }) => document !== 'docs/reference/cli.md' && language === 'text' && /^\s*\$? ?(curl|konektor|npm|npx|node|export) /m.test(text)).map(({ place }) => place), 'commands that are called text').toEqual([]);
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

describe('programs in TypeScript', () => {
  const programs = all.filter(({ language }) => language === 'ts');

  it('are of the types that they use', async () => {
    const elsewhere = programs.filter(({ document }) => !isInCheckout(document));
    const named = elsewhere.map((block) => ({ ...block, name: `${block.place.replaceAll(/\W/g, '-')}.mts` }));
    // A configuration without a file is refused; this one holds where no document has a program.
    expect(await compile(workingFolder(), [{ name: 'none.mts', text: 'export {};\n' }, ...named])).toBe('');
  }, 300_000);

  it.each(documents.filter(isInCheckout))('of %s fit into the sources', async (document) => {
    const named = programs.filter((block) => block.document === document).map((block) => ({ ...block, name: block.file ?? `src/line-${block.line}.ts` }));
    expect(await compile(checkout(), named)).toBe('');
  }, 300_000);
});

/** @returns what the compiler finds wrong with files that are written into a folder, which is removed afterwards. */
async function compile(folder: string, files: readonly { readonly name: string; readonly text: string }[]): Promise<string> {
  try {
    for (const { name, text } of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const names = [...new Set(files.map(({ name }) => name))];
    const configuration = { extends: join(ROOT, 'tsconfig.json'), compilerOptions: { noUnusedLocals: false }, files: names, include: [] };
    writeFileSync(join(folder, 'tsconfig.documents.json'), JSON.stringify(configuration));
    const { stdout } = await promisify(execFile)(COMPILER, ['--noEmit', '-p', 'tsconfig.documents.json'], { cwd: folder }).catch((error: unknown) => error as { readonly stdout: string });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
