// What a run found, for people.
import type { RunReport } from './run.ts';

const SHOWN = 20;

/** What must be empty, with what it means. */
const PROMISES = {
  missing: 'acknowledged and missing', twice: 'done twice', unaccounted: 'done and asked for by nobody', unsettled: 'not settled by reconcile', refused: 'refused or miscounted',
} as const satisfies Partial<Record<keyof RunReport, string>>;

export function holds(report: RunReport): boolean {
  return (Object.keys(PROMISES) as (keyof typeof PROMISES)[]).every((name) => report[name].length === 0);
}

export function describeRun(report: RunReport): string {
  const { writes, acknowledged, declined, tries, kills, seconds, unknown, reconciled, struck, requests, effects } = report;
  const list = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
  const rows: (readonly [string, string])[] = [
    ['writes', `${writes} in ${Math.round(seconds)} s (${(writes / seconds).toFixed(0)}/s), ${tries} calls`],
    ['acknowledged', String(acknowledged)], ['declined', String(declined)], ['server killed', `${kills} times`],
    ['requests to the sandbox', String(requests)], ['faults that struck', list(struck)],
    ['not known to callers', `${unknown}`], ['reconciled', list(reconciled)], ['effects in the ledger', String(effects)],
    ...(Object.entries(PROMISES) as [keyof typeof PROMISES, string][]).map(([name, what]) => [what, String(report[name].length)] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const faults = (Object.entries(PROMISES) as [keyof typeof PROMISES, string][]).flatMap(([name, what]) => report[name].slice(0, SHOWN).map((one) => `${what}: ${one}`));
  return [...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`), ...faults].join('\n');
}
