// The MCP server spoken to by the SDK's own client, without a network between: what reaches the rows, what ends them, and how
// what they throw is told. The rows are the test's own, so that it sees each call and answers as it likes.
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { afterEach, describe, expect, it } from 'vitest';
import type { RowCallOptions } from '../../src/api/row-caller.ts';
import { invalidFields, StatusError } from '../../src/errors/status-error.ts';
import { readOptions, type GivenOptions } from '../../src/mcp/options.ts';
import { createMcpServer } from '../../src/mcp/server.ts';
import { rowsThatAnswer } from '../client/every-row.ts';

const CONNECTION = 'projects/p/locations/l/connections/c';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of closing.splice(0)) await close(); });

type Answer = (id: string, body: Readonly<Record<string, unknown>>, options: RowCallOptions) => Promise<object>;

async function connected(given: GivenOptions, answer: Answer, faults: unknown[] = []): Promise<Client> {
  const rows = rowsThatAnswer(async (id, { query, body }, options) => answer(id, { ...query, ...body }, options));
  const server = createMcpServer({ rows, connection: CONNECTION, options: readOptions(given), version: '1.2.3', requestId: 'request-1', onFault: (error) => faults.push(error) });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '0' });
  await server.connect(far);
  await client.connect(near);
  closing.push(() => client.close());
  return client;
}

const hints = { title: 't', readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
const tool = (name: string) => ({ name, description: 'd', annotations: hints, inputSchema: { type: ['object'] }, outputSchema: { type: ['object'] } });

describe('the MCP server', () => {
  it('passes the choice along with everything it asks', async () => {
    const asked: unknown[] = [];
    const client = await connected({ entities: 'Customer', readOnly: '' }, async (id, body) => {
      asked.push([id, body['choice']]);
      return id === 'tools.execute' ? { result: { ok: true } } : { tools: [tool('list_Customer')], nextPageToken: 'page-2' };
    });
    expect(client.getServerVersion()).toMatchObject({ name: 'konektor', version: '1.2.3' });
    expect(client.getInstructions()).toContain('none changes anything');
    expect(await client.listTools({ cursor: 'page-1' })).toMatchObject({ tools: [{ name: 'list_Customer', title: 't' }], nextCursor: 'page-2' });
    expect(await client.callTool({ name: 'delete_Customer', arguments: { id: 'x' } })).toMatchObject({ structuredContent: { ok: true } });
    await client.callTool({ name: 'call_tool', arguments: { name: 'delete_Customer', arguments: {} } });
    const choice = { entityTypes: ['Customer'], effects: ['read'] };
    expect(asked).toEqual([['tools.listPost', choice], ['tools.execute', choice], ['tools.execute', choice]]);
  });

  it('ends the call of a row when its request is cancelled', async () => {
    let ended: (() => void) | undefined;
    const wasEnded = new Promise<void>((resolve) => { ended = resolve; });
    const client = await connected({}, (_id, _body, { signal }) => new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        ended?.();
        reject(new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'left' }));
      });
    }));
    const control = new AbortController();
    const call = client.callTool({ name: 'list_Customer', arguments: {} }, { signal: control.signal });
    setImmediate(() => control.abort());
    await expect(call).rejects.toThrow();
    await wasEnded;
  });

  it('tells a failure with every fault, what to do, and the request', async () => {
    const client = await connected({}, async () => { throw invalidFields([{ field: 'Amount', description: 'must be a whole number' }, { field: 'Currency', description: 'is required' }]); });
    expect(await client.callTool({ name: 'create_Refund', arguments: {} })).toEqual({
      isError: true,
      content: [{ type: 'text', text: 'INVALID_ARGUMENT (INVALID_FIELD): 2 faults\n- Amount: must be a whole number\n- Currency: is required\nWhat to do: Correct the named columns and call again; the schema of the tool tells the type of each.\nRequest: request-1' }],
      _meta: { 'konektor/error': { code: 'INVALID_ARGUMENT', reason: 'INVALID_FIELD', metadata: {}, violations: [{ field: 'Amount', description: 'must be a whole number' }, { field: 'Currency', description: 'is required' }], requestId: 'request-1' } },
    });
    const limited = await connected({}, async () => { throw new StatusError('RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', { message: 'Too much.', retryAfterMs: 1_200 }); });
    expect(JSON.stringify(await limited.callTool({ name: 'x', arguments: {} }))).toContain('Wait 2 s.');
    await expect(limited.listTools({ cursor: 'c' })).rejects.toThrow(/Too much\. Wait for the delay/);
    const unended = await connected({}, async () => { throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: 'It was not found' }); });
    await expect(unended.listTools({ cursor: 'c' })).rejects.toThrow(/It was not found\. Check the name/);
  });

  it('tells no secret back that stood in the arguments', async () => {
    const key = `sk_live_${'a1'.repeat(12)}`;
    const wrong = await connected({}, async () => { throw invalidFields([{ field: key, description: `is ${key}` }]); });
    const missing = await connected({}, async () => { throw new StatusError('NOT_FOUND', 'TOOL_NOT_FOUND', { message: `There is no tool ${key}.`, metadata: { tool: key } }); });
    for (const client of [wrong, missing]) {
      expect(JSON.stringify(await client.callTool({ name: 'x', arguments: {} })).split(key)).toHaveLength(1);
      await expect(client.listTools({ cursor: 'c' })).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining(key) }));
    }
  });

  it('says nothing of a fault of its own but that there was one', async () => {
    const faults: unknown[] = [];
    const secret = new TypeError('sk_live_secret is undefined');
    const client = await connected({}, async () => { throw secret; }, faults);
    expect(JSON.stringify(await client.callTool({ name: 'x', arguments: {} }))).not.toContain('sk_live');
    await expect(client.listResources()).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining('sk_live') }));
    expect(faults).toEqual([secret, secret]);
  });

  it('refuses wrong arguments of its three tools before it asks anything', async () => {
    const client = await connected({ mode: 'small' }, async () => { throw new Error('asked'); });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['search_tools', 'describe_tool', 'call_tool']);
    for (const [name, given, fault] of [
      ['search_tools', { query: 7, limit: 0, more: 1 }, '3 faults'], ['describe_tool', {}, 'name: must be the name of a tool'], ['call_tool', { name: 'x', arguments: [] }, 'arguments: must be an object'],
      ['call_tool', { name: '../secrets' }, 'TOOL_NOT_FOUND'],
    ] as const) expect(JSON.stringify(await client.callTool({ name, arguments: given })), name).toContain(fault);
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow(/There is no resource/);
  });
});
