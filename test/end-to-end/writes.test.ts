// Writes through the journal as callers meet it: repeated, cut off, killed in the middle, and found out about afterwards. The
// sandbox is a process of its own, and its ledger is the witness.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command } from './command-here.ts';
import { startSandbox, type RunningSandbox } from './running-sandbox.ts';
import { newFolder, removeFolder, startServer, TOKEN, type Reply, type RunningServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const NAME = `${LOCATION}/connections/own`;
const CUSTOMERS = `/v2/${NAME}/entityTypes/Customer/entities`;

/** Longer than any test: what waits so long goes on when the faults are cleared. */
const LONG_MS = 600_000;

let sandbox: RunningSandbox;
let folder: string;
let server: RunningServer;

const start = (): Promise<RunningServer> => startServer(folder, { KONEKTOR_ALLOW_STRIPE_HOSTS: sandbox.host });

beforeAll(async () => {
  sandbox = await startSandbox();
  folder = newFolder();
  server = await start();
  const begun = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=own`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', serviceAccount: 'connections@demo.iam.gserviceaccount.com',
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: sandbox.port }] }],
  });
  expect(begun.status).toBe(200);
  while ((await server.call('GET', `/v1/${begun.body.name}`)).body['done'] !== true) await sleep(20);
});
afterAll(async () => {
  await server.stop();
  await sandbox.stop();
  removeFolder(folder);
});

let key: string;
let drawn = 0;
beforeEach(() => {
  drawn += 1;
  key = `order-${drawn}`;
});
afterEach(() => sandbox.clear());

const create = (fields: object = { Name: 'Budi' }, more: Readonly<Record<string, string>> = {}): Promise<Reply> => server.call('POST', CUSTOMERS, { fields }, { 'idempotency-key': key, ...more });
const fault = (wanted: object): Promise<unknown> => fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(wanted) });
const seen = async (query: string): Promise<readonly Readonly<Record<string, unknown>>[]> => ((await (await fetch(`${sandbox.url}/_sandbox/${query}`)).json()) as { readonly effects: readonly Readonly<Record<string, unknown>>[]; readonly requests: readonly Readonly<Record<string, unknown>>[] })[query.startsWith('effects') ? 'effects' : 'requests'];
const writeOf = async (state: string): Promise<Readonly<Record<string, unknown>>> => {
  const { body } = await server.call('GET', `/v1/${NAME}/writes?filter=${encodeURIComponent(`idempotencyKey = "${key}" AND state = ${state}`)}`);
  return (body['writes'] as readonly Readonly<Record<string, unknown>>[])[0] ?? {};
};
const stripeKeyOf = (write: Readonly<Record<string, unknown>>): string => `konektor-${String(write['name']).split('/').at(-1)}`;
const detail = ({ body }: Reply): Readonly<Record<string, unknown>> => (body.error?.details[0]?.['metadata'] ?? {}) as Readonly<Record<string, unknown>>;

/** Meets Stripe's stored 500: the effect is there or not, and the answer says nothing. */
async function leaveUnknown(name: string, wanted: object = {}): Promise<Reply> {
  await fault({ fault: name, method: 'POST', path: '/v1/customers', times: 20, ...wanted });
  const reply = await create();
  await sandbox.clear();
  return reply;
}

describe('a write', () => {
  it('repeated under its key gets the first answer, without a call to Stripe, also after a SIGKILL', async () => {
    const first = await create();
    expect(first.status).toBe(200);
    const before = (await seen('requests?path=/v1/customers')).length;
    expect((await create()).body).toEqual(first.body);
    await server.stop('SIGKILL');
    server = await start();
    expect((await create()).body).toEqual(first.body);
    expect((await create({ Name: 'Ani' })).body.error?.details[0]?.['reason']).toBe('IDEMPOTENCY_KEY_REUSED');
    const inConfig = await server.call('POST', CUSTOMERS, { fields: { Name: 'Budi' }, executionConfig: { headers: JSON.stringify({ 'idempotency-key': key }) } });
    expect(inConfig.body).toEqual(first.body);
    expect(await seen('requests?path=/v1/customers')).toHaveLength(before);
  });

  it('asked for five times at once is sent once', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await seen(`effects?idempotency_key=${stripeKeyOf(await writeOf('SUCCEEDED'))}`)).toHaveLength(1);
  });

  it('that a SIGKILL cut off is done once when it is sent again', async () => {
    await fault({ fault: 'hang', method: 'POST', path: '/v1/customers', times: 1 });
    const cut = create().catch(() => undefined);
    await expect.poll(async () => (await seen('requests?fault=hang')).length).toBeGreaterThan(0);
    await server.stop('SIGKILL');
    await cut;
    server = await start();
    expect(await writeOf('UNKNOWN')).toMatchObject({ target: 'Customer', operation: 'create', idempotencyKey: key });
    const again = await create();
    expect(again.status).toBe(200);
    expect(await seen(`effects?idempotency_key=${stripeKeyOf(await writeOf('SUCCEEDED'))}`)).toHaveLength(1);
  });

  it('that was declined is declined again without a call', async () => {
    const pay = () => server.call('POST', `/v2/${NAME}/entityTypes/PaymentIntent/entities`, { fields: { Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_chargeDeclined', ReturnUrl: 'https://example.com/done', Confirm: true } }, { 'idempotency-key': key });
    const first = await pay();
    expect(first.body.error?.details[0]).toMatchObject({ reason: 'CARD_DECLINED' });
    const before = (await seen('requests')).length;
    const again = await pay();
    expect(again.status).toBe(first.status);
    expect(again.body.error?.message).toBe(first.body.error?.message);
    expect(await seen('requests')).toHaveLength(before);
  });

  it('that was never begun leaves its key free', async () => {
    await fault({ fault: 'rate_limit', method: 'POST', path: '/v1/customers', times: 20 });
    expect((await create()).status).toBe(429);
    await sandbox.clear();
    expect((await create({ NoSuchColumn: 1 })).status).toBe(400);
    expect((await create({ Name: 'corrected' })).status).toBe(200);
  });

  it('deletes once, though Stripe takes no keys of deletions', async () => {
    const made = await create();
    const id = String(made.body.fields['Id']);
    await fault({ fault: 'reset_after', method: 'DELETE', path: `/v1/customers/${id}`, times: 1 });
    const deleted = await server.call('DELETE', `${CUSTOMERS}/${id}`, undefined, { 'idempotency-key': `${key}-delete` });
    expect(deleted.status).toBe(200);
    expect((await server.call('DELETE', `${CUSTOMERS}/${id}`, undefined, { 'idempotency-key': `${key}-delete` })).status).toBe(200);
    expect((await server.call('DELETE', `${CUSTOMERS}/${id}`, undefined, { 'idempotency-key': `${key}-other` })).status).toBe(404);
  });

  it('whose caller leaves goes on, and its answer waits', async () => {
    await sandbox.delay('POST', '/v1/customers', LONG_MS, 1);
    const leaving = new AbortController();
    const asked = fetch(`${server.url}${CUSTOMERS}`, { method: 'POST', signal: leaving.signal, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify({ fields: { Name: 'Budi' } }) });
    await expect.poll(async () => (await writeOf('UNDER_WAY'))['state']).toBe('UNDER_WAY');
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await sandbox.clear();
    await expect.poll(async () => (await writeOf('SUCCEEDED'))['state']).toBe('SUCCEEDED');
    expect((await create()).status).toBe(200);
  });
});

describe('what is not known', () => {
  it('is told with its key, listed, and found by Stripe\'s event', async () => {
    const lost = await leaveUnknown('server_error_after');
    expect(lost.status).toBe(503);
    expect(detail(lost)).toMatchObject({ outcome: 'unknown', idempotencyKey: key });
    const write = await writeOf('UNKNOWN');
    expect(detail(lost)['write']).toBe(write['name']);
    const reconciled = await server.call('POST', `/v1/${String(write['name'])}:reconcile`, {});
    expect(reconciled.body).toMatchObject({ write: { state: 'SUCCEEDED' }, note: expect.stringContaining('customer.created') });
    const answer = await create();
    expect(answer.status).toBe(200);
    const [effect] = await seen(`effects?idempotency_key=${stripeKeyOf(write)}`);
    expect(effect?.['created']).toEqual([{ collection: '/v1/customers', id: answer.body.fields['Id'] }]);
  });

  it('can be settled by somebody\'s word', async () => {
    await leaveUnknown('server_error_kept');
    const write = await writeOf('UNKNOWN');
    expect((await server.call('POST', `/v1/${String(write['name'])}:reconcile`, { as: 'NOT_DONE' })).body).toMatchObject({ write: { state: 'NOT_DONE', note: expect.stringContaining('said so'), finding: 'SAID_BY', facts: { who: expect.any(String) } }, finding: 'SAID_BY' });
    expect((await server.call('POST', `/v1/${String(write['name'])}:reconcile`, { as: 'SUCCEEDED' })).body.error?.details[0]?.['reason']).toBe('WRITE_SETTLED');
    expect((await create()).status).toBe(200);
  });

  it('is found of actions too, with what they would have answered', async () => {
    const intent = await server.call('POST', `/v2/${NAME}/entityTypes/PaymentIntent/entities`, { fields: { Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_visa', CaptureMethod: 'manual' } });
    expect(intent.body.error).toBeUndefined();
    const id = String(intent.body.fields['Id']);
    const act = (action: string): Promise<Reply> => server.call('POST', `/v2/${NAME}/actions/${action}:execute`, { parameters: { PaymentIntentId: id, ...(action === 'ConfirmPaymentIntent' ? { ReturnUrl: 'https://example.com/done' } : {}) } }, { 'idempotency-key': `${key}-${action}` });
    for (const [action, status] of [['ConfirmPaymentIntent', 'requires_capture'], ['CapturePaymentIntent', 'succeeded']] as const) {
      await fault({ fault: 'server_error_after', method: 'POST', path: '/v1/payment_intents/*', times: 20 });
      expect((await act(action)).status).toBe(503);
      await sandbox.clear();
      const { body } = await server.call('POST', `/v1/${NAME}/writes:reconcile`, {});
      expect(body['results']).toEqual(expect.arrayContaining([expect.objectContaining({ write: expect.objectContaining({ target: action, state: 'SUCCEEDED' }) })]));
      expect((await act(action)).body.results[0]).toMatchObject({ Success: 'true', id, status });
    }
  });
});

/** Whether nothing was done is only known when it is no longer a moment ago: both stories wait for that at once. */
describe('what Stripe kept a failure of', () => {
  const [alone, batch, tag] = ['kept-alone', 'kept-batch', 'batch'];
  const update = (conditions: string): Promise<Reply> => server.call('POST', `${CUSTOMERS}:updateEntitiesWithConditions?conditions=${encodeURIComponent(conditions)}`, { fields: { Description: `${tag} done` } }, { 'idempotency-key': batch });
  let write: Awaited<ReturnType<typeof writeOf>>;
  let failedAt = 0;

  beforeAll(async () => {
    for (let index = 0; index < 6; index += 1) await server.call('POST', CUSTOMERS, { fields: { Name: `Rombongan ${index}`, Description: tag } });
    await fault({ fault: 'server_error_kept', method: 'POST', path: '/v1/customers/*', times: 6 });
    expect((await update(`Description = '${tag}'`)).status).toBe(503);
    await sandbox.clear();
    key = alone;
    expect((await leaveUnknown('server_error_kept')).status).toBe(503);
    expect((await create()).status, 'Stripe answers the same under the same key').toBe(503);
    write = await writeOf('UNKNOWN');
    failedAt = Date.now();
  });

  it('is sent again under a new key where nothing was done', async () => {
    const early = await server.call('POST', `/v1/${String(write['name'])}:reconcile`, {});
    expect(early.body).toMatchObject({ write: { state: 'UNKNOWN' }, note: expect.stringContaining('a moment ago') });
    await sleep(failedAt + 10_100 - Date.now());
    const late = await server.call('POST', `/v1/${String(write['name'])}:reconcile`, {});
    expect(late.body).toMatchObject({ write: { state: 'NOT_DONE' } });
    key = alone;
    expect((await create()).status).toBe(200);
    expect(await seen(`effects?idempotency_key=${stripeKeyOf(write)}-1`)).toHaveLength(1);
  });

  it('of writes by a filter is not repeated where it was done when they are sent again; they refuse an empty condition', async () => {
    expect((await update('')).status).toBe(400);
    await sleep(Math.max(0, failedAt + 10_100 - Date.now()));
    // Rows that were done no longer pass the filter: the second run goes on with what the first resolved.
    await server.call('POST', `/v1/${NAME}/writes:reconcile`, {});
    const again = await update(`Description = '${tag}'`);
    expect(again.body['response']).toEqual({ count: 6 });
    expect((await update(`Description = '${tag}'`)).body['response']).toEqual({ count: 6 });
    const effects = (await seen('effects')).filter(({ path, method, created }) => method === 'POST' && String(path).startsWith('/v1/customers/') && (created as readonly unknown[]).length === 0);
    const perRow = Map.groupBy(effects, ({ path }) => path);
    expect([...perRow.values()].map((list) => list.length)).toEqual(Array.from({ length: 6 }, () => 1));
  });
});

describe('a write by a filter whose caller leaves', () => {
  it('goes on, its reading too', async () => {
    await server.call('POST', CUSTOMERS, { fields: { Name: 'Budi', Email: `${key}@example.com` } });
    await sandbox.delay('GET', '/v1/customers', LONG_MS, 1);
    const address = `${CUSTOMERS}:updateEntitiesWithConditions?conditions=${encodeURIComponent(`Email = '${key}@example.com'`)}`;
    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': key };
    const asked = fetch(`${server.url}${address}`, { method: 'POST', signal: leaving.signal, headers, body: JSON.stringify({ fields: { Description: 'diubah' } }) });
    await expect.poll(async () => (await writeOf('UNDER_WAY'))['state']).toBe('UNDER_WAY');
    const joined = server.call('POST', address, { fields: { Description: 'diubah' } }, { 'idempotency-key': key });
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await sandbox.clear();
    expect((await joined).body['response']).toEqual({ count: 1 });
  });
});

describe('konektor writes', () => {
  it('lists within the width of a terminal, and reconciles by key', async () => {
    await leaveUnknown('server_error_after');
    const variables = { KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN };
    const listed = await command(['writes', 'list', 'demo/us-central1/own', '--unsettled'], variables);
    expect(listed.exitCode, listed.err).toBe(0);
    expect(listed.out).toMatch(/^ID +STATE +KEY +WHAT +AGE\n/);
    expect(listed.out).toContain(key);
    for (const line of listed.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const reconciled = await command(['writes', 'reconcile', NAME, key], variables);
    expect(reconciled.out).toMatch(/^SUCCEEDED {2}Customer/);
    for (const line of reconciled.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const all = await command(['writes', 'list', NAME, '--filter', `idempotencyKey = "${key}"`, '-o', 'json'], variables);
    expect(JSON.parse(all.out)).toMatchObject([{ state: 'SUCCEEDED', idempotencyKey: key }]);
    expect((await command(['writes', 'list', 'non/sense'], variables)).exitCode).toBe(2);
    // A word alone may be the id of a connection, and is looked for.
    expect((await command(['writes', 'list', 'nonsense'], variables)).exitCode).toBe(5);
    expect((await command(['writes', 'reconcile', NAME, 'no-such-key'], variables)).exitCode).toBe(5);
    expect((await command(['writes', 'reconcile', NAME], variables)).exitCode).toBe(0);
  });
});
