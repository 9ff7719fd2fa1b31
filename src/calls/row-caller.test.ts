import { describe, expect, it } from 'vitest';
import type { ApiCall } from '../api/table.ts';
import { StatusError } from '../errors/status-error.ts';
import { everyRow } from '../../test/client/every-row.ts';
import type { CallParts } from './prepared-row.ts';
import type { EndedCall } from './recorder.ts';
import { createRowCalls } from './row-caller.ts';

const CONNECTION = 'projects/p/locations/us-central1/connections/c';
const ANI = 'user:ani@example.com';

interface World {
  readonly asked: string[];
  readonly records: EndedCall[];
  readonly inputs: { readonly call: ApiCall<string>; readonly input: object }[];
  readonly call: ApiCall<string>;
  readonly parts: CallParts<string>;
}

function world(answer: () => Promise<object>, allowed = true): World {
  const asked: string[] = [];
  const records: EndedCall[] = [];
  const inputs: World['inputs'][number][] = [];
  return {
    asked, records, inputs,
    call: { principal: ANI, requestId: 'r1', signal: new AbortController().signal, address: '127.0.0.1', headers: { 'user-agent': 'a test' } },
    parts: {
      handlers: everyRow(({ call, input }) => {
        inputs.push({ call, input });
        return answer();
      }),
      guard: (principal, { permission }, resource) => {
        asked.push(`${principal} ${permission} ${resource}`);
        if (!allowed) throw new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message: 'no' });
      },
      callerOf: (principal) => principal,
      audit: { admit: () => undefined, ended: (call) => void records.push(call) },
    },
  };
}

describe('a row called in the process', () => {
  it('asks for the permission of the row on its resource, and is recorded as a call', async () => {
    const { call, parts, asked, records, inputs } = world(async () => ({ name: `${CONNECTION}/entityTypes/Customer/entities/cus_1`, fields: { Id: 'cus_1' } }));
    const answer = await createRowCalls(parts)(call)('entities.create', { path: { connection: CONNECTION, entityType: 'Customer' }, body: { fields: {} } }, { headers: { 'idempotency-key': 'k' } });
    expect(answer.fields).toEqual({ Id: 'cus_1' });
    expect(asked).toEqual([`${ANI} connectors.entities.create ${CONNECTION}`]);
    expect(inputs[0]?.call.headers).toEqual({ 'user-agent': 'a test', 'idempotency-key': 'k' });
    expect(records).toEqual([expect.objectContaining({ caller: ANI, begunWrite: true, code: 'OK', requestId: 'r1', address: '127.0.0.1', userAgent: 'a test', resource: `${CONNECTION}/entityTypes/Customer/entities/cus_1` })]);
  });

  it('refuses who may not, without calling anything, and records that', async () => {
    const { call, parts, records, inputs } = world(async () => ({}), false);
    await expect(createRowCalls(parts)(call)('entities.get', { path: { connection: CONNECTION, entityType: 'Customer', entity: 'cus_1' } })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(inputs).toEqual([]);
    expect(records).toEqual([expect.objectContaining({ code: 'PERMISSION_DENIED', begunWrite: false, resource: `${CONNECTION}/entityTypes/Customer/entities/cus_1` })]);
  });

  it('checks names, queries and bodies as the transport does', async () => {
    const { call, parts, inputs } = world(async () => ({}));
    const rows = createRowCalls(parts)(call);
    const path = { connection: CONNECTION, entityType: 'Customer' };
    await expect(rows('entities.list', { path: { ...path, connection: 'projects/p/locations/l/secrets/c' } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(rows('entities.list', { path: { ...path, entityType: 'Customer/entities' } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(rows('entities.list', { path, query: { pageSize: -1 } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    // @ts-expect-error: what is called may come from elsewhere
    await expect(rows('entities.create', { path, body: { fields: 'no object' } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(inputs).toEqual([]);
    await rows('entities.get', { path: { ...path, entity: 'cus_1/txi_2' } });
    expect(inputs).toHaveLength(1);
  });

  it('lets no answer pass for one that the row does not give', async () => {
    const { call, parts, records } = world(async () => ({ results: 'none' }));
    await expect(createRowCalls(parts)(call)('actions.execute', { path: { connection: CONNECTION, action: 'CancelQuote' }, body: {} })).rejects.toThrow('actions.execute answered what its output does not say: results is no array');
    expect(records).toEqual([expect.objectContaining({ code: 'INTERNAL', begunWrite: true })]);
  });

  it('tells the fault of a row, and records it as INTERNAL', async () => {
    const fault = new Error('a fault');
    const { call, parts, records } = world(async () => Promise.reject(fault));
    await expect(createRowCalls(parts)(call)('entityTypes.list', { path: { connection: CONNECTION } })).rejects.toBe(fault);
    expect(records).toEqual([expect.objectContaining({ code: 'INTERNAL' })]);
  });
});
