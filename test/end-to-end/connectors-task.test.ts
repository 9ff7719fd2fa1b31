// The Connectors task over HTTP beside the examples: every fault told at once under the names that its callers know; pages,
// filters, keys, deadlines and roles; errors in the forms of v2 and of v1. The audit log has who did what.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEMO, type Fields, type Reply, type RunningServer, withServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const TRIGGER = 'api_trigger/ExecuteConnection';
const TASK = `/v2/${LOCATION}/integrations/ExecuteConnection:execute?triggerId=${TRIGGER}`;

let server: RunningServer;
withServer((started) => { server = started; });

const task = (inputs: object, headers?: Readonly<Record<string, string>>): Promise<Reply> => server.call('POST', TASK, { connectionName: DEMO, ...inputs }, headers);
const taskV1 = (inputParameters: object, more: object = {}, headers?: Readonly<Record<string, string>>): Promise<Reply> =>
  server.call('POST', `/v1/${LOCATION}/integrations/ExecuteConnection:execute`, { triggerId: TRIGGER, inputParameters, ...more }, headers);
function outputOf({ status, body }: Reply): unknown {
  expect(status, JSON.stringify(body)).toBe(200);
  return body['connectorOutputPayload'];
}
const payloadOf = (reply: Reply): Fields => outputOf(reply) as Fields;
const rowsOf = (reply: Reply): readonly Fields[] => outputOf(reply) as readonly Fields[];
const customer = async (fields: object): Promise<string> => String(payloadOf(await task({ operation: 'CREATE_ENTITY', entity: 'Customer', connectorInputPayload: fields }))['Id']);
const message = async (inputs: object): Promise<string> => (await task(inputs)).body.error?.message ?? '';

describe('the inputs', () => {
  it('may be open, as clients send them', async () => {
    const open = { entityId: '', action: null, connectorInputPayload: {}, filterClause: '', pageSize: null, pageToken: '', sortByColumns: [], query: '', timeout: 0, dynamicAuthConfig: {}, serviceName: 'x', host: 'elsewhere.example.com' };
    expect(rowsOf(await task({ operation: null, entity: 'Balance', ...open }))).toHaveLength(1);
    expect(rowsOf(await task({ connectionName: 'stripe-sandbox', entity: 'Balance', ...open }))).toHaveLength(1);
  });

  it('have all their faults told at once', async () => {
    const update = await task({ connectionName: 'a/b', operation: 'UPDATE_ENTITY', entityId: 'cus_1', filterClause: "Name = 'x'" });
    expect(update.body.error?.message).toBe([
      'connectionName: must be projects/{project}/locations/{location}/connections/{connection}, or the id of a connection of this location', 'entity: is missing: UPDATE_ENTITY needs it',
      'connectorInputPayload: is missing: UPDATE_ENTITY needs it', 'entityId: UPDATE_ENTITY takes one of entityId and filterClause, and not both', 'filterClause: UPDATE_ENTITY takes one of entityId and filterClause, and not both',
    ].join('; '));
    expect(update.body.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT', details: [{ reason: 'INVALID_REQUEST', domain: 'konektor' }, { fieldViolations: { length: 5 } }, expect.anything()] });
    expect(await message({ operation: 'DELETE_ENTITY', entity: 'Customer' })).toBe('entityId: DELETE_ENTITY takes one of entityId and filterClause, and neither was given; filterClause: DELETE_ENTITY takes one of entityId and filterClause, and neither was given');
    expect(await message({ operation: 'GET_ENTITY', filterClause: 'x', sortByColumns: ['a', 'b'] })).toBe('entity: is missing: GET_ENTITY needs it; entityId: is missing: GET_ENTITY needs it; filterClause: is not taken by GET_ENTITY: leave it out; sortByColumns: names more than one column');
    expect(await message({ operation: 'EXECUTE_ACTION', entityId: 'x' })).toBe('action: is missing: EXECUTE_ACTION needs it; entityId: is not taken by EXECUTE_ACTION: leave it out');
    expect(await message({ operation: 'DESTROY', entity: 5, pageSize: '50', filter: 'x' })).toMatch(/(?=.*filter: is not known here; there is operation, connectionName)(?=.*operation: .*LIST_ENTITIES)(?=.*entity: )(?=.*pageSize: )/);
  });

  it('keep their names in the errors of the rows', async () => {
    expect(await message({ entity: 'Nothing' })).toContain('Nothing');
    expect(await message({ operation: 'GET_ENTITY', entity: 'Customer', entityId: 'a//b' })).toMatch(/^entityId: /);
    expect(await message({ entity: 'Customer/x' })).toMatch(/^entity: is no part of a resource name/);
    expect(await task({ entity: 'Customer', filterClause: 'Email = ' })).toMatchObject({ status: 400, body: { error: { details: [{ reason: 'INVALID_FILTER' }, expect.anything()] } } });
    expect(await task({ entity: 'Customer', pageToken: 'x' })).toMatchObject({ status: 400, body: { error: { details: [{ reason: 'INVALID_PAGE_TOKEN' }, expect.anything()] } } });
    expect(await message({ connectionName: 'projects/demo/locations/us-central1/connections/none', entity: 'Customer' })).toContain('connections/none');
  });

  it('name an integration and a trigger that are there', async () => {
    const other = await server.call('POST', `/v2/${LOCATION}/integrations/Other:execute?triggerId=${TRIGGER}`, {});
    expect(other).toMatchObject({ status: 404, body: { error: { status: 'NOT_FOUND', message: expect.stringContaining('ExecuteConnection') } } });
    expect(await server.call('POST', `/v2/${LOCATION}/integrations/ExecuteConnection:execute?triggerId=api_trigger/x`, {})).toMatchObject({ status: 404, body: { error: { message: expect.stringContaining(TRIGGER) } } });
    expect(await server.call('POST', `/v2/${LOCATION}/integrations/ExecuteConnection:execute`, {})).toMatchObject({ status: 400, body: { error: { message: 'triggerId: is missing' } } });
    expect((await fetch(`${server.url}${TASK}#list_Customer`, { method: 'POST' })).status).toBe(401);
  });

  it('ask for what is not here: queries and credentials of their own', async () => {
    expect(await task({ operation: 'EXECUTE_QUERY', query: 'SELECT 1', pageSize: 50, timeout: 120 })).toMatchObject({ status: 501, body: { error: { status: 'UNIMPLEMENTED', details: [{ reason: 'NOT_SERVED' }, expect.anything()] } } });
    const override = await task({ entity: 'Customer', dynamicAuthConfig: { 'oauth2_auth_code_flow.access_token': 'token-of-somebody' } });
    expect(override).toMatchObject({ status: 400, body: { error: { status: 'FAILED_PRECONDITION', details: [{ reason: 'AUTH_OVERRIDE_NOT_SUPPORTED', metadata: { connection: DEMO } }, expect.anything()] } } });
    expect(JSON.stringify(override)).not.toContain('token-of-somebody');
  });
});

describe('lists', () => {
  it('give pages of fifty where nothing else is said, and the rest by their tokens', async () => {
    for (let index = 0; index < 53; index += 1) await customer({ Name: 'Paged', Email: `paged${index}@example.com` });
    const inputs = { entity: 'Customer', filterClause: "Name = 'Paged'" };
    const first = await task(inputs);
    expect(rowsOf(first)).toHaveLength(50);
    expect(first.body.nextPageToken).toMatch(/./);
    const second = await task({ ...inputs, pageToken: first.body.nextPageToken });
    expect(rowsOf(second)).toHaveLength(3);
    expect(second.body.nextPageToken).toBe('');
    expect(rowsOf(await task({ ...inputs, pageSize: 2, sortByColumns: ['Email'] })).map(({ Email }) => Email)).toEqual(['paged0@example.com', 'paged10@example.com']);
    expect(rowsOf(await task({ ...inputs, pageSize: 2, sortByColumns: ['Email desc'] })).map(({ Email }) => Email)).toEqual(['paged9@example.com', 'paged8@example.com']);
  });

  it('are updated and deleted by a filter', async () => {
    for (let index = 0; index < 3; index += 1) await customer({ Name: 'Filtered', Phone: String(index) });
    const inputs = { entity: 'Customer', filterClause: "Name = 'Filtered' AND Phone <> '0'" };
    expect(payloadOf(await task({ operation: 'UPDATE_ENTITY', ...inputs, connectorInputPayload: { Description: 'Seen' } }))).toEqual({ count: 2 });
    expect(rowsOf(await task({ entity: 'Customer', filterClause: "Name = 'Filtered'", sortByColumns: ['Phone'] })).map(({ Description }) => Description)).toEqual([null, 'Seen', 'Seen']);
    expect(payloadOf(await task({ operation: 'DELETE_ENTITY', ...inputs }))).toEqual({});
    expect(rowsOf(await task({ entity: 'Customer', filterClause: "Name = 'Filtered'" }))).toHaveLength(1);
  });
});

describe('a write', () => {
  const create = { operation: 'CREATE_ENTITY', entity: 'Customer', connectorInputPayload: { Name: 'Once' } };

  it('is done once under its key, by the header and by the id of a request of v1', async () => {
    const key = { 'idempotency-key': 'task-once' };
    const [first, again] = [payloadOf(await task(create, key)), payloadOf(await task(create, key))];
    expect(again).toEqual(first);
    expect(await task({ ...create, connectorInputPayload: { Name: 'Other' } }, key)).toMatchObject({ status: 400, body: { error: { details: [{ reason: 'IDEMPOTENCY_KEY_REUSED' }, expect.anything()] } } });
    expect(payloadOf(await task(create))).not.toEqual(first);

    const values = { connectionName: { stringValue: DEMO }, operation: { stringValue: 'CREATE_ENTITY' }, entity: { stringValue: 'Customer' }, connectorInputPayload: { jsonValue: '{"Name":"Once"}' } };
    const requestId = randomUUID();
    const v1 = await Promise.all([1, 2].map(async () => (await taskV1(values, { requestId })).body['outputParameters']));
    expect(v1[1]).toEqual(v1[0]);
    expect(await taskV1(values, { requestId }, { 'idempotency-key': 'another' })).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(/^requestId: /) } } });
  });

  it('is given the seconds of its timeout, and no more: its outcome is then unknown, and told so', async () => {
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'POST', path: '/v1/customers', fault: 'latency', delay_ms: 600_000, times: 1 }), headers: { 'content-type': 'application/json' } });
    // The source answers when its faults are cleared and no sooner: what answers now is the deadline.
    const late = await task({ ...create, timeout: 1 }, { 'idempotency-key': 'task-late' });
    expect(late).toMatchObject({ status: 504, body: { error: { status: 'DEADLINE_EXCEEDED', details: [{ reason: 'TIMED_OUT', metadata: { outcome: 'unknown', idempotencyKey: 'task-late' } }, expect.anything()] } } });
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'DELETE' });
    await expect.poll(async () => (await task(create, { 'idempotency-key': 'task-late' })).status, { interval: 500 }).toBe(200);
    expect(rowsOf(await task({ entity: 'Customer', filterClause: "Name = 'Once'" }))).toHaveLength(4);
  });

  it('waits no longer than its caller does', async () => {
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'GET', path: '/v1/products', fault: 'latency', delay_ms: 600_000, times: 1 }), headers: { 'content-type': 'application/json' } });
    const late = await task({ entity: 'Product', timeout: 60 }, { 'x-server-timeout': '0.5' });
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'DELETE' });
    expect(late).toMatchObject({ status: 504, body: { error: { status: 'DEADLINE_EXCEEDED' } } });
    expect(await task({ entity: 'Product' }, { 'x-server-timeout': 'soon' })).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('X-Server-Timeout') } } });
  });
});

describe('in the form of v1', () => {
  const list = { connectionName: { stringValue: 'stripe-sandbox' }, entity: { stringValue: 'Customer' }, filterClause: { stringValue: "Name = 'Paged'" } };

  it('values come in the types of the platform', async () => {
    const { status, body } = await taskV1({ ...list, pageSize: { intValue: '2' }, sortByColumns: { stringArray: { stringValues: ['Email'] } }, timeout: { doubleValue: 30 }, dynamicAuthConfig: { jsonValue: 'null' }, host: {} });
    expect(status).toBe(200);
    expect(body).toMatchObject({ executionId: expect.stringMatching(/^[0-9a-f-]{36}$/), executionFailed: false, outputParameters: { connectorOutputPayload: [{ Email: 'paged0@example.com' }, { Email: 'paged10@example.com' }], nextPageToken: expect.stringMatching(/./) } });
    expect((await taskV1({ ...list, pageSize: { stringValue: '2' }, sortByColumns: { stringValue: 'Email' } })).body['outputParameters']).toEqual(body['outputParameters']);
  });

  it('values that cannot be read are told of all at once', async () => {
    const wrong = await taskV1({ ...list, pageSize: { intValue: 'many' }, connectorInputPayload: { jsonValue: '{' }, sortByColumns: { stringArray: [] }, entityType: { stringValue: 'x' }, timeout: { stringValue: 'x', intValue: '1' } });
    expect(wrong.body.error?.message).toMatch(/inputParameters.pageSize: holds no intValue; inputParameters.connectorInputPayload: cannot be read: it is not JSON.*; inputParameters.sortByColumns: holds no stringArray; inputParameters.entityType: is no input of ExecuteConnection; inputParameters.timeout: must hold one of/);
    const others = await taskV1({ ...list, entity: { intArray: { intValues: ['1'] } }, pageSize: { doubleValue: 1.5 }, sortByColumns: { jsonValue: '[1]' }, connectorInputPayload: { jsonValue: '[1]' } });
    expect(others).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(/inputParameters.entity: must be text; inputParameters.pageSize: is no whole number; inputParameters.sortByColumns: must be a list of texts; inputParameters.connectorInputPayload: must be an object/) } } });
    expect(await taskV1({ connectorInputPayload: { jsonValue: '['.repeat(5_000) } })).toMatchObject({ status: 400 });
    expect(await taskV1({ connectorInputPayload: { jsonValue: '{"Balance":12345678901234567890}' } })).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('larger than can be read exactly') } } });
    expect(await taskV1(list, { requestId: 'not an id' })).toMatchObject({ status: 400 });
  });

  it('an error is an error, or is told in the answer where that is asked for', async () => {
    const get = { connectionName: { stringValue: DEMO }, operation: { stringValue: 'GET_ENTITY' }, entity: { stringValue: 'Customer' }, entityId: { stringValue: 'cus_none' } };
    expect(await taskV1(get)).toMatchObject({ status: 404, body: { error: { status: 'NOT_FOUND', details: [{ reason: 'ROW_NOT_FOUND' }, expect.anything()] } } });
    const told = await taskV1(get, { doNotPropagateError: true });
    expect(told).toMatchObject({ status: 200, body: { executionId: expect.stringMatching(/./), executionFailed: true } });
    expect(told.body).not.toHaveProperty('outputParameters');
    const { parameters } = told.body['eventParameters'] as { readonly parameters: readonly { readonly key: string; readonly value: { readonly stringValue?: string; readonly jsonValue?: string } }[] };
    expect(parameters.map(({ key }) => key)).toEqual(['PostWithTriggerIdExecutionException', '`ErrorInfo`']);
    expect(parameters[0]?.value.stringValue).toMatch(/^NOT_FOUND: .*cus_none/);
    expect(JSON.parse(parameters[1]?.value.jsonValue ?? '')).toMatchObject({ code: 404, status: 'NOT_FOUND', message: expect.stringContaining('cus_none'), details: [{ reason: 'ROW_NOT_FOUND', domain: 'konektor' }] });
    // What is wrong with the request itself is no failure of an execution.
    expect(await taskV1({ x: {} }, { doNotPropagateError: true })).toMatchObject({ status: 400 });
    expect(await server.call('POST', `/v1/${LOCATION}/integrations/Other:execute`, { triggerId: TRIGGER, doNotPropagateError: true })).toMatchObject({ status: 404 });
  });
});

describe('who calls', () => {
  async function asA(role: string): Promise<Readonly<Record<string, string>>> {
    const member = `user:${role.split('.').at(-1) ?? ''}@example.com`;
    const policy = await server.call('GET', `/v1/${DEMO}:getIamPolicy`);
    const bindings = (policy.body['bindings'] ?? []) as readonly object[];
    expect((await server.call('POST', `/v1/${DEMO}:setIamPolicy`, { policy: { ...policy.body, bindings: [...bindings, { role, members: [member] }] } })).status).toBe(200);
    const { body } = await server.call('POST', '/v1/tokens', { member });
    return { authorization: `Bearer ${String(body['token'])}` };
  }

  it('may do what their roles on the connection let them do with its rows', async () => {
    const reader = await asA('roles/konektor.rowsViewer');
    expect((await task({ entity: 'Customer', pageSize: 1 }, reader)).status).toBe(200);
    const denied = { status: 403, body: { error: { status: 'PERMISSION_DENIED', details: [{ reason: 'PERMISSION_DENIED' }, expect.anything()] } } };
    const writes: readonly (readonly [object, string])[] = [
      [{ operation: 'CREATE_ENTITY', entity: 'Customer', connectorInputPayload: { Name: 'x' } }, 'entities.create'], [{ operation: 'UPDATE_ENTITY', entity: 'Customer', entityId: 'cus_1', connectorInputPayload: { Name: 'x' } }, 'entities.update'],
      [{ operation: 'UPDATE_ENTITY', entity: 'Customer', filterClause: "Name = 'x'", connectorInputPayload: { Name: 'y' } }, 'entities.updateEntitiesWithConditions'], [{ operation: 'DELETE_ENTITY', entity: 'Customer', entityId: 'cus_1' }, 'entities.delete'],
      [{ operation: 'DELETE_ENTITY', entity: 'Customer', filterClause: "Name = 'x'" }, 'entities.deleteEntitiesWithConditions'], [{ operation: 'EXECUTE_ACTION', action: 'AcceptQuote', connectorInputPayload: { QuoteId: 'qt_1' } }, 'actions.execute'],
    ];
    for (const [inputs, permission] of writes) {
      const reply = await task(inputs, reader);
      expect(reply, permission).toMatchObject(denied);
      expect(reply.body.error?.message).toContain(`connectors.${permission}'`);
    }
    expect(await task({ entity: 'Customer' }, await asA('roles/connectors.viewer'))).toMatchObject(denied);
    expect((await task(writes[0]?.[0] ?? {}, await asA('roles/connectors.invoker'))).status).toBe(200);
  });

  it('is in the audit log, with the row that was called', async () => {
    const id = await customer({ Name: 'Audited' });
    await expect.poll(async () => {
      const { body } = await server.call('GET', `/v1/projects/demo/auditEntries?pageSize=20`);
      return (body['auditEntries'] as readonly Fields[]).map(({ method, resource }) => `${String(method)} ${String(resource)}`);
    }).toEqual(expect.arrayContaining([
      `cloud.connectors.runtime.v2.EntityService.CreateEntity ${DEMO}/entityTypes/Customer/entities/${id}`, `konektor.v1.Integrations.ExecuteIntegration ${LOCATION}/integrations/ExecuteConnection`,
    ]));
  });
});
