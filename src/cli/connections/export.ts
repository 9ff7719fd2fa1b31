// Connections written as files: what their users set and no more, so that an export of what was imported is what it was.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectionName, locationName } from '../call-options.ts';
import { userForm } from '../connection-files/form.ts';
import { writeConnection } from '../connection-files/write.ts';
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
  readonly isJson: boolean;
}

export async function exportConnections(reached: Reached, { terminal }: Shell, { names, folder, isJson }: Export): Promise<void> {
  const found = (names.length === 0 ? await listed(reached) : await named(reached, names)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const textOf = ({ name, ...rest }: ShownConnection): string => (isJson ? `${JSON.stringify({ name, ...userForm(name, rest) }, null, 2)}\n` : writeConnection(name, rest));
  if (folder === undefined) {
    if (isJson && found.length !== 1) return put(terminal.out, `${JSON.stringify(found.map(({ name, ...rest }) => ({ name, ...userForm(name, rest) })), null, 2)}\n`);
    return put(terminal.out, found.map(textOf).join('---\n'));
  }
  const places = new Set(found.map(({ name }) => name.split('/').slice(0, 4).join('/')));
  for (const one of found) {
    const [, project = '', , location = '', , id = ''] = one.name.split('/');
    const file = join(folder, ...(places.size > 1 ? [`${project}.${location}`] : []), `${id}.${isJson ? 'json' : 'yaml'}`);
    await put(terminal.out, `${file}: ${write(file, textOf(one))}\n`);
  }
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

/** A file that is what it should be keeps its time. */
function write(file: string, text: string): string {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 'as it was';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return 'written';
}
