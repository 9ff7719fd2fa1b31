// Builds what the npm package holds beside its bin, into dist/: the sources as JavaScript, since Node strips no types below
// node_modules; the types of what programs import; tables, and the console. Laid out as the repository is, so that every file
// finds the others where it does there. Run by `npm pack` and `npm publish`.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript-compiler';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist');
/** Data that is read where the program runs. Stripe's prose is not ours to pass on: without it descriptions are our own, plain ones. */
const DATA = ['src/connectors/stripe/tables/{actions,entities,shapes}.generated.json', 'src/connectors/stripe/tables/PROVENANCE.json', 'sandbox/sdk.generated.json'];
/** What a clone alone needs. */
const LEFT_OUT = /\.test\.ts$|^sandbox\/read-sdk/;

rmSync(OUT, { recursive: true, force: true });
const sources = globSync('{src,sandbox}/**/*.ts', { cwd: ROOT }).filter((file) => !LEFT_OUT.test(file)).sort();
const options = optionsOf();
const program = emit(sources, options);
// Only what the exported files lead to.
emit(['src/spi/index.ts', 'src/client/index.ts'], { ...options, declaration: true, emitDeclarationOnly: true }, program);
for (const file of DATA.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))) write(join(OUT, file), readFileSync(join(ROOT, file), 'utf8'));
copyConsole();
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
write(join(OUT, 'package.json'), `${JSON.stringify({ version, type: 'module', private: true }, null, 2)}\n`);

function optionsOf(): ts.CompilerOptions {
  const { config, error }: { readonly config?: object; readonly error?: ts.Diagnostic } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  // What is wrong with types is told by `npm run types`, in a tenth of the time.
  return { ...options, noEmit: false, noCheck: true, rootDir: ROOT, outDir: OUT };
}

/** @throws Error with what could not be written */
function emit(files: readonly string[], options: ts.CompilerOptions, before?: ts.Program): ts.Program {
  const made = ts.createProgram(files.map((file) => join(ROOT, file)), options, undefined, before);
  const { diagnostics } = made.emit(undefined, (file, text) => write(file, file.endsWith('.d.ts') ? withEmittedNames(text) : text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' }));
  return made;
}

/** The compiler renames imports in JavaScript and leaves them in declarations, where the files of those names are not. */
function withEmittedNames(declaration: string): string {
  return declaration.replaceAll(/(\bfrom |\bimport\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2');
}

function copyConsole(): void {
  const built = join(ROOT, 'console', 'dist');
  if (!existsSync(join(built, 'index.html'))) throw new Error('The console is not built: run node scripts/prepare.js.');
  cpSync(built, join(OUT, 'console', 'dist'), { recursive: true, filter: (file) => !file.endsWith('.built-from') });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
