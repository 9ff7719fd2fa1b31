// The rule of who may know whom, and its documentation. A folder may import itself, what its row lists, and nothing else;
// packages have rooms too. See ARCHITECTURE.md for the reasons.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** For each room: the rooms it may import. A room is the longest of these paths that a file lies under. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/errors': [],
  'src/spi': [],
  'src/observe': ['src/errors'],
  'src/filter': ['src/spi', 'src/errors'],
  'src/connectors/memory': ['src/spi', 'src/filter', 'src/errors'],
  'src/connectors/stripe': ['src/spi', 'src/filter', 'src/errors'],
  'src/connectors/registry.ts': ['src/spi', 'src/connectors/memory', 'src/connectors/stripe'],
  'src/engine': ['src/spi', 'src/filter', 'src/errors', 'src/observe'],
  'src/operations': ['src/errors', 'src/observe', 'src/listing'],
  'src/secrets': ['src/errors', 'src/observe'],
  'src/listing': ['src/errors'],
  'src/iam': ['src/errors', 'src/observe'],
  'src/audit': ['src/errors', 'src/observe'],
  'src/writes': ['src/spi', 'src/errors', 'src/observe'],
  'src/connections': ['src/spi', 'src/errors', 'src/observe', 'src/listing', 'src/operations', 'src/secrets'],
  'src/rates': ['src/spi', 'src/errors', 'src/observe'],
  'src/runtime': ['src/writes', 'src/engine', 'src/connections', 'src/secrets', 'src/spi', 'src/filter', 'src/errors', 'src/observe'],
  'src/recent': ['src/observe', 'src/errors'],
  'src/diagnosis': ['src/connections', 'src/secrets', 'src/errors'],
  'src/storage': ['src/rates', 'src/connections', 'src/operations', 'src/secrets', 'src/iam', 'src/audit', 'src/writes', 'src/errors'],
  'src/api': ['src/errors', 'src/spi'],
  'src/api-handlers': ['src/api', 'src/diagnosis', 'src/recent', 'src/listing', 'src/connections', 'src/operations', 'src/secrets', 'src/iam', 'src/audit', 'src/writes', 'src/runtime', 'src/task', 'src/tools', 'src/spi', 'src/errors'],
  'src/calls': ['src/api', 'src/errors'],
  'src/http': ['src/api', 'src/calls', 'src/errors', 'src/observe'],
  'src/task': ['src/api', 'src/errors'],
  'src/tools': ['src/api', 'src/spi', 'src/errors'],
  'src/mcp': ['src/api', 'src/errors', 'src/observe'],
  'src/client': ['src/api', 'src/filter/print.ts', 'src/spi', 'src/errors'],
  'src/cli': ['src/api', 'src/client', 'src/task', 'src/connections/fields.ts', 'src/connections/message.ts', 'src/errors'],
  'src/settings.ts': ['src/setting-values.ts'],
  'src/setting-values.ts': [],
  'src/serve': ['src'],
  'src/main.ts': ['src/serve', 'src/cli', 'src/mcp', 'sandbox/main.ts'],
  console: [],
  sandbox: [],
  scripts: ['src/cli/description.ts', 'src/connectors/stripe', 'src/settings.ts', 'src/errors', 'src/spi', 'src/api', 'src/iam', 'src/observe', 'src/tools', 'src/mcp'],
  bench: ['src'],
};

/** For each package that has a room: where it may be imported (tests, scripts and bench aside). */
const ROOM_OF_PACKAGE: Readonly<Record<string, readonly string[]>> = {
  undici: ['src/engine/outbound'],
  kysely: ['src/storage'],
  pg: ['src/storage'],
  '@electric-sql/pglite': ['src/storage'],
  'pg-boss': ['src/storage'],
  'rate-limiter-flexible': ['src/storage'],
  jose: ['src/iam'],
  commander: ['src/cli'],
  '@google-cloud/secret-manager': ['src/secrets/providers'],
  fastify: ['src/http', 'sandbox'],
  '@fastify/static': ['src/http'],
  pino: ['src/observe'],
  'prom-client': ['src/observe'],
  '@opentelemetry/api': ['src/observe'],
  '@opentelemetry/sdk-trace': ['src/observe'],
  '@opentelemetry/resources': ['src/observe'],
  '@opentelemetry/exporter-trace-otlp-proto': ['src/observe'],
  '@modelcontextprotocol/server': ['src/mcp'],
  '@modelcontextprotocol/node': ['src/mcp'],
  yaml: ['src/cli'],
  'csv-stringify': ['src/cli'],
  diff: ['src/cli'],
  typebox: ['src/api', 'src/client'],
  stripe: [],
  'typescript-compiler': ['sandbox/read-sdk'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name) && !/node_modules|\/dist(\/|$)/.test(entry.parentPath))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const specifiers = text.matchAll(/^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...specifiers].map((match) => ({ from: file, to: match[1] ?? match[2] ?? '' }));
}

const files = ['src', 'sandbox', 'scripts', 'bench', 'console'].flatMap(sourceFiles);
const production = files.filter((file) => !file.endsWith('.test.ts'));
const imports = production.flatMap(importsOf);
const isRelative = ({ to }: Import): boolean => to.startsWith('.');
const target = ({ from, to }: Import): string => relative(ROOT, resolve(ROOT, dirname(from), to));
const lies = (file: string, room: string): boolean => file === room || file.startsWith(`${room}/`);

function roomOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT).filter((room) => lies(file, room)).toSorted((a, b) => b.length - a.length)[0];
}

describe('the house', () => {
  it('is not empty', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it('has a room for every file', () => {
    expect(production.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets each room import only what its row allows', () => {
    const faults = imports.filter(isRelative).filter((one) => {
      const room = roomOf(one.from) ?? '';
      const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
      return !allowed.some((place) => lies(target(one), place));
    });
    expect(faults.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('keeps packages in their rooms', () => {
    const faults = imports.filter((one) => !isRelative(one)).filter(({ from, to }) => {
      const name = to.split('/').slice(0, to.startsWith('@') ? 2 : 1).join('/');
      const rooms = ROOM_OF_PACKAGE[name];
      if (rooms === undefined || lies(from, 'scripts') || lies(from, 'bench')) return false;
      return !rooms.some((room) => lies(from, room) || from.startsWith(`${room}.`) || from.startsWith(`${room}-`));
    });
    expect(faults.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('imports files that exist, by their real ending', () => {
    const faults = files.flatMap(importsOf).filter(isRelative).filter((one) => !existsSync(join(ROOT, target(one))));
    expect(faults.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has no catch-all names', () => {
    const forbidden = /(^|\/)(utils?|helpers?|common|lib|misc|types|interfaces|manager|processor)(\.ts|\/)/;
    expect(production.filter((file) => forbidden.test(file))).toEqual([]);
  });

  it('reads settings where the server is composed, and in scripts', () => {
    const faults = imports.filter((one) => isRelative(one) && target(one) === 'src/settings.ts');
    expect(faults.map(({ from }) => from).filter((from) => !lies(from, 'src/serve') && !lies(from, 'scripts') && !lies(from, 'bench'))).toEqual([]);
  });
});
