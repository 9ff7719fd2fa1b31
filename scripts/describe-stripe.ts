// Writes what the installed Stripe SDK says about each entity, action and property to `descriptions.generated.json`, which git
// ignores: Stripe's prose is not ours to commit. Does nothing when that was done already for this SDK by these scripts.

import { createHash } from 'node:crypto';
import { closeSync, globSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SDK = join(import.meta.dirname, '../node_modules/stripe');
const FILE = join(import.meta.dirname, '../src/connectors/stripe/tables/descriptions.generated.json');

const stamp = stampOf();
if (readStamp() !== stamp) await describe();

async function describe(): Promise<void> {
  // The compiler takes half a second to load: only when it is needed.
  const [{ readStripeCatalog }, { describeCatalog }] = await Promise.all([import('./stripe-catalog.ts'), import('./stripe-describe.ts')]);
  const text = JSON.stringify(describeCatalog(readStripeCatalog(join(SDK, 'esm')), stamp));
  mkdirSync(dirname(FILE), { recursive: true });
  // Two may do this at once: whoever reads sees a whole file.
  const unfinished = `${FILE}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, FILE);
}

/** The SDK's version and these scripts themselves. */
function stampOf(): string {
  const hash = createHash('sha256').update(readFileSync(join(SDK, 'VERSION')));
  for (const file of globSync('{describe-stripe,stripe-*}.ts', { cwd: import.meta.dirname }).sort()) {
    if (!file.endsWith('.test.ts')) hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The stamp stands first in the file, so that the rest need not be read. */
function readStamp(): string | undefined {
  try {
    const file = openSync(FILE, 'r');
    const start = Buffer.alloc(64);
    readSync(file, start);
    closeSync(file);
    return /^\{"stamp":"(\w+)"/.exec(start.toString())?.[1];
  } catch {
    return undefined;   // not there, or not to be read: written anew
  }
}
