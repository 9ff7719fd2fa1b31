// `npm run soak`: ten minutes of mixed load on a real server, then a table, a chart and a verdict. Ends with 1 where a promise
// was broken. `-- --minutes 60` and `-- --callers 64` make it longer and wider.
import { parseArgs } from 'node:util';
import { soak, type SoakReport } from './soak.ts';
import { judge } from './verdict.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, callers: { type: 'string', default: '16' } } });
const [minutes, callers] = [Number(values.minutes), Number(values.callers)];
if (!(minutes > 0) || !Number.isInteger(callers) || callers < 1) {
  process.stderr.write('Write npm run soak -- --minutes 10 --callers 16.\n');
  process.exit(2);
}

const BAR = 40;
const CHART = 60;
const BLOCKS = '▁▂▃▄▅▆▇█';

function showProgress(part: number, calls: number): void {
  if (!process.stderr.isTTY) return;
  const done = Math.max(0, Math.min(1, part));
  const filled = Math.round(done * BAR);
  const left = Math.round((1 - done) * minutes * 60);
  process.stderr.write(`\r[${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}] ${Math.round(done * 100)} %, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left, ${calls.toLocaleString('en')} calls `);
}

/** A line of blocks from zero to the highest, each the highest of its moments. */
function chart(numbers: readonly number[]): string {
  const highest = Math.max(...numbers, 1);
  const columns = Math.min(CHART, numbers.length);
  return Array.from({ length: columns }, (_, column) => {
    const some = numbers.slice(Math.floor((column * numbers.length) / columns), Math.floor(((column + 1) * numbers.length) / columns));
    return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor((Math.max(...some, 0) / highest) * BLOCKS.length))] ?? '';
  }).join('');
}

function print(report: SoakReport): boolean {
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  line(`\n${minutes} minutes, ${callers} callers: ${report.calls.toLocaleString('en')} calls, ${(report.calls / report.seconds).toFixed(0)}/s\n`);
  line('deed                               times     p50 ms     p99 ms');
  for (const { name, count, p50, p99 } of report.deeds) line(`${name.padEnd(30)} ${String(count).padStart(9)} ${p50.toFixed(1).padStart(10)} ${p99.toFixed(1).padStart(10)}`);
  line(`\nanswers: ${[...report.statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count.toLocaleString('en')}`).join(', ')}\n`);
  const verdicts = judge(report.samples);
  line('               second fifth   last fifth   may be at most');
  for (const { what, unit, second, last, limit, kept } of verdicts) {
    line(`${what.padEnd(14)} ${`${second.toFixed(0)} ${unit}`.padStart(12)} ${`${last.toFixed(0)} ${unit}`.padStart(12)} ${`${limit.toFixed(0)} ${unit}`.padStart(16)}   ${kept ? 'kept' : 'BROKEN'}`);
  }
  line(`\nrss   ${chart(report.samples.map(({ rss }) => rss))} highest ${Math.max(...report.samples.map(({ rss }) => rss)).toFixed(0)} MB`);
  line(`heap  ${chart(report.samples.map(({ heap }) => heap))} highest ${Math.max(...report.samples.map(({ heap }) => heap)).toFixed(0)} MB\n`);
  for (const fault of report.faults) line(`FAULT ${fault}`);
  const isKept = report.faults.length === 0 && verdicts.every(({ kept }) => kept);
  line(isKept ? 'Every promise was kept.' : 'A PROMISE WAS BROKEN.');
  return isKept;
}

const report = await soak({ seconds: minutes * 60, callers, progress: showProgress });
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
if (!print(report)) process.exitCode = 1;
