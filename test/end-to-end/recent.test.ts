// What can be seen of a connection over time: figures of its calls, the states that it was in, and its log, read and followed.
import { describe, expect, it } from 'vitest';
import { DEMO, TOKEN, withServer, type Reply, type RunningServer } from './running-server.ts';

let server: RunningServer;
withServer((started) => { server = started; }, { KONEKTOR_NODE_RATE: '1000' });

const LOCATION = 'projects/demo/locations/us-central1';
const list = (): Promise<Reply> => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=2`);
const missing = (): Promise<Reply> => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities/cus_none`);

interface Line {
  readonly id: string;
  readonly severity: string;
  readonly verbosity: number;
  readonly message: string;
  readonly requestId?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
const read = async (query = '', headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly lines: readonly Line[]; readonly next: string | undefined }> => {
  const { status, body } = await server.call('GET', `/v1/${DEMO}:readLog?${query}`, undefined, headers);
  return { status, lines: (body['lines'] ?? []) as readonly Line[], next: body.nextPageToken };
};
const as = async (role: string): Promise<Readonly<Record<string, string>>> => {
  const member = `user:${role.replace(/\W/g, '-')}@example.com`;
  const { body } = await server.call('POST', '/v1/tokens', { member });
  const bindings = ((await server.call('POST', '/v1/projects/demo:getIamPolicy', {})).body['bindings'] ?? []) as readonly object[];
  expect((await server.call('POST', '/v1/projects/demo:setIamPolicy', { policy: { bindings: [...bindings, { role, members: [member] }] } })).status).toBe(200);
  return { authorization: `Bearer ${String(body['token'])}` };
};
async function change(mask: string, body: object): Promise<void> {
  const { status, body: { name } } = await server.call('PATCH', `/v1/${DEMO}?updateMask=${mask}`, body);
  expect(status).toBe(200);
  await expect.poll(async () => (await server.call('GET', `/v1/${name}`)).body['done']).toBe(true);
}

describe('figures', () => {
  it('tell what went through, and to whom it is added up', async () => {
    for (const one of [list, list, missing]) await one();
    await expect.poll(async () => (await server.call('GET', `/v1/${LOCATION}/connections:showFigures`)).body['connections']).toEqual([
      { connection: DEMO, calls: 3, errors: 1, throttledCalls: 0, sourceCalls: expect.any(Number) as number },
    ]);
    for (const span of ['', '?span=LAST_DAY']) {
      const { status, body } = await server.call('GET', `/v1/${DEMO}:showFigures${span}`);
      expect(status).toBe(200);
      const intervals = body['intervals'] as readonly { readonly calls: Readonly<Record<string, number>>; readonly sourceCalls: Readonly<Record<string, number>>; readonly latency?: object; readonly nodeCount?: number }[];
      const sum = (code: string): number => intervals.reduce((all, { calls }) => all + (calls[code] ?? 0), 0);
      expect([sum('OK'), sum('NOT_FOUND'), body['intervalSeconds']]).toEqual([2, 1, span === '' ? 5 : 60]);
      expect(intervals.some(({ sourceCalls }) => (sourceCalls['2xx'] ?? 0) > 0)).toBe(true);
      expect(intervals.find(({ latency }) => latency !== undefined)?.latency).toEqual({ p50: expect.any(Number) as number, p95: expect.any(Number) as number, p99: expect.any(Number) as number, most: expect.any(Number) as number });
    }
    await expect.poll(async () => JSON.stringify((await server.call('GET', `/v1/${DEMO}:showFigures`)).body['intervals'])).toContain('"nodeCount":2');
  });

  it('are of connections and projects that are there', async () => {
    expect((await server.call('GET', `/v1/${LOCATION}/connections/none:showFigures`)).status).toBe(404);
    expect((await server.call('GET', '/v1/projects/none/locations/-/connections:showFigures')).status).toBe(404);
    expect((await server.call('GET', '/v1/projects/demo/locations/europe-west1/connections:showFigures')).body['connections']).toEqual([]);
    expect((await server.call('GET', '/v1/projects/demo/locations/-/connections:showFigures')).body['connections']).toHaveLength(1);
    expect((await server.call('GET', `/v1/${DEMO}:showFigures?span=YEAR`)).status).toBe(400);
  });
});

describe('states', () => {
  it('are kept as they follow one another, and end with the connection', async () => {
    await change('description', { description: 'again' });
    const missingSecret = { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/none/versions/1' } }] };
    const { authConfig } = (await server.call('GET', `/v1/${DEMO}`)).body;
    await change('authConfig', { authConfig: missingSecret });
    await change('authConfig', { authConfig });
    const states = (await server.call('GET', `/v1/${DEMO}:listStates`)).body['states'] as readonly Readonly<Record<string, string>>[];
    expect(states.map(({ state }) => state).slice(0, 6)).toEqual(['ACTIVE', 'UPDATING', 'ERROR', 'UPDATING', 'ACTIVE', 'UPDATING']);
    expect(states[2]).toMatchObject({ status: 'SECRET_UNAVAILABLE', description: expect.stringContaining('secret') as string, connectionRevision: '3', operation: expect.stringMatching(/operations\//) as string });
    const times = states.map(({ time = '' }) => time);
    expect(times).toEqual(times.toSorted().toReversed());

    const name = `${LOCATION}/connections/passing`;
    const { connectorVersion, destinationConfigs } = (await server.call('GET', `/v1/${DEMO}`)).body;
    const made = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=passing`, { connectorVersion, authConfig, destinationConfigs });
    await expect.poll(async () => (await server.call('GET', `/v1/${made.body.name}`)).body['done']).toBe(true);
    expect((await server.call('GET', `/v1/${name}:listStates`)).body['states']).toMatchObject([{ state: 'ACTIVE' }, { state: 'CREATING' }]);
    await server.call('GET', `/v2/${name}/entityTypes/Customer/entities?pageSize=1`);
    await server.call('DELETE', `/v1/${name}`);
    await expect.poll(async () => (await server.call('GET', `/v1/${name}:listStates`)).status).toBe(404);
  });
});

describe('the log of a connection', () => {
  it('has each transaction, and the rest as verbosity asks for it', async () => {
    await missing();
    await expect.poll(async () => (await read('severity=WARNING&pageSize=1')).lines[0]).toMatchObject({ message: 'transaction', severity: 'WARNING', facts: { code: 'NOT_FOUND', reason: 'ROW_NOT_FOUND' } });
    expect((await read('search=sourceRequest')).lines).toEqual([]);
    await change('configVariables', { configVariables: [{ key: 'verbosity', stringValue: '3' }] });
    await list();
    // Not the one before it, which is there already.
    await expect.poll(async () => (await read('pageSize=1')).lines[0]).toMatchObject({ message: 'transaction', facts: { operation: 'LIST', code: 'OK' } });
    const [{ requestId = '' } = { requestId: '' }] = (await read('pageSize=1')).lines;
    const { lines } = await read(`requestId=${requestId}`);
    expect(lines.map(({ message }) => message).toReversed()).toEqual(['sourceRequest', 'sourceResponse', 'sourceResponseBody', 'transaction']);
    expect(lines.find(({ message }) => message === 'sourceRequest')?.facts).toMatchObject({ headers: { authorization: '…' } });
    expect((await read(`requestId=${requestId}&verbosity=2`)).lines).toHaveLength(3);
    expect((await read(`requestId=${requestId}&search=%22OBJECT%22:%22list`)).lines.map(({ message }) => message)).toEqual(['sourceResponseBody']);
  });

  it('is read page by page, and from a line on', async () => {
    const all = (await read('pageSize=1000')).lines;
    const first = await read('pageSize=2');
    const second = await read(`pageSize=2&pageToken=${String(first.next)}`);
    expect([...first.lines, ...second.lines]).toEqual(all.slice(0, 4));
    expect((await read(`pageSize=2&severity=ERROR&pageToken=${String(first.next)}`)).status).toBe(400);
    expect((await read(`after=${all[2]?.id ?? ''}`)).lines).toEqual(all.slice(0, 2));
    for (const query of ['after=x', 'verbosity=6', 'severity=LOUD', `search=${'x'.repeat(501)}`]) expect((await read(query)).status, query).toBe(400);
  });

  it('is for those who may read it: a viewer of connections sees their figures and states alone', async () => {
    const viewer = await as('roles/connectors.viewer');
    expect((await read('', viewer)).status).toBe(403);
    for (const row of ['showFigures', 'listStates']) expect((await server.call('GET', `/v1/${DEMO}:${row}`, undefined, viewer)).status).toBe(200);
    for (const role of ['roles/connectors.admin', 'roles/konektor.logViewer']) expect((await read('', await as(role))).status).toBe(200);
  });

  it('is followed as it is written, and the end of the server waits for nobody', async () => {
    const gone = new AbortController();
    const reply = await fetch(`${server.url}/v1/${DEMO}:followLog?verbosity=1`, { headers: { authorization: `Bearer ${TOKEN}` }, signal: gone.signal });
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async (): Promise<readonly Line[]> => (JSON.parse((await reader?.read())?.value ?? '{}') as { readonly lines: readonly Line[] }).lines;
    expect(await next()).toEqual([]);
    await missing();
    expect(await next()).toMatchObject([{ message: 'transaction', facts: { code: 'NOT_FOUND' } }]);
    const begun = performance.now();
    const stopped = server.stop();
    expect((await reader?.read())?.done).toBe(true);
    expect(await stopped).toBe(0);
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
