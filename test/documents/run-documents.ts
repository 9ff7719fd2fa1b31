// The commands of documents, run as they stand, in their order, one shell for each document, on a real server: a document that
// lies fails here. A block that shows output is compared with what was printed.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO, environment, type RunningServer, TOKEN, withServer } from '../end-to-end/running-server.ts';
import { type Block, type Step, stepsOf } from './blocks.ts';
import { blocksIn, documentsOf, type Group, isInCheckout, isRun, ROOT } from './documents.ts';
import { Shell } from './shell.ts';
import { compare } from './shown.ts';

/** A document may run tests of its own. What it shows has no colours, which a build machine asks for (CI) or a terminal. */
const PLAIN = { ...Object.fromEntries(Object.keys(process.env).filter((name) => name.startsWith('VITEST')).map((name) => [name, undefined])), CI: undefined, FORCE_COLOR: undefined, NO_COLOR: '1' };

/** A JSON answer that is an error. */
const ERROR_ANSWER = /(^|[\n}])\s*\{\s*"error"\s*:/;

/** Runs the documents of a group as tests of the file that calls this. */
export function runDocuments(group: Group): void {
  let server: RunningServer;
  let data = '';
  let commands = '';
  withServer((started, folder) => { [server, data] = [started, folder]; });
  beforeAll(() => { commands = folderOfCommands(); });
  afterAll(() => rmSync(commands, { recursive: true, force: true }));

  describe('the commands of', () => {
    it.each(documentsOf(group))('%s', async (document) => {
      const folder = isInCheckout(document) ? checkout() : workingFolder();
      // Where the commands look for the server of this machine.
      symlinkSync(data, join(folder, '.konektor'));
      const shell = new Shell(folder, {
        ...environment(data), KONEKTOR_DATA_DIR: undefined, NODE_OPTIONS: undefined, ...PLAIN,
        PATH: [commands, dirname(process.execPath), process.env['PATH']].join(delimiter),
        TOKEN, STRIPE: `${server.url}/v2/${DEMO}`, CONNECTORS: `${server.url}/v1/projects/demo/locations/us-central1`,
      });
      const places = new Places(server);
      const faults: string[] = [];
      try {
        for (const block of blocksIn(document).filter(isRun)) {
          for (const fault of await runBlock(block, shell, folder, places)) faults.push(`${document}:${block.line}: ${fault}`);
        }
      } finally {
        await shell.close();
        rmSync(folder, { recursive: true, force: true });
      }
      expect(faults.join('\n\n')).toBe('');
    }, 300_000);
  });
}

async function runBlock(block: Block, shell: Shell, folder: string, places: Places): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { command, shown } of stepsIn(block, folder, places)) {
    const { exitCode, printed: raw } = await shell.run(`${places.toServer(command)}\n`);
    const printed = places.toDocument(raw);
    const isErrorShown = shown !== undefined && /"error"|^[A-Z][A-Z_]{4,}: /m.test(shown);
    const { difference, printedFor } = shown === undefined ? { difference: undefined, printedFor: new Map<string, string>() } : compare(shown, printed);
    for (const [id, real] of printedFor) places.stand(id, real);
    if (difference !== undefined) faults.push(`${command}\n${difference}`);
    else if (exitCode !== 0 && !isErrorShown) faults.push(`${command}\nended with ${exitCode} and printed: ${printed}`);
    else if (ERROR_ANSWER.test(printed) && !isErrorShown) faults.push(`${command}\nwas answered with an error: ${printed}`);
  }
  return faults;
}

/** What is run of a block. A file is written first, and run only where it is a program without a name. */
function stepsIn(block: Block, folder: string, places: Places): readonly Step[] {
  if (block.language === 'console') return stepsOf(block.text);
  if (block.language === 'sh' && block.file === undefined) return [{ command: block.text }];
  const file = join(folder, block.file ?? `line-${block.line}.${block.language === 'js' ? 'mjs' : 'ts'}`);
  if (!resolve(file).startsWith(`${folder}/`)) throw new Error(`${block.file ?? ''} lies outside of the folder.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, places.toServer(block.text));
  return block.file === undefined ? [{ command: `node '${file}'` }] : [];
}

/** The addresses and ids that documents write, and those of the server of this run. */
class Places {
  readonly #pairs: readonly (readonly [written: string, real: string])[];
  readonly #ids = new Map<string, string>();

  constructor(server: RunningServer) {
    const host = (url: string): string => new URL(url).host;
    this.#pairs = [['https://konektor.example.com', server.url], ['127.0.0.1:8080', host(server.url)], ['127.0.0.1:12111', host(server.sandboxUrl)]];
  }

  /** An id that a document shows stands for the one that was printed in its place. */
  stand(id: string, real: string): void {
    this.#ids.set(id, real);
  }

  toServer(text: string): string {
    return [...this.#pairs, ...this.#ids].reduce((changed, [written, real]) => changed.replaceAll(written, real), text);
  }

  toDocument(text: string): string {
    return this.#pairs.slice(1).reduce((changed, [written, real]) => changed.replaceAll(real, written), text);
  }
}

/** The package as it is installed, with the sources in the place of what is compiled from them: Node runs those, and the compiler reads them. */
function linkSources(folder: string): void {
  mkdirSync(folder);
  symlinkSync(join(ROOT, 'src'), join(folder, 'src'));
  const exports = { './client': './src/client/index.ts', './spi': './src/spi/index.ts' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'konektor', type: 'module', exports }));
}

/** A folder with a `konektor` that runs this checkout, to be put on PATH. */
export function folderOfCommands(): string {
  const folder = mkdtempSync(join(tmpdir(), 'konektor-commands-'));
  const file = join(folder, 'konektor');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin', 'konektor.js')}' "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

/** A copy of this checkout without what is large, for documents that say how to change it. */
export function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'konektor-document-'));
  for (const part of ['bin', 'src', 'sandbox', 'scripts', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  symlinkSync(join(ROOT, 'test', 'node_modules'), join(folder, 'test', 'node_modules'));
  return folder;
}

/** An empty folder, as after `npm install` of what documents import. */
export function workingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'konektor-document-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  linkSources(join(modules, 'konektor'));
  symlinkSync(join(ROOT, 'node_modules', 'stripe'), join(modules, 'stripe'));
  symlinkSync(join(ROOT, 'node_modules', '@types', 'node'), join(modules, '@types', 'node'));
  symlinkSync(join(ROOT, 'test', 'node_modules', 'googleapis'), join(modules, 'googleapis'));
  return folder;
}
