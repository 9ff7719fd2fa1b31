import { describe, expect, it } from 'vitest';
import { rowsThatAnswer } from '../../test/client/every-row.ts';
import { invalidFields, StatusError } from '../errors/status-error.ts';
import type { Catalog, Field } from '../spi/catalog.ts';
import { callTool } from './call-tool.ts';
import { toolsOf } from './tool.ts';

const field = (name: string, more: Partial<Field> = {}): Field => ({ name, type: 'string', nullable: false, description: '', writable: ['CREATE', 'UPDATE'], ...more });
const catalog: Catalog = {
  entities: [{ name: 'Order', description: 'An order.', key: 'Id', fields: [field('Id', { writable: [] }), field('Total', { type: 'integer' }), field('Note', { aliases: ['Remark'] })], operations: ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'], listRequires: [] }],
  actions: [{ name: 'CloseOrder', description: 'Closes.', inputs: [{ ...field('OrderId'), required: true }], outputs: [field('Success'), field('order.total')] }],
};
const CONNECTION = 'projects/p/locations/l/connections/c';

/** What reached the rows. The rows are the test's own, so that it sees exactly what a tool asks of them. */
function called(name: string, parameters: Readonly<Record<string, unknown>>, answer: object | Error = {}, executionHeaders?: string): { readonly result: Promise<object>; readonly reached: unknown[] } {
  const reached: unknown[] = [];
  const rows = rowsThatAnswer(async (id, input, options) => {
    reached.push({ id, ...input, ...options });
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const tool = toolsOf(catalog).find((one) => one.name === name) ?? expect.fail(name);
  return { reached, result: callTool(tool, parameters, { rows, connection: CONNECTION, executionHeaders }) };
}

describe('a call of a tool', () => {
  it('looks for the nearest names of no more than there may be', async () => {
    const many = Array.from({ length: 1_001 }, (_none, index) => `Ttal${index}`);
    await expect(called('list_Order', { columns: many }).result).rejects.toThrow(/^columns: has 1001 names; at most 1000 are taken$/);
    await expect(called('get_Order', { id: 'o1', ...Object.fromEntries(many.map((name) => [name, 1])) }).result).rejects.toSatisfy((error) => error instanceof StatusError && error.violations.length === 100);
  });

  it('lists by filter, order and page, and gives the columns that were asked for', async () => {
    const { result, reached } = called('list_Order', { filter: 'Total > 5', sort: 'Total DESC', pageSize: 2, pageToken: 't', columns: ['id', 'remark', 'Id'] },
      { entities: [{ fields: { Id: 'o1', Total: 7, Note: null } }], nextPageToken: 'next' });
    expect(await result).toEqual({ rows: [{ Id: 'o1', Note: null }], nextPageToken: 'next' });
    expect(reached).toEqual([{ id: 'entities.list', path: { connection: CONNECTION, entityType: 'Order' }, query: { conditions: 'Total > 5', pageSize: 2, pageToken: 't', sortBy: ['Total'], sortOrder: ['DESC'] } }]);
  });

  it('writes under the key that was given, with the columns as they came', async () => {
    const { result, reached } = called('update_Order', { id: 'o1', Total: '7', Other: { deep: 1 }, idempotencyKey: 'k' }, { fields: { Id: 'o1' } }, '{"x-konektor-output":"typed"}');
    expect(await result).toEqual({ Id: 'o1' });
    expect(reached).toEqual([{
      id: 'entities.patch', path: { connection: CONNECTION, entityType: 'Order', entity: 'o1' }, query: { 'executionConfig.headers': '{"x-konektor-output":"typed"}' },
      body: { fields: { Total: '7', Other: { deep: 1 } } }, headers: { 'idempotency-key': 'k' },
    }]);
  });

  it('deletes, and runs actions', async () => {
    const deletion = called('delete_Order', { id: 'o/1' });
    expect(await deletion.result).toEqual({ deleted: 'o/1' });
    const action = called('CloseOrder', { OrderId: 'o1', columns: ['order_total'] }, { results: [{ Success: 'true', 'order.total': '7', more: null }] });
    expect(await action.result).toEqual({ results: [{ 'order.total': '7' }] });
    expect(action.reached).toEqual([{ id: 'actions.execute', path: { connection: CONNECTION, action: 'CloseOrder' }, body: { parameters: { OrderId: 'o1' } } }]);
  });

  it('tells every fault of its arguments at once, and calls nothing', async () => {
    const { result, reached } = called('list_Order', { filter: 7, pageSize: '2', columns: ['Totals', 3], Limit: 1, order_by: 'x' });
    await expect(result).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST',
      violations: [
        { field: 'filter', description: 'must be text, not a number' }, { field: 'pageSize', description: 'must be a whole number from 1 to 200, not a string' },
        { field: 'columns.0', description: '"Totals" is no column here; did you mean Total?' }, { field: 'columns.1', description: 'must be text, not a number' },
        { field: 'Limit', description: 'is no argument of list_Order, which takes filter, sort, columns, pageSize, pageToken' }, { field: 'order_by', description: expect.stringContaining('is no argument') },
      ],
    });
    expect(reached).toEqual([]);
    await expect(called('list_Order', { sort: 'Total desc, Id' }).result).rejects.toMatchObject({ violations: [{ field: 'sort', description: expect.stringContaining('is one column') }] });
    await expect(called('get_Order', {}).result).rejects.toMatchObject({ violations: [{ field: 'id', description: 'is missing: get_Order needs it' }] });
    await expect(called('create_Order', { Total: 1, idempotency_key: 'k' }).result).rejects.toMatchObject({ violations: [{ field: 'idempotency_key', description: 'is written idempotencyKey here' }] });
    await expect(called('delete_Order', { id: '', idempotencyKey: 'x'.repeat(256) }).result).rejects.toMatchObject({ violations: [{ field: 'id' }, { field: 'idempotencyKey' }] });
  });

  it('tells the faults of a row under the names of its own arguments', async () => {
    const fault = invalidFields([{ field: 'conditions', description: 'is no filter' }, { field: 'sortBy', description: 'x' }, { field: 'fields.Total', description: 'y' }, { field: 'entity', description: 'z' }], 'INVALID_FILTER');
    await expect(called('list_Order', {}, fault).result).rejects.toMatchObject({ reason: 'INVALID_FILTER', violations: [{ field: 'filter' }, { field: 'sort' }, { field: 'Total' }, { field: 'id' }] });
    const other = new StatusError('NOT_FOUND', 'ROW_NOT_FOUND', { message: 'gone' });
    await expect(called('get_Order', { id: 'o1' }, other).result).rejects.toBe(other);
  });
});
