// Every entity and every action at verbosity 5, with secrets planted wherever a text fits: none may be found again in the log, the
// database, errors, metrics or the audit log. That each operation reached Stripe is shown by the log itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createStripeConnector } from '../../src/connectors/stripe/connector.ts';
import type { EntityType } from '../../src/spi/catalog.ts';
import { mend, Planter, secretsIn, type Refusal } from './planted-secrets.ts';
import { newFolder, removeFolder, startServer, TOKEN, type Reply, type RunningServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const CONNECTION = `${LOCATION}/connections/cerewet`;
const API_KEY = 'sk_test_KunciRahasia9f8e7d6c5b';
const SIDE_BY_SIDE = 8;

const connector = createStripeConnector({});
const catalog = connector.describe(connector.parseConfig({ secretVersion: 'projects/p/secrets/s/versions/1' }), { livemode: false });
const planter = new Planter();
/** What Stripe gave out. */
const given = new Set<string>();
const errors: string[] = [];
let [server, folder]: [RunningServer | undefined, string] = [undefined, ''];
let minted = '';
let log = '';
let metrics = '';
let audit = '';
let writes = '';
let lines = '';
let followed = '';
let following: Promise<void> = Promise.resolve();
const gone = new AbortController();

async function call(method: string, path: string, body?: unknown): Promise<Reply> {
  const reply = await (server as RunningServer).call(method, path, body, { 'x-konektor-output': 'typed' });
  if (reply.status >= 400) errors.push(JSON.stringify(reply.body));
  else for (const secret of secretsIn(reply.body)) given.add(secret);
  return reply;
}

/** Sends a payload, and again without what the connector refuses, until it goes out. */
async function insist(send: (row: Readonly<Record<string, unknown>>) => Promise<Reply>, row: Record<string, unknown>): Promise<Reply> {
  for (let tries = 0; ; tries += 1) {
    const reply = await send(row);
    const refusals = refusalsOf(reply);
    if (refusals.length === 0 || tries === 5) return reply;
    for (const refusal of refusals) mend(row, refusal);
  }
}

/** What is wrong before Stripe is asked. */
function refusalsOf({ body }: Reply): readonly Refusal[] {
  const details = body.error?.details ?? [];
  if (!details.some(({ reason }) => reason === 'INVALID_FIELD' || reason === 'UNKNOWN_FIELD')) return [];
  return details.flatMap(({ fieldViolations }) => (Array.isArray(fieldViolations) ? (fieldViolations as readonly Refusal[]) : []));
}

function filterOf({ listRequires, fields, pseudoFields = [] }: EntityType): string {
  return listRequires.map((name) => {
    const field = [...fields, ...pseudoFields].find((one) => one.name === name);
    const value = field?.enum?.[0] ?? (field?.type === 'timestamp' ? '2030-01-01T00:00:00Z' : field?.type === 'integer' ? '1' : 'abc_1');
    return `${name} = '${value}'`;
  }).join(' AND ');
}

async function everyOperation(entity: EntityType): Promise<void> {
  const path = `/v2/${CONNECTION}/entityTypes/${entity.name}/entities`;
  const can = (operation: EntityType['operations'][number]): boolean => entity.operations.includes(operation);
  const ids: string[] = [];
  const keep = (row: Readonly<Record<string, unknown>> | undefined): void => {
    const id = entity.key === undefined ? undefined : row?.[entity.key];
    if (typeof id === 'string' && id !== '') ids.push(id);
  };
  if (can('LIST')) {
    const filter = filterOf(entity);
    const { body } = await call('GET', `${path}?pageSize=2${filter === '' ? '' : `&conditions=${encodeURIComponent(filter)}`}`);
    keep(body.entities?.[0]?.fields);
  }
  if (can('CREATE')) {
    const { body } = await insist((fields) => call('POST', path, { fields }), planter.createRow(entity, 'CREATE'));
    keep(body.fields);
  }
  const id = ids[0] ?? (entity.listRequires.length > 0 ? 'abc_1/def_1' : 'abc_1');
  if (can('GET')) await either(id, (one) => call('GET', `${path}/${one}`));
  if (can('UPDATE')) await either(id, (one) => insist((fields) => call('PATCH', `${path}/${one}`, { fields }), planter.createRow(entity, 'UPDATE')));
  if (can('DELETE')) await either(ids.at(-1) ?? id, (one) => call('DELETE', `${path}/${one}`));
}

/** Ids of children have their parents before them: tried until the connector takes one. */
async function either(id: string, send: (id: string) => Promise<Reply>): Promise<void> {
  for (const one of [id, 'abc_1', 'abc_1/def_1', 'abc_1/def_1/ghi_1']) if (refusalsOf(await send(one)).length === 0) return;
}

async function inTurns<T>(work: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const left = work.values();
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (const one of left) await run(one);
  }));
}

/** The journal as it is listed: the database may keep a text compressed, where its bytes do not show it. */
async function everyWrite(): Promise<string> {
  const pages: string[] = [];
  for (let token = '', isFirst = true; isFirst || token !== ''; isFirst = false) {
    const { status, body } = await (server as RunningServer).call('GET', `/v1/${CONNECTION}/writes?pageSize=500&pageToken=${encodeURIComponent(token)}`);
    expect(status).toBe(200);
    pages.push(JSON.stringify(body));
    token = body.nextPageToken ?? '';
  }
  return pages.join('\n');
}

/** The lines of the connection that are still kept, and those that came while everything was done. */
async function everyLine(): Promise<string> {
  const { status, body } = await (server as RunningServer).call('GET', `/v1/${CONNECTION}:readLog?pageSize=1000`);
  expect(status).toBe(200);
  await vi.waitFor(() => expect(followed.length).toBeGreaterThan(100_000), { interval: 50, timeout: 30_000 });
  gone.abort();
  await following;
  return `${JSON.stringify(body)}\n${followed}`;
}

async function follow(): Promise<void> {
  const reply = await fetch(`${(server as RunningServer).url}/v1/${CONNECTION}:followLog`, { headers: { authorization: `Bearer ${TOKEN}` }, signal: gone.signal });
  for await (const text of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) followed += text;
}

/** Rows that hold secrets of Stripe's own making, and payloads with a card. */
const SECRETIVE: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['PaymentIntent', { Amount: 1500, Currency: 'usd', Description: 'sk_live_TanamanRahasia0123456789' }],
  ['SetupIntent', { Description: 'x' }],
  ['WebhookEndpoint', { Url: 'https://example.com/hook', EnabledEvents: ['*'] }],
  ['PaymentMethod', { Type: 'card', Card: { Number: '4000056655665556', ExpMonth: 12, ExpYear: 2034, Cvc: 'Tersembunyi0Cvc' } }],
  ['PaymentMethod', { Type: 'card', Card: '{"number": "4000056655665556", "cvc": "Tersembunyi0Cvc"' }],
  ['Token', { Card: { Number: '4000056655665556', ExpMonth: '12', ExpYear: '2034', Cvc: 'Tersembunyi0Cvc' } }],
  ['Source', { Type: 'ach_credit_transfer', Currency: 'usd', OwnerEmail: 'a@example.com' }],
  ['File', { Purpose: 'dispute_evidence', File: { Data: Buffer.from('whsec_TanamanRahasia0123456789').toString('base64'), Name: 'a.txt', Type: 'text/plain' } }],
  ['TerminalConnectionToken', {}],
  ['IdentityVerificationSession', { Type: 'document' }],
  ['CheckoutSession', { Mode: 'setup', Currency: 'usd', UiMode: 'embedded', ReturnUrl: 'https://example.com' }],
];

beforeAll(async () => {
  folder = newFolder();
  server = await startServer(folder, { KONEKTOR_LOG_LEVEL: 'debug' });
  minted = ((await server.call('POST', '/v1/tokens', { member: 'user:budi@example.com' })).body['token'] ?? '') as string;
  await server.call('POST', '/v1/projects/demo/secrets?secretId=kunci', { replication: { automatic: {} } });
  await server.call('POST', '/v1/projects/demo/secrets/kunci:addVersion', { payload: { data: Buffer.from(API_KEY).toString('base64') } });
  const bindings = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'].map((role) => ({ role, members: ['serviceAccount:connections@demo.iam.gserviceaccount.com'] }));
  await server.call('POST', '/v1/projects/demo/secrets/kunci:setIamPolicy', { policy: { bindings } });
  const demo = await server.call('GET', `/v1/${LOCATION}/connections/stripe-sandbox`);
  await server.call('POST', `/v1/${LOCATION}/connections?connectionId=cerewet`, {
    connectorVersion: demo.body['connectorVersion'], configVariables: [{ key: 'verbosity', stringValue: '5' }], destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/kunci/versions/1' } }] },
  });
  await vi.waitFor(async () => expect((await server?.call('GET', `/v1/${CONNECTION}`))?.body.status?.state).toBe('ACTIVE'), { interval: 100, timeout: 30_000 });

  following = follow().catch(() => undefined);
  for (const [entity, fields] of SECRETIVE) await call('POST', `/v2/${CONNECTION}/entityTypes/${entity}/entities`, { fields });
  await call('GET', `/v2/${CONNECTION}/entityTypes/PaymentIntent/entities?pageSize=5`);
  await inTurns(catalog.entities, everyOperation);
  await inTurns(catalog.actions, async (action) => {
    await insist((parameters) => call('POST', `/v2/${CONNECTION}/actions/${action.name}:execute`, { parameters }), planter.inputOf(action));
  });
  // Secrets where names and filters belong.
  await call('GET', `/v2/${CONNECTION}/entityTypes/Customer/entities/sk_live_TanamanRahasia0123456789`);
  await call('GET', `/v2/${CONNECTION}/entityTypes/Customer/entities?conditions=${encodeURIComponent("Email = 'whsec_TanamanRahasia0123456789'")}`);
  await call('GET', `/v2/${CONNECTION}/entityTypes/sk_live_TanamanRahasia0123456789/entities`);

  metrics = await (await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  audit = await (await fetch(`${server.url}/v1/auditEntries:export`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  writes = await everyWrite();
  lines = await everyLine();
  await server.stop();
  log = server.output();
}, 400_000);
afterAll(async () => {
  await server?.stop();
  removeFolder(folder);
});

interface Line {
  readonly msg?: string;
  readonly operation?: string;
  readonly target?: string;
  readonly requestId?: string;
}

function linesOf(text: string): readonly Line[] {
  return text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
}

function secrets(): readonly string[] {
  return [...new Set([API_KEY, TOKEN, minted, 'Tersembunyi0Cvc', ...planter.planted, ...given])];
}

const foundIn = (text: string): readonly string[] => secrets().filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));

describe('secrets', () => {
  it('were planted, and given out by Stripe', () => {
    expect(minted).toMatch(/^konektor_/);
    expect(planter.planted.length).toBeGreaterThan(100);
    expect(given.size).toBeGreaterThan(5);
    for (const form of [/^pi_\w+_secret_/, /^seti_\w+_secret_/, /^whsec_/]) expect([...given].some((one) => form.test(one)), String(form)).toBe(true);
  });

  it('went out with every operation of every entity and with every action', () => {
    const lines = linesOf(log);
    const sent = new Set(lines.flatMap(({ msg, requestId }) => (msg === 'sourceRequest' && requestId !== undefined ? [requestId] : [])));
    const reached = new Set(lines.flatMap(({ msg, requestId = '', operation = '', target = '' }) => (msg === 'transaction' && sent.has(requestId) ? [`${operation} ${target}`] : [])));
    const wanted = [...catalog.entities.flatMap(({ name, operations }) => operations.map((operation) => `${operation} ${name}`)), ...catalog.actions.map(({ name }) => `EXECUTE ${name}`)];
    expect(wanted.length).toBeGreaterThan(600);
    expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
    expect(new Set(lines.map(({ msg }) => msg))).toEqual(new Set([...new Set(lines.map(({ msg }) => msg)), 'sourceRequestBody', 'sourceResponseBody', 'sourceTimings', 'connected', 'socketTimings']));
  });

  it.each([['the log', () => log], ['errors', () => errors.join('\n')], ['metrics', () => metrics], ['the audit log', () => audit], ['the journal of writes', () => writes], ['the lines kept of the connection', () => lines]] as const)('are not in %s', (_where, text) => {
    expect(text().length).toBeGreaterThan(1_000);
    expect(foundIn(text())).toEqual([]);
  });

  it('are not in the database', () => {
    const files = readdirSync(join(folder, 'database'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(files.length).toBeGreaterThan(100);
    const bytes = secrets().map((secret) => Buffer.from(secret));
    expect(bytes.filter((one) => files.some((file) => file.includes(one))).map(String)).toEqual([]);
  });
});
