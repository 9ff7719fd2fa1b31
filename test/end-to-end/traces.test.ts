// Traces as a collector gets them, over a socket: a span for each call, its attempts below it, the caller's trace continued,
// nothing of what the calls were about, and nothing told to Stripe.
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { readFileSync, globSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from './otlp-receiver.ts';
import { DEMO, newFolder, removeFolder, startServer, TOKEN, type RunningServer } from './running-server.ts';

const CONNECTION = 'projects/demo/locations/us-central1/connections/seen';
const [TRACE, PARENT] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];

let folder: string;
let receiver: OtlpReceiver;
let server: RunningServer;
let between: Server;
let target = '';
let operation = '';
/** What stood in the headers of each call that reached the source. */
const seen: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  folder = newFolder();
  receiver = await startOtlpReceiver();
  between = createServer((incoming, reply) => {
    seen.push(incoming.headers);
    const onward = httpRequest(`${target}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(reply);
    });
    incoming.pipe(onward);
  });
  between.listen(0, '127.0.0.1');
  await once(between, 'listening');
  const { port } = between.address() as AddressInfo;
  server = await startServer(folder, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`, OTEL_SERVICE_NAME: 'konektor-under-test', OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=shop%20one, authorization=Bearer%20collector',
    KONEKTOR_ALLOW_STRIPE_HOSTS: `127.0.0.1:${port}`,
  });
  target = server.sandboxUrl;
  const { body } = await server.call('POST', '/v1/projects/demo/locations/us-central1/connections?connectionId=seen', {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port }] }],
    authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
  });
  operation = body.name;
});
afterAll(async () => {
  await server.stop('SIGKILL');
  between.closeAllConnections();
  between.close();
  await receiver.close();
  removeFolder(folder);
});

const CUSTOMERS = `/v2/${CONNECTION}/entityTypes/Customer/entities`;
const spanOf = (wanted: (span: ReceivedSpan) => boolean): ReceivedSpan => {
  const found = receiver.spans.find(wanted);
  if (found === undefined) throw new Error(`no such span among ${receiver.spans.map(({ name }) => name).join(', ')}`);
  return found;
};
const below = ({ spanId }: ReceivedSpan): readonly ReceivedSpan[] => receiver.spans.filter(({ parentSpanId }) => parentSpanId === spanId);

describe('traces', () => {
  it('show each call and its attempts, in the trace of the caller, and hold nothing of the data', async () => {
    await expect.poll(async () => (await server.call('GET', `/v1/${operation}`)).body['done']).toBe(true);
    const made = await server.call('POST', CUSTOMERS, { fields: { Name: 'Sangat Rahasia', Email: 'rahasia@example.com' } }, { 'idempotency-key': 'order-4711' });
    const id = String(made.body.fields['Id']);
    expect((await server.call('GET', `${CUSTOMERS}/${id}`, undefined, { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'vendor=secretive' })).status).toBe(200);
    expect((await server.call('GET', `${CUSTOMERS}/${id}`, undefined, { traceparent: `00-${TRACE}-00f067aa0ba902b8-00` })).status).toBe(200);
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'GET', path: '/v1/customers', fault: 'server_error', times: 1 }) });
    expect((await server.call('GET', `${CUSTOMERS}?${new URLSearchParams({ conditions: "Email = 'rahasia@example.com'" }).toString()}`)).status).toBe(200);
    expect((await server.call('GET', `/v2/${DEMO}/entityTypes/Kustomer/entities`)).status).toBe(404);
    expect((await server.call('GET', '/v3/nothing')).status).toBe(404);
    // What waits is sent when the server is told to stop.
    expect(await server.stop()).toBe(0);

    const create = spanOf(({ name }) => name === 'entities.create');
    expect(create).toMatchObject({ kind: 2, parentSpanId: '', attributes: { 'konektor.row': 'entities.create', 'konektor.connection': CONNECTION, 'konektor.code': 'OK', 'konektor.operation': 'CREATE', 'konektor.target': 'Customer', 'http.request.method': 'POST', 'http.response.status_code': 200 } });
    expect(below(create)).toMatchObject([{ name: 'POST 127.0.0.1', kind: 3, traceId: create.traceId, attributes: { 'konektor.attempt': 1, 'http.response.status_code': 200, 'server.address': '127.0.0.1' } }]);

    const gets = receiver.spans.filter(({ name }) => name === 'entities.get');
    expect(gets, 'the caller who does not record is not recorded').toMatchObject([{ traceId: TRACE, parentSpanId: PARENT }]);
    const [get] = gets;
    const [child] = get === undefined ? [] : below(get);
    expect(child).toMatchObject({ traceId: TRACE, name: 'GET 127.0.0.1' });
    if (get === undefined || child === undefined) throw new Error('no spans');
    expect(get.start <= child.start && child.start < child.end && child.end <= get.end, 'the attempt lies within its call').toBe(true);

    const list = spanOf(({ name }) => name === 'entities.list');
    expect(below(list)).toMatchObject([{ status: 2, attributes: { 'konektor.attempt': 1, 'http.response.status_code': 500 } }, { status: 0, attributes: { 'konektor.attempt': 2, 'http.request.resend_count': 1, 'http.response.status_code': 200 } }]);
    expect(spanOf(({ name, attributes }) => name === 'entities.list' && attributes['konektor.code'] === 'NOT_FOUND').status, 'what the caller did wrong is no error of ours').toBe(0);
    expect(spanOf(({ name }) => name === 'none').attributes).toMatchObject({ 'konektor.code': 'NOT_FOUND' });

    expect(receiver.resource()).toMatchObject({ 'service.name': 'konektor-under-test', 'service.version': expect.stringMatching(/^\d/) });
    expect(receiver.requests[0]).toMatchObject({ path: '/v1/traces', headers: { 'content-type': 'application/x-protobuf', 'x-tenant': 'shop one', authorization: 'Bearer collector' } });
    for (const secret of [id, 'cus_', 'ahasia', 'order-4711', 'Kustomer', 'secretive', TOKEN, 'sk_test', 'nothing']) expect(receiver.text(), secret).not.toContain(secret);
  });

  it('are not told to Stripe', () => {
    expect(seen.length).toBeGreaterThan(3);
    for (const headers of seen) expect(Object.keys(headers).filter((name) => /trace|baggage|^b3$/.test(name))).toEqual([]);
  });

  it('are loaded only where they are wanted', () => {
    const root = join(import.meta.dirname, '..', '..');
    const early = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
      .filter((file) => /^import (?!type )[^;]*from '(@opentelemetry\/|.*\/traces\.ts)/m.test(readFileSync(join(root, file), 'utf8')));
    expect(early).toEqual([]);
  });
});

describe('a collector that is away', () => {
  it('is told of in the log, and keeps no call and no end waiting', async () => {
    const away = newFolder();
    const lonely = await startServer(away, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/anything', KONEKTOR_LOG_LEVEL: 'info' });
    expect((await lonely.call('GET', `/v1/${DEMO}`)).status).toBe(200);
    expect(await lonely.stop()).toBe(0);
    expect(lonely.output()).toContain('traces could not be sent');
    removeFolder(away);
  });
});
