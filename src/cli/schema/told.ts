// Entity types and actions told to people: what they are for, what they take, and commands that use them. It prints nothing.
import type { RowOutput } from '../../api/row-caller.ts';
import type { Columns } from '../table.ts';
import { cell, cut, pad, widthOf, wrap } from '../width.ts';
import { isFinal, type EntityShape, type ShapeColumn } from './entity-shape.ts';

const WIDTH = 80;

/** Columns or inputs in CSV, one a line. */
export const COLUMNS: Columns = {
  name: ({ name }) => name, type: ({ dataType }) => dataType, key: ({ isKey }) => isKey, nullable: ({ nullable }) => nullable, writable: ({ writable }) => listed(writable), required: ({ required }) => required,
  filters: ({ filters }) => listed(filters), values: ({ values }) => listed(values), refersTo: ({ refersTo }) => refersTo, description: ({ description }) => description,
};

const listed = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : '');

/** An entity type as text of 80 columns. @param isCut what is told of a column, too: on a terminal a line is one line */
export function entityText(shape: EntityShape, isCut: boolean): string {
  const { name, description, operations, requires, columns, key } = shape;
  const filterable = columns.filter(({ filters }) => filters.length > 0);
  const needed = columns.filter(({ required }) => required);
  return [
    name, ...wrap(cell(description), WIDTH), '',
    ...titled('Operations', operations.join(', ')),
    ...(requires.length === 0 ? [] : titled('A list needs', requires.map((one) => `${one} = '…'`).join(' AND '))),
    ...(needed.length === 0 || !operations.includes('CREATE') ? [] : titled('A creation needs', needed.map((one) => one.name).join(', '))),
    ...titled('Source filters', filterable.length === 0 ? 'no column; filters are looked at here' : filterable.map((one) => `${one.name} (${one.filters.join(' ')})`).join(', ')),
    '', ...columnTable(columns, isCut), '', ...signs(columns),
    'Examples:', ...exampleCommands(shape).map((line) => `  ${line}`), '',
    ...(key === undefined ? [`${name} has no id: its rows cannot be got, changed or deleted one by one.`, ''] : []),
  ].join('\n');
}

interface ActionTextOptions {
  /** Every input, not those alone that are required. */
  readonly isWhole: boolean;
  /** As of an entity type. */
  readonly isCut: boolean;
}

/** An action as text of 80 columns. */
export function actionText({ name, description = '', resultMetadata = [], metadata }: RowOutput<'actions.get'>, inputs: readonly ShapeColumn[], { isWhole, isCut }: ActionTextOptions): string {
  const required = inputs.filter((one) => one.required);
  const shown = isWhole ? inputs : required;
  const left = inputs.length - shown.length;
  // Results are deep: what lies within a part is told by -o json.
  const parts = [...new Set(resultMetadata.map((one) => one.name.split('.')[0] ?? ''))];
  return [
    name, ...wrap(cell(description), WIDTH), '',
    ...(isFinal({ metadata }) ? ['It ends something for good, and asks before it is run.', ''] : []),
    ...(shown.length === 0 ? ['It needs no input.'] : [isWhole ? 'Inputs:' : 'Inputs that it needs:', ...columnTable(shown, isCut)]),
    ...(left === 0 ? [] : ['', ...titled('It takes too', inputs.filter((one) => !shown.includes(one)).map((one) => one.name).join(', ')), '--all shows them with their types.']),
    '', ...titled('It gives', parts.length === 0 ? 'nothing that is known beforehand' : parts.join(', ')), '',
    'Examples:', `  konektor actions run ${name}${required.map((one) => ` --input ${one.name}=…`).join('')}`, '',
  ].join('\n');
}

function titled(title: string, text: string): readonly string[] {
  const width = 18;
  return wrap(cell(text), WIDTH - width).map((line, index) => `${pad(index === 0 ? title : '', width)}${line}`);
}

/** `k` the id, `c` and `u` where it may be written, `*` where it must be, `$` an amount. */
function columnTable(columns: readonly ShapeColumn[], isCut: boolean): readonly string[] {
  const names = Math.min(isCut ? 32 : Infinity, Math.max(4, ...columns.map(({ name }) => widthOf(name))));
  return columns.map((column) => {
    const { name, dataType, description, values, refersTo } = column;
    const head = `  ${pad(cut(name, names), names)}  ${pad(dataType, 9)}  ${pad(signsOf(column), 4)}  `;
    const more = refersTo === '' ? (values.length === 0 ? cell(description) : `${values.join('|')}: ${cell(description)}`) : `id of ${refersTo}: ${cell(description)}`;
    return `${head}${isCut ? cut(more, WIDTH - widthOf(head)) : more}`.trimEnd();
  });
}

function signsOf({ isKey, isMoney, writable, required }: ShapeColumn): string {
  return `${isKey ? 'k' : ''}${writable.includes('CREATE') ? 'c' : ''}${writable.includes('UPDATE') ? 'u' : ''}${required ? '*' : ''}${isMoney ? '$' : ''}`;
}

function signs(columns: readonly ShapeColumn[]): readonly string[] {
  const used = columns.map(signsOf).join('');
  const told = [['k', 'id'], ['c', 'may be given to create'], ['u', 'may be changed'], ['*', 'needed to create'], ['$', 'smallest unit of a currency']].filter(([sign = '']) => used.includes(sign)).map(([sign, text]) => `${sign} ${text}`);
  return told.length === 0 ? [] : [...wrap(told.join(' · '), WIDTH), ''];
}

function exampleCommands({ name, operations, requires, columns, key }: EntityShape): readonly string[] {
  const has = (operation: string): boolean => operations.includes(operation);
  const filterable = columns.find(({ filters, dataType }) => filters.includes('=') && dataType === 'VARCHAR');
  const needed = columns.filter(({ required }) => required).slice(0, 2);
  const settable = needed.length > 0 ? needed : columns.filter(({ writable, dataType }) => writable.includes('CREATE') && dataType === 'VARCHAR').slice(0, 1);
  const changeable = columns.find(({ writable, name: one }) => writable.includes('UPDATE') && one === 'Description') ?? columns.find(({ writable, dataType }) => writable.includes('UPDATE') && dataType === 'VARCHAR');
  const filter = requires.length > 0 ? requires.map((one) => `${one} = '…'`).join(' AND ') : filterable === undefined ? undefined : `${filterable.name} = '…'`;
  return [
    ...(has('LIST') ? [`konektor rows list ${name}${filter === undefined ? '' : ` --filter "${filter}"`}`] : []),
    ...(has('GET') && key !== undefined ? [`konektor rows get ${name} ID`] : []),
    ...(has('CREATE') && settable.length > 0 ? [`konektor rows create ${name}${settable.map((one) => ` --set ${one.name}=…`).join('')}`] : []),
    ...(has('UPDATE') && changeable !== undefined ? [`konektor rows update ${name} ID --set ${changeable.name}=…`] : []),
    ...(has('DELETE') ? [`konektor rows delete ${name} ID`] : []),
  ];
}
