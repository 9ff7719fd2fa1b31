// A connection looked at before it is made: every fault that its making would find, and what its service account still lacks.
// Nothing is stored, and the source is not asked.
import { StatusError, type FieldViolation } from '../errors/status-error.ts';
import type { MissingRoles } from './check.ts';
import { CONNECTION } from './fields.ts';
import { readMessage, record } from './message.ts';
import type { Connection } from './model.ts';
import { accountIn, readSpec, type SpecRules } from './validate.ts';

export interface Validation {
  /** What creating it would refuse; none where it would begin. */
  readonly faults: readonly FieldViolation[];
  /** What would be kept though nothing uses it. */
  readonly warnings: readonly string[];
  /** What the service account would need, to read the secrets that are named. */
  readonly missingRoles: readonly MissingRoles[];
}

export interface ValidationParts {
  readonly rules: SpecRules;
  readonly find: (name: string) => Promise<Connection | undefined>;
  readonly missingRoles: (connection: Pick<Connection, 'name' | 'serviceAccount' | 'configVariables' | 'authConfig'>) => Promise<readonly MissingRoles[]>;
  /** @throws StatusError PERMISSION_DENIED where the caller may not let a connection act as it. */
  readonly actAs: (serviceAccount: string) => void | Promise<void>;
}

export async function validateConnection(name: string, body: unknown, { rules, find, missingRoles, actAs }: ValidationParts): Promise<Validation> {
  const faults: FieldViolation[] = [];
  const warnings: string[] = [];
  // Even of what has faults: they are mended one after the other, and this need not wait for the last.
  const { configVariables = [], authConfig = {}, serviceAccount } = readMessage(CONNECTION, record(body) ?? {}, '', { add: () => undefined });
  const account = accountIn(name, serviceAccount);
  await collect(faults, '', async () => void warnings.push(...(await readSpec(name, body, rules)).warnings));
  const isAccountRefused = faults.some(({ field }) => field === 'serviceAccount');
  const mayAct = !isAccountRefused && (await collect(faults, 'serviceAccount', async () => actAs(account)));
  const [id = '', , location = ''] = name.split('/').toReversed();
  if ((await find(name)) !== undefined) faults.push({ field: 'connectionId', description: `"${id}" exists already in ${location}` });
  return { faults, warnings, missingRoles: mayAct ? await missingRoles({ name, serviceAccount: account, configVariables, authConfig }) : [] };
}

const REFUSALS: readonly string[] = ['INVALID_ARGUMENT', 'PERMISSION_DENIED', 'FAILED_PRECONDITION'];

/** Keeps what was refused. @returns whether nothing was. @throws whatever is no refusal */
async function collect(faults: FieldViolation[], field: string, attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (!(error instanceof StatusError) || !REFUSALS.includes(error.code)) throw error;
    faults.push(...(error.violations.length > 0 ? error.violations : [{ field, description: error.message }]));
    return false;
  }
}
