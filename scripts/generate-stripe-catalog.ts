// Writes the catalogue of Stripe, `src/connectors/stripe/tables/`, from the installed `stripe` package; `--check` compares
// instead and fails where what is committed is not what this SDK gives. Run by `npm run generate` and `npm run check`.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStripeCatalog } from './stripe-catalog.ts';
import { firstDifference } from './stripe-difference.ts';
import { readProvenance, renderCatalog } from './stripe-write.ts';

const SDK = join(import.meta.dirname, '../node_modules/stripe');
const TABLES = join(import.meta.dirname, '../src/connectors/stripe/tables');

const files = renderCatalog(readStripeCatalog(join(SDK, 'esm')), readProvenance(SDK));

if (process.argv.includes('--check')) {
  const differences = [...files].flatMap(([name, text]) => firstDifference(name, readCommitted(name), text) ?? []);
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) {
    console.error('The catalogue of Stripe is not what the installed SDK gives. Run `npm run generate`, read the diff, commit it.');
    process.exitCode = 1;
  }
} else {
  mkdirSync(TABLES, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(TABLES, name), text);
}

function readCommitted(name: string): string | undefined {
  try {
    return readFileSync(join(TABLES, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
