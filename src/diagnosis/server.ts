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
  { id: 'version', title: 'Version', needs: [], look: async ({ version }) => ok('VERSION', { version, node: process.versions.node }) },
  {
    id: 'database', title: 'Database', needs: [],
    look: async ({ database, ping }) => {
      const started = performance.now();
      const answer = await ping().then(() => true, () => false);
      if (!answer) return failed('DATABASE_SILENT', {}, 'UNAVAILABLE');
      const facts = { milliseconds: (performance.now() - started).toFixed(1) };
      return database === 'postgresql' ? ok('DATABASE_POSTGRESQL', facts) : warning('DATABASE_EMBEDDED', facts);
    },
  },
  {
    id: 'queue', title: 'Queue of operations', needs: ['database'],
    look: async ({ queueRuns, operationsPending }) => {
      if (!queueRuns()) return failed('QUEUE_STOPPED', {}, 'UNAVAILABLE');
      const count = await operationsPending();
      return count === 0 ? ok('QUEUE_IDLE') : ok('QUEUE_BUSY', { count });
    },
  },
];
