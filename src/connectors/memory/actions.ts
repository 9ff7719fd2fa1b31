// The two actions of this source. An action is what create, update and delete cannot say: here, several rows in one step.
import type { ActionType } from '../../spi/catalog.ts';
import type { Call, Row } from '../../spi/connector.ts';
import { invalidFields } from '../../errors/status-error.ts';
import { actionNotFound, entityNotFound, requireOperation, rowExists, rowNotFound } from './errors.ts';
import type { MemoryTable } from './table.ts';

const input = (name: string, description: string, required: boolean): ActionType['inputs'][number] =>
  ({ name, type: 'string', nullable: !required, description, writable: [], required });
const outputs: ActionType['outputs'] = [
  { name: 'Success', type: 'boolean', nullable: false, description: 'Always true; what fails is an error', writable: [] },
  { name: 'Id', type: 'string', nullable: false, description: 'The row that the action made or changed', writable: [] },
];

export const ACTIONS: readonly ActionType[] = [
  {
    name: 'Copy', description: 'Makes a row like another, under a new id', outputs,
    inputs: [input('Entity', 'The entity type', true), input('Id', 'The row to copy', true), input('NewId', 'The id of the copy; drawn if absent', false)],
  },
  {
    name: 'Merge', description: 'Fills the empty columns of one row from another, then deletes the other', outputs,
    inputs: [input('Entity', 'The entity type', true), input('FromId', 'The row that ends', true), input('IntoId', 'The row that stays', true)],
  },
];

type Tables = ReadonlyMap<string, MemoryTable>;

/** Runs an action and gives its rows, in the form that the call asks for. */
export function runAction(tables: Tables, call: Call, action: string, input: Row): readonly Row[] {
  const type = ACTIONS.find(({ name }) => name === action);
  if (type === undefined) throw actionNotFound(action);
  const values = readInput(type, input);
  const id = action === 'Copy' ? copy(tables, values) : merge(tables, values);
  return [call.output === 'text' ? { Success: 'true', Id: id } : { Success: true, Id: id }];
}

function readInput(type: ActionType, input: Row): ReadonlyMap<string, string> {
  const unknown = Object.keys(input).filter((given) => !type.inputs.some(({ name }) => name === given));
  if (unknown.length > 0) throw invalidFields(unknown.map((field) => ({ field, description: `is no input of ${type.name}` })), 'UNKNOWN_FIELD');
  const faults = type.inputs.filter(({ name, required }) => {
    const value = input[name] ?? null;
    return value === null ? required : typeof value !== 'string' || value === '';
  });
  if (faults.length > 0) throw invalidFields(faults.map(({ name, description }) => ({ field: name, description: `must be text: ${description}` })));
  return new Map(Object.entries(input).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

function copy(tables: Tables, values: ReadonlyMap<string, string>): string {
  const { table, key } = keyedTable(tables, values.get('Entity') ?? '');
  requireOperation(table.type, 'CREATE');
  const original = requireRow(table, values.get('Id') ?? '');
  const id = values.get('NewId') ?? table.newId();
  if (table.find(id) !== undefined) throw rowExists(table.type.name, id);
  table.put(id, { ...original, [key]: id });
  return id;
}

function merge(tables: Tables, values: ReadonlyMap<string, string>): string {
  const { table } = keyedTable(tables, values.get('Entity') ?? '');
  requireOperation(table.type, 'UPDATE');
  requireOperation(table.type, 'DELETE');
  const [fromId, intoId] = [values.get('FromId') ?? '', values.get('IntoId') ?? ''];
  if (fromId === intoId) throw invalidFields([{ field: 'FromId', description: 'must be another row than IntoId' }]);
  const from = requireRow(table, fromId);
  const into = requireRow(table, intoId);
  table.put(intoId, { ...from, ...Object.fromEntries(Object.entries(into).filter(([, value]) => value !== null && value !== undefined)) });
  table.remove(fromId);
  return intoId;
}

function keyedTable(tables: Tables, entity: string): { readonly table: MemoryTable; readonly key: string } {
  const table = tables.get(entity);
  if (table === undefined) throw entityNotFound(entity);
  if (table.type.key === undefined) throw invalidFields([{ field: 'Entity', description: `${entity} has no ids` }]);
  return { table, key: table.type.key };
}

function requireRow(table: MemoryTable, id: string): Row {
  const row = table.find(id);
  if (row === undefined) throw rowNotFound(table.type.name, id);
  return row;
}
