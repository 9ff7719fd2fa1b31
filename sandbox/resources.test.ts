// Every resource that can be created is walked: created from its required parameters, read, listed, changed, deleted; and an unknown
// parameter, a missing one and a wrong enum value are refused. The counts are asserted, so that none can drop out unseen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from './conforming.ts';
import type { JsonObject } from './json.ts';
import { isObject, text } from './json.ts';
import type { Collection, Field } from './sdk.ts';
import { COLLECTIONS } from './sdk.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';
import { LIST_NEEDS, walkerOf } from './walk.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(async () => {
  await sandbox.close();
});

const { ask, paramsFor, placed, valueFor } = walkerOf(() => sandbox.url);

const creatable = [...COLLECTIONS.values()].filter((one) => one.operations.has('create'));

describe('resources', () => {
  it('are as many as the SDK has', () => {
    const all = [...COLLECTIONS.values()];
    expect(all.filter((one) => one.version === 'v1')).toHaveLength(145);
    expect(all.filter((one) => one.version === 'v2')).toHaveLength(27);
    expect(creatable).toHaveLength(107);
  });

  it.each(creatable.map((one) => [one.path, one] as const))('%s', async (_, found) => {
    const path = await placed(found.path);
    const params = await paramsFor(found);
    const unknown = await ask('POST', path, { ...params, no_such_thing: 'x' });
    expect(unknown.row, 'unknown parameter').toMatchObject({ error: { code: 'parameter_unknown', param: 'no_such_thing' } });
    await refusesBad(found, path, params);
    const { status, row } = await ask('POST', path, params);
    expect(status, JSON.stringify(row)).toBe(200);
    const id = text(row, 'id');
    if (text(row, 'object') !== undefined) expect(faultsOf(row)).toEqual([]);
    if (id === undefined) return;
    if (found.operations.has('retrieve')) expect(await ask('GET', `${path}/${id}`)).toMatchObject({ status: 200, row: found.path === '/v1/webhook_endpoints' ? { id } : row });
    if (found.operations.has('list')) await listed(found, path, row);
    if (found.operations.has('update')) await updated(found, `${path}/${id}`);
    if (found.operations.has('delete') && found.operations.get('delete')?.stub === true) await deleted(found, `${path}/${id}`, id);
  });
});

async function refusesBad(found: Collection, path: string, params: JsonObject): Promise<void> {
  const shape = found.operations.get('create')?.params ?? new Map<string, Field>();
  for (const field of shape.values()) {
    if (field.required) {
      const { [field.name]: _, ...without } = params;
      expect((await ask('POST', path, without)).row, `without ${field.name}`).toMatchObject({ error: { code: 'parameter_missing', param: field.name } });
    }
    if (Array.isArray(field.type) && field.type[0] === 'enum') {
      const { status, row } = await ask('POST', path, { ...params, [field.name]: 'no_such_value' });
      expect(status, field.name).toBe(400);
      expect(row, field.name).toMatchObject({ error: { param: field.name, message: expect.stringContaining('must be') } });
    }
  }
}

async function listed(found: Collection, path: string, row: JsonObject): Promise<void> {
  const shape = found.operations.get('list')?.params;
  const needs = LIST_NEEDS[found.path]?.(row) ?? {};
  for (const field of shape?.values() ?? []) if (field.required && needs[field.name] === undefined) needs[field.name] = row[field.name] ?? '';
  const { status, row: page } = await ask('GET', path, needs);
  expect(status, JSON.stringify(page)).toBe(200);
  if (found.path.includes('_reversals')) return; // they lie under the account of a credit or debit that only the world outside makes
  expect(JSON.stringify(page['data']), 'the list').toContain(text(row, 'id'));
}

async function updated(found: Collection, path: string): Promise<void> {
  const shape = found.operations.get('update')?.params;
  const metadata = shape?.get('metadata');
  if (metadata === undefined || found.path === '/v1/payment_methods' || found.path === '/v1/invoices/{}/lines') return;
  const needed: JsonObject = {};
  for (const field of shape?.values() ?? []) if (field.required) needed[field.name] = await valueFor(field);
  const { status, row } = await ask('POST', path, { ...needed, metadata: { colour: 'green', size: 'm' } });
  expect(status, JSON.stringify(row)).toBe(200);
  if (!isObject(row['metadata'])) return;
  expect(row['metadata']).toMatchObject({ colour: 'green', size: 'm' });
  if (path.startsWith('/v2/')) return;
  const { row: less } = await ask('POST', path, { ...needed, metadata: { colour: '' } });
  expect(less['metadata']).not.toHaveProperty('colour');
  expect(less['metadata']).toHaveProperty('size', 'm');
}

async function deleted(found: Collection, path: string, id: string): Promise<void> {
  const { status, row } = await ask('DELETE', path);
  expect(status, JSON.stringify(row)).toBe(200);
  if (found.version === 'v1') expect(row).toMatchObject({ id, object: expect.any(String), deleted: true });
  const stub = found.operations.get('retrieve')?.stub === true;
  if (found.operations.has('retrieve')) expect((await ask('GET', path)).status).toBe(stub ? 200 : 404);
  expect((await ask('DELETE', path)).status).toBe(404);
}
