// The typed client on a real server and its sandbox: rows listed, made, changed and deleted, actions run, and what it says when
// something is refused.
import { beforeAll, describe, expect, it } from 'vitest';
import { AnsweredError, createClient, everyItem, KonektorError, type Client, type ConnectionClient, type Stripe } from '../../src/client/index.ts';
import { TOKEN, withServer, type RunningServer } from './running-server.ts';

let server: RunningServer;
let client: Client;
let stripe: ConnectionClient<Stripe>;
withServer((started) => { server = started; });
beforeAll(() => {
  client = createClient({ server: server.url, token: TOKEN, connection: 'demo/us-central1/stripe-sandbox' });
  stripe = client.connection();
});

describe('rows', () => {
  it('are listed by conditions, in order, page by page', async () => {
    const customers = stripe.entity('Customer');
    const list = customers.list({ filter: { Created: { gte: new Date('2026-01-01') }, Email: { endsWith: '@example.com' } }, sort: { by: 'Created', order: 'desc' }, columns: ['Id', 'Email', 'Created'], pageSize: 4 });
    const rows = await Array.fromAsync(list);
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.every(({ Email }) => Email?.endsWith('@example.com'))).toBe(true);
    expect(rows.map(({ Created }) => Created)).toEqual(rows.map(({ Created }) => Created).toSorted().toReversed());
    expect(Object.keys(rows[0] ?? {})).toEqual(['Id', 'Email', 'Created']);
    const first = await list.page();
    expect(first.rows).toEqual(rows.slice(0, 4));
    expect((await list.page(first.nextPageToken)).rows).toEqual(rows.slice(4, 8));
  });

  it('are made once for a key, read, changed and deleted', async () => {
    const customers = stripe.entity('Customer');
    const fields = { Name: "Warung O'Hara %_\\", Email: "o'hara@example.com", Metadata: { crm: "x' OR '1'='1" } };
    const [one, two] = await Promise.all([customers.create(fields, { idempotencyKey: 'typed-1' }), customers.create(fields, { idempotencyKey: 'typed-1' })]);
    expect(two).toEqual(one);
    const found = await Array.fromAsync(customers.list({ filter: { Email: fields.Email, Name: { startsWith: "Warung O'Hara %_\\" }, 'Metadata.crm': fields.Metadata.crm } }));
    expect(found.map(({ Id }) => Id)).toEqual([one.Id]);
    expect(await customers.update(one.Id, { Name: 'Budi', Email: null })).toEqual({ Id: one.Id });
    expect(await customers.get(one.Id)).toMatchObject({ Name: 'Budi', Email: null, Metadata: fields.Metadata });
    expect(await customers.updateWhere({ Name: 'Budi' }, { Description: 'found' })).toBe(1);
    await customers.deleteWhere([{ Name: 'Budi', Description: 'found' }]);
    await expect(customers.get(one.Id)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'ROW_NOT_FOUND' });
  });

  it('are not written by a filter that asks nothing', async () => {
    await expect(stripe.entity('Customer').deleteWhere({})).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('actions', () => {
  it('answer with the types of what they did', async () => {
    const { Id } = await stripe.entity('PaymentIntent').create({ Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_visa' });
    const intent = await stripe.action('ConfirmPaymentIntent').run({ PaymentIntentId: Id, ReturnUrl: 'https://example.com/' });
    expect(intent).toMatchObject({ Success: true, id: Id, status: 'succeeded', amount: 1500, amount_received: 1500 });
    expect(typeof intent.created).toBe('number');
  });

  it('run as the Connectors task does', async () => {
    const { connectorOutputPayload, nextPageToken } = await stripe.task({ operation: 'LIST_ENTITIES', entity: 'Customer', pageSize: 2 });
    expect(connectorOutputPayload).toHaveLength(2);
    expect(nextPageToken).not.toBe('');
  });
});

describe('every row of the API', () => {
  it('is called by its id', async () => {
    const names = await Array.fromAsync(everyItem(client.call, 'connections.list', 'connections', { path: { location: 'projects/demo/locations/us-central1' } }), ({ name }) => name);
    expect(names).toContain(stripe.name);
    const entries = client.stream('auditEntries.exportAll', { path: {} });
    for await (const entry of entries) {
      expect(entry.name).toMatch(/./);
      break;
    }
  });
});

describe('what is refused', () => {
  it('says what was wrong, all of it, and what to do', async () => {
    // @ts-expect-error: callers without types may send it
    const error: unknown = await stripe.entity('PaymentIntent').create({ Amount: 1.5, Currency: 17 }).catch((thrown: unknown) => thrown);
    if (!(error instanceof KonektorError)) expect.fail(String(error));
    expect(error).toBeInstanceOf(AnsweredError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_FIELD', hint: expect.stringContaining('column'), requestId: expect.stringMatching(/./) });
    expect(error.violations.map(({ field }) => field)).toContain('Amount');
  });

  it('is given up by its signal', async () => {
    await expect(stripe.entity('Customer').list({ signal: AbortSignal.abort() }).page()).rejects.toMatchObject({ code: 'CANCELLED', reason: 'CALLER_LEFT' });
  });
});
