// Runs before every npm script, on whatever Node the machine has: installs what the lockfiles say when they changed, and
// builds what is built from the installed packages. Plain JavaScript for old Nodes; silent when there is nothing to do.
import { spawnSync } from 'node:child_process';
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

/** `npm ci` in a folder, unless its stamp says that this lockfile was installed on this platform. */
function install(folder, what) {
  const lock = readFileSync(join(folder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).update(process.platform + process.arch).digest('hex');
  const stamp = join(folder, 'node_modules', '.konektor-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log(`Installing ${what} (once; some seconds) …`);
  const npm = process.env.npm_execpath;
  if (npm) run(process.execPath, [npm, 'ci', '--loglevel=error'], folder);
  else run('npm', ['ci', '--loglevel=error'], folder);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
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

install(root, 'Konektor');
if (wantsTests && existsSync(join(root, 'test', 'package-lock.json'))) install(join(root, 'test'), 'what only the tests need');

/** Builds the console, unless what it is made of is what the last build was made of. */
function buildConsole(node) {
  const folder = join(root, 'console');
  const hash = createHash('sha256');
  for (const file of filesIn(folder)) hash.update(file).update(readFileSync(join(folder, file)));
  const wanted = hash.digest('hex');
  const stamp = join(folder, 'dist', '.built-from');
  if (wantsTests) install(folder, 'what the console is built with');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  install(folder, 'what the console is built with');
  // Whatever the shell calls itself, or a test that begins `npm start`: else it would be the slow console of those who write React.
  run(node, [join(folder, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', folder, '--logLevel', 'warn'], folder, { ...process.env, NODE_ENV: 'production' });
  writeFileSync(stamp, wanted);
}

/** Every file below a folder that the console is made of, by its path from there. */
function filesIn(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist'].includes(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(folder, join(below, entry.name)) : [join(below, entry.name)]))
    .sort();
}

const node = fittingNode();
if (!node) {
  console.error(
    `Konektor runs on Node 22.18 or newer. This machine has ${process.versions.node}, and the "node" package has no build for ${process.platform} ${process.arch}.\n` +
      'Install Node 24 (https://nodejs.org/en/download) and run the command again.',
  );
  process.exit(1);
}
run(node, [join(root, 'scripts', 'describe-stripe.ts')], root);
buildConsole(node);
