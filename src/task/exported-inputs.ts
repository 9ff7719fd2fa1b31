// From a task that Application Integration exported to the flat inputs of the same task: its parameters under the names of
// the flat form, with their references filled. Parameters that its operation does not take are left alone, as there.
import type { TaskInputName, TaskInputs } from '../api/integrations.ts';
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { bare, member, parameterOf, readExportedJson, type Declared, type ExportedFile, type ExportedTask, type Parameter } from './exported.ts';
import { isGiven, OPERATIONS, takenBy } from './operations.ts';
import { asFilter, asJson, fill, plainly, type Variables } from './references.ts';
import { put, readAs, readGiven, ValueFault, type Filled, type Values } from './values.ts';

/** What the parameters of the task are called in the flat form. */
const PARAMETERS: Readonly<Partial<Record<TaskInputName, string>>> = {
  operation: 'operation', connectionName: 'connectionName', entity: 'entityType', entityId: 'entityId', action: 'actionName', connectorInputPayload: 'connectorInputPayload',
  filterClause: 'filterClause', pageSize: 'listEntitiesPageSize', pageToken: 'listEntitiesPageToken', sortByColumns: 'listEntitiesSortByColumns', timeout: 'timeout', dynamicAuthConfig: 'dynamicAuthConfig',
};
/** Inputs that stay out where their variable was never filled: without them the task does the same. */
const MAY_STAY_OUT: readonly TaskInputName[] = ['pageSize', 'pageToken', 'sortByColumns', 'timeout', 'dynamicAuthConfig'];

export interface Filling {
  readonly file: ExportedFile;
  readonly task: ExportedTask;
  /** Values for variables, as texts, by name. */
  readonly given: ReadonlyMap<string, string>;
  /** The connection to use instead of that of the task. */
  readonly connection?: string;
}

/** @throws StatusError INVALID_ARGUMENT with everything that is not filled or cannot be read */
export function inputsOf({ file, task, given, connection }: Filling): TaskInputs {
  const reader = createReader(file.variables, given);
  const config = reader.read('config', parameterOf(task, 'config'));
  const fromConfig: Readonly<Partial<Record<TaskInputName, unknown>>> = { operation: member(config, 'operation'), connectionName: member(member(config, 'connection'), 'connectionName') };

  const inputs: Filled = {};
  const take = (name: TaskInputName): void => {
    const value = reader.readInput(name, task) ?? reader.readPlain(name, fromConfig[name]);
    if (isGiven(value)) put(inputs, name, value);
  };
  take('operation');
  if (connection === undefined) take('connectionName');
  else inputs.connectionName = connection;
  const operation = typeof inputs.operation === 'string' && inputs.operation !== 'EXECUTE_QUERY' ? OPERATIONS[inputs.operation] : undefined;
  if (operation !== undefined) takenBy(operation).forEach(take);
  take('timeout');
  if (plainOf(parameterOf(task, 'authOverrideEnabled')) !== false) take('dynamicAuthConfig');

  const chosen = operation?.oneOf?.some((name) => name in inputs) === true ? (operation.oneOf ?? []) : [];
  const faults = reader.faults([...MAY_STAY_OUT, ...chosen]);
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  if (inputs.operation === undefined) throw invalidFields([{ field: 'operation', description: 'is not set' }], 'INVALID_REQUEST');
  return inputs;
}

interface Reader {
  /** A parameter with its references filled; undefined for none. */
  readonly read: (parameter: string, value: Parameter | undefined) => unknown;
  readonly readInput: <Name extends TaskInputName>(name: Name, task: ExportedTask) => Values[Name] | undefined;
  /** A value that stands elsewhere in the task. */
  readonly readPlain: <Name extends TaskInputName>(name: Name, value: unknown) => Values[Name] | undefined;
  /** What was wrong, but for variables that are missing from these inputs alone. */
  readonly faults: (mayStayOut: readonly TaskInputName[]) => readonly FieldViolation[];
}

function createReader(declared: ReadonlyMap<string, Declared>, given: ReadonlyMap<string, string>): Reader {
  const wrong: FieldViolation[] = [];
  const asked = new Set<string>();
  const missing = new Map<TaskInputName, Set<string>>();
  const inputs = new Map([...given].map(([name, text]) => [bare(name), text]));

  const variables: Variables = (name) => {
    asked.add(name);
    const known = declared.get(name);
    const text = inputs.get(name);
    if (text !== undefined) {
      try {
        return { value: readGiven(text, known?.dataType ?? 'STRING_VALUE') };
      } catch (error) {
        if (!(error instanceof ValueFault)) throw error;
        if (!wrong.some(({ field }) => field === `$${name}$`)) wrong.push({ field: `$${name}$`, description: error.message });
        return { value: null };
      }
    }
    return known !== undefined && 'value' in known ? { value: known.value } : undefined;
  };

  function read(parameter: string, value: Parameter | undefined, lacking = new Set<string>()): unknown {
    if (value === undefined) return undefined;
    return told(parameter, () => ('plain' in value ? fill(value.plain, variables, lacking, parameter === 'filterClause' ? asFilter : plainly) : readJsonParameter(value.json, lacking)));
  }

  /** What is read; undefined where it is wrong, which is kept to be told. */
  function told<T>(parameter: string, reading: () => T): T | undefined {
    try {
      return reading();
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      wrong.push({ field: parameter, description: error.message });
      return undefined;
    }
  }

  function readJsonParameter(text: string, lacking: Set<string>): unknown {
    let parsed: unknown;
    try {
      parsed = readExportedJson(text);
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      const filled = fill(text, variables, lacking, asJson);
      if (typeof filled !== 'string' || filled === text) {
        if (filled === text) throw error;
        return filled;
      }
      return lacking.size > 0 ? undefined : readExportedJson(filled);
    }
    return fill(parsed, variables, lacking);
  }

  return {
    read: (parameter, value) => read(parameter, value),
    readInput(name, task) {
      const parameter = PARAMETERS[name] ?? name;
      const lacking = new Set<string>();
      missing.set(name, lacking);
      return told(parameter, () => {
        const value = read(parameter, parameterOf(task, parameter), lacking);
        return value === undefined || lacking.size > 0 ? undefined : readAs(name, value);
      });
    },
    readPlain: (name, value) => told(PARAMETERS[name] ?? name, () => (value === undefined ? undefined : readAs(name, value))),
    faults(mayStayOut) {
      const needed = new Map<string, string[]>();
      for (const [name, names] of missing) {
        if (mayStayOut.includes(name)) continue;
        for (const one of names) needed.set(one, [...(needed.get(one) ?? []), PARAMETERS[name] ?? name]);
      }
      const there = [...asked].map((name) => `$${name}$`).join(', ');
      return [
        ...[...needed].map(([name, parameters]) => ({ field: `$${name}$`, description: `has no value, and ${parameters.join(' and ')} needs one` })),
        ...[...inputs.keys()].filter((name) => !asked.has(name)).map((name) => ({ field: name, description: `is no variable of this task${there === '' ? ', which has none' : `, which has ${there}`}` })),
        ...wrong,
      ];
    },
  };
}

function plainOf(value: Parameter | undefined): unknown {
  return value !== undefined && 'plain' in value ? value.plain : undefined;
}
