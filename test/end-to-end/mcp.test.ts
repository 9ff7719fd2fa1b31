// The MCP server as agents use it: by the SDK's client over HTTP, in the protocol's old form and its new one, and over the pipes of
// `konektor mcp`; and by the command line of the MCP Inspector. Always on a real server with its sandbox.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport, type CallToolResult, type ListToolsResult } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Ajv } from 'ajv';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { konektor, PROGRAM } from './running-command.ts';
import { DEMO, emptyFolder, removeFolder, TOKEN, type RunningServer, withServer } from './running-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const INSPECTOR = join(ROOT, 'test', 'node_modules', '@modelcontextprotocol', 'inspector', 'clients', 'launcher', 'build', 'index.js');

let server: RunningServer;
withServer((started) => { server = started; });
const home = emptyFolder();
afterAll(() => removeFolder(home));
const closing: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of closing.splice(0)) await close(); });

const address = (query = ''): URL => new URL(`${server.url}/mcp/${DEMO}${query}`);

async function overHttp(query = '', { token = TOKEN, mode = 'legacy' }: { readonly token?: string; readonly mode?: 'legacy' | 'auto' } = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(address(query), { requestInit: { headers: { authorization: `Bearer ${token}` } } }));
  closing.push(() => client.close());
  return client;
}

const variables = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: home, KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN, KONEKTOR_CONFIG: '/nowhere/contexts.json' });

async function overPipes(...words: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '0' });
  const transport = new StdioClientTransport({ command: process.execPath, args: [PROGRAM, 'mcp', '-c', 'stripe-sandbox', ...words], env: variables(), stderr: 'pipe' });
  await client.connect(transport);
  closing.push(() => client.close());
  return client;
}

/** Page by page: the client's own way reads all pages, and compiles every schema. */
async function every(client: Client): Promise<ListToolsResult['tools']> {
  const tools: ListToolsResult['tools'] = [];
  for (let cursor: string | undefined = '', pages = 0; cursor !== undefined && pages < 50; pages += 1) {
    const page: ListToolsResult = await client.request({ method: 'tools/list', params: cursor === '' ? {} : { cursor } });
    tools.push(...page.tools);
    cursor = page.nextCursor;
  }
  return tools;
}

type Data = Readonly<Record<string, unknown>>;

/** What a call gives, which must have gone well. */
async function call(client: Client, name: string, given: Data = {}): Promise<Data> {
  const result = await client.callTool({ name, arguments: given });
  expect(result.isError, JSON.stringify(result.content)).not.toBe(true);
  expect(JSON.parse(textOf(result)), 'the text is the data').toEqual(result.structuredContent);
  return result.structuredContent as Data;
}

/** The text of a call that must be refused. */
async function refused(client: Client, name: string, given: Data = {}): Promise<string> {
  const result = await client.callTool({ name, arguments: given });
  expect(result.isError, JSON.stringify(result).slice(0, 500)).toBe(true);
  return textOf(result);
}

function textOf({ content: [first] }: CallToolResult): string {
  return first?.type === 'text' ? first.text : '';
}

async function tokenWith(role: string): Promise<string> {
  const member = `user:${role.split('.').at(-1)?.toLowerCase() ?? ''}@example.com`;
  const { body: policy } = await server.call('GET', `/v1/${DEMO}:getIamPolicy`);
  const bindings = (policy['bindings'] ?? []) as readonly object[];
  expect((await server.call('POST', `/v1/${DEMO}:setIamPolicy`, { policy: { ...policy, bindings: [...bindings, { role, members: [member] }] } })).status).toBe(200);
  const { status, body } = await server.call('POST', '/v1/tokens', { member });
  expect(status, JSON.stringify(body)).toBe(200);
  return String(body['token']);
}

describe.each(['legacy', 'auto'] as const)('over HTTP, the protocol negotiated as %s', (mode) => {
  it('pays and refunds as an agent would', async () => {
    const client = await overHttp('?entities=Customer,PaymentIntent,Refund&actions=ConfirmPaymentIntent', { mode });
    const tools = await client.listTools();
    expect(tools.tools.map(({ name }) => name)).toContain('list_Customer');
    const customer = await call(client, 'create_Customer', { Name: 'Jenny Rosen', Email: `jenny-${mode}@example.com`, idempotencyKey: `jenny-${mode}` });
    expect(customer).toEqual({ Id: expect.stringMatching(/^cus_/) });
    expect(await call(client, 'create_Customer', { Name: 'Jenny Rosen', Email: `jenny-${mode}@example.com`, idempotencyKey: `jenny-${mode}` }), 'the same key does it once').toEqual(customer);
    const intent = await call(client, 'create_PaymentIntent', { Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_visa', Customer: customer['Id'] });
    expect(await call(client, 'ConfirmPaymentIntent', { PaymentIntentId: intent['Id'], ReturnUrl: 'https://example.com/', columns: ['Success', 'status', 'amount'] })).toEqual({ results: [{ Success: 'true', status: 'succeeded', amount: '1500' }] });
    expect(await call(client, 'create_Refund', { PaymentIntent: intent['Id'], Amount: 500 })).toEqual({ Id: expect.stringMatching(/^re_/) });
    expect(await call(client, 'list_Refund', { filter: `PaymentIntent = '${String(intent['Id'])}'`, columns: ['Amount', 'Status'] })).toEqual({ rows: [{ Amount: 500, Status: 'succeeded' }] });
    expect(await call(client, 'update_Customer', { id: customer['Id'], Name: 'John' })).toEqual(customer);
    expect(await call(client, 'get_Customer', { id: customer['Id'], columns: ['Name'] })).toEqual({ Name: 'John' });
    expect(await call(client, 'delete_Customer', { id: customer['Id'] })).toEqual({ deleted: customer['Id'] });
    expect(await refused(client, 'get_Customer', { id: customer['Id'] })).toMatch(/^NOT_FOUND \(ROW_NOT_FOUND\)/);
  });

  it('reads the documents of the connection', async () => {
    const client = await overHttp('', { mode });
    const { resources, nextCursor } = await client.listResources();
    expect(resources.length).toBeGreaterThan(10);
    if (nextCursor !== undefined) expect((await client.listResources({ cursor: nextCursor })).resources[0]?.uri).not.toBe(resources[0]?.uri);
    const uri = `konektor://${DEMO}/resources/entityTypes.Customer`;
    const { contents: [content] } = await client.readResource({ uri });
    expect(JSON.parse(content !== undefined && 'text' in content ? content.text : '')).toMatchObject({ name: 'Customer', operations: expect.arrayContaining(['LIST']) });
    expect((await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain(`konektor://${DEMO}/resources/entityTypes.{name}`);
    await expect(client.readResource({ uri: `konektor://${DEMO}/resources/entityTypes.Nothing` })).rejects.toThrow(/no entity type/);
    await expect(client.readResource({ uri: 'konektor://projects/demo/locations/us-central1/connections/other/resources/status' })).rejects.toThrow(/no resource/);
  });
});

describe('lists', () => {
  it('of tools come in pages, and those of rows too', async () => {
    const client = await overHttp('?mode=full&readOnly=true');
    const first = await client.request({ method: 'tools/list', params: {} });
    expect(first.tools).toHaveLength(50);
    expect(first.nextCursor).toBeDefined();
    const tools = await every(client);
    expect(tools.length).toBeGreaterThan(250);
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
    for (const { name, annotations } of tools) {
      expect(annotations, name).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(name).not.toMatch(/^(create|update|delete)_/);
    }
    const seen: unknown[] = [];
    let pageToken: unknown = undefined;
    do {
      const page = await call(client, 'list_Customer', { pageSize: 20, columns: ['Id'], ...(pageToken === undefined ? {} : { pageToken }) });
      seen.push(...page['rows'] as readonly unknown[]);
      pageToken = page['nextPageToken'];
    } while (pageToken !== undefined && seen.length < 500);
    expect(new Set(seen.map((row) => JSON.stringify(row))).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(20);
    await expect(client.listTools({ cursor: 'nonsense' })).rejects.toThrow(/pageToken/);
  });
});

/** Entity types with rows in the sandbox's demo, and what a list of some of them needs. */
const SAMPLE = ['Balance', 'BalanceTransaction', 'Charge', 'Coupon', 'CountrySpec', 'Customer', 'Dispute', 'Event', 'Invoice', 'InvoiceItem', 'PaymentIntent', 'Payout', 'Price', 'Product', 'Refund', 'Subscription', 'WebhookEndpoint'];

describe('what comes back', () => {
  it('is what the output schemas say, of entity types and actions', async () => {
    const client = await overHttp(`?entities=${SAMPLE.join(',')}&actions=FinalizeInvoice,CancelPaymentIntent,CapturePaymentIntent,CreateInvoicePreview,FindTaxAssociation`);
    const tools = await every(client);
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, code: { optimize: false } });
    const check = (name: string, data: Data): void => {
      const schema: object = tools.find((one) => one.name === name)?.outputSchema ?? expect.fail(name);
      expect(ajv.validate(schema, data) ? [] : ajv.errors, name).toEqual([]);
    };
    const withRows: string[] = [];
    for (const entity of SAMPLE) {
      if (!tools.some(({ name }) => name === `list_${entity}`)) continue;
      const page = await call(client, `list_${entity}`, { pageSize: 3 });
      check(`list_${entity}`, page);
      const [row] = page['rows'] as readonly Data[];
      if (row === undefined) continue;
      withRows.push(entity);
      if (typeof row['Id'] === 'string' && tools.some(({ name }) => name === `get_${entity}`)) check(`get_${entity}`, await call(client, `get_${entity}`, { id: row['Id'] }));
    }
    expect(withRows.length).toBeGreaterThan(8);
    const customer = String((await call(client, 'create_Customer', { Name: 'Schema' }))['Id']);
    const invoice = await call(client, 'create_Invoice', { Customer: customer, Currency: 'usd', CollectionMethod: 'charge_automatically' });
    check('create_Invoice', invoice);
    check('FinalizeInvoice', await call(client, 'FinalizeInvoice', { InvoiceId: invoice['Id'] }));
    const intent = await call(client, 'create_PaymentIntent', { Amount: 33_000, Currency: 'usd', PaymentMethod: 'pm_card_visa', CaptureMethod: 'manual', Confirm: true, ReturnUrl: 'https://example.com/' });
    check('CapturePaymentIntent', await call(client, 'CapturePaymentIntent', { PaymentIntentId: intent['Id'] }));
    check('create_WebhookEndpoint', await call(client, 'create_WebhookEndpoint', { Url: 'https://example.com/hook', EnabledEvents: ['*'] }));
    check('delete_Customer', await call(client, 'delete_Customer', { id: customer }));
  });
});

describe('who calls', () => {
  it('is who the token says: one who may only read reads, and is told in words what is missing', async () => {
    const token = await tokenWith('roles/konektor.rowsViewer');
    const client = await overHttp('?entities=Customer', { token });
    expect((await call(client, 'list_Customer', { pageSize: 1, columns: ['Id'] }))['rows']).toHaveLength(1);
    const text = await refused(client, 'create_Customer', { Name: 'Nobody' });
    expect(text).toMatch(/^PERMISSION_DENIED \(PERMISSION_DENIED\): .*connectors\.entities\.create/);
    expect(text).toContain('Calling again does not help');
    await expect.poll(async () => {
      const { body } = await server.call('GET', '/v1/projects/demo/auditEntries?pageSize=50');
      return (body['auditEntries'] as readonly Data[]).filter(({ principal }) => principal === 'user:rowsviewer@example.com').map(({ method, status }) => `${String(method)} ${(status as { readonly code: string }).code}`);
    }).toEqual(expect.arrayContaining(['cloud.connectors.runtime.v2.EntityService.CreateEntity PERMISSION_DENIED', 'cloud.connectors.runtime.v2.EntityService.ListEntities OK']));
  });

  it('must be known: a request without a token, or of another site, gets nothing', async () => {
    const ask = async (headers: Readonly<Record<string, string>>, method = 'POST', query = ''): Promise<Response> => fetch(address(query), {
      method, headers: { accept: 'application/json, text/event-stream', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(method === 'POST' ? { body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }) } : {}),
    });
    const authorization = `Bearer ${TOKEN}`;
    const nobody = await ask({});
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="konektor"']);
    // No issuer is set: there is nowhere to send a user to.
    for (const path of ['', `/mcp/${DEMO}`]) expect((await fetch(`${server.url}/.well-known/oauth-protected-resource${path}`)).status, path).toBe(404);
    expect((await ask({ authorization: 'Bearer konektor_wrong' })).status).toBe(401);
    expect((await ask({ authorization, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask({ authorization, origin: server.url })).status).toBe(200);
    for (const method of ['GET', 'DELETE']) expect((await ask({ authorization }, method)).status, method).toBe(405);
    expect((await ask({ authorization }, 'POST', '?entites=Customer')).status).toBe(400);
    expect((await fetch(`${server.url}/mcp/${DEMO}`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{' })).status).toBe(400);
    for (const path of ['/mcp', '/mcp/projects/demo']) {
      const none = await fetch(`${server.url}${path}`, { method: 'POST', headers: { authorization } });
      expect([none.status, await none.text()], path).toEqual([404, expect.stringContaining('/mcp/projects/{project}/locations/{location}/connections/{connection}')]);
    }
  });

  it('may be given less than it might do', async () => {
    const client = await overHttp('?entities=Customer&actions=CancelPaymentIntent&effects=read,write');
    expect((await every(client)).map(({ name }) => name)).toEqual(['create_Customer', 'get_Customer', 'list_Customer', 'update_Customer']);
    expect(await refused(client, 'delete_Customer', { id: 'cus_1' })).toContain('only tools that read or write were chosen');
    expect(await refused(client, 'list_Invoice')).toContain('TOOL_NOT_CHOSEN');
    const typo = await overHttp('?entities=Custmer');
    await expect(typo.listTools()).rejects.toThrow(/entities: names "Custmer".*did you mean Customer\? Calling again does not help: .* set up with options/);
  });
});

describe('wrong arguments', () => {
  it('are told all at once, each by its name', async () => {
    const client = await overHttp('?entities=Customer,SubscriptionItem');
    const text = await refused(client, 'list_Customer', { filter: 5, pageSize: 1_000, columns: ['Nmae'], limit: 3 });
    for (const said of ['- filter: must be text', '- pageSize: must be a whole number from 1 to 200, not 1000', '"Nmae" is no column here', '- limit: is no argument of list_Customer']) expect(text).toContain(said);
    expect(await refused(client, 'list_Customer', { filter: 'Emial = \'x\'' })).toContain('did you mean Email?');
    expect(await refused(client, 'list_Customer', { filter: 'Email = ' })).toContain('INVALID_FILTER');
    expect(await refused(client, 'create_Customer', { Balance: 'much', Emial: 'x' })).toMatch(/2 faults\n- Balance: .*\n- Emial: .*Email/s);
    expect(await refused(client, 'list_SubscriptionItem')).toContain('filter: is missing');
    expect(await refused(client, 'list_SubscriptionItem', { filter: 'Quantity = 1' })).toContain('Subscription');
    expect(await refused(client, 'list_Custmer')).toContain('did you mean list_Customer?');
  });
});

describe('with hundreds of tools', () => {
  it('three are offered, which search, describe and call', async () => {
    const client = await overHttp();
    const { tools, nextCursor } = await client.listTools();
    expect([tools.map(({ name }) => name), nextCursor]).toEqual([['search_tools', 'describe_tool', 'call_tool'], undefined]);
    expect(tools.find(({ name }) => name === 'call_tool')?.annotations).toMatchObject({ readOnlyHint: false, destructiveHint: true });
    const found = await call(client, 'search_tools', { query: 'list invoices', limit: 3 });
    expect(found).toMatchObject({ tools: [{ name: 'list_Invoice', effect: 'read' }, expect.anything(), expect.anything()], found: expect.any(Number) });
    const described = await call(client, 'describe_tool', { name: 'create_Refund' });
    expect(described).toMatchObject({ name: 'create_Refund', inputSchema: { properties: { PaymentIntent: { type: 'string' } } }, annotations: { readOnlyHint: false } });
    expect(await call(client, 'call_tool', { name: 'list_Product', arguments: { pageSize: 1, columns: ['Name'] } })).toMatchObject({ rows: [{ Name: expect.any(String) }] });
    expect(await refused(client, 'describe_tool', { name: 'create_Refunds' })).toMatch(/TOOL_NOT_FOUND.*did you mean create_Refund\?/);

    const reader = await overHttp('?readOnly=true');
    expect((await reader.listTools()).tools.find(({ name }) => name === 'call_tool')?.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(await refused(reader, 'call_tool', { name: 'create_Customer', arguments: { Name: 'x' } })).toContain('TOOL_NOT_CHOSEN');
    expect(JSON.stringify(await call(reader, 'search_tools', { query: 'create customer', limit: 50 }))).not.toContain('create_Customer');
  });
});

describe('konektor mcp', () => {
  it('speaks over its pipes, as the one whose token it has', async () => {
    const client = await overPipes('--entities', 'Product', '--effects', 'read,write');
    expect((await every(client)).map(({ name }) => name)).toEqual(['create_Product', 'get_Product', 'list_Product', 'update_Product']);
    const product = await call(client, 'create_Product', { Name: 'Kopi', idempotencyKey: 'kopi-1' });
    expect(await call(client, 'get_Product', { id: product['Id'], columns: ['Name', 'Active'] })).toEqual({ Name: 'Kopi', Active: true });
    const text = await refused(client, 'create_Product', { Active: 'maybe' });
    for (const said of ['- Active:', '- Name:', 'Request: ']) expect(text).toContain(said);
  });

  it('tells whoever set it up what is wrong, and says nothing where only the protocol may stand', async () => {
    const wrong = await konektor(['mcp', '-c', 'stripe-sandbox', '--entities', 'Produkt', '--actions', 'Void', '--mode', 'full'], { KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN });
    expect([wrong.exitCode, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toMatch(/^--entities names "Produkt", which is no entity type.*did you mean Product.*\n--actions names "Void", .*\nkonektor mcp --help/);
    const ended = await konektor(['mcp', '-c', 'stripe-sandbox'], { KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN });
    expect(ended, 'it ends with its input').toEqual({ exitCode: 0, out: '', err: '' });
  });
});

describe('the command line of the MCP Inspector', () => {
  const inspect = async (...words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> => {
    const child = spawn(process.execPath, [INSPECTOR, '--cli', ...words], { env: { ...variables(), NO_COLOR: '1' }, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    await once(child, 'close');
    return { code: child.exitCode, out, err };
  };
  const http = (query: string): readonly string[] => [address(query).href, '--transport', 'http', '--header', `Authorization: Bearer ${TOKEN}`];

  it('lists, calls and reads over HTTP, and finds no error in the schemas', async () => {
    const [listed, called, read] = await Promise.all([
      inspect(...http('?entities=Customer,Invoice,Refund&actions=PayInvoice,VoidInvoice'), '--method', 'tools/list', '--strict'),
      inspect(...http('?entities=Customer'), '--method', 'tools/call', '--tool-name', 'list_Customer', '--tool-arg', 'pageSize=1', 'columns=["Id"]'),
      inspect(...http(''), '--method', 'resources/read', '--uri', `konektor://${DEMO}/resources/status`),
    ]);
    expect(JSON.parse(listed.out)).toMatchObject({ tools: expect.arrayContaining([expect.objectContaining({ name: 'PayInvoice' })]) });
    // What it warns of is that a column of JSON may hold anything, which it may.
    expect([listed.code, /^\d+ errors/m.exec(listed.err)?.[0]]).toEqual([0, '0 errors']);
    expect(called.err).toBe('');
    expect(JSON.parse(called.out)).toMatchObject({ structuredContent: { rows: [{ Id: expect.stringMatching(/^cus_/) }] } });
    expect(read.out).toContain('ACTIVE');
  });

  it('starts the command and calls it', async () => {
    const started = (...words: readonly string[]): readonly string[] => ['-e', `KONEKTOR_SERVER=${server.url}`, '-e', `KONEKTOR_TOKEN=${TOKEN}`, '--', process.execPath, PROGRAM, 'mcp', '-c', 'stripe-sandbox', ...words];
    const { out, err } = await inspect('--method', 'tools/call', '--tool-name', 'list_Product', '--tool-arg', 'pageSize=1', 'columns=["Name"]', ...started('--read-only', '--entities', 'Product'));
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ structuredContent: { rows: [{ Name: expect.any(String) }] } });
  });
});
