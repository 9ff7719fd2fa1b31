// The audit log of a real server: every row of the API leaves its record, no record holds a value, and none that was promised is
// lost, however the process ends.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditKind, methodName } from '../../src/api/audited.ts';
import { RESOURCE_PATTERNS, type ApiOperation } from '../../src/api/operation.ts';
import { API } from '../../src/api/table.ts';
import { UNSERVED } from '../../src/api/unserved.ts';
import { postgresql } from '../storage/databases.ts';
import { DEMO, emptyFolder, newFolder, removeFolder, startServer, TOKEN, type RunningServer } from './running-server.ts';

interface Entry {
  readonly name: string;
  readonly principal: string;
  readonly operation: string;
  readonly method: string;
  readonly kind: string;
  readonly resource: string;
  readonly status: { readonly code: string; readonly reason?: string };
  readonly requestId: string;
  readonly callerAddress: string;
  readonly userAgent: string;
  readonly milliseconds: number;
  readonly sourceRequestIds: readonly string[];
}

async function exported(server: RunningServer, query = '', parent = ''): Promise<readonly Entry[]> {
  const answer = await fetch(`${server.url}/v1/${parent}auditEntries:export${query}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('ndjson');
  return (await answer.text()).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
}

/** Records of reads come a quarter of a second later. */
async function recorded(server: RunningServer, agent: string): Promise<readonly Entry[]> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    const found = await exported(server, `?filter=${encodeURIComponent(`userAgent="${agent}"`)}`);
    if (found.length > 0) return found;
  }
  throw new Error(`no record of ${agent}`);
}

const ROWS: readonly Pick<ApiOperation, 'id' | 'http' | 'permission' | 'effect' | 'audit' | 'service'>[] = [
  ...Object.values(API), ...UNSERVED.map((row): Pick<ApiOperation, 'id' | 'http' | 'permission' | 'effect' | 'service'> => ({ ...row, effect: row.http.method === 'GET' ? 'read' : 'write', service: 'connectors' })),
];
const PATTERNS: Readonly<Record<string, string>> = RESOURCE_PATTERNS;
const MARK = 'mArKeRv4lue';
const NAMES: Readonly<Record<string, string>> = { projectId: 'audited', locationId: 'us-central1', providerId: 'stripe', connectorId: 'stripe', versionId: '1', serviceId: 'connectors.googleapis.com', entityType: 'Customer', entity: 'cus_1', action: 'ConfirmPaymentIntent' };

function fill(path: string): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => (PATTERNS[name] === undefined ? (NAMES[name] ?? 'not-there') : fill(PATTERNS[name])));
}

/** Calls of a row with the mark in every field but those that name what is made; by two programs, since a look that is repeated is recorded once. */
async function callMarked(server: RunningServer, row: (typeof ROWS)[number], headers: Readonly<Record<string, string>>): Promise<void> {
  const query = 'query' in row ? Object.keys((row as ApiOperation).query.properties) : [];
  const marked = new URLSearchParams(query.map((name): [string, string] => [name, name.endsWith('Id') ? 'made-here' : MARK]));
  const object = { name: MARK, displayName: MARK, description: MARK, labels: { key: MARK }, payload: { data: Buffer.from(MARK).toString('base64') }, policy: { bindings: [{ role: MARK, members: [`user:${MARK}@example.com`] }] }, permissions: [MARK], fields: { Name: MARK, Email: MARK }, parameters: { PaymentIntentId: MARK }, executionConfig: { headers: JSON.stringify({ 'idempotency-key': MARK }) } };
  const body = row.http.method === 'POST' || row.http.method === 'PATCH' ? JSON.stringify(row.id.startsWith('entities.') ? { fields: object.fields, executionConfig: object.executionConfig } : object) : undefined;
  for (const [index, search] of [marked.size === 0 ? '' : `?${marked.toString()}`, ''].entries()) {
    const answer = await fetch(`${server.url}${fill(row.http.path)}${search}`, {
      method: row.http.method, headers: { ...headers, 'user-agent': `${headers['user-agent'] ?? ''} #${index + 1}`, 'idempotency-key': MARK, 'x-note': MARK, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body }),
    });
    await answer.text();
  }
}

describe('every row of the API', () => {
  let folder: string;
  let server: RunningServer;
  let entries: readonly Entry[];
  beforeAll(async () => {
    folder = newFolder();
    server = await startServer(folder);
    expect((await server.call('POST', '/v1/projects', { projectId: 'audited' })).status).toBe(200);
    const minted = await server.call('POST', '/v1/tokens', { member: 'user:nobody@example.com' });
    for (const row of ROWS.toSorted((a, b) => Number(a.id === 'projects.delete') - Number(b.id === 'projects.delete'))) {
      await callMarked(server, row, { authorization: `Bearer ${TOKEN}`, 'user-agent': `admin ${row.id}` });
      await callMarked(server, row, { 'user-agent': `nobody ${row.id}` });
      await callMarked(server, row, { authorization: `Bearer ${String(minted.body['token'])}`, 'user-agent': `member ${row.id}` });
    }
    // What is refused is recorded as reads are; the deletion of the project was sent last.
    await recorded(server, 'member projects.delete #2');
    entries = await exported(server);
  }, 400_000);
  afterAll(async () => {
    await server.stop();
    removeFolder(folder);
  });

  it('leaves a record of who called what, on what, with which outcome', () => {
    for (const row of ROWS) {
      const of = (who: string): readonly Entry[] => entries.filter(({ userAgent }) => userAgent.replace(/ #\d$/, '') === `${who} ${row.id}`);
      const names = { operation: row.id, method: methodName(row), kind: auditKind(row), callerAddress: '127.0.0.1' };
      expect(of('admin'), row.id).toHaveLength(2);
      for (const entry of of('admin')) expect(entry, row.id).toMatchObject({ ...names, principal: 'admin' });
      expect(of('nobody'), row.id).toHaveLength(2);
      for (const entry of of('nobody')) expect(entry, row.id).toMatchObject({ ...names, principal: '', status: { code: 'UNAUTHENTICATED', reason: 'UNAUTHENTICATED' } });
      for (const entry of of('member')) expect(entry, row.id).toMatchObject({ ...names, principal: 'user:nobody@example.com', ...(row.permission === null ? {} : { status: { code: 'PERMISSION_DENIED' } }) });
      const [resource = ''] = /^.*\}/.exec(row.http.path) ?? [];
      for (const entry of of('nobody')) expect(entry.resource, row.id).toBe(fill(resource).replace(/^\/v\d\//, ''));
    }
  });

  it('leaves none of the values that it was called with', () => {
    const text = JSON.stringify(entries);
    expect(entries.length).toBeGreaterThan(ROWS.length * 6);
    expect(text).not.toContain(MARK);
    expect(text).not.toContain(Buffer.from(MARK).toString('base64').replaceAll('=', ''));
    expect(text).not.toContain(TOKEN);
  });

  it('is listed to those who may, by page and by filter, and no further than their project', async () => {
    const page = async (path: string, token = TOKEN) => server.call('GET', path, undefined, { authorization: `Bearer ${token}` });
    const first = await page('/v1/projects/audited/auditEntries?pageSize=3&filter=kind%3DDATA_WRITE');
    expect(first.status).toBe(200);
    const listed = first.body['auditEntries'] as readonly Entry[];
    expect(listed).toHaveLength(3);
    for (const entry of listed) expect(entry).toMatchObject({ kind: 'DATA_WRITE', name: expect.stringMatching(/^projects\/audited\/auditEntries\/\d+$/), resource: expect.stringContaining('projects/audited/') });
    const second = await page(`/v1/projects/audited/auditEntries?pageSize=3&filter=kind%3DDATA_WRITE&pageToken=${first.body.nextPageToken ?? ''}`);
    const numberOf = ({ name }: Entry): number => Number(name.split('/').at(-1));
    expect(numberOf((second.body['auditEntries'] as readonly Entry[])[0] ?? listed[0] as Entry)).toBeLessThan(numberOf(listed[2] as Entry));
    expect((await page(`/v1/projects/audited/auditEntries?pageToken=${first.body.nextPageToken ?? ''}`)).body.error).toMatchObject({ code: 400 });
    expect((await page('/v1/auditEntries?filter=nope%3D1')).body.error?.details).toEqual(expect.arrayContaining([expect.objectContaining({ reason: 'INVALID_FILTER' })]));
    expect((await page('/v1/auditEntries:export?from=yesterday')).status).toBe(400);
    const viewer = String((await server.call('POST', '/v1/tokens', { member: 'user:viewer@example.com' })).body['token']);
    await server.call('POST', '/v1/projects/demo:setIamPolicy', { policy: { bindings: [{ role: 'roles/konektor.auditViewer', members: ['user:viewer@example.com'] }] } });
    await expect.poll(async () => (await page('/v1/projects/demo/auditEntries', viewer)).status).toBe(200);
    for (const path of ['/v1/projects/other/auditEntries', '/v1/auditEntries', '/v1/auditEntries:export', '/v1/backup']) expect((await page(path, viewer)).status, path).toBe(403);
  });

  it('is kept where the project of an account looks, whatever project its name was given with', async () => {
    const path = 'serviceAccounts/connections@demo.iam.gserviceaccount.com';
    expect((await server.call('POST', `/v1/projects/-/${path}:enable`, {}, { 'user-agent': 'dash' })).status).toBe(200);
    expect(await exported(server, `?filter=${encodeURIComponent('userAgent="dash"')}`, 'projects/demo/')).toMatchObject([{ resource: `projects/demo/${path}`, operation: 'serviceAccounts.enable' }]);
  });

  it('names what was made, and the requests of Stripe that a call took', async () => {
    const made = await server.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: MARK } }, { 'user-agent': 'maker' });
    expect(made.status).toBe(200);
    const [entry] = await recorded(server, 'maker');
    expect(entry).toMatchObject({ resource: made.body.name, status: { code: 'OK' }, kind: 'DATA_WRITE', sourceRequestIds: [expect.stringMatching(/^req_/)] });
    expect(entry?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await exported(server, `?filter=${encodeURIComponent('userAgent="maker"')}&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`))).toEqual([]);
    expect(await exported(server, `?filter=${encodeURIComponent('userAgent="maker"')}`, 'projects/demo/')).toHaveLength(1);
  });
});

describe('a record that was promised', () => {
  let folder: string;
  beforeEach(() => { folder = newFolder(); });
  afterEach(() => removeFolder(folder));

  it('is stored when the server is told to stop, and before the answer to a write is given also where the process is killed', async () => {
    const first = await startServer(folder);
    const agents = Array.from({ length: 40 }, (_, index) => `read ${index}`);
    await Promise.all(agents.map((agent) => first.call('GET', `/v1/${DEMO}`, undefined, { 'user-agent': agent })));
    expect(await first.stop()).toBe(0);

    const server = await startServer(folder);
    const read = new Set((await exported(server)).map(({ userAgent }) => userAgent));
    expect(agents.filter((agent) => !read.has(agent))).toEqual([]);
    const acknowledged: string[] = [];
    const writer = async (number: number): Promise<void> => {
      for (let turn = 0; ; turn += 1) {
        const made = await server.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: 'Tercatat' } }, { 'user-agent': `write ${number}.${turn}` });
        if (made.status === 200) acknowledged.push(made.body.name);
      }
    };
    const writing = Promise.allSettled(Array.from({ length: 8 }, (_, number) => writer(number)));
    await expect.poll(() => acknowledged.length, { interval: 10 }).toBeGreaterThan(50);
    await server.stop('SIGKILL');
    await writing;

    const again = await startServer(folder);
    const written = new Set((await exported(again, `?filter=${encodeURIComponent('operation=entities.create')}`)).map(({ resource }) => resource));
    expect(acknowledged.filter((name) => !written.has(name))).toEqual([]);
    await again.stop();
  });

  it('lets no write begin that could not be recorded, and tells the truth of the one that was under way', async () => {
    const database = await postgresql();
    const own = emptyFolder();
    const client = new pg.Client({ connectionString: database.url });
    try {
      const server = await startServer(own, { DATABASE_URL: database.url });
      await client.connect();
      const create = (agent: string) => server.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: agent } }, { 'user-agent': agent });
      const count = async () => (await server.stripe('GET', '/v1/customers', { limit: '100' })).body['data'] as readonly unknown[];
      expect((await create('before')).status).toBe(200);
      await client.query('alter table audit_entries rename to away');
      expect((await create('under way')).status, 'it has happened').toBe(200);
      const there = (await count()).length;
      expect(await create('refused')).toMatchObject({ status: 503, body: { error: { status: 'UNAVAILABLE', details: expect.arrayContaining([expect.objectContaining({ reason: 'AUDIT_UNAVAILABLE' })]) } } });
      expect((await count()).length, 'nothing was made').toBe(there);
      expect((await server.call('GET', `/v1/${DEMO}`)).status, 'reads go on').toBe(200);
      await expect.poll(() => server.output(), { message: 'the log has what the store did not take' }).toContain('"userAgent\\":\\"under way');
      await client.query('alter table away rename to audit_entries');
      expect((await create('after')).status).toBe(200);
      const kept = await exported(server, `?filter=${encodeURIComponent('operation=entities.create')}`);
      expect(kept.map(({ userAgent, status: { code } }) => `${userAgent} ${code}`)).toEqual(expect.arrayContaining(['before OK', 'under way OK', 'refused UNAVAILABLE', 'after OK']));
      expect(kept).toHaveLength(4);
      await server.stop();
    } finally {
      await client.end();
      await database.remove();
      removeFolder(own);
    }
  });
});
