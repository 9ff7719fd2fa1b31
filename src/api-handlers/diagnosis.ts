// What the rows of diagnoses do.
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { Connection } from '../connections/model.ts';
import type { Step } from '../diagnosis/step.ts';
import type { Principal } from '../iam/principal.ts';

type DiagnosisHandlers = Pick<ApiHandlers<Principal>, 'connections.diagnose' | 'server.diagnose'>;

export interface Diagnoses {
  /** @throws StatusError NOT_FOUND */
  readonly find: (name: string) => Promise<Connection>;
  readonly ofConnection: (connection: Connection) => Promise<readonly Step[]>;
  readonly ofServer: () => Promise<readonly Step[]>;
}

export function diagnosisHandlers({ find, ofConnection, ofServer }: Diagnoses): DiagnosisHandlers {
  return {
    'connections.diagnose': async (_call, { path }) => ({ steps: (await ofConnection(await find(path.connection))).map(shown) }),
    'server.diagnose': async () => ({ steps: (await ofServer()).map(shown) }),
  };
}

/** Facts are texts, whatever they were. */
function shown({ facts, ...step }: Step): Answer<'server.diagnose'>['steps'][number] {
  return { ...step, ...(facts === undefined ? {} : { facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)])) }) };
}
