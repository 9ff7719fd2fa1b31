// Connectors tasks as Application Integration exports them: which tasks a file holds, and the variables of its integration.
// It knows the form of the file and nothing of what the task's parameters mean.
import { plainValue, readJson, ValueFault } from './values.ts';

/** A task of type GenericConnectorTask. */
export interface ExportedTask {
  /** '' where a task stands alone without one. */
  readonly id: string;
  readonly displayName: string;
  /** Values with their types: `{"stringValue":"$customerId$"}`. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A variable that the integration declares. */
export interface Declared {
  /** `STRING_VALUE`, `JSON_VALUE`, `STRING_ARRAY` … */
  readonly dataType: string;
  /** Its usual value; undefined where it has none. */
  readonly value?: unknown;
}

export interface ExportedFile {
  readonly tasks: readonly ExportedTask[];
  readonly variables: ReadonlyMap<string, Declared>;
}

const TASK = 'GenericConnectorTask';

/** Reads a version of an integration, a task of it, or an array of tasks. @throws ValueFault with what is wrong. */
export function readExported(text: string): ExportedFile {
  const file = readJson(text);
  const tasks = (Array.isArray(file) ? file : listOf(file, 'taskConfigs') ?? [file]).filter(isConnectorTask).map(taskOf);
  if (tasks.length === 0) throw new ValueFault(`holds no ${TASK}: export a version of an integration that has a Connectors task, or a task of it`);
  const variables = new Map<string, Declared>();
  for (const one of listOf(file, 'integrationParameters') ?? []) addVariable(variables, one, member(one, 'defaultValue'));
  for (const one of listOf(file, 'integrationConfigParameters') ?? []) {
    const parameter = member(one, 'parameter');
    addVariable(variables, parameter, member(one, 'value') ?? member(parameter, 'defaultValue'));
  }
  return { tasks, variables };
}

/** The task of an id or a display name; without one the only task. @throws ValueFault that names those there are. */
export function chooseTask(tasks: readonly ExportedTask[], wanted: string | undefined): ExportedTask {
  const byId = tasks.filter(({ id }) => wanted !== undefined && id === wanted);
  const found = wanted === undefined ? tasks : byId.length > 0 ? byId : tasks.filter(({ displayName }) => displayName === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const there = (found.length > 1 ? found : tasks).slice(0, 20).map(({ id, displayName }) => `${id} (${displayName})`).join(', ');
  throw new ValueFault(wanted === undefined ? `holds ${tasks.length} Connectors tasks; choose one by its id: ${there}` : `has ${found.length === 0 ? 'no' : 'more than one'} Connectors task "${wanted}"; there is ${there}`);
}

/** A parameter before its references are filled: JSON is still text, since references may stand in it where values will be. */
export type Parameter = { readonly json: string } | { readonly plain: unknown };

/** @returns undefined for a parameter that is not set. @throws ValueFault */
export function parameterOf({ parameters }: ExportedTask, name: string): Parameter | undefined {
  const value = member(member(parameters, name), 'value');
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return undefined;
  const json = member(value, 'jsonValue');
  return typeof json === 'string' ? { json } : { plain: plainValue(value) };
}

/** JSON as exports hold it: some write its texts in single quotes. @throws ValueFault */
export function readExportedJson(text: string): unknown {
  if (!/^\s*[[{]\s*'/.test(text)) return readJson(text);
  return readJson(text.replace(/'((?:[^'\\]|\\.)*)'/g, (_whole, inner: string) => `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`));
}

function isConnectorTask(task: unknown): boolean {
  return member(task, 'task') === TASK || (member(task, 'task') === undefined && typeof member(task, 'parameters') === 'object' && member(member(task, 'parameters'), 'connectorOutputPayload') !== undefined);
}

function taskOf(task: unknown): ExportedTask {
  const parameters = member(task, 'parameters');
  return {
    id: textOf(member(task, 'taskId')), displayName: textOf(member(task, 'displayName')),
    parameters: typeof parameters === 'object' && parameters !== null ? { ...parameters } : {},
  };
}

function addVariable(variables: Map<string, Declared>, parameter: unknown, given: unknown): void {
  const key = member(parameter, 'key');
  if (typeof key !== 'string') return;
  const value = typeof given === 'object' && given !== null && Object.keys(given).length > 0 ? readDefault(given) : undefined;
  variables.set(bare(key), { dataType: textOf(member(parameter, 'dataType')), ...(value === undefined ? {} : { value }) });
}

/** A default that cannot be read counts as none: who needs it is told that it is missing. */
function readDefault(value: object): unknown {
  try {
    return plainValue(value);
  } catch (error) {
    if (error instanceof ValueFault) return undefined;
    throw error;
  }
}

/** Names of variables that tasks make stand in backticks. */
export function bare(name: string): string {
  return name.replace(/^\$?`?|`?\$?$/g, '');
}

export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** Ids are texts, and whole numbers in older files. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function listOf(value: unknown, key: string): readonly unknown[] | undefined {
  const list = member(value, key);
  return Array.isArray(list) ? list : undefined;
}
