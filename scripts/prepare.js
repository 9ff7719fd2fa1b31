// Runs before every npm script, on whatever Node the machine has: installs what the lockfiles say when they changed, and
// builds what is built from the installed packages. Plain JavaScript for old Nodes; silent when there is nothing to do.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wantsTests = process.argv.includes('test');

/** Runs a command to its end, or ends this process with its exit code. */
function run(command, args, folder, environment = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: folder, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  if (status !== 0) process.exit(status || 1);
}

/** What was installed in a folder: its lockfile, on this platform. */
function lockOf(folder) {
  return createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).update(process.platform + process.arch).digest('hex');
}

const stampOf = (folder) => join(folder, 'node_modules', '.konektor-installed');
const isInstalled = (folder) => existsSync(stampOf(folder)) && readFileSync(stampOf(folder), 'utf8') === lockOf(folder);

/** `npm ci` in folders, side by side, since each waits most of its time; where one of them fails, this process ends when all have. */
async function install(folders) {
  if (folders.length === 0) return;
  console.log(`Installing Konektor${wantsTests ? ' and what its tests need' : ''} (once; some seconds) …`);
  const results = await Promise.all(folders.map(installOne));
  const failed = results.find((status) => status !== 0);
  if (failed !== undefined) process.exit(failed);
}

/** Resolves to the exit code of npm. */
async function installOne(folder) {
  const npm = process.env.npm_execpath;
  const [command, ...args] = [...(npm ? [process.execPath, npm] : ['npm']), 'ci', '--loglevel=error'];
  const status = await new Promise((resolve) => {
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => {
      console.error(`npm could not be run: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  if (status !== 0) return status;
  mkdirSync(dirname(stampOf(folder)), { recursive: true });
  writeFileSync(stampOf(folder), lockOf(folder));
  return 0;
}

/** Path of a Node that runs the sources: the pinned one, else the one that is running. */
function fittingNode() {
  const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  for (const candidate of [pinned, process.execPath]) {
    if (candidate === pinned && !existsSync(pinned)) continue;
    const { stdout, status } = spawnSync(candidate, ['-p', 'process.versions.node'], { encoding: 'utf8' });
    if (status !== 0 || !stdout) continue;
    const [major, minor] = stdout.trim().split('.').map(Number);
    if (major > 22 || (major === 22 && minor >= 18)) return candidate;
  }
  return undefined;
}

const page = join(root, 'console');
const built = join(page, 'dist', '.built-from');

/** The console's sources: what its last build must have been made of. */
function sourcesOfConsole() {
  const hash = createHash('sha256');
  for (const file of filesIn(page)) hash.update(file).update(readFileSync(join(page, file)));
  return hash.digest('hex');
}

/** Every file below a folder that the console is made of, by its path from there. */
function filesIn(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist'].includes(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(folder, join(below, entry.name)) : [join(below, entry.name)]))
    .sort();
}

const sources = sourcesOfConsole();
const isBuilt = existsSync(built) && readFileSync(built, 'utf8') === sources;
const tests = join(root, 'test');
await install([root, ...(wantsTests && existsSync(join(tests, 'package-lock.json')) ? [tests] : []), ...(wantsTests || !isBuilt ? [page] : [])].filter((folder) => !isInstalled(folder)));

const node = fittingNode();
if (!node) {
  console.error(
    `Konektor runs on Node 22.18 or newer. This machine has ${process.versions.node}, and the "node" package has no build for ${process.platform} ${process.arch}.\n` +
      'Install Node 24 (https://nodejs.org/en/download) and run the command again.',
  );
  process.exit(1);
}
run(node, [join(root, 'scripts', 'describe-stripe.ts')], root);
if (!isBuilt) {
  // Whatever the shell calls itself, or a test that begins `npm start`: else it would be the slow console of those who write React.
  run(node, [join(page, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', page, '--logLevel', 'warn'], page, { ...process.env, NODE_ENV: 'production' });
  writeFileSync(built, sources);
}
