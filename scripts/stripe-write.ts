// Lays the catalogue out as text and says where it comes from: a stable order, one property or one part of a row a line, so
// that the change an upgrade of the SDK makes can be read. Knows the files' names; must not know how they were read.

import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StripeCatalog } from './stripe-catalog.ts';

/** The committed files by name, as they should be. */
export function renderCatalog(catalog: StripeCatalog, provenance: Provenance): ReadonlyMap<string, string> {
  return new Map([
    ['entities.generated.json', renderRows(catalog.entities)],
    ['actions.generated.json', renderRows(catalog.actions)],
    ['shapes.generated.json', renderShapes(catalog.shapes)],
    ['PROVENANCE.json', `${JSON.stringify(provenance, undefined, 2)}\n`],
  ]);
}

/** What the tables were made from. */
export interface Provenance {
  readonly generator: string;
  readonly sdk: string;
  readonly apiVersion: string;
  readonly openApiVersion: string;
  /** SHA-256 over the names and contents of the SDK's files that were read. */
  readonly inputs: string;
}

/** Reads versions and hashes the inputs (some 30 ms). Throws if the SDK lies differently than this generator knows. */
export function readProvenance(sdkFolder: string): Provenance {
  const read = (file: string): string => readFileSync(join(sdkFolder, file), 'utf8');
  const apiVersion = /ApiVersion = '([^']+)'/.exec(read('esm/apiVersion.js'))?.[1];
  if (apiVersion === undefined) throw new Error(`no API version in ${sdkFolder}/esm/apiVersion.js`);
  const hash = createHash('sha256');
  for (const file of globSync(['esm/resources/**/*.{js,d.ts}', 'esm/shared.d.ts'], { cwd: sdkFolder }).sort()) {
    hash.update(`${file.replaceAll('\\', '/')}\n`).update(read(file));
  }
  return {
    generator: 'scripts/generate-stripe-catalog.ts', sdk: `stripe@${read('VERSION').trim()}`, apiVersion,
    openApiVersion: read('OPENAPI_VERSION').trim(), inputs: hash.digest('hex'),
  };
}

function renderRows(rows: readonly object[]): string {
  const texts = rows.map((row) => `{\n${renderEntries(row)}\n}`);
  return `[${texts.join(', ')}]\n`;
}

function renderShapes(shapes: StripeCatalog['shapes']): string {
  const texts = Object.entries(shapes).map(([name, shape]) =>
    Object.keys(shape).length === 0 ? `${JSON.stringify(name)}: {}` : `${JSON.stringify(name)}: {\n${renderEntries(shape)}\n}`);
  return `{\n${texts.join(',\n')}\n}\n`;
}

function renderEntries(object: object): string {
  return Object.entries(object).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n');
}
