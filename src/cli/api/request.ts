// What is sent to a row, of what was typed: names of the path made whole, the query checked, the body read. Every fault is told
// at once, before anything is sent.
import { isNamePart } from '../../api/names.ts';
import { RESOURCE_PATTERNS, type ApiOperation } from '../../api/operation.ts';
import { connectionName, locationName, projectName } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import type { Terminal } from '../deeds.ts';
import { parseJson, readDocument } from '../input.ts';
import { pair } from '../labels.ts';
import { nearest } from '../../errors/nearest.ts';
import { resourceName, serviceAccountName, serviceName, type Resource } from '../resource-names.ts';
import type { Reached } from '../transport.ts';
import type { GivenInput } from '../../client/row-client.ts';
import { pathNames, type Row } from './rows.ts';

export interface Typed {
  readonly path?: readonly string[];
  readonly query?: readonly string[];
  readonly data?: string;
}

/** @throws CommandError with every fault */
export async function requestOf(reached: Reached, { id, row }: Row, typed: Typed, terminal: Pick<Terminal, 'input'>): Promise<GivenInput> {
  const faults: string[] = [];
  const query = queryOf(row, typed.query ?? [], faults);
  const path = await pathOf(reached, row, typed.path ?? [], faults);
  if (typed.data !== undefined && row.body === undefined) faults.push('It takes no body: leave --data out.');
  const body = typed.data === undefined || row.body === undefined ? undefined : await bodyOf(typed.data, terminal, faults);
  if (faults.length > 0) throw new CommandError('INVALID_ARGUMENT', `${id} cannot be called so:\n${faults.map((one) => `  ${one}`).join('\n')}`, `konektor api show ${id} tells what it takes.`);
  return { path, query, ...(body === undefined ? {} : { body }) };
}

async function pathOf(reached: Reached, row: ApiOperation, given: readonly string[], faults: string[]): Promise<Readonly<Record<string, string>>> {
  const names = pathNames(row);
  const values = new Map<string, string>();
  for (const [name, value] of given.map((one) => pair(one, '--path connection=shop'))) {
    if (!names.includes(name)) faults.push(`Its path has no ${name}${suggestion(name, names)}`);
    else if (values.has(name)) faults.push(`--path ${name} is given twice.`);
    values.set(name, value);
  }
  const found: Record<string, string> = {};
  for (const name of names) {
    try {
      const value = await nameOf(reached, name, values.get(name));
      if (value === undefined) faults.push(`It lacks --path ${name}=…`);
      else if (value.split('/').every(isNamePart)) found[name] = value;
      else faults.push(`--path ${name}=${value} cannot stand in a path.`);
    } catch (error) {
      if (!(error instanceof CommandError) || error.code !== 'INVALID_ARGUMENT') throw error;
      faults.push(values.has(name) ? error.message : `It lacks --path ${name}=…`);
    }
  }
  return found;
}

/** What is not given is taken from options and the context, as by every command. */
async function nameOf(reached: Reached, name: string, given: string | undefined): Promise<string | undefined> {
  const own = OF_NAMES[name];
  if (own !== undefined) return own(reached, given);
  if (given === undefined) return undefined;
  return isResource(name) ? resourceName(reached, name, given) : given;
}

const OF_NAMES: Readonly<Record<string, (reached: Reached, given: string | undefined) => string | undefined | Promise<string>>> = {
  project: projectName, location: locationName, connection: async (reached, given) => connectionName(reached, given),
  serviceAccount: (reached, given) => (given === undefined ? undefined : serviceAccountName(reached, given)),
  service: (reached, given) => (given === undefined ? undefined : serviceName(reached, given)),
  role: (_reached, given) => given?.replace(/^roles\//, ''),
};

function isResource(name: string): name is Resource {
  return Object.hasOwn(RESOURCE_PATTERNS, name);
}

function queryOf({ query }: ApiOperation, given: readonly string[], faults: string[]): Readonly<Record<string, readonly string[]>> {
  const names = Object.keys(query.properties);
  const required: readonly string[] = query.required ?? [];
  const found: Record<string, readonly string[]> = {};
  for (const [name, value] of given.map((one) => pair(one, '--query pageSize=5'))) {
    if (!names.includes(name)) faults.push(`It has no parameter ${name}${suggestion(name, names)}`);
    else found[name] = [...(found[name] ?? []), value];
  }
  for (const name of required) if (found[name] === undefined) faults.push(`It lacks --query ${name}=…`);
  return found;
}

function suggestion(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  if (meant !== undefined) return `: is ${meant} meant?`;
  return names.length === 0 ? '.' : `: ${names.join(', ')}.`;
}

/** Beside other faults, what cannot be read is one more of them; alone it says itself what to do. */
async function bodyOf(data: string, terminal: Pick<Terminal, 'input'>, faults: string[]): Promise<unknown> {
  try {
    return await readBody(data, terminal);
  } catch (error) {
    if (!(error instanceof CommandError) || faults.length === 0) throw error;
    faults.push(error.message);
    return undefined;
  }
}

/** `@file`, `-` or `@-` for the input, else the body itself. */
async function readBody(data: string, terminal: Pick<Terminal, 'input'>): Promise<unknown> {
  if (data === '-' || data.startsWith('@')) return readDocument(data.replace(/^@/, ''), terminal);
  return parseJson(data, '--data', 'Write --data \'{"name": "Toko"}\', --data @file.json, or --data - for the input.');
}
