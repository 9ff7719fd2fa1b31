// npm run faults [-- --writes 20000 --callers 50]: many writes through a server that is killed every few seconds, to a source that
// fails in every way. Exits with 1 where a promise does not hold.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { longPlan } from './plan.ts';
import { startFaultySandbox, startMortalServer } from './processes.ts';
import { describeRun, holds } from './report.ts';
import { run } from './run.ts';

const { values } = parseArgs({ options: { writes: { type: 'string', default: '20000' }, callers: { type: 'string', default: '50' } } });
const [writes, callers] = [Number(values.writes), Number(values.callers)];
if (!(writes > 0) || !(callers > 0)) {
  process.stderr.write('--writes and --callers are numbers\n');
  process.exit(2);
}

const WIDTH = 40;
let shownAt = 0;

function progress(done: number, all: number, kills: number): void {
  const isTerminal = process.stderr.isTTY;
  if (Date.now() - shownAt < (isTerminal ? 200 : 15_000)) return;
  shownAt = Date.now();
  const bar = '█'.repeat(Math.round((done / all) * WIDTH)).padEnd(WIDTH, '░');
  process.stderr.write(`${isTerminal ? '\r' : ''}${bar} ${done} of ${all} writes, ${kills} kills${isTerminal ? '' : '\n'}`);
}

const folder = mkdtempSync(join(tmpdir(), 'konektor-faults-'));
const sandbox = await startFaultySandbox(join(folder, 'sandbox'));
const server = await startMortalServer(join(folder, 'server'), sandbox);
try {
  const report = await run(server, sandbox, { ...longPlan(writes, callers), progress });
  process.stdout.write(`${process.stderr.isTTY ? '\n' : ''}${describeRun(report)}\n`);
  process.exitCode = holds(report) ? 0 : 1;
} finally {
  await server.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
