// Whether answers are of the types that the installed SDK declares: each is written down as a literal of its type, and the TypeScript
// compiler judges. So what is missing, unknown, null or of a wrong kind is found by a reader that shares nothing with the sandbox's own.
// Some declarations are put as things are on the wire: `OtherString` (any other word) becomes none, so that enums are closed; `Decimal` is
// a string; methods that the SDK adds to events of API v2 go; and `previous_attributes`, which Stripe cuts down to what changed at any
// depth with null for what was not there, is so too.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const SDK = join(ROOT, 'node_modules', 'stripe', 'esm');
const TSC = join(ROOT, 'test', 'node_modules', '.bin', 'tsc');

/** An answered object. */
export type Answered = Readonly<Record<string, unknown>>;

/** What the compiler said. */
export interface Verdict {
  readonly faults: readonly string[];
  /** How many objects were judged, and how many properties they have, those of objects inside included. */
  readonly objects: number;
  readonly properties: number;
  /** How many of them differ in more than numbers, ids and free text. */
  readonly judged: number;
}

interface Declared {
  readonly name: string;
  /** The module that declares it, from the SDK's folder. */
  readonly module: string;
}

/** The interfaces of rows in the SDK's declarations, by what their `object` says; stubs of deleted rows by that and a sign. */
function declarations(): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  const files = readdirSync(join(SDK, 'resources'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && one.name.endsWith('.d.ts') && one.name !== 'index.d.ts');
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    for (const [, name = '', body = ''] of readFileSync(path, 'utf8').matchAll(/^export interface (\w+)[^{\n]*\{\n([\s\S]*?)^\}/gm)) {
      const object = /^ {4}object: '([\w.]+)';/m.exec(body)?.[1];
      if (object === undefined || object.endsWith('event') && path.endsWith('Events.d.ts') && !path.includes('Meter')) continue;
      const key = /^ {4}deleted: true;/m.test(body) ? `${object} deleted` : object;
      found.set(key, { name, module: relative(SDK, path).replace(/\.d\.ts$/, '.js') });
    }
  }
  return found.set('event', { name: 'Event', module: 'resources/Events.js' }).set('v2.core.event', { name: 'Event', module: 'resources/V2/Core/Events.js' });
}

function propertiesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + propertiesIn(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + 1 + propertiesIn(one), 0);
}

/** A row with numbers, ids and free text blotted out; words that may be enums stay. */
function outline(row: Answered): string {
  return JSON.stringify(row, (_key, value: unknown) => (typeof value === 'number' ? 0 : typeof value === 'string' && !/^[a-z][a-z0-9_.-]{0,60}$/.test(value) ? '' : value));
}

const GONE: Declared = { name: 'DeletedObject', module: 'resources/V2/DeletedObject.js' };

/** Collects answered objects and has them judged together; of those that differ in numbers, ids and free text alone, one. */
export class TypeCheck {
  private readonly rows = new Map<string, readonly [literal: string, from: string]>();
  private readonly declared = declarations();
  private readonly unknown: string[] = [];
  private objects = 0;
  private properties = 0;

  /** Takes an object; `from` tells where it was answered. */
  add(row: Answered, from: string): void {
    const object = `${String(row['object'])}${row['deleted'] === true ? ' deleted' : ''}`;
    const type = from.startsWith('DELETE /v2/') ? GONE : this.declared.get(object);
    this.objects += 1;
    this.properties += propertiesIn(row);
    if (type === undefined) this.unknown.push(`${from}: no interface is of '${object}'`);
    else if (!this.rows.has(outline(row))) this.rows.set(outline(row), [`import('./${type.module}').${type.name} = ${JSON.stringify(row)}`, from]);
  }

  /** The kinds of objects that were taken. */
  kinds(): readonly string[] {
    return [...new Set([...this.rows.values()].map(([literal]) => literal.slice(0, literal.indexOf(' = '))))];
  }

  async verdict(): Promise<Verdict> {
    const folder = mkdtempSync(join(tmpdir(), 'konektor-types-'));
    try {
      this.write(folder);
      const output = await compile(folder);
      const origins = [...this.rows.values()].map(([, from]) => from);
      const faults = [...output.matchAll(/^answers\.ts\((\d+),\d+\): error (.*(?:\n .*)*)/gm)].map(([, line, message]) => `${origins[Number(line) - 1] ?? '?'}: ${message ?? ''}`);
      const other = output.split('\n').filter((line) => /^\S.*error TS/.test(line) && !line.startsWith('answers.ts('));
      return {
        faults: [...this.unknown, ...faults, ...other],
        objects: this.objects,
        properties: this.properties,
        judged: this.rows.size,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** One answer to a line, so that a fault's line tells which. */
  private write(folder: string): void {
    cpSync(SDK, folder, { recursive: true, filter: (path) => !/\.(js|map)$/.test(path) });
    const shared = readFileSync(join(SDK, 'shared.d.ts'), 'utf8');
    const narrower = shared.replace(/^export type OtherString = .*$/m, 'export type OtherString = never;').replace(/^export \{ Decimal \}.*$/m, 'export type Decimal = string;');
    if (/export type OtherString = never/.exec(narrower) === null || /export type Decimal = string/.exec(narrower) === null) throw new Error('The SDK declares OtherString and Decimal otherwise than before.');
    writeFileSync(join(folder, 'shared.d.ts'), narrower);
    writeFileSync(join(folder, 'sparse.d.ts'), 'export type Sparse<T> = T extends object ? { [K in keyof T]?: Sparse<T[K]> | null } : T | null;');
    rewrite(join(folder, 'resources', 'Events.d.ts'), /previous_attributes\?: Partial</g, "previous_attributes?: import('../sparse.js').Sparse<");
    rewrite(join(folder, 'resources', 'V2', 'Core', 'Events.d.ts'), /^ +fetchRelatedObject\(\): .*$/gm, '');
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(ROOT, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
    writeFileSync(join(folder, 'answers.ts'), [...this.rows.values()].map(([literal], at) => `export const a${at}: ${literal};\n`).join(''));
    const compilerOptions = { target: 'esnext', module: 'nodenext', strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, types: ['node'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['answers.ts'] }));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  }
}

function rewrite(path: string, pattern: RegExp, by: string): void {
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(pattern, by);
  if (after === before) throw new Error(`${path} declares things otherwise than before.`);
  writeFileSync(path, after);
}

async function compile(folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(TSC, ['-p', folder, '--pretty', 'false'], { cwd: folder, maxBuffer: 256 * 1024 * 1024 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}
