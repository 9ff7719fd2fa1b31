// Connections written as files: what their users set and no more, so that an export of what was imported is what it was.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectionName, locationName } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { userForm } from '../connection-files/form.ts';
import { writeConnection } from '../connection-files/write.ts';
import { unwritable } from '../files.ts';
import { put } from '../output.ts';
import type { Shell } from '../shell.ts';
import { eachPage } from '../../client/pages.ts';
import type { Reached } from '../transport.ts';
import type { ShownConnection } from './settle.ts';

export interface Export {
  /** None for all of the location. */
  readonly names: readonly string[];
  /** Without one everything goes to the output. */
  readonly folder?: string;
  /** `json` is one document, `jsonl` a line for each. */
  readonly form: 'yaml' | 'json' | 'jsonl';
}

/** @throws CommandError */
export async function exportConnections(reached: Reached, { terminal }: Shell, { names, folder, form }: Export): Promise<void> {
  if (folder !== undefined && form === 'jsonl') throw new CommandError('INVALID_ARGUMENT', 'A folder has a file for each connection, and lines of JSON are one file.', 'Leave --to out, or write -o yaml or -o json.');
  const found = (names.length === 0 ? await listed(reached) : await named(reached, names)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (folder === undefined) return put(terminal.out, textOf(found, form));
  const places = new Set(found.map(({ name }) => name.split('/').slice(0, 4).join('/')));
  for (const one of found) {
    const [, project = '', , location = '', , id = ''] = one.name.split('/');
    const file = join(folder, ...(places.size > 1 ? [`${project}.${location}`] : []), `${id}.${form}`);
    await put(terminal.out, `${file}: ${write(file, textOf([one], form))}\n`);
  }
}

function textOf(connections: readonly ShownConnection[], form: Export['form']): string {
  if (form === 'yaml') return connections.map(({ name, ...rest }) => writeConnection(name, rest)).join('---\n');
  const forms = connections.map(({ name, ...rest }) => ({ name, ...userForm(name, rest) }));
  if (form === 'jsonl') return forms.map((one) => `${JSON.stringify(one)}\n`).join('');
  return `${JSON.stringify(forms.length === 1 ? forms[0] : forms, null, 2)}\n`;
}

async function listed(reached: Reached): Promise<readonly ShownConnection[]> {
  const location = locationName(reached);
  const pages = await Array.fromAsync(eachPage((page) => reached.call('connections.list', { path: { location }, query: { pageSize: 1_000, ...page } })));
  return pages.flatMap(({ connections }) => connections);
}

async function named(reached: Reached, names: readonly string[]): Promise<readonly ShownConnection[]> {
  const found: ShownConnection[] = [];
  for (const name of names) found.push(await reached.call('connections.get', { path: { connection: await connectionName(reached, name) } }));
  return found;
}

/** A file that is what it should be keeps its time. @throws CommandError where it cannot be written. */
function write(file: string, text: string): string {
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return 'as it was';
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return 'written';
  } catch (error) {
    throw unwritable(file, error);
  }
}
