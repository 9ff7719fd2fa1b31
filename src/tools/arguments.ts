// What a tool was called with, taken apart: its own arguments, checked, with every fault at once; and what goes to the source as
// it is, which the source checks itself.
import { didYouMean, fold } from '../errors/nearest.ts';
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { columnsGiven, fieldsTaken, MOST_ROWS, OWN_ARGUMENTS, ownArguments, type OwnArgument } from './schemas.ts';
import type { ToolModel } from './tool.ts';

export interface ToolArguments {
  readonly id?: string;
  readonly filter?: string;
  readonly sort?: string;
  readonly pageSize?: number;
  readonly pageToken?: string;
  /** Listed names of what comes back; absent for everything. */
  readonly columns?: readonly string[];
  readonly idempotencyKey?: string;
  /** Columns of the row, or inputs of the action. */
  readonly payload: Readonly<Record<string, unknown>>;
}

type Parameters = Readonly<Record<string, unknown>>;
type Note = (field: string, description: string) => undefined;

/** More are neither told nor looked for: the nearest of many names is found for each. */
const MOST_FAULTS = 100;
const MOST_COLUMNS = 1_000;

/** @throws StatusError INVALID_ARGUMENT with every fault, each under the name of its argument */
export function readArguments(tool: ToolModel, given: Parameters): ToolArguments {
  const faults: FieldViolation[] = [];
  const note: Note = (field, description) => void faults.push({ field: field.slice(0, 200), description });
  const { takes, needs } = ownArguments(tool);
  const own = new Set<string>(takes);
  const read = <T>(name: OwnArgument, reader: (value: unknown, name: string, note: Note) => T | undefined): T | undefined => {
    const value = own.has(name) ? given[name] : undefined;
    if (value !== undefined && value !== null) return reader(value, name, note);
    return needs.includes(name) ? note(name, `is missing: ${tool.name} needs it`) : undefined;
  };
  const id = read('id', textOf('id'));
  const filter = read('filter', textOf('filter'));
  const sort = read('sort', readSort);
  const pageSize = read('pageSize', rows);
  const pageToken = read('pageToken', textOf('pageToken'));
  const columns = read('columns', (value) => readColumns(value, tool, note));
  const idempotencyKey = read('idempotencyKey', textOf('idempotencyKey'));
  const payload = Object.fromEntries(Object.entries(given).filter(([name]) => !own.has(name)));
  noteUnknown(tool, payload, note);
  if (faults.length > 0) throw invalidFields(faults.slice(0, MOST_FAULTS), 'INVALID_REQUEST');
  return {
    payload, ...defined({ id }), ...defined({ filter }), ...defined({ sort }), ...defined({ pageSize }), ...defined({ pageToken }), ...defined({ columns }), ...defined({ idempotencyKey }),
  };
}

function defined<T extends object>(one: T): { readonly [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.values(one)[0] === undefined ? {} : one;
}

/** A text of as many characters as the schema of the argument says. */
function textOf(argument: 'id' | 'filter' | 'sort' | 'pageToken' | 'idempotencyKey') {
  const { minLength: shortest, maxLength: longest } = { minLength: 0, ...OWN_ARGUMENTS[argument] };
  return (value: unknown, name: string, note: Note): string | undefined => {
    if (typeof value !== 'string') return note(name, `must be text, not ${kindOf(value)}`);
    if (value.length < shortest || value.length > longest) return note(name, `must have ${shortest} to ${longest} characters, not ${value.length}`);
    return value;
  };
}

/** Many an API takes several columns there. */
function readSort(value: unknown, name: string, note: Note): string | undefined {
  if (typeof value === 'string' && /^\s*\w+(\s+(asc|desc))?\s*,/i.test(value)) return note(name, `is one column, followed by desc for the other direction, such as Created desc; not ${value.slice(0, 100)}`);
  return textOf('sort')(value, name, note);
}

function rows(value: unknown, name: string, note: Note): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_ROWS) return value;
  return note(name, `must be a whole number from 1 to ${MOST_ROWS}, not ${typeof value === 'number' ? String(value) : kindOf(value)}`);
}

function readColumns(value: unknown, tool: ToolModel, note: Note): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return note('columns', 'must be a list of names with at least one: ["Id","Created"]');
  if (value.length > MOST_COLUMNS) return note('columns', `has ${value.length} names; at most ${MOST_COLUMNS} are taken`);
  const known = columnsGiven(tool);
  const byFold = new Map([...known.flatMap(({ name, aliases = [] }) => aliases.map((alias) => [fold(alias), name] as const)), ...known.map(({ name }) => [fold(name), name] as const)]);
  const found = value.map((one: unknown, index) => {
    const name = typeof one === 'string' ? byFold.get(fold(one)) : undefined;
    const said = typeof one === 'string' ? `"${one.slice(0, 100)}" is no column here${didYouMean(one, known.map((field) => field.name))}` : `must be text, not ${kindOf(one)}`;
    return name ?? note(`columns.${index}`, said);
  });
  return [...new Set(found.filter((name) => name !== undefined))];
}

/** What a tool that sends nothing to its source does not know is a fault; columns and inputs are the source's to judge. */
function noteUnknown(tool: ToolModel, payload: Parameters, note: Note): void {
  const { subject } = tool;
  const writes = subject.kind === 'action' || subject.operation === 'CREATE' || subject.operation === 'UPDATE';
  if (writes) {
    const { takes } = ownArguments(tool);
    const named = new Set(fieldsTaken(tool).map(({ name }) => fold(name)));
    // `idempotency_key` and the like would otherwise be told of as a column.
    for (const name of Object.keys(payload)) {
      const own = takes.find((one) => fold(one) === fold(name));
      if (own !== undefined && !named.has(fold(name))) note(name, `is written ${own} here`);
    }
    return;
  }
  const { takes } = ownArguments(tool);
  for (const name of Object.keys(payload).slice(0, MOST_FAULTS)) note(name, `is no argument of ${tool.name}, which takes ${takes.join(', ')}${didYouMean(name, takes)}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
