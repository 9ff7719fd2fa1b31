// A short run of what `npm run faults` does at length: no acknowledged write is missing, none is done twice, and what is not known
// is settled.
import { expect, it } from 'vitest';
import { shortPlan } from '../faults/plan.ts';
import { startFaultySandbox, startMortalServer } from '../faults/processes.ts';
import { describeRun } from '../faults/report.ts';
import { run } from '../faults/run.ts';
import { emptyFolder, newFolder, removeFolder } from './running-server.ts';

it('loses no write and does none twice, while the server dies and the source fails', async () => {
  const [folder, sandboxFolder] = [newFolder(), emptyFolder()];
  const sandbox = await startFaultySandbox(sandboxFolder);
  const server = await startMortalServer(folder, sandbox);
  try {
    const report = await run(server, sandbox, { ...shortPlan(), progress: () => undefined });
    expect(report, describeRun(report)).toMatchObject({ missing: [], twice: [], unaccounted: [], unsettled: [], refused: [] });
    expect(report.writes).toBeGreaterThanOrEqual(240);
    expect(report.kills).toBeGreaterThan(1);
    expect(report.acknowledged).toBeGreaterThan(150);
    expect(Object.keys(report.struck).length).toBeGreaterThan(3);
  } finally {
    await server.stop();
    await sandbox.stop();
    removeFolder(folder);
    removeFolder(sandboxFolder);
  }
}, 300_000);
