// Where commands find the server that holds a data folder, and how they are let in. Light to load: every command does.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSettings } from '../settings.ts';
import { FolderInUseError, lockFolder } from '../storage/lock.ts';
import type { Environment } from './offline.ts';

/** Where commands find the server of a data folder, and how they are let in. */
export interface LocalServer {
  /** Of the server that holds the data folder; undefined where none does. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The state is in a PostgreSQL, and not in the folder. */
  readonly external: boolean;
}

/** @throws SettingsError; DataFolderError where the folder cannot be used; Error where a server is just starting */
export function findLocalServer(environment: Environment): LocalServer {
  const settings = readSettings(environment);
  const folder = resolve(settings.dataDir);
  return { url: existsSync(folder) ? holderOf(folder) : undefined, token: settings.adminToken ?? read(join(folder, 'admin.token')), external: settings.databaseUrl !== undefined };
}

function holderOf(folder: string): string | undefined {
  try {
    lockFolder(folder).release();
    return undefined;
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    const owner: unknown = JSON.parse(read(join(folder, 'owner.json')) ?? '{}');
    const address = typeof owner === 'object' && owner !== null && 'address' in owner ? String(owner.address) : '';
    if (URL.canParse(address)) return address;
    throw new Error(`The server that holds ${folder} is just starting: try again in a moment.`, { cause: error });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
