// Whether answers are of the types that the installed SDK declares: each is written down as a literal of its type, and the TypeScript
// compiler judges. So what is missing, unknown, null or of a wrong kind is found by a reader that shares nothing with the sandbox's own.
// Two declarations are put narrower than the SDK has them: `OtherString` (any other word) becomes none, so that enums are closed, and
// `Decimal` becomes the string that it is on the wire.
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
      if (object === undefined || name.endsWith('Event')) continue;
      const key = /^ {4}deleted: true;/m.test(body) ? `${object} deleted` : object;
      found.set(key, { name, module: relative(SDK, path).replace(/\.d\.ts$/, '.js') });
    }
  }
  return found.set('event', { name: 'Event', module: 'resources/Events.js' }).set('v2.core.event', { name: 'V2CoreEvent', module: 'events.js' });
}

function propertiesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + propertiesIn(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + 1 + propertiesIn(one), 0);
}

/** Collects answered objects, equal ones once, and has them judged together. */
export class TypeCheck {
  private readonly rows = new Map<string, string>();
  private readonly declared = declarations();
  private readonly unknown: string[] = [];

  /** Takes an object; `from` tells where it was answered. */
  add(row: Answered, from: string): void {
    const object = `${String(row['object'])}${row['deleted'] === true ? ' deleted' : ''}`;
    const type = this.declared.get(object) ?? (row['deleted'] === true ? this.declared.get(String(row['object'])) : undefined);
    if (type === undefined) this.unknown.push(`${from}: no interface is of '${object}'`);
    else this.rows.set(`import('./${type.module}').${type.name} = ${JSON.stringify(row)}`, from);
  }

  /** The kinds of objects that were taken. */
  kinds(): readonly string[] {
    return [...new Set([...this.rows.keys()].map((row) => row.slice(0, row.indexOf(' = '))))];
  }

  async verdict(): Promise<Verdict> {
    const folder = mkdtempSync(join(tmpdir(), 'konektor-types-'));
    try {
      this.write(folder);
      const output = await compile(folder);
      const origins = [...this.rows.values()];
      const faults = [...output.matchAll(/^answers\.ts\((\d+),\d+\): error (.*(?:\n .*)*)/gm)].map(([, line, message]) => `${origins[Number(line) - 1] ?? '?'}: ${message ?? ''}`);
      const other = output.split('\n').filter((line) => /^\S.*error TS/.test(line) && !line.startsWith('answers.ts('));
      return {
        faults: [...this.unknown, ...faults, ...other],
        objects: this.rows.size,
        properties: [...this.rows.keys()].reduce((sum, row) => sum + propertiesIn(JSON.parse(row.slice(row.indexOf(' = ') + 3))), 0),
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
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(ROOT, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
    writeFileSync(join(folder, 'answers.ts'), [...this.rows.keys()].map((row, at) => `export const a${at}: ${row};\n`).join(''));
    const compilerOptions = { target: 'esnext', module: 'nodenext', strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, types: ['node'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['answers.ts'] }));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  }
}

async function compile(folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(TSC, ['-p', folder, '--pretty', 'false'], { cwd: folder, maxBuffer: 256 * 1024 * 1024 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}
