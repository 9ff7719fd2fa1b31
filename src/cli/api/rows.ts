// The rows of the API as commands name and show them: found by id or by words, told with what they take. It calls none.
import type { ApiOperation } from '../../api/operation.ts';
import { API, type ApiTable } from '../../api/table.ts';
import { CommandError } from '../command-error.ts';
import { field, membersOf, textIn } from '../members.ts';
import { nearest } from '../../errors/nearest.ts';

export interface Row {
  readonly id: keyof ApiTable;
  readonly row: ApiOperation;
}

export const ROWS: readonly Row[] = (Object.keys(API) as (keyof ApiTable)[]).map((id) => ({ id, row: API[id] }));

/** @throws CommandError where there is none such. */
export function findRow(id: string): Row {
  const found = ROWS.find((one) => one.id === id);
  if (found !== undefined) return found;
  const meant = nearest(id, ROWS.map((one) => one.id));
  throw new CommandError('NOT_FOUND', `The API has no row "${id}".`, meant === undefined ? 'konektor api list shows those there are; --search finds one by words.' : `Is ${meant} meant?`);
}

/** Those in whose id, summary, path or permission every word stands. */
export function searchRows(words: readonly string[]): readonly Row[] {
  const sought = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== '');
  return ROWS.filter(({ id, row: { summary, http, permission } }) => {
    const text = `${id} ${summary} ${http.method} ${http.path} ${permission ?? ''}`.toLowerCase();
    return sought.every((word) => text.includes(word));
  });
}

/** Names that stand in the path of a row. */
export function pathNames({ http }: Pick<ApiOperation, 'http'>): readonly string[] {
  return [...http.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** What a row takes: its path, its query, and the first level of its body. */
export function parametersOf(row: ApiOperation): readonly Parameter[] {
  const path = pathNames(row).map((name): Parameter => ({ name, in: 'path', type: 'string', required: true, description: '' }));
  return [...path, ...parametersIn(row.query, 'query'), ...parametersIn(row.bodyShape ?? row.body, 'body')];
}

function parametersIn(schema: unknown, place: Parameter['in']): readonly Parameter[] {
  const required = listIn(schema, 'required') ?? [];
  return Object.entries(propertiesOf(schema)).map(([name, member]) => ({ name, in: place, type: typeOf(member), required: required.includes(name), description: textIn(member, 'description') }));
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
  return membersOf(field(schema, 'properties'));
}

function listIn(schema: unknown, key: string): readonly unknown[] | undefined {
  const found = field(schema, key);
  return Array.isArray(found) ? found : undefined;
}

/** `integer`, `string[]`, `BASIC | FULL`, `string | null` */
function typeOf(schema: unknown): string {
  const [values, choices, types] = [listIn(schema, 'enum'), listIn(schema, 'anyOf'), listIn(schema, 'type') ?? [textIn(schema, 'type')]];
  if (values !== undefined) return values.map(String).join(' | ');
  if (choices !== undefined) return choices.map(typeOf).join(' or ');
  return types.map((type) => (type === 'array' ? `${typeOf(field(schema, 'items'))}[]` : String(type) || 'any')).join(' | ');
}

/** Where a list answers with its items; undefined for what is no list. */
export function itemsKey({ output }: Pick<ApiOperation, 'output'>): string | undefined {
  const properties = propertiesOf(output);
  if (!Object.hasOwn(properties, 'nextPageToken')) return undefined;
  return Object.entries(properties).find(([name, member]) => name !== 'unreachable' && field(member, 'type') === 'array')?.[0];
}
