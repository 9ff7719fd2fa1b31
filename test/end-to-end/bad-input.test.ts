// Whatever is sent, the answer is a google.rpc.Status that helps: never a 500, never a crash, never a secret.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { API } from '../../src/api/table.ts';
import { REASONS } from '../../src/errors/reasons.ts';
import { DEMO, type Reply, type RunningServer, withServer } from './running-server.ts';

let server: RunningServer;
withServer((started) => { server = started; });

function expectStatus({ status, body }: Reply, code: string, reason: string): void {
  expect(body.error, JSON.stringify(body)).toMatchObject({ code: status, status: code, message: expect.stringMatching(/./) });
  const [info] = body.error?.details ?? [];
  expect(info).toMatchObject({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'konektor', metadata: { hint: REASONS[reason as keyof typeof REASONS] } });
  expect(body.error?.details.at(-1)).toMatchObject({ '@type': 'type.googleapis.com/google.rpc.RequestInfo' });
}

const CUSTOMERS = `/v2/${DEMO}/entityTypes/Customer/entities`;
const list = (query: Readonly<Record<string, string>>): string => `${CUSTOMERS}?${new URLSearchParams(query).toString()}`;
const CREATE = `/v1/projects/demo/locations/us-central1/connections?connectionId=`;

const STRIPE = {
  connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1',
  authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
};

describe('messages', () => {
  const message = async (method: string, path: string, body?: object): Promise<string> => (await server.call(method, path, body)).body.error?.message ?? '';

  it('name what is unknown and what there is instead', async () => {
    expect(await message('GET', list({ filter: 'x' }))).toMatch(/^filter: is no parameter of this call, which takes .*conditions/);
    expect(await message('POST', CUSTOMERS, { Name: 'x' })).toMatch(/Name: is not known here; there is .*fields/);
    expect(await message('GET', '/v1/projects/nope/locations/us-central1/connections')).toContain("Project 'nope' does not exist");
    expect(await message('GET', '/v1/projects/demo/locations/us-centrl1/connections')).toContain('"us-centrl1" is no region here');
  });

  it('name the path that was meant', async () => {
    expect(await message('GET', '/v1/projects/demo:getIamPolicy')).toMatch(/; with POST it is\.$/);
    expect(await message('PUT', CUSTOMERS, {})).toMatch(/; with .*(GET|POST).* it is\.$/);
    expect(await message('GET', CUSTOMERS.replace('/v2/', '/v1/'))).toContain(`did you mean GET ${CUSTOMERS}?`);
    expect(await message('GET', `/v2/projects/demo/locations/us-central1/connections`)).toContain('did you mean GET /v1/projects/demo/locations/us-central1/connections?');
    expect(await message('GET', '/v1/projects/demo/locations/us-central1/connections/a%00b')).toMatch(/: a name in it is not well-formed\.$/);
    expect(await message('GET', '/customers')).toBe('GET /customers is not a path of this server.');
  });

  it.each(['-', 'global', 'us-east1'])('an empty list is no fault: %s', async (location) => {
    expect((await server.call('GET', `/v1/projects/demo/locations/${location}/connections`)).status).toBe(200);
  });
});

describe('errors', () => {
  it.each([
    ['a path that is not there', 'GET', '/v3/nothing', undefined, 404, 'NOT_FOUND', 'UNKNOWN_PATH'],
    ['a folder of files', 'GET', '/assets/', undefined, 404, 'NOT_FOUND', 'UNKNOWN_PATH'],
    ['a NUL in the name of a file', 'GET', '/assets/%00', undefined, 404, 'NOT_FOUND', 'UNKNOWN_PATH'],
    ['a NUL in a name', 'GET', '/v1/projects/demo/locations/us-central1/connections/a%00b', undefined, 404, 'NOT_FOUND', 'UNKNOWN_PATH'],
    ['a slash in a name', 'GET', '/v1/projects/demo/locations/a%2Fb/connections', undefined, 404, 'NOT_FOUND', 'UNKNOWN_PATH'],
    ['a page token with NUL', 'GET', `/v1/projects/demo/locations/us-central1/connections?pageToken=${Buffer.from('after:a\0b').toString('base64url')}`, undefined, 400, 'INVALID_ARGUMENT', 'INVALID_PAGE_TOKEN'],
    ['a NUL in a parameter', 'GET', '/v1/auditEntries?filter=principal%3D%22%00%22', undefined, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a NUL in the member whose tokens are listed', 'GET', '/v1/tokens?member=user%3Aa%00%40example.com', undefined, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a NUL in a text', 'POST', '/v1/projects/demo/serviceAccounts', { accountId: 'nul', serviceAccount: { displayName: 'a\0b' } }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['half of a character in a text', 'POST', `${CREATE}half`, { ...STRIPE, description: '\ud83d' }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a member that looks like another', 'POST', '/v1/tokens', { member: 'user:a\u200bni@example.com' }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['an order from a prototype', 'GET', `${CUSTOMERS}?sortBy=Name&sortOrder=constructor`, undefined, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a key where its version should stand', 'POST', `${CREATE}pasted`, { ...STRIPE, authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: ['sk', 'live', '0123456789abcdef'].join('_') } }] } }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a mistyped parameter', 'GET', list({ conditons: "Email = 'x'" }), undefined, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a mistyped member', 'POST', CUSTOMERS, { fields: { Name: 'x' }, feilds: {} }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['an account for one execution', 'POST', CUSTOMERS, { fields: { Name: 'x' }, executionConfig: { headers: '{"Stripe-Account":"acct_1"}' } }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['an unknown verb', 'GET', `/v2/${DEMO}:explode`, undefined, 404, 'NOT_FOUND', 'UNKNOWN_PATH'],
    ['an unknown connection', 'GET', `/v1/${DEMO}x`, undefined, 404, 'NOT_FOUND', 'RESOURCE_NOT_FOUND'],
    ['an unknown entity type', 'GET', `/v2/${DEMO}/entityTypes/Custumer`, undefined, 404, 'NOT_FOUND', 'ENTITY_TYPE_NOT_FOUND'],
    ['an unknown action', 'POST', `/v2/${DEMO}/actions/Explode:execute`, {}, 404, 'NOT_FOUND', 'ACTION_NOT_FOUND'],
    ['an unknown row', 'GET', `${CUSTOMERS}/cus_none`, undefined, 404, 'NOT_FOUND', 'ROW_NOT_FOUND'],
    ['an operation the entity has not', 'DELETE', `/v2/${DEMO}/entityTypes/PaymentIntent/entities/pi_1`, undefined, 501, 'UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED'],
    ['a filter that ends early', 'GET', list({ conditions: 'Email = ' }), undefined, 400, 'INVALID_ARGUMENT', 'INVALID_FILTER'],
    ['a filter on no column', 'GET', list({ conditions: "Emale = 'x'" }), undefined, 400, 'INVALID_ARGUMENT', 'UNKNOWN_FIELD'],
    ['a value its column cannot hold', 'GET', list({ conditions: "Balance = 'many'" }), undefined, 400, 'INVALID_ARGUMENT', 'INVALID_FIELD'],
    ['an explanation of a list without its parent', 'GET', `/v2/${DEMO}/entityTypes/SubscriptionItem/entities:explain`, undefined, 400, 'INVALID_ARGUMENT', 'REQUIRED_FILTER'],
    ['an explanation by a column that is none', 'GET', `${CUSTOMERS}:explain?conditions=Nmae%20%3D%20'x'`, undefined, 400, 'INVALID_ARGUMENT', 'UNKNOWN_FIELD'],
    ['an explanation of an entity type that is none', 'GET', `/v2/${DEMO}/entityTypes/Kustomer/entities:explain`, undefined, 404, 'NOT_FOUND', 'ENTITY_TYPE_NOT_FOUND'],
    ['a list without its parent', 'GET', `/v2/${DEMO}/entityTypes/SubscriptionItem/entities`, undefined, 400, 'INVALID_ARGUMENT', 'REQUIRED_FILTER'],
    ['a page token of another', 'GET', list({ pageToken: 'bm9uc2Vuc2U' }), undefined, 400, 'INVALID_ARGUMENT', 'INVALID_PAGE_TOKEN'],
    ['a page size that is no number', 'GET', list({ pageSize: 'all' }), undefined, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['two columns to sort by', 'GET', `${CUSTOMERS}?sortBy=Name&sortBy=Email`, undefined, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a fraction of a cent', 'POST', `/v2/${DEMO}/entityTypes/PaymentIntent/entities`, { fields: { Amount: 1500.5, Currency: 'usd' } }, 400, 'INVALID_ARGUMENT', 'INVALID_FIELD'],
    ['an unknown column', 'POST', CUSTOMERS, { fields: { Nmae: 'x' } }, 400, 'INVALID_ARGUMENT', 'UNKNOWN_FIELD'],
    ['an update of everything', 'POST', `${CUSTOMERS}:updateEntitiesWithConditions`, { fields: { Name: 'x' } }, 400, 'INVALID_ARGUMENT', 'INVALID_FILTER'],
    ['a name that is none', 'POST', `${CREATE}Bad_Name`, {}, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['an account that is none', 'POST', `${CREATE}account`, { ...STRIPE, configVariables: [{ key: 'account_id', stringValue: 'me' }] }, 400, 'INVALID_ARGUMENT', 'INVALID_REQUEST'],
    ['a host that is not allowed', 'POST', `${CREATE}host`, { ...STRIPE, destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'example.com' }] }] }, 400, 'FAILED_PRECONDITION', 'BACKEND_HOST_NOT_ALLOWED'],
    ['a name that is taken', 'POST', `${CREATE}stripe-sandbox`, STRIPE,  409, 'ALREADY_EXISTS', 'RESOURCE_EXISTS'],
  ])('%s', async (_what, method, path, body, status, code, reason) => {
    const reply = await server.call(method, path, body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(status);
    expectStatus(reply, code, reason);
  });

  it('tells all faults of a connection at once', async () => {
    const { body } = await server.call('POST', `${CREATE}9nine`, { connectorVersion: 'x', nodeConfig: { minNodeCount: 9, maxNodeCount: 3 }, labels: { BAD: 'x' }, configVariables: [{ stringValue: 7 }] });
    const faults = body.error?.details.find(({ '@type': type }) => String(type).endsWith('BadRequest'))?.['fieldViolations'];
    expect(faults).toEqual(expect.arrayContaining(['connectionId', 'connectorVersion', 'nodeConfig', 'labels.BAD', 'configVariables[0].key', 'configVariables[0].stringValue'].map((field) => expect.objectContaining({ field }))));
  });

  it('tells all faults of a row at once', async () => {
    const { body } = await server.call('POST', `/v2/${DEMO}/entityTypes/PaymentIntent/entities`, { fields: { Amount: 'lots', Livemode: true, Confirm: 'perhaps', Nonsense: 1 } });
    const faults = body.error?.details.find(({ '@type': type }) => String(type).endsWith('BadRequest'))?.['fieldViolations'];
    expect(faults).toEqual(expect.arrayContaining(['Amount', 'Livemode', 'Confirm', 'Nonsense'].map((field) => expect.objectContaining({ field }))));
  });

  it.each([['ConfirmPaymentIntent', 'PaymentIntentId', { PaymentIntentId: 'pi_none', ReturnUrl: 'https://example.com/' }], ['CancelQuote', 'QuoteId', { QuoteId: 'qt_none' }], ['FinalizeInvoice', 'InvoiceId', { InvoiceId: 'in_none' }], ['AttachPaymentMethodToCustomer', 'PaymentMethodId', { PaymentMethodId: 'pm_none', CustomerId: 'cus_none' }]])('names the input of %s that Stripe refused', async (action, param, parameters) => {
    const { status, body } = await server.call('POST', `/v2/${DEMO}/actions/${action}:execute`, { parameters });
    expect(status).toBe(404);
    expect(body.error?.details[0]?.['metadata']).toMatchObject({ param });
  });

  it('says what a decline was', async () => {
    const { body: made } = await server.call('POST', `/v2/${DEMO}/entityTypes/PaymentIntent/entities`, { fields: { Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_chargeDeclinedInsufficientFunds' } });
    const reply = await server.call('POST', `/v2/${DEMO}/actions/ConfirmPaymentIntent:execute`, { parameters: { PaymentIntentId: made.fields['Id'], ReturnUrl: 'https://example.com/' } });
    expect(reply.status).toBe(400);
    expectStatus(reply, 'FAILED_PRECONDITION', 'CARD_DECLINED');
    expect(reply.body.error?.details[0]?.['metadata']).toMatchObject({ declineCode: 'insufficient_funds', code: 'card_declined', requestId: expect.stringMatching(/^req_/) });
  });

  it('asks for a token before it reads a body', async () => {
    const reply = await fetch(`${server.url}${CUSTOMERS}`, { method: 'POST', body: '{bad', headers: { 'content-type': 'application/json' } });
    expect(reply.status).toBe(401);
  });

  it('takes filters of 60 KB, and tells what is too long', async () => {
    const conditions = `Email IN (${Array.from({ length: 900 }, (_, index) => `'${'x'.repeat(50)}${index}@example.com'`).join(', ')})`;
    expect((await server.call('GET', list({ conditions }))).status).toBe(200);
    const reply = await server.call('GET', list({ conditions: 'x'.repeat(300_000) }));
    expect(reply.body.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
  });

  it.each([['none', undefined], ['an unknown one', 'Bearer nobody'], ['another kind', 'Basic YWJj'], ['an endless one', `Bearer ${'x'.repeat(9_000)}`]])('asks for a token where there is %s', async (_what, authorization) => {
    const reply = await fetch(`${server.url}/v1/${DEMO}`, { headers: authorization === undefined ? {} : { authorization } });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('refuses a body that is too large, not JSON, or of another kind', async () => {
    const send = (body: string, type: string): Promise<Response> => fetch(`${server.url}${CUSTOMERS}`, { method: 'POST', body, headers: { authorization: `Bearer konektor_test_token_0123456789`, 'content-type': type } });
    for (const [body, type] of [['x'.repeat(10 * 1024 * 1024 + 1), 'application/json'], ['{', 'application/json'], ['[]', 'application/json'], ['a=b', 'application/x-www-form-urlencoded']] as const) {
      const reply = await send(body, type);
      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ error: { status: 'INVALID_ARGUMENT' } });
    }
  });
});

describe('idempotency', () => {
  it.each(['a\\u0000b', '\\ud83d'])('takes no key that no database takes: %s', async (key) => {
    const reply = await server.call('POST', CUSTOMERS, { fields: { Name: 'Nol' }, executionConfig: { headers: `{"idempotency-key":"${key}"}` } });
    expect(reply.status).toBe(400);
    expectStatus(reply, 'INVALID_ARGUMENT', 'INVALID_REQUEST');
  });

  it('holds under a key of the caller, wherever it is given, and names it when it is reused', async () => {
    const create = (name: string, headers: Readonly<Record<string, string>>, more: object = {}) => server.call('POST', CUSTOMERS, { fields: { Name: name }, ...more }, headers);
    const config = { executionConfig: { headers: '{"idempotency-key":"order-1"}' } };
    const ids = [await create('Satu', { 'idempotency-key': 'order-1' }), await create('Satu', { 'idempotency-key': 'order-1' }), await create('Satu', {}, config)].map(({ body }) => body.fields['Id']);
    expect(new Set(ids).size).toBe(1);
    const reused = await create('Dua', { 'idempotency-key': 'order-1' });
    expect(reused.status).toBe(400);
    expectStatus(reused, 'INVALID_ARGUMENT', 'IDEMPOTENCY_KEY_REUSED');
    expect(reused.body.error?.message).toContain('order-1');
    const both = await create('Satu', { 'idempotency-key': 'order-2' }, config);
    expectStatus(both, 'INVALID_ARGUMENT', 'INVALID_REQUEST');
    expect(both.body.error?.message).toContain('are not the same');
    expect((await create('Satu', { 'idempotency-key': 'order-1' }, config)).body.fields['Id']).toBe(ids[0]);
  });

  it('is told of, under the key to send again, when the outcome of a write is unknown', async () => {
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'POST', path: '/v1/customers', fault: 'server_error', times: 20 }) });
    const failed = await server.call('POST', CUSTOMERS, { fields: { Name: 'Tiga' } }, { 'idempotency-key': 'order-3' });
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'DELETE' });
    expect(failed.status).toBe(503);
    expect(failed.body.error?.details[0]?.['metadata']).toMatchObject({ outcome: 'unknown', idempotencyKey: 'order-3' });
  });
});

describe('anything at all', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('', '.', '..', '%', '%00', '%2F', '\'', '*', 'cus_1', 'Customer', 'Id', 'projects/demo', '{}', '[]', 'null', '__proto__', 'a/b/c', ':', '::', 'x'.repeat(3_000)));
  const json = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.record({ fields: fc.dictionary(fc.constantFrom('Amount', 'Currency', 'Metadata', 'Name', 'Address', 'Id', 'Email', 'Items', 'Created', 'Shipping'), fc.jsonValue({ maxDepth: 3 })) }));
  const real = new Map([['connection', DEMO], ['location', 'projects/demo/locations/us-central1'], ['entityType', 'Customer'], ['action', 'ConfirmPaymentIntent'], ['entity', 'cus_none'], ['integration', 'ExecuteConnection']]);

  it('never gives a 500', { timeout: 180_000 }, async () => {
    const rows = Object.values(API);
    const faults: string[] = [];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...rows), fc.array(fc.tuple(fc.boolean(), text), { minLength: 4, maxLength: 4 }), fc.dictionary(fc.oneof(text, fc.constantFrom('conditions', 'pageSize', 'pageToken', 'sortBy', 'sortOrder', 'view', 'connectionId', 'executionConfig.headers')), text, { maxKeys: 4 }), json, async (row, parts, query, body) => {
      let index = 0;
      const path = row.http.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
        const [useReal, random] = parts[index++ % parts.length] ?? [true, ''];
        return useReal ? (real.get(name) ?? 'x') : encodeURIComponent(random.toWellFormed());
      });
      const search = new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key.toWellFormed(), value.toWellFormed()])).toString();
      const withBody = row.http.method === 'POST' || row.http.method === 'PATCH';
      const reply = await fetch(`${server.url}${path}?${search}`, { method: row.http.method, headers: { authorization: 'Bearer konektor_test_token_0123456789', ...(withBody ? { 'content-type': 'application/json' } : {}) }, ...(withBody ? { body: JSON.stringify(body) } : {}) });
      const answer = await reply.text();
      if (reply.status >= 500 && reply.status !== 501) faults.push(`${row.http.method} ${path}?${search} ${JSON.stringify(body)} → ${reply.status} ${answer}`);
      if (reply.status >= 400) expect(JSON.parse(answer)).toMatchObject({ error: { code: reply.status } });
    }), { numRuns: 600 });
    expect(faults).toEqual([]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
