// Where files of connections come from: files, folders, the standard input.
import { readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import type { FileFault } from '../connection-files/document.ts';
import { readConnections, type NamedAs, type Place, type WantedConnection } from '../connection-files/read.ts';
import { CommandError } from '../command-error.ts';
import type { Terminal } from '../deeds.ts';
import { unreadable } from '../files.ts';
import { readText } from '../input.ts';

const ENDINGS: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);
const MOST_FILES = 2_000;

/** Everything that the paths hold, or every fault of it. @throws CommandError where a path cannot be read. */
export async function readSources(paths: readonly string[], terminal: Pick<Terminal, 'input'>, place: Place, named: NamedAs = {}): Promise<{ readonly connections: readonly WantedConnection[]; readonly faults: readonly FileFault[] }> {
  const files = paths.flatMap((path) => (path !== '-' && isFolder(path) ? filesIn(path) : [path]));
  if (files.length === 0) throw new CommandError('NOT_FOUND', `${paths.join(', ')} holds no file that ends in .yaml, .yml or .json.`);
  const connections: WantedConnection[] = [];
  const faults: FileFault[] = [];
  for (const file of files) {
    const read = readConnections({ file: file === '-' ? 'input' : file, text: await readText(file, terminal) }, place, { ...(file === '-' ? {} : { otherwise: basename(file, extname(file)) }), ...named });
    faults.push(...read.faults);
    for (const one of read.connections) {
      const before = connections.find(({ name }) => name === one.name);
      if (before === undefined) connections.push(one);
      else faults.push({ file: one.file, line: one.lineOf('name'), path: 'name', description: `${one.name} stands in ${before.file} too` });
    }
  }
  return { connections, faults };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** With those of folders within it, in order of name; hidden ones are none of ours. */
function filesIn(folder: string): readonly string[] {
  const found = entriesOf(folder)
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name))).map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split('/').some((part) => part.startsWith('.') || part === 'node_modules')).toSorted();
  if (found.length > MOST_FILES) throw new CommandError('INVALID_ARGUMENT', `${folder} holds more than ${MOST_FILES.toLocaleString('en')} files.`);
  return found;
}
