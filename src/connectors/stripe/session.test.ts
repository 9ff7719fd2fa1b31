import { describe, expect, it } from 'vitest';
import type { Call, OutboundRequest, OutboundResponse, Row, Session } from '../../spi/connector.ts';
import { createStripeConnector } from './connector.ts';

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const connector = createStripeConnector({});
const call: Call = { signal: new AbortController().signal, deadline: new Date(Date.now() + 1000), requestId: 'r', caller: 'c', output: 'text' };
const write = { idempotencyKey: 'key-1' };

/** A session whose source is a function of the request; `sent` holds what went out. */
async function open(answer: (request: OutboundRequest) => Reply, input: Readonly<Record<string, unknown>> = {}, key = 'sk_test_1'): Promise<{ readonly session: Session; readonly sent: OutboundRequest[]; readonly list: (entity: string, cursor?: string, scan?: Row) => ReturnType<Session['scan']> }> {
  const sent: OutboundRequest[] = [];
  const config = connector.parseConfig({ secretVersion: 's', apiBase: 'http://localhost:1', ...input });
  const send = async (request: OutboundRequest): Promise<OutboundResponse> => {
    sent.push(request);
    const { status = 200, headers = {}, body = {} } = answer(request);
    return { status, headers, body: body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) };
  };
  const session = await connector.open(config, { send, secret: async () => key, now: () => new Date(), signal: call.signal });
  const list = async (entity: string, cursor?: string, size?: unknown): ReturnType<Session['scan']> => {
    const plan = connector.planList(config, { entity, filter: { kind: 'and', filters: [] }, sort: [], columns: 'all' });
    return session.scan(call, entity, plan, { size: typeof size === 'number' ? size : 100, ...(cursor === undefined ? {} : { cursor }) });
  };
  return { session, sent, list: (entity, cursor) => list(entity, cursor) };
}

function page(ids: readonly string[], has_more: boolean): Reply {
  return { body: { object: 'list', data: ids.map((id, index) => ({ id, object: 'customer', created: 1000 - index })), has_more } };
}
function refusal(status: number, error: unknown): Reply {
  return { status, body: { error } };
}

describe('what goes out', () => {
  it('carries key, version, account and idempotency key, and says what limits it', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'cus_1', object: 'customer' } }), { account_id: 'acct_1', api_version: '2025-02-24.acacia' });
    await session.create(call, 'Customer', { Name: 'J' }, write);
    expect(sent[0]).toMatchObject({
      method: 'POST', url: 'http://localhost:1/v1/customers', body: 'name=J', idempotent: true,
      headers: { authorization: 'Bearer sk_test_1', 'stripe-version': '2025-02-24.acacia', 'stripe-account': 'acct_1', 'idempotency-key': 'key-1', 'content-type': 'application/x-www-form-urlencoded' },
      limits: [{ scope: 'account', perSecond: 25 }, { scope: 'endpoint:POST /v1/customers', perSecond: 25 }],
    });
    await session.get(call, 'Customer', 'cus_1');
    expect(sent[1]?.limits[1]).toEqual({ scope: 'endpoint:GET /v1/customers/{id}', perSecond: 25 });
    expect(sent[1]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('knows live keys', async () => {
    const { session, sent } = await open(() => ({}), {}, 'rk_live_1');
    await session.check(call);
    expect(sent[0]?.limits[0]).toEqual({ scope: 'account', perSecond: 100 });
  });

  it('names another account for one call', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'cus_1' } }), { account_override: true, account_id: 'acct_1' });
    await session.create(call, 'Customer', { AccountId: 'acct_2', Name: 'J' }, write);
    await session.execute(call, 'CancelPaymentIntent', { PaymentIntentId: 'pi_1', AccountId: 'acct_3' }, write);
    expect(sent.map(({ headers }) => headers['stripe-account'])).toEqual(['acct_2', 'acct_3']);
  });

  it('is JSON on API v2, and asks for whole objects', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'acct_1', object: 'v2.core.account' } }));
    await session.create(call, 'V2CoreEventDestination', { Name: 'x', Type: 'webhook_endpoint', EnabledEvents: ['a'], EventPayload: 'thin' }, write);
    expect(sent[0]).toMatchObject({ headers: { 'content-type': 'application/json' }, body: '{"name":"x","type":"webhook_endpoint","enabled_events":["a"],"event_payload":"thin"}' });
    await session.get(call, 'V2CoreAccount', 'acct_1');
    expect(sent[1]?.url).toContain('include[0]=configuration.customer');
  });

  it('goes to the host of files, as multipart', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'file_1' } }), { filesBase: 'http://localhost:2' });
    await session.create(call, 'File', { Purpose: 'dispute_evidence', File: { Data: 'aGk=', Name: 'a.txt', Type: 'text/plain' } }, write);
    expect(sent[0]?.url).toBe('http://localhost:2/v1/files');
    expect(sent[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Buffer.from(sent[0]?.body ?? '').toString()).toContain('filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhi\r\n');
  });

  it.each([['pk_test_1', 'publishable'], ['', 'empty'], ['whsec_1', 'webhook'], ['sk_test_1\n', 'characters']])('is nothing with the key %j', async (key, says) => {
    const { session, sent } = await open(() => ({}), {}, key);
    await expect(session.check(call)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'BACKEND_UNAUTHENTICATED', message: expect.stringContaining(says) });
    expect(sent).toEqual([]);
  });
});

describe('check', () => {
  it('is content with a restricted key, and not with a key of another account', async () => {
    const restricted = await open(() => refusal(403, { type: 'invalid_request_error', message: 'needs rak_account_read' }));
    await expect(restricted.session.check(call)).resolves.toBeUndefined();
    const stranger = await open(() => refusal(403, { type: 'invalid_request_error', code: 'account_invalid' }));
    await expect(stranger.session.check(call)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    const wrong = await open(() => refusal(401, { type: 'invalid_request_error' }));
    await expect(wrong.session.check(call)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'BACKEND_UNAUTHENTICATED' });
  });
});

describe('ids', () => {
  it('cannot leave their place in the path', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'x' } }));
    for (const id of ['', '.', '..', 'a/b', 'a?b', 'a#b', 'a\nb', 'x'.repeat(256)]) {
      await expect(session.get(call, 'Customer', id), id).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
    expect(sent).toEqual([]);
    await session.get(call, 'Coupon', '50% off & more');
    expect(sent[0]?.url).toBe('http://localhost:1/v1/coupons/50%25%20off%20%26%20more');
  });

  it('are composite where a parent is needed', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'txi_2', object: 'tax_id' } }));
    expect(await session.get(call, 'CustomerTaxId', 'cus_1/txi_2')).toMatchObject({ Id: 'cus_1/txi_2', StripeId: 'txi_2', Customer: 'cus_1' });
    expect(sent[0]?.url).toBe('http://localhost:1/v1/customers/cus_1/tax_ids/txi_2');
    await expect(session.get(call, 'CustomerTaxId', 'txi_2')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', violations: [{ field: 'Customer' }] });
  });

  it('are any for what there is one of', async () => {
    const { session, sent } = await open(() => ({ body: { object: 'balance' } }));
    await session.get(call, 'Balance', 'whatever');
    await session.get(call, 'CustomerCashBalance', 'cus_1');
    await session.get(call, 'BillingCreditBalanceSummary', 'cus_1');
    await session.get(call, 'BillingCreditBalanceSummary', 'acct_1');
    expect(sent.map(({ url }) => url.slice('http://localhost:1'.length))).toEqual([
      '/v1/balance', '/v1/customers/cus_1/cash_balance',
      '/v1/billing/credit_balance_summary?filter[type]=applicability_scope&filter[applicability_scope][price_type]=metered&customer=cus_1',
      '/v1/billing/credit_balance_summary?filter[type]=applicability_scope&filter[applicability_scope][price_type]=metered&customer_account=acct_1',
    ]);
  });

  it('may be repeated in a patch, but not changed by it', async () => {
    const { session, sent } = await open(() => ({ body: { id: 'cus_1' } }));
    await session.update(call, 'Customer', 'cus_1', { Id: 'cus_1', Name: 'J' }, write);
    expect(sent[0]?.body).toBe('name=J');
    await expect(session.update(call, 'Customer', 'cus_1', { Id: 'cus_2' }, write)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('rows', () => {
  it('of deleted objects are not found', async () => {
    const { session } = await open(() => ({ body: { id: 'cus_1', object: 'customer', deleted: true } }));
    await expect(session.get(call, 'Customer', 'cus_1')).rejects.toMatchObject({ code: 'NOT_FOUND', metadata: { deleted: 'true' } });
  });

  it('hold ids where objects were expanded, times as RFC 3339, and every column', async () => {
    const { session } = await open(() => ({ body: { id: 'ch_1', object: 'charge', created: 1767225600, customer: { id: 'cus_1', object: 'customer' }, amount: 5, billing_details: { address: { city: 'x' } }, unknown: 1 } }));
    const row = await session.get(call, 'Charge', 'ch_1');
    expect(row).toMatchObject({ Id: 'ch_1', Customer: 'cus_1', Created: '2026-01-01T00:00:00Z', Amount: 5, BillingDetailsAddressCity: 'x', BillingDetailsEmail: null });
    expect(row).not.toHaveProperty('Unknown');
  });

  it('show what the tables do not know on another API version', async () => {
    const { session } = await open(() => ({ body: { id: 'in_1', paid: true, charge: 'ch_1', status_transitions: { new_at: 5 } } }), { api_version: '2025-02-24.acacia' });
    expect(await session.get(call, 'Invoice', 'in_1')).toMatchObject({ Paid: true, Charge: 'ch_1', StatusTransitionsNewAt: 5 });
  });

  it('have their nested lists completed by Get', async () => {
    const lines = Array.from({ length: 25 }, (_, index) => ({ id: `il_${index}` }));
    const { session, sent } = await open(({ url }) => {
      if (!url.includes('/lines')) return { body: { id: 'in_1', lines: { object: 'list', data: lines.slice(0, 10), has_more: true, url: '/v1/invoices/in_1/lines' } } };
      const from = lines.findIndex(({ id }) => url.endsWith(`starting_after=${id}`)) + 1;
      return { body: { object: 'list', data: lines.slice(from, from + 10), has_more: from + 10 < lines.length } };
    });
    expect(await session.get(call, 'Invoice', 'in_1')).toMatchObject({ Lines: { data: lines, has_more: false } });
    expect(sent).toHaveLength(3);
  });

  it('follow no link that leads elsewhere', async () => {
    for (const url of ['https://evil.example/v1/x', '//evil.example', '/v1/../v2/x', '/v1/x\r\nHost: evil']) {
      const { session, sent } = await open(() => ({ body: { id: 'in_1', lines: { data: [{ id: 'il_1' }], has_more: true, url } } }));
      await session.get(call, 'Invoice', 'in_1');
      expect(sent).toHaveLength(1);
    }
  });
});

describe('scan', () => {
  it('asks for smaller pages where Stripe cuts its answer short', async () => {
    const { list, sent } = await open(({ url }) => (Number(/limit=(\d+)/.exec(url)?.[1]) > 30 ? { body: '{"object":"list","data":[{"id":"cus' } : page(['cus_1'], false)));
    expect((await list('Customer')).rows).toHaveLength(1);
    expect(sent.map(({ url }) => /limit=(\d+)/.exec(url)?.[1])).toEqual(['100', '50', '25']);
    const broken = await open(() => ({ body: '{"object":' }));
    await expect(broken.list('Customer')).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'BACKEND_UNEXPECTED' });
  });

  it('goes on from the row before when the cursor\'s own was deleted, and gives no row twice', async () => {
    const gone = new Set<string>();
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { list } = await open(({ url }) => {
      const after = /starting_after=(\w)/.exec(url)?.[1];
      if (after === undefined) return page(ids.slice(0, 3), true);
      return gone.has(after) ? refusal(404, { type: 'invalid_request_error', code: 'resource_missing', param: 'starting_after' }) : page(ids.slice(ids.indexOf(after) + 1).filter((id) => !gone.has(id)), false);
    });
    const first = await list('Customer');
    for (const id of ['c', 'b']) gone.add(id);
    const second = await list('Customer', first.next);
    expect([...first.rows, ...second.rows].map((row) => row['Id'])).toEqual(ids);
    gone.clear();
    gone.add('c');
    expect((await list('Customer', first.next)).rows.map((row) => row['Id'])).toEqual(['d', 'e']);
  });

  it('goes on from the second of the last row when all that it remembers was deleted', async () => {
    const { list, sent } = await open(({ url }) => {
      if (url.includes('starting_after')) return refusal(400, { type: 'invalid_request_error', code: 'resource_missing', param: 'starting_after' });
      return url.includes('created') ? page(['c', 'd'], false) : page(['a', 'b'], true);
    });
    const first = await list('Customer');
    const second = await list('Customer', first.next);
    expect(second.rows.map((row) => row['Id'])).toEqual(['c', 'd']);
    expect(sent.at(-1)?.url).toContain('created[lte]=999&');
  });

  it('is wider where Stripe refuses a filter, which is then ours', async () => {
    const { session, sent } = await open(({ url }) => (url.includes('email=') ? refusal(400, { type: 'invalid_request_error', param: 'email', message: 'Invalid email' }) : page(['cus_1'], false)));
    const found = await session.scan(call, 'Customer', { scan: { email: 'x', 'created[gt]': 5 }, remaining: { kind: 'and', filters: [] }, ordered: true, calls: 1 }, { size: 10 });
    expect(found.rows).toHaveLength(1);
    expect(sent.at(-1)?.url).toBe('http://localhost:1/v1/customers?created[gt]=5&limit=10');
  });

  it('says what Stripe refused where the filter cannot be ours', async () => {
    const { session } = await open(() => refusal(400, { type: 'invalid_request_error', param: 'price', message: 'Invalid price' }));
    const plan = { scan: { price: 'x', status: 'all' }, remaining: { kind: 'and' as const, filters: [] }, ordered: true, calls: 1 };
    await expect(session.scan(call, 'Subscription', plan, { size: 10 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', violations: [{ field: 'Price' }] });
  });

  it('never turns a rate limit into an empty list', async () => {
    const { list } = await open(() => refusal(429, { type: 'invalid_request_error', code: 'rate_limit' }));
    await expect(list('Customer')).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'BACKEND_RATE_LIMITED' });
  });

  it('refuses cursors that are none', async () => {
    const { list } = await open(() => page([], false));
    await expect(list('Customer', 'nonsense')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_PAGE_TOKEN' });
  });

  it('follows the tokens of API v2', async () => {
    const { list, sent } = await open(({ url }) => ({ body: { data: [{ id: url.includes('page=p2') ? 'b' : 'a' }], next_page_url: url.includes('page=p2') ? null : '/v2/core/events?page=p2&limit=1' } }));
    const first = await list('V2CoreEvent');
    expect((await list('V2CoreEvent', first.next)).rows.map((row) => row['Id'])).toEqual(['b']);
    expect(sent).toHaveLength(2);
  });

  it('reads what Search finds once more', async () => {
    const { session, sent } = await open(({ url }) => {
      if (url.includes('/search')) return { body: { data: [{ id: 'cus_1' }, { id: 'cus_2' }], has_more: true, next_page: 'n2' } };
      return { body: url.endsWith('cus_1') ? { id: 'cus_1', name: 'fresh' } : { id: 'cus_2', deleted: true } };
    }, { search_pushdown: true });
    const found = await session.scan(call, 'Customer', { scan: { '@search': 'name:"x"' }, remaining: { kind: 'and', filters: [] }, ordered: true, calls: 'unbounded' }, { size: 10 });
    expect(found.rows.map((row) => [row['Id'], row['Name']])).toEqual([['cus_1', 'fresh']]);
    expect(found.next).toBeDefined();
    expect(sent[0]?.url).toContain('/v1/customers/search?query=name%3A%22x%22&limit=10');
  });
});

describe('actions', () => {
  it('tell every fault of their input', async () => {
    const { session } = await open(() => ({}));
    await expect(session.execute(call, 'AttachPaymentMethodToCustomer', { Customr: 'x' }, write)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      violations: [{ field: 'PaymentMethodId' }, { field: 'CustomerId' }, { field: 'Customr', description: expect.stringContaining('did you mean Customer') }],
    });
  });

  it('give bytes as base64', async () => {
    const { session, sent } = await open(() => ({ headers: { 'content-type': 'application/pdf' }, body: new Uint8Array([37, 80, 68, 70]) }), { filesBase: 'http://localhost:2' });
    expect(await session.execute(call, 'DownloadQuotePdf', { QuoteId: 'qt_1' }, write)).toEqual([{ Success: 'true', Content: 'JVBERg==', ContentType: 'application/pdf', Size: '4' }]);
    expect(sent[0]?.url).toBe('http://localhost:2/v1/quotes/qt_1/pdf');
    const large = await open(() => ({ body: new Uint8Array(10 * 1024 * 1024 + 1) }));
    await expect(large.session.execute(call, 'DownloadFile', { FileId: 'file_1' }, write)).rejects.toMatchObject({ reason: 'PAYLOAD_TOO_LARGE' });
  });

  it('for test keys do not exist for live ones', async () => {
    const { session } = await open(() => ({}), {}, 'sk_live_1');
    await expect(session.execute(call, 'AdvanceTestClock', { TestClockId: 'clock_1', FrozenTime: 5 }, write)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'ACTION_NOT_FOUND' });
  });

  it('give native JSON on request', async () => {
    const { session } = await open(() => ({ body: { id: 'pi_1', object: 'payment_intent', amount: 5, payment_method_types: ['card'] } }));
    expect(await session.execute({ ...call, output: 'typed' }, 'CancelPaymentIntent', { PaymentIntentId: 'pi_1' }, write)).toEqual([{ Success: true, id: 'pi_1', object: 'payment_intent', amount: 5, payment_method_types: ['card'] }]);
  });

  it('find the invoice of a quote, by its subscription if need be', async () => {
    const { session } = await open(({ url }) => ({ body: url.includes('/subscriptions/') ? { id: 'sub_1', latest_invoice: 'in_2' } : { id: 'qt_1', object: 'quote', invoice: null, subscription: 'sub_1' } }));
    expect(await session.execute(call, 'AcceptQuote', { QuoteId: 'qt_1' }, write)).toEqual([{ InvoiceId: 'in_2', Success: 'true' }]);
    const none = await open(() => ({ body: { id: 'qt_1', invoice: null, subscription: null } }));
    expect(await none.session.execute(call, 'AcceptQuote', { QuoteId: 'qt_1' }, write)).toEqual([{ InvoiceId: null, Success: 'true' }]);
  });

  it('are not undone by what cannot be read besides', async () => {
    const { session } = await open(({ method }) => (method === 'GET' ? { status: 500 } : { body: { id: 'in_1', object: 'invoice', status: 'paid', total: 500, lines: { data: [], has_more: true } } }));
    expect((await session.execute(call, 'PayInvoice', { InvoiceId: 'in_1' }, write))[0]).toMatchObject({ paid: 'true', charge: null, payment_intent: null, 'lines.total_count': null, 'lines.has_more': 'true' });
  });
});
