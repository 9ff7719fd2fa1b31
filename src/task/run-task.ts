// Runs the Connectors task: checks the flat inputs, all faults at once, and calls the row that they stand for. Who may, and
// what is recorded, is the row's.
import type { TaskInputName, TaskInputs, TaskOutput } from '../api/integrations.ts';
import type { RowCaller } from '../api/row-caller.ts';
import { invalidFields, StatusError, type FieldViolation } from '../errors/status-error.ts';
import { isGiven, OPERATIONS, takenBy, type TaskOperation } from './operations.ts';

const USUAL_SECONDS = 120;

export interface TaskContext {
  readonly rows: RowCaller;
  /** The location that connections are of which are named by their id alone. */
  readonly location: string;
  /** What the caller waits for, whatever the inputs say; in seconds. */
  readonly mostSeconds: number;
}

/** @throws StatusError INVALID_ARGUMENT with every fault of the inputs; UNIMPLEMENTED for queries; FAILED_PRECONDITION; what the row throws. */
export async function runTask(inputs: TaskInputs, { rows, location, mostSeconds }: TaskContext): Promise<TaskOutput> {
  const name = inputs.operation ?? 'LIST_ENTITIES';
  if (name === 'EXECUTE_QUERY') {
    throw new StatusError('UNIMPLEMENTED', 'NOT_SERVED', { message: 'SQL is not served yet. Until then, use LIST_ENTITIES with a filterClause.', metadata: { operation: name } });
  }
  const operation = OPERATIONS[name];
  const connection = connectionOf(inputs.connectionName ?? '', location);
  const faults = [...(connection === undefined ? [connectionFault(inputs.connectionName)] : []), ...faultsOf(name, operation, inputs)];
  if (connection === undefined || faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  if (isGiven(inputs.dynamicAuthConfig)) throw noOverride(connection);

  const seconds = Math.min(isGiven(inputs.timeout) && inputs.timeout > 0 ? inputs.timeout : USUAL_SECONDS, mostSeconds);
  try {
    return await operation.run({ rows, connection, inputs, options: { headers: { 'x-server-timeout': String(seconds) } } });
  } catch (error) {
    throw inWordsOfTheTask(error);
  }
}

/** Inputs that say what is done: an operation that does not take one would do something else than was asked. */
const TELLING: readonly TaskInputName[] = ['entityId', 'filterClause', 'connectorInputPayload'];

function faultsOf(name: string, operation: TaskOperation, inputs: TaskInputs): readonly FieldViolation[] {
  const { needs, oneOf } = operation;
  const given = (input: TaskInputName): boolean => isGiven(inputs[input]);
  const chosen = oneOf?.filter(given) ?? [];
  return [
    ...needs.filter((input) => !given(input)).map((field) => ({ field, description: `is missing: ${name} needs it` })),
    ...(oneOf === undefined || chosen.length === 1 ? [] : oneOf.map((field) => ({ field, description: `${name} takes one of ${oneOf.join(' and ')}, and ${chosen.length === 0 ? 'neither was given' : 'not both'}` }))),
    ...TELLING.filter((input) => given(input) && !takenBy(operation).includes(input)).map((field) => ({ field, description: `is not taken by ${name}: leave it out` })),
    ...((inputs.sortByColumns?.length ?? 0) > 1 ? [{ field: 'sortByColumns', description: 'names more than one column' }] : []),
  ];
}

/** The full name of what a caller names in full or by its id; undefined for what is neither. */
function connectionOf(given: string, location: string): string | undefined {
  if (/^projects\/[^/]+\/locations\/[^/]+\/connections\/[^/]+$/.test(given)) return given;
  return given === '' || given.includes('/') ? undefined : `${location}/connections/${given}`;
}

function connectionFault(given: string | null | undefined): FieldViolation {
  const description = isGiven(given) ? 'must be projects/{project}/locations/{location}/connections/{connection}, or the id of a connection of this location' : 'is missing';
  return { field: 'connectionName', description };
}

function noOverride(connection: string): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'AUTH_OVERRIDE_NOT_SUPPORTED', {
    message: `dynamicAuthConfig: connection ${connection} has no authentication override. It calls its source with the key of its secret, and with no other.`, metadata: { connection },
  });
}

/** What rows call the inputs of the task. */
const INPUTS: Readonly<Record<string, TaskInputName>> = {
  connection: 'connectionName', entityType: 'entity', entity: 'entityId', action: 'action', conditions: 'filterClause', sortBy: 'sortByColumns', fields: 'connectorInputPayload', parameters: 'connectorInputPayload',
};

/** A fault of a row's input, told under the name that the caller of the task knows it by. */
function inWordsOfTheTask(error: unknown): unknown {
  if (!(error instanceof StatusError) || error.violations.length === 0 || error.code !== 'INVALID_ARGUMENT' || Object.keys(error.metadata).length > 0) return error;
  const renamed = error.violations.map(({ field, description }) => {
    const [head = '', ...rest] = field.split('.');
    const known = Object.hasOwn(INPUTS, head) ? INPUTS[head] : undefined;
    return { field: known === undefined ? field : [known, ...rest].join('.'), description };
  });
  return renamed.every(({ field }, index) => field === error.violations[index]?.field) ? error : invalidFields(renamed, error.reason);
}
