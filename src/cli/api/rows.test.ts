// Every row of the API is within reach of the command line: by its id, and by a command of its resource unless it is said why not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiTable } from '../../api/table.ts';
import { findRow, itemsKey, parametersOf, pathNames, ROWS, searchRows } from './rows.ts';

const CLI = join(import.meta.dirname, '..');

/** Rows without a command of their own: each for a reason. */
const BY_API_ALONE: Partial<Record<keyof ApiTable, string>> = {
  'integrations.executeWithParameters': 'the older form of integrations.execute, which konektor task calls',
  'connectionSchemaMetadata.getEntityType': 'entityTypes.get as the management API tells it, within an operation',
  'connectionSchemaMetadata.getAction': 'actions.get as the management API tells it, within an operation',
  'connections.listCustomToolNames': 'what the names of tools stand for, for programs that show tools',
  'runtimeEntitySchemas.list': 'entityTypes.list as the management API tells it',
  'runtimeActionSchemas.list': 'actions.list as the management API tells it',
};

/** Rows that the commands of rows, actions and schemas call. */
const OF_ROWS = /^(entities|entityTypes|actions|tools|resources)\./;

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('the rows of the API', () => {
  it('are called by commands, each but those that are said to be reached by their id alone', () => {
    const called = new Set(sourcesIn(CLI).flatMap((text) => [...text.matchAll(/(?:call|stream|objects)\('(\w+\.\w+)'/g)].map(([, id]) => id)));
    const without = ROWS.map(({ id }) => id).filter((id) => !called.has(id) && !OF_ROWS.test(id));
    expect(without.toSorted()).toEqual(Object.keys(BY_API_ALONE).toSorted());
  });

  it('are all found by their id, and by the words that tell what they do', () => {
    for (const { id, row } of ROWS) {
      expect(findRow(id).row).toBe(row);
      expect(searchRows([row.summary]).map((one) => one.id)).toContain(id);
    }
    expect(searchRows(['SECRET', 'version']).map(({ id }) => id)).toContain('secretVersions.list');
    expect(searchRows(['no such words'])).toEqual([]);
    expect(() => findRow('connections.lst')).toThrow(expect.objectContaining({ code: 'NOT_FOUND', hint: 'Is connections.list meant?' }));
  });

  it('tell what they take', () => {
    expect(pathNames(findRow('entities.get').row)).toEqual(['connection', 'entityType', 'entity']);
    const parameters = parametersOf(findRow('secrets.create').row);
    expect(parameters.find(({ name }) => name === 'secretId')).toMatchObject({ in: 'query', required: true, type: 'string' });
    expect(parameters.filter((one) => one.in === 'body').map(({ name }) => name)).toEqual(['replication', 'labels', 'annotations', 'etag']);
    expect(parametersOf(findRow('roles.list').row).find(({ name }) => name === 'view')?.type).toBe('BASIC | FULL');
    const ofTask = new Map(parametersOf(findRow('integrations.execute').row).map(({ name, type }) => [name, type]));
    expect([ofTask.get('entity'), ofTask.get('sortByColumns')]).toEqual(['string | null', 'string[] | null']);
    for (const { id, row } of ROWS) expect(parametersOf(row).map(({ type }) => type), id).not.toContain('undefined');
  });

  it('that are lists say where their items are', () => {
    expect(itemsKey(findRow('connections.list').row)).toBe('connections');
    expect(itemsKey(findRow('writes.reconcileAll').row)).toBe('results');
    expect(itemsKey(findRow('connections.get').row)).toBeUndefined();
    expect(ROWS.filter(({ id, row }) => /\.(list|listAll|search)$/.test(id) && itemsKey(row) === undefined).map(({ id }) => id)).toEqual([]);
  });
});
