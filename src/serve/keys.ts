// The keys of this installation: given by a setting, else drawn once and kept in files that only their owner can read.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawToken } from '../iam/tokens.ts';
import { deriveKey } from '../secrets/seal.ts';
import { inFolderWords, makeFolder } from '../storage/data-folder.ts';

/** The file's text; where there is no file yet it is written whole or not at all, even if the process is killed meanwhile. */
function keep(folder: string, name: string, form: RegExp, draw: () => string): string {
  const file = join(folder, name);
  const text = keptText(folder, file, draw);
  if (form.test(text)) return text;
  throw new Error(`${file} is damaged. Restore it from a backup; without it what it sealed cannot be opened.`);
}

/** @throws DataFolderError where the folder cannot be used */
function keptText(folder: string, file: string, draw: () => string): string {
  const draft = `${file}.${process.pid}.new`;
  try {
    makeFolder(folder);
    if (!existsSync(file)) {
      writeFileSync(draft, `${draw()}\n`, { mode: 0o600, flush: true });
      linkSync(draft, file);
      rmSync(draft);
    }
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw inFolderWords(folder, error);
  }
}

/** 32 bytes that seal the secrets and sign page tokens. */
export function masterKey(folder: string, given: string | undefined): Buffer {
  return Buffer.from(given ?? keep(folder, 'master.key', /^[0-9a-f]{64}$/, () => randomBytes(32).toString('hex')), 'hex');
}

const TOKEN_FILE = 'admin.token';

/** Where the administrator's token is kept that nobody gave. */
export function tokenFile(folder: string): string {
  return join(folder, TOKEN_FILE);
}

export function adminToken(folder: string, given: string | undefined): string {
  return given ?? keep(folder, TOKEN_FILE, /^konektor_[\w-]{43}$/, drawToken);
}

/** The master key where there is one already; none is drawn. */
export function knownMasterKey(folder: string, given: string | undefined): Buffer | undefined {
  return given !== undefined || existsSync(join(folder, 'master.key')) ? masterKey(folder, given) : undefined;
}

/** Under this the database notes the fingerprint of its key, once a start with it has gone well. */
export const KEY_FACT = 'master-key';

/** A server with another key than the others, or than before, would seal what they cannot open. @throws Error, telling what to do */
export function requireSameKey(known: string | undefined, key: Uint8Array): void {
  const here = keyFingerprint(key);
  if (known === undefined || known === here) return;
  throw new Error(`The secrets in this database are sealed with another master key: its fingerprint is ${known}, that of the key here ${here}. `
    + 'Put the file master.key that belongs to it into the data folder, or set KONEKTOR_MASTER_KEY; servers that share a database share it.');
}

/** Tells one master key from another, and nothing of either. */
export function keyFingerprint(key: Uint8Array): string {
  return deriveKey(key, 'fingerprint').toString('hex').slice(0, 16);
}
