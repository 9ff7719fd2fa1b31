// What machines ask a server: whether it lives, whether it takes calls, what it has counted.
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO, newFolder, removeFolder, startServer, TOKEN, type RunningServer } from './running-server.ts';

const READER = 'reader_of_metrics_0123456789';

let folder: string;
let server: RunningServer;
beforeAll(async () => {
  folder = newFolder();
  server = await startServer(folder, { KONEKTOR_METRICS_TOKEN: READER, KONEKTOR_SHUTDOWN_DELAY_SECONDS: '6' });
});
afterAll(async () => {
  await server.stop('SIGKILL');
  removeFolder(folder);
});

const metrics = (token?: string): Promise<Response> => fetch(`${server.url}/metrics`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const read = async (): Promise<string> => (await metrics(READER)).text();
const valueOf = (text: string, series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1) ?? Number.NaN);

describe('/metrics', () => {
  it('are read with their own token and by administrators, and by nobody else', async () => {
    const { body } = await server.call('POST', '/v1/tokens', { member: 'user:ani@example.com' });
    expect((await metrics()).status).toBe(401);
    expect((await metrics('nobody-nobody-nobody')).status).toBe(401);
    expect((await metrics(String(body['token']))).status).toBe(403);
    for (const token of [READER, TOKEN]) {
      const reply = await metrics(token);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    }
    expect((await server.call('GET', `/v1/${DEMO}`, undefined, { authorization: `Bearer ${READER}` })).status, 'the token opens nothing else').toBe(401);
  });

  it('count what is done, by names that are known', async () => {
    const entities = `/v2/${DEMO}/entityTypes`;
    const made = await server.call('POST', `${entities}/customers/entities`, { fields: { Name: 'Rahasia Sekali', Email: 'rahasia@example.com' } });
    const id = String(made.body.fields['Id']);
    for (let count = 0; count < 3; count += 1) expect((await server.call('GET', `${entities}/Customer/entities/${id}`)).status).toBe(200);
    expect((await server.call('GET', `${entities}/Customer/entities/cus_missing`)).status).toBe(404);
    expect((await server.call('GET', `${entities}/Kustomer/entities`)).status).toBe(404);
    expect((await server.call('GET', `/v2/${DEMO}-elsewhere/entityTypes/Customer/entities`)).status).toBe(404);
    expect((await server.call('POST', `/v2/${DEMO}/actions/ConfirmPaymentIntent:execute`, { parameters: { PaymentIntentId: 'pi_missing' } })).status).toBe(404);
    expect((await server.call('GET', '/v3/nothing')).status).toBe(404);
    const text = await read();
    const transactions = (operation: string, target: string, code: string): number => valueOf(text, `konektor_connection_requests_total{connection="${DEMO}",operation="${operation}",target="${target}",code="${code}"}`);
    expect(transactions('CREATE', 'Customer', 'OK')).toBe(1);
    expect(transactions('GET', 'Customer', 'OK')).toBe(3);
    expect(transactions('GET', 'Customer', 'NOT_FOUND')).toBe(1);
    expect(transactions('LIST', '', 'NOT_FOUND')).toBe(1);
    expect(transactions('EXECUTE', 'ConfirmPaymentIntent', 'NOT_FOUND')).toBe(1);
    expect(valueOf(text, 'konektor_api_requests_total{row="entities.get",code="OK"}')).toBe(3);
    expect(valueOf(text, 'konektor_api_requests_total{row="none",code="NOT_FOUND"}')).toBe(1);
    expect(valueOf(text, `konektor_source_calls_total{connection="${DEMO}",method="GET",status="200"}`)).toBeGreaterThanOrEqual(3);
    expect(valueOf(text, `konektor_connection_state{connection="${DEMO}",state="ACTIVE"}`)).toBe(1);
    expect(valueOf(text, `konektor_connection_status{connection="${DEMO}",reason=""}`)).toBe(1);
    expect(valueOf(text, `konektor_connection_node_limit{connection="${DEMO}",bound="max"}`)).toBe(50);
    expect(valueOf(text, `konektor_connection_writes_total{connection="${DEMO}",outcome="succeeded"}`)).toBeGreaterThanOrEqual(1);
    expect(valueOf(text, 'konektor_operations_pending')).toBe(0);
    expect(valueOf(text, 'process_open_fds')).toBeGreaterThan(5);
    for (const secret of [id, 'cus_', 'pi_missing', 'Kustomer', 'elsewhere', 'Rahasia', 'rahasia', 'nothing', TOKEN, READER, 'sk_test']) expect(text, secret).not.toContain(secret);
  });

  it('count attempts that repeat one before', async () => {
    const retries = async (): Promise<number> => valueOf(await read(), `konektor_source_retries_total{connection="${DEMO}",method="GET"}`) || 0;
    const before = await retries();
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'GET', path: '/v1/customers', fault: 'server_error', times: 2 }) });
    expect((await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`)).status).toBe(200);
    expect(await retries()).toBe(before + 2);
  });

  it('leave nothing of a connection that is deleted', async () => {
    const name = 'projects/demo/locations/us-central1/connections/brief';
    const settled = async (body: Readonly<Record<string, unknown>>): Promise<void> => expect.poll(async () => (await server.call('GET', `/v1/${String(body['name'])}`)).body['done']).toBe(true);
    const begun = await server.call('POST', '/v1/projects/demo/locations/us-central1/connections?connectionId=brief', {
      connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
      authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
    });
    await settled(begun.body);
    expect((await server.call('GET', `/v2/${name}/entityTypes/Customer/entities?pageSize=1`)).status).toBe(200);
    expect(await read()).toContain(`"${name}"`);
    await settled((await server.call('DELETE', `/v1/${name}`)).body);
    await expect.poll(async () => (await read()).includes(`"${name}"`)).toBe(false);
  });
});

describe('/readyz', () => {
  it('tells without a token that calls are taken, and nothing else', async () => {
    const reply = await fetch(`${server.url}/readyz`);
    expect([reply.status, await reply.json()]).toEqual([200, { status: 'ready', parts: { server: 'ok', database: 'ok', queue: 'ok' } }]);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  it('fails first when the server is told to stop, while calls are still taken', async () => {
    const gone = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { interval: 10 }).toBe(503);
    const [ready, served, alive] = await Promise.all([fetch(`${server.url}/readyz`), server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`), fetch(`${server.url}/healthz`)]);
    expect(await ready.json()).toMatchObject({ status: 'not ready', parts: { server: 'draining', database: 'ok' } });
    expect([served.status, alive.status]).toEqual([200, 200]);
    expect((await gone)[0]).toBe(0);
  });
});
