// The official `stripe` package on the sandbox: what it does by itself (paging, searching, retrying, uploading, verifying) works there.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import { startSandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ demo: true });
});

afterAll(async () => {
  await sandbox.close();
});

function sdk(options: Partial<ConstructorParameters<typeof Stripe>[1]> = {}, key = 'sk_test_sdk'): Stripe {
  const { hostname, port } = new URL(sandbox.url);
  return new Stripe(key, { host: hostname, port: Number(port), protocol: 'http', telemetry: false, maxNetworkRetries: 0, ...options });
}

async function steer(path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

/** How often a request was seen since the last call of this. */
async function seen(request: string): Promise<number> {
  const { counts } = (await steer('requests')) as { readonly counts: Readonly<Record<string, number>> };
  await steer('reset-requests', {});
  return counts[request] ?? 0;
}

describe('pages', () => {
  const stripe = (): Stripe => sdk();
  const lists = (): Readonly<Record<string, AsyncIterable<{ readonly id: string }>>> => {
    const all = { limit: 3 };
    const s = stripe();
    return {
      balanceTransactions: s.balanceTransactions.list(all), charges: s.charges.list(all), checkoutSessions: s.checkout.sessions.list(all), coupons: s.coupons.list(all),
      creditNotes: s.creditNotes.list(all), customers: s.customers.list(all), disputes: s.disputes.list(all), events: s.events.list({ limit: 100 }), invoiceItems: s.invoiceItems.list(all),
      invoices: s.invoices.list({ limit: 25 }), paymentIntents: s.paymentIntents.list({ limit: 25 }), payouts: s.payouts.list(all), plans: s.plans.list(all), prices: s.prices.list(all),
      products: s.products.list(all), promotionCodes: s.promotionCodes.list(all), quotes: s.quotes.list(all), refunds: s.refunds.list(all), setupIntents: s.setupIntents.list(all),
      subscriptions: s.subscriptions.list({ limit: 3, status: 'all' }), taxRates: s.taxRates.list(all), eventDestinations: s.v2.core.eventDestinations.list({ limit: 3 }),
    };
  };

  it('are gone through to the end of every list, each row once', async () => {
    let rows = 0;
    for (const [name, list] of Object.entries(lists())) {
      const ids: string[] = [];
      for await (const { id } of list) ids.push(id);
      expect(new Set(ids).size, name).toBe(ids.length);
      rows += ids.length;
    }
    expect(Object.keys(lists())).toHaveLength(22);
    expect(rows).toBeGreaterThan(600);
    expect(await stripe().customers.list({ limit: 3 }).autoPagingToArray({ limit: 1_000 })).toHaveLength(40);
  });

  it('go back from a row too', async () => {
    const all = await stripe().customers.list({ limit: 100 });
    const last = all.data.at(-1)?.id ?? '';
    const back: string[] = [];
    for await (const { id } of stripe().customers.list({ limit: 3, ending_before: last })) back.push(id);
    expect(back).toEqual(all.data.slice(0, -1).map(({ id }) => id).toReversed());
  });

  it('of a nested list go on at its address', async () => {
    const s = stripe();
    const customer = await s.customers.create({ name: 'Many lines' });
    const invoice = await s.invoices.create({ customer: customer.id });
    for (let at = 0; at < 23; at += 1) await s.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 100 + at, currency: 'usd' });
    const shown = await s.invoices.retrieve(invoice.id);
    expect([shown.lines.data.length, shown.lines.has_more]).toEqual([10, true]);
    const lines: number[] = [];
    for await (const line of s.invoices.listLineItems(invoice.id, { limit: 5 })) lines.push(line.amount);
    expect(lines.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, at) => 100 + at));
  });

  it('of a search too', async () => {
    const s = stripe();
    for (let at = 0; at < 12; at += 1) await s.customers.create({ name: `Dicari ${at}`, metadata: { sought: 'yes' } });
    const found: string[] = [];
    for await (const { name } of s.customers.search({ query: "metadata['sought']:'yes' AND -name:'Dicari 3'", limit: 5 })) found.push(name ?? '');
    expect(found.toSorted()).toEqual(Array.from({ length: 12 }, (_, at) => `Dicari ${at}`).filter((name) => name !== 'Dicari 3').toSorted());
    for (const search of [s.charges.search({ query: "status:'succeeded'", limit: 30 }), s.invoices.search({ query: 'total>0', limit: 30 }), s.paymentIntents.search({ query: 'amount>1', limit: 30 }),
      s.prices.search({ query: "active:'true'", limit: 3 }), s.products.search({ query: "active:'true'", limit: 3 }), s.subscriptions.search({ query: "status:'active'", limit: 3 })]) {
      const ids: string[] = [];
      for await (const { id } of search) ids.push(id);
      expect(ids.length).toBeGreaterThan(3);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('expansion', () => {
  it('goes four levels deep and no further', async () => {
    const s = sdk();
    const { data } = await s.charges.list({ limit: 100, expand: ['data.payment_intent.latest_charge.balance_transaction'] });
    const [paid] = data.filter(({ captured, payment_intent: intent }) => captured && intent !== null);
    const intent = paid?.payment_intent as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect([intent.object, charge.object, (charge.balance_transaction as Stripe.BalanceTransaction).object]).toEqual(['payment_intent', 'charge', 'balance_transaction']);
    const one = await s.charges.retrieve(paid?.id ?? '', { expand: ['payment_intent.latest_charge.balance_transaction.source'] });
    const deepest = ((one.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge).balance_transaction as Stripe.BalanceTransaction;
    expect((deepest.source as Stripe.Charge).id).toBe(paid?.id);
    await expect(s.charges.retrieve(paid?.id ?? '', { expand: ['payment_intent.latest_charge.balance_transaction.source.customer'] })).rejects.toMatchObject({ code: 'property_expansion_max_depth' });
    await expect(s.charges.retrieve(paid?.id ?? '', { expand: ['amount'] })).rejects.toMatchObject({ param: 'expand' });
  });
});

describe('faults', () => {
  it.each([
    ['a connection cut before the effect', { fault: 'reset', times: 2 }, 3],
    ['a connection cut after the effect', { fault: 'reset_after', times: 2 }, 3],
    ['an error of the server', { fault: 'server_error', times: 1 }, 2],
    ['a lock that may be tried again', { fault: 'lock_timeout', headers: { 'stripe-should-retry': 'true' }, times: 1 }, 2],
    ['a conflict', { status: 409, body: { error: { message: 'x' } }, times: 1 }, 2],
  ])('%s: the SDK asks again with the same key, and there is one effect', async (what, fault, requests) => {
    const s = sdk({ maxNetworkRetries: 2 });
    await steer('reset-requests', {});
    await steer('faults', { ...fault, method: 'POST', path: '/v1/customers' });
    const made = await s.customers.create({ name: what });
    expect(await seen('POST /v1/customers')).toBe(requests);
    const named = await s.customers.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
    expect(named.filter(({ name }) => name === what).map(({ id }) => id)).toEqual([made.id]);
  });

  it('that last are told', async () => {
    await steer('faults', { fault: 'server_error', times: 3, method: 'POST', path: '/v1/customers' });
    await expect(sdk({ maxNetworkRetries: 2 }).customers.create({ name: 'never' })).rejects.toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    expect((await sdk().customers.search({ query: "name:'never'" })).data).toEqual([]);
  });
});

describe('requests', () => {
  it('upload files and give them back', async () => {
    const s = sdk();
    const data = Buffer.from('a,b\n1,2\n\u0000\u00ff', 'latin1');
    const file = await s.files.create({ purpose: 'dispute_evidence', file: { data, name: 'evidence.csv', type: 'text/csv' } });
    expect(file).toMatchObject({ object: 'file', filename: 'evidence.csv', purpose: 'dispute_evidence', size: data.length, type: 'csv' });
    expect((await s.files.retrieve(file.id)).size).toBe(data.length);
    expect((await s.fileLinks.create({ file: file.id })).file).toBe(file.id);
  });

  it('reach the account that they name, and no other', async () => {
    const s = sdk();
    const there = await s.customers.create({ name: 'Di sana' }, { stripeAccount: 'acct_1Lain' });
    expect((await s.customers.retrieve(there.id, {}, { stripeAccount: 'acct_1Lain' })).id).toBe(there.id);
    await expect(s.customers.retrieve(there.id)).rejects.toMatchObject({ code: 'resource_missing' });
    expect(there.lastResponse.stripeAccount).toBe('acct_1Lain');
  });

  it('bring measurements of earlier ones, which change nothing', async () => {
    const s = sdk({ telemetry: true });
    const first = await s.customers.create({ name: 'Diukur' });
    expect((await s.customers.retrieve(first.id)).lastResponse.statusCode).toBe(200);
    expect((await s.customers.retrieve(first.id)).lastResponse.requestId).toMatch(/^req_/);
  });

  it('with a key of their own are told again', async () => {
    const s = sdk();
    const first = await s.customers.create({ name: 'Sekali' }, { idempotencyKey: 'sekali' });
    const again = await s.customers.create({ name: 'Sekali' }, { idempotencyKey: 'sekali' });
    expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([first.id, 'true']);
    await expect(s.customers.create({ name: 'Dua kali' }, { idempotencyKey: 'sekali' })).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
  });

  it('that are wrong become the errors that the SDK has for them', async () => {
    const s = sdk();
    await expect(s.customers.retrieve('cus_none')).rejects.toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 404 });
    await expect(s.charges.create({ amount: 1_000, currency: 'usd', source: 'tok_chargeDeclined' })).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined', decline_code: 'generic_decline' });
    await expect(sdk({}, 'pk_test_x').customers.list()).rejects.toMatchObject({ type: 'StripeAuthenticationError' });
    await steer('faults', { fault: 'rate_limit' });
    await expect(s.customers.list()).rejects.toMatchObject({ type: 'StripeRateLimitError' });
  });
});

describe('deliveries', () => {
  it('are verified by the SDK', async () => {
    const s = sdk();
    const received: { readonly body: string; readonly signature: string }[] = [];
    const hook = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        received.push({ body, signature: String(request.headers['stripe-signature']) });
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      hook.listen(0, '127.0.0.1', resolve);
    });
    try {
      const endpoint = await s.webhookEndpoints.create({ url: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`, enabled_events: ['customer.created'] });
      const customer = await s.customers.create({ name: 'Dikabarkan' });
      await expect.poll(() => received.length).toBe(1);
      const [{ body, signature } = { body: '', signature: '' }] = received;
      const event = s.webhooks.constructEvent(body, signature, endpoint.secret ?? '');
      expect([event.type, (event.data.object as Stripe.Customer).id]).toEqual(['customer.created', customer.id]);
      expect(() => s.webhooks.constructEvent(`${body} `, signature, endpoint.secret ?? '')).toThrow(/signature/);
      expect(() => s.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow(/signature/);
    } finally {
      hook.closeAllConnections();
      hook.close();
    }
  });
});
