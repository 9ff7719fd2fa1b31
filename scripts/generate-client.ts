// Writes what of the client is generated: its types from the tables of the Stripe connector, its rows from the API table; `--check`
// compares instead and fails where what is committed is something else. Run by `npm run generate` and `npm run check`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderClientRows } from './client-rows.ts';
import { renderStripeTypes } from './client-stripe-types.ts';
import { firstDifference } from './stripe-difference.ts';

const FOLDER = join(import.meta.dirname, '../src/client');
const files: Readonly<Record<string, string>> = { 'rows.generated.ts': renderClientRows(), 'stripe.generated.ts': renderStripeTypes() };

for (const [name, text] of Object.entries(files)) {
  const file = join(FOLDER, name);
  const difference = firstDifference(`src/client/${name}`, existsSync(file) ? readFileSync(file, 'utf8') : undefined, text);
  if (difference === undefined) continue;
  if (process.argv.includes('--check')) {
    process.stderr.write(`${difference}\nThe client is not what the tables say. Run npm run generate, read the difference, commit it.\n`);
    process.exitCode = 1;
  } else writeFileSync(file, text);
}
