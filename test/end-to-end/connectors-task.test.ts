// The Connectors task over HTTP: flat inputs in, payloads out, in the form of v2 and of v1; every fault told, under the names
// that its callers know; with the roles, the keys and the deadlines of the rows behind it.
import { describe, expect, it } from 'vitest';
import { DEMO, type Reply, type RunningServer, withServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const TASK = `/v2/${LOCATION}/integrations/ExecuteConnection:execute?triggerId=api_trigger/ExecuteConnection`;

let server: RunningServer;
withServer((started) => { server = started; });

const task = (inputs: object, headers?: Readonly<Record<string, string>>): Promise<Reply> => server.call('POST', TASK, { connectionName: DEMO, ...inputs }, headers);

describe('an operation', () => {
  it('of each kind gives what the specification says', async () => {
    const created = await task({ operation: 'CREATE_ENTITY', entity: 'Customer', connectorInputPayload: { Name: 'Jenny', Email: 'task@example.com' } });
    expect(created).toEqual({ status: 200, body: { connectorOutputPayload: { Id: expect.stringMatching(/^cus_/) }, nextPageToken: '' } });
    const entityId = (created.body['connectorOutputPayload'] as { readonly Id: string }).Id;
    expect((await task({ operation: 'UPDATE_ENTITY', entity: 'Customer', entityId, connectorInputPayload: { Name: 'John' } })).body).toEqual({ connectorOutputPayload: { Id: entityId }, nextPageToken: '' });
    expect((await task({ operation: 'GET_ENTITY', entity: 'Customer', entityId })).body).toMatchObject({ connectorOutputPayload: { Id: entityId, Name: 'John', Email: 'task@example.com' } });
    expect((await task({ entity: 'Customer', filterClause: "Email = 'task@example.com'" })).body).toMatchObject({ connectorOutputPayload: [{ Id: entityId }], nextPageToken: '' });
    expect((await task({ operation: 'DELETE_ENTITY', entity: 'Customer', entityId })).body).toEqual({ connectorOutputPayload: {}, nextPageToken: '' });
    expect(await task({ operation: 'GET_ENTITY', entity: 'Customer', entityId })).toMatchObject({ status: 404, body: { error: { details: [{ reason: 'ROW_NOT_FOUND', domain: 'konektor' }, expect.anything()] } } });
  });
});
