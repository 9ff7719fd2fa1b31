// What the typed client sends and how often, before rows whose deeds are the test's own; and that it brings no package along.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient, KonektorError, type AnyConnector, type Client } from '../../src/client/index.ts';
import { StatusError } from '../../src/errors/status-error.ts';
import { bothCallers, CONNECTION, TOKEN, type BothCallers } from './both-callers.ts';
import type { Reached } from './every-row.ts';

let both: BothCallers;
let client: Client;
let answer: (reached: Reached) => Promise<object>;
beforeAll(async () => {
  both = await bothCallers((reached) => answer(reached));
  client = createClient({ server: both.server, token: TOKEN, connection: 'p/us-central1/c' });
});
afterAll(async () => both.close());
beforeEach(() => { both.reached.length = 0; });

/** Fails so often, then answers. */
function after(failures: number, fault: StatusError, then: object = { fields: { Id: 'cus_1' } }): void {
  let left = failures;
  answer = async () => {
    left -= 1;
    if (left >= 0) throw fault;
    return then;
  };
}
const unavailable = new StatusError('UNAVAILABLE', 'BACKEND_UNAVAILABLE', { message: 'gone', retryAfterMs: 1 });
const keys = (): readonly unknown[] => both.reached.map(({ call }) => call.headers['idempotency-key']);
const customers = (): ReturnType<typeof entityOf> => entityOf(client);
const entityOf = (from: Client) => from.connection().entity('Customer');

describe('a call that is refused for a while', () => {
  it('is sent again where it reads', async () => {
    after(2, unavailable);
    expect(await customers().get('cus_1')).toEqual({ Id: 'cus_1' });
    expect(both.reached).toHaveLength(3);
    expect(keys()).toEqual([undefined, undefined, undefined]);
  });

  it('is sent again where it writes, under the key that it was first sent with', async () => {
    after(2, unavailable);
    await customers().create({ Name: 'Ani' });
    expect(new Set(keys()).size).toBe(1);
    expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);
    after(1, new StatusError('ABORTED', 'IDEMPOTENCY_KEY_IN_USE', { message: 'under way' }));
    await customers().create({ Name: 'Ani' }, { idempotencyKey: 'order-17' });
    expect(keys().slice(3)).toEqual(['order-17', 'order-17']);
    await customers().create({ Name: 'Ani' });
    expect(keys().at(-1)).not.toBe(keys()[0]);
  });

  it('is sent so often and no more', async () => {
    after(9, unavailable);
    await expect(customers().get('cus_1', { retries: 0 })).rejects.toMatchObject({ code: 'UNAVAILABLE', requestId: expect.any(String) });
    await expect(customers().get('cus_1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(both.reached).toHaveLength(1 + 4);
    after(9, unavailable);
    await expect(createClient({ server: both.server, token: TOKEN, retries: 1 }).call('projects.list', { path: {} })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(both.reached).toHaveLength(5 + 2);
  });

  it.each([
    ['a fault of the request', new StatusError('INVALID_ARGUMENT', 'INVALID_FIELD', { message: 'no' })],
    ['a limit that names no delay', new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', { message: 'no' })],
    ['a delay of minutes', new StatusError('RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', { message: 'no', retryAfterMs: 120_000 })],
    ['a time-out', new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: 'no' })],
  ])('is told of %s at once', async (_what, fault) => {
    after(1, fault);
    await expect(customers().get('cus_1')).rejects.toMatchObject({ code: fault.code, reason: fault.reason });
    expect(both.reached).toHaveLength(1);
  });

  it('waits as long as it is told', async () => {
    after(1, new StatusError('RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', { message: 'wait', retryAfterMs: 400 }));
    const begun = performance.now();
    await customers().get('cus_1');
    expect(performance.now() - begun).toBeGreaterThan(390);
  });

  it('is not sent again where it manages, since that has no key', async () => {
    after(1, unavailable);
    await expect(client.call('projects.create', { path: {}, body: { projectId: 'x' } })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(both.reached).toHaveLength(1);
    expect(keys()).toEqual([undefined]);
  });

  it('is given up while it waits', async () => {
    after(9, new StatusError('UNAVAILABLE', 'BACKEND_UNAVAILABLE', { message: 'gone', retryAfterMs: 30_000 }));
    const control = new AbortController();
    const call = customers().get('cus_1', { signal: control.signal });
    setTimeout(() => control.abort(), 100);
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED', reason: 'CALLER_LEFT' });
  });
});

describe('what is sent', () => {
  it('names the row, with filters as text and actions in their typed form', async () => {
    answer = async () => ({ entities: [], results: [{ Success: true }], response: { count: 3 }, fields: {} });
    await Array.fromAsync(customers().list({ filter: { Email: "o'hara@example.com" }, sort: { by: 'Created', order: 'desc' }, pageSize: 10 }));
    await Array.fromAsync(customers().list({ sort: 'Created', filter: "Name LIKE 'A%'" }));
    await customers().explain({ filter: { Email: null }, pageSize: 5 });
    expect(await customers().updateWhere({ Email: 'x' }, { Name: 'Y' })).toBe(3);
    await customers().deleteWhere({ Created: { lt: 17 } });
    expect(await client.connection().action('FinalizeInvoice').run({ InvoiceId: 'in_1' })).toEqual({ Success: true });
    await client.connection(CONNECTION).task({ operation: 'LIST_ENTITIES', entity: 'Customer' });
    const path = { connection: CONNECTION, entityType: 'Customer' };
    expect(both.reached.map(({ row, input }) => [row, input])).toEqual([
      ['entities.list', { path, query: { conditions: "Email = 'o''hara@example.com'", sortBy: ['Created'], sortOrder: ['DESC'], pageSize: 10 }, body: undefined }],
      ['entities.list', { path, query: { conditions: "Name LIKE 'A%'", sortBy: ['Created'], sortOrder: ['ASC'] }, body: undefined }],
      ['entities.explain', { path, query: { conditions: 'Email IS NULL', pageSize: 5 }, body: undefined }],
      ['entities.updateEntitiesWithConditions', { path, query: { conditions: "Email = 'x'" }, body: { fields: { Name: 'Y' } } }],
      ['entities.deleteEntitiesWithConditions', { path, query: { conditions: 'Created < 17' }, body: undefined }],
      ['actions.execute', { path: { connection: CONNECTION, action: 'FinalizeInvoice' }, query: {}, body: { parameters: { InvoiceId: 'in_1' } } }],
      ['integrations.execute', { path: { location: 'projects/p/locations/us-central1', integration: 'ExecuteConnection' }, query: { triggerId: 'api_trigger/ExecuteConnection' }, body: { operation: 'LIST_ENTITIES', entity: 'Customer', connectionName: CONNECTION } }],
    ]);
    expect(both.reached[5]?.call.headers['x-konektor-output']).toBe('typed');
  });

  it('asks page by page, no further than it is walked', async () => {
    answer = async ({ input }) => {
      const at = Number((input as { readonly query: { readonly pageToken?: string } }).query.pageToken ?? 0);
      return { entities: [{ fields: { Id: `${at}`, Email: null } }, { fields: { Id: `${at + 1}`, Email: null } }], ...(at < 4 ? { nextPageToken: String(at + 2) } : {}) };
    };
    const list = customers().list({ columns: ['Id'] });
    expect(both.reached).toHaveLength(0);
    expect(await Array.fromAsync(list, ({ Id }) => Id)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(both.reached).toHaveLength(3);
    for await (const row of list) {
      expect(row).toEqual({ Id: '0' });
      break;
    }
    expect(both.reached).toHaveLength(4);
    expect(await list.page('4')).toEqual({ rows: [{ Id: '4' }, { Id: '5' }], nextPageToken: undefined });
    expect((await Array.fromAsync(customers().list({ pageToken: '2' }))).map(({ Id }) => Id)).toEqual(['2', '3', '4', '5']);
  });

  it.each(['', 'demo', 'demo/us-central1', 'a/b/c/d', 'projects/p/locations/l/connections/..', '//'])('refuses the connection "%s"', (name) => {
    expect(() => client.connection(name)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', violations: [{ field: 'connection', description: 'must be project/location/connection' }] }));
  });

  it('refuses a filter that forgot its value, before anything is sent', async () => {
    const forgotten: { email?: string } = {};
    await expect(client.connection<AnyConnector>().entity('Customer').deleteWhere({ Email: forgotten.email })).rejects.toBeInstanceOf(KonektorError);
    expect(both.reached).toHaveLength(0);
  });

  it('refuses fields that are no object, before anything is sent', async () => {
    for (const fields of ['Name', ['Name'], null]) {
      // @ts-expect-error: callers without types may send it
      await expect(customers().create(fields)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', violations: [{ field: 'fields', description: 'must be an object' }] });
    }
    expect(both.reached).toHaveLength(0);
  });
});

describe('what is answered', () => {
  it('is no row where it is no object', async () => {
    answer = async () => ({ entities: [{ fields: [] }], results: ['done'] });
    await expect(customers().list().page()).rejects.toMatchObject({ code: 'UNKNOWN', reason: 'ANSWER_NOT_UNDERSTOOD', message: 'A row of Customer was answered as no object.' });
    await expect(customers().list({ columns: ['Id'] }).page()).rejects.toMatchObject({ reason: 'ANSWER_NOT_UNDERSTOOD' });
    await expect(client.connection().action('FinalizeInvoice').run({ InvoiceId: 'in_1' })).rejects.toMatchObject({ reason: 'ANSWER_NOT_UNDERSTOOD', message: 'A result of FinalizeInvoice was answered as no object.' });
  });
});

describe('the subpath', () => {
  it('leads to no package and no part of Node', () => {
    const root = resolve(import.meta.dirname, '../..');
    const seen = new Map<string, readonly string[]>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      const text = readFileSync(file, 'utf8').replaceAll(/^import type [^;]+;$|^export type [^;]+ from [^;]+;$/gm, '');
      const to = [...text.matchAll(/^(?:import|export)\s[^'";]*?from '([^']+)'/gm)].map((match) => match[1] ?? '');
      seen.set(file, to);
      for (const one of to) if (one.startsWith('.')) visit(join(dirname(file), one));
    };
    visit(join(root, 'src/client/index.ts'));
    expect([...seen.values()].flat().filter((to) => !to.startsWith('.'))).toEqual([]);
    expect([...seen.keys()].map((file) => relative(root, file))).not.toContain('src/api/table.ts');
    expect(seen.size).toBeGreaterThan(10);
  });
});
