// The npm package: packed once, installed into an empty folder, and used there as a user would: its command, a server with its sandbox
// and console, and what programs import, by JavaScript and by TypeScript. Its dependencies are those that package.json names,
// linked from this checkout; everything else would not be found.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO, emptyFolder, environment, removeFolder, startServer, TOKEN, type RunningServer } from './running-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TOOLS = join(ROOT, 'test', 'node_modules', '.bin');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string; readonly dependencies: Readonly<Record<string, string>> };
const run = promisify(execFile);
const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };

let folder: string;
let tarball: string;
let installed: string;

/** What the program printed on both streams, however it ended. */
async function output(program: string, ...words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(program, words, { cwd: folder, env }).catch((error: unknown) => error as { readonly stdout: string; readonly stderr: string });
  return stdout + stderr;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'konektor-package-'));
  await run(process.execPath, [join(ROOT, 'scripts', 'build-package.ts')]);
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, env });
  tarball = join(folder, `konektor-${manifest.version}.tgz`);
  installed = join(folder, 'node_modules', 'konektor');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
}, 400_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what runs, and nothing that is not ours or not needed', () => {
    expect(readdirSync(installed).toSorted()).toEqual(['LICENSE', 'README.id.md', 'README.md', 'bin', 'dist', 'package.json']);
    const files = readdirSync(join(installed, 'dist'), { recursive: true }).map(String);
    expect(files.filter((file) => /\.test\.|descriptions\.generated|(?<!\.d)\.ts$|\.built-from|read-sdk/.test(file))).toEqual([]);
    for (const file of ['src/main.js', 'src/storage/embedded-thread.js', 'sandbox/main.js', 'sandbox/sdk.generated.json', 'src/connectors/stripe/tables/shapes.generated.json', 'console/dist/index.html', 'src/client/index.d.ts']) expect(files).toContain(file);
    // What the package is known to contain; a file that grows much should be looked at.
    expect(readFileSync(tarball).byteLength).toBeLessThan(8 * 1024 * 1024);
  });

  it('satisfies publint and arethetypeswrong', async () => {
    const [lint, types] = await Promise.all([run(join(TOOLS, 'publint'), ['--strict', tarball], { env }), run(join(TOOLS, 'attw'), [tarball, '--profile', 'esm-only', '--format', 'json'], { env })]);
    expect(lint.stdout).toContain('All good!');
    expect(JSON.parse(types.stdout)).toMatchObject({ analysis: { types: { kind: 'included' } } });
  });
});

describe('programs', () => {
  const PROGRAM = `
    import { createClient, where, type RowOf, type StripeEntities } from 'konektor/client';
    import { EVERY_ROW, type Connector } from 'konektor/spi';
    type Customer = RowOf<StripeEntities['Customer']>;
    const stripe = createClient({ server: 'http://127.0.0.1:8080', token: 'x' }).connection('demo/us-central1/stripe-sandbox');
    export const load = async (): Promise<Customer> => stripe.entity('Customer').get('cus_1');
    export const email = async (): Promise<string | null> => (await load()).Email;
    // @ts-expect-error -- there is no such column
    export const wrong = async () => (await load()).Emial;
    export type Name = Connector['manifest']['name'];
    export const name: Name = 'x';
    console.log(where({ Name: "O'Hara" }), JSON.stringify(EVERY_ROW), stripe.name);
  `;

  it('import it in TypeScript, as Node resolves, with every declaration looked at, and as bundlers do', async () => {
    writeFileSync(join(folder, 'program.mts'), PROGRAM);
    const compiled = await Promise.all(['nodenext', 'bundler'].map(async (moduleResolution) => {
      const file = `tsconfig.${moduleResolution}.json`;
      const compilerOptions = { target: 'esnext', module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution, moduleResolution, strict: true, types: moduleResolution === 'bundler' ? [] : ['node'], lib: ['esnext', 'dom'], outDir: moduleResolution, skipLibCheck: moduleResolution === 'bundler' };
      writeFileSync(join(folder, file), JSON.stringify({ compilerOptions, files: ['program.mts'] }));
      return output(join(TOOLS, 'tsc'), '-p', file);
    }));
    expect(compiled).toEqual(['', '']);
    expect(await output(process.execPath, 'nodenext/program.mjs')).toBe(`Name = 'O''Hara' {"kind":"and","filters":[]} projects/demo/locations/us-central1/connections/stripe-sandbox\n`);
  }, 300_000);
});

describe('the command', () => {
  const bin = (): string => join(folder, 'node_modules', '.bin', 'konektor');
  let server: RunningServer;
  let data: string;
  beforeAll(async () => {
    // As npm does it.
    mkdirSync(dirname(bin()), { recursive: true });
    chmodSync(join(installed, 'bin', 'konektor.js'), 0o755);
    symlinkSync(join('..', 'konektor', 'bin', 'konektor.js'), bin());
    data = emptyFolder();
    server = await startServer(data, {}, bin());
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    removeFolder(data);
  });

  it('helps, and tells its version', async () => {
    expect(await output(bin(), '--version')).toBe(`${manifest.version}\n`);
    expect(await output(bin(), '--help')).toContain('Usage: konektor [options] [command]');
  });

  it('serves rows of its sandbox, and the console', async () => {
    const { status, body } = await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=2`);
    expect([status, body.entities?.length]).toEqual([200, 2]);
    const page = await fetch(`${server.url}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    expect((await fetch(new URL(script, server.url))).status).toBe(200);
  });

  it('describes columns in plain words of its own, since Stripe\'s are not passed on', async () => {
    const { body } = await server.call('GET', `/v2/${DEMO}/entityTypes/Customer`);
    expect(JSON.stringify(body)).toContain('"Footer, in invoice settings."');
    expect(existsSync(join(installed, 'dist/src/connectors/stripe/tables/descriptions.generated.json'))).toBe(false);
  });

  it('looks at a connection', async () => {
    const { stdout } = await run(bin(), ['doctor', DEMO], { cwd: folder, env: { ...environment(data), ...env, KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN } });
    expect(stdout).toMatch(/\d+ steps: \d+ ok/);
  });
});
