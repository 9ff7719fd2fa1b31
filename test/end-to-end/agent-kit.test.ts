// The calls that Google's agent toolkit makes of a connection, in its order and with what it sends: the connection, the schemas
// of an entity type and an action as operations, then the Connectors task for each of its tools.
import { describe, expect, it } from 'vitest';
import { DEMO, TOKEN, type Fields, type Reply, type ReplyBody, type RunningServer, withServer } from './running-server.ts';

const LOCATION = DEMO.split('/').slice(0, 4).join('/');
const DRAFT = 'http://json-schema.org/draft-07/schema#';

let server: RunningServer;
let connection: Fields;
withServer(async (started) => {
  server = started;
  connection = (await server.call('GET', `/v1/${DEMO}?view=BASIC`)).body;
});

interface Schema {
  readonly $schema?: string;
  readonly type: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly readOnly?: boolean;
}

/** Asks for an operation, and for what became of it, as the toolkit does: once a second until it is done. */
async function operation(path: string): Promise<Fields> {
  const { name } = (await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata:${path}`)).body;
  const { status, body } = await server.call('GET', `/v1/${name}`);
  expect(status).toBe(200);
  expect(body['done']).toBe(true);
  return body['response'] as Fields;
}

/** A tool's call: the name of the tool stands behind the address and reaches no server; what does not concern it is null. */
async function tool(name: string, inputs: object): Promise<Reply> {
  const body = {
    ...inputs, connectionName: connection['name'], serviceName: connection['tlsServiceDirectory'], host: connection['host'], entity: null, action: null, ...inputs,
  };
  const reply = await fetch(`${server.url}/v2/${LOCATION}/integrations/ExecuteConnection:execute?triggerId=api_trigger/ExecuteConnection#${name}`, {
    method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  return { status: reply.status, body: await reply.json() as ReplyBody };
}
const outputOf = ({ status, body }: Reply): unknown => {
  expect(status, JSON.stringify(body)).toBe(200);
  return body['connectorOutputPayload'];
};

describe('the agent toolkit', () => {
  it('reads the connection', () => {
    expect(connection).toMatchObject({ name: DEMO, host: expect.stringMatching(/:\d+$/), serviceDirectory: expect.stringContaining(LOCATION), tlsServiceDirectory: expect.stringContaining(LOCATION) });
  });

  it('reads an entity type: what must be there is of one type, what may be absent of that or null', async () => {
    const { jsonSchema, operations } = await operation('getEntityType?entityId=Customer');
    expect(operations).toEqual(expect.arrayContaining(['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE']));
    const { $schema, type, properties = {} } = jsonSchema as Schema;
    expect({ $schema, type }).toEqual({ $schema: DRAFT, type: ['object'] });
    expect(properties['Id']).toMatchObject({ type: ['string'], readOnly: true });
    expect(properties['Email']).toMatchObject({ type: ['string', 'null'], readOnly: false });
    expect(properties['Balance']?.type).toContain('integer');
    for (const [name, { type: types }] of Object.entries(properties)) expect(Array.isArray(types), name).toBe(true);
    const { body } = await server.call('GET', `/v2/${DEMO}/entityTypes/Customer?view=ENTITY_TYPE_SCHEMA_VIEW_ENRICHED`);
    expect(body['jsonSchema']).toEqual(jsonSchema);
    const fields = Object.values(body.fields) as readonly { readonly name: string; readonly nullable: boolean; readonly jsonSchema: Schema }[];
    expect(fields.length).toBeGreaterThan(0);
    for (const { name, nullable, jsonSchema: { type: types } } of fields) expect(types.includes('null'), name).toBe(nullable);
  });

  it('reads an action: its name, what it takes, and the array that it answers', async () => {
    const { displayName, description, inputJsonSchema, outputJsonSchema, resultJsonSchema } = await operation('getAction?actionId=ConfirmPaymentIntent');
    expect([displayName, description]).toEqual(['ConfirmPaymentIntent', expect.stringMatching(/./)]);
    const { $schema, type, properties = {} } = inputJsonSchema as Schema;
    expect({ $schema, type }).toEqual({ $schema: DRAFT, type: ['object'] });
    expect(properties['PaymentIntentId']).toMatchObject({ type: ['string'] });
    expect(properties['ReturnUrl']).toMatchObject({ type: ['string', 'null'] });
    expect(outputJsonSchema).toMatchObject({ $schema: DRAFT, type: ['array'], items: { type: ['object'], properties: { Success: expect.anything() } } });
    expect(resultJsonSchema).toEqual(outputJsonSchema);
    const { body } = await server.call('GET', `/v2/${DEMO}/actions/ConfirmPaymentIntent`);
    expect(body['resultJsonSchema']).toEqual(outputJsonSchema);
  });

  it('runs its tools', async () => {
    const made = outputOf(await tool('create_Customer', { operation: 'CREATE_ENTITY', entity: 'Customer', connectorInputPayload: { Name: 'Agnes', Email: 'agnes@example.com' }, dynamicAuthConfig: {} })) as Fields;
    const entityId = String(made['Id']);
    const list = { operation: 'LIST_ENTITIES', entity: 'Customer', filterClause: "Email='agnes@example.com' AND Name='Agnes'", pageSize: 50, pageToken: '', sortByColumns: [] };
    expect(outputOf(await tool('list_Customer', list))).toMatchObject([{ Id: entityId }]);
    expect(outputOf(await tool('update_Customer', { operation: 'UPDATE_ENTITY', entity: 'Customer', entityId, filterClause: '', connectorInputPayload: { Name: 'Agnes W.' } }))).toEqual({ Id: entityId });
    expect(outputOf(await tool('get_Customer', { operation: 'GET_ENTITY', entity: 'Customer', entityId }))).toMatchObject({ Name: 'Agnes W.' });
    const card = outputOf(await tool('create_PaymentMethod', { operation: 'CREATE_ENTITY', entity: 'PaymentMethod', connectorInputPayload: { Type: 'card', Card: { token: 'tok_visa' } } })) as Fields;
    const attach = { operation: 'EXECUTE_ACTION', action: 'AttachPaymentMethodToCustomer', connectorInputPayload: { PaymentMethodId: card['Id'], CustomerId: entityId } };
    expect(outputOf(await tool('attach', attach))).toEqual([{ Success: 'true' }]);
    expect(outputOf(await tool('delete_Customer', { operation: 'DELETE_ENTITY', entity: 'Customer', entityId, filterClause: '' }))).toEqual({});
    expect((await tool('get_Customer', { operation: 'GET_ENTITY', entity: 'Customer', entityId })).status).toBe(404);
  });
});
