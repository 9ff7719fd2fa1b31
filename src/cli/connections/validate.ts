// What the server would say of connections that are to be created, before anything is: for dry runs.
import type { Plan } from '../connection-files/plan.ts';
import { faultLines } from '../connection-files/read.ts';
import { CommandError } from '../command-error.ts';
import type { Terminal } from '../deeds.ts';
import type { Reached } from '../transport.ts';
import { cell } from '../width.ts';

/** Tells warnings and roles that are missing. @throws CommandError with every fault of those that would be created */
export async function validatePlans({ call }: Pick<Reached, 'call'>, { err }: Pick<Terminal, 'err'>, plans: readonly Plan[]): Promise<void> {
  const faults: string[] = [];
  for (const { wanted: { name, file, lineOf }, body } of plans.filter(({ deed }) => deed === 'create')) {
    const parts = name.split('/');
    const told = await call('connections.validate', { path: { location: parts.slice(0, 4).join('/') }, query: { connectionId: parts[5] ?? '' }, body: { ...body } });
    faults.push(...(file === '' ? told.faults.map(({ field, description }) => `${field}: ${description}`) : faultLines(told.faults.map(({ field, description }) => ({ file, line: lineOf(field), path: field, description })))));
    for (const warning of told.warnings) err.write(`${name}: ${cell(warning)}\n`);
    for (const { secret, roles } of told.missingRoles) err.write(`${name}: its service account lacks ${roles.map(cell).join(', ')} on ${cell(secret)}\n`);
  }
  if (faults.length > 0) throw new CommandError('INVALID_ARGUMENT', faults.map(cell).join('\n'), 'The server would refuse it so.');
}
