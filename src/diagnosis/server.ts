// The steps by which a server is looked at from inside, whatever its connections.
import { failed, ok, takeSteps, warning, type Step, type StepRow } from './step.ts';

export interface ServerDiagnosisParts {
  readonly version: string;
  readonly database: 'embedded' | 'postgresql';
  /** @throws Error where the database does not answer. */
  readonly ping: () => Promise<void>;
  readonly queueRuns: () => boolean;
  readonly operationsPending: () => Promise<number>;
}

/** Stable names of the steps. */
export const serverSteps = (): readonly string[] => STEPS.map(({ id }) => id);

/** Looks at the server. */
export function diagnoseServer(parts: ServerDiagnosisParts): Promise<readonly Step[]> {
  return takeSteps(STEPS, parts);
}

const STEPS: readonly StepRow<ServerDiagnosisParts>[] = [
  { id: 'version', title: 'Version', needs: [], look: async ({ version }) => ok(`Konektor ${version} on Node ${process.versions.node}`) },
  {
    id: 'database', title: 'Database', needs: [],
    look: async ({ database, ping }) => {
      const started = performance.now();
      const answer = await ping().then(() => true, () => false);
      if (!answer) return failed('The database does not answer.', 'See the log of the server; with DATABASE_URL look at that PostgreSQL.', 'UNAVAILABLE');
      const milliseconds = `${(performance.now() - started).toFixed(1)} ms`;
      if (database === 'postgresql') return ok(`PostgreSQL answers in ${milliseconds}; what it keeps survives as its own settings promise.`);
      return warning(`Embedded (PGlite), answers in ${milliseconds}. It survives the death of the process, not of the power: it does not wait for the disk.`,
        'Set DATABASE_URL to a PostgreSQL where that matters, and back up: konektor backup.');
    },
  },
  {
    id: 'queue', title: 'Queue of operations', needs: ['database'],
    look: async ({ queueRuns, operationsPending }) => {
      if (!queueRuns()) return failed('It does not run: connections are neither made nor changed.', 'Restart the server; its log says why.', 'UNAVAILABLE');
      const pending = await operationsPending();
      return ok(pending === 0 ? 'Runs; nothing waits.' : `Runs; ${pending} operations are not done.`);
    },
  },
];
