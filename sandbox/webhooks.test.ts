// Deliveries of events: signed so that the SDK believes them, in order, again after a failure, and only to those who asked.
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let stripe: Stripe;
let receiver: Receiver;

const KEY = 'sk_test_webhooks';

function clientFor(url: string): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(KEY, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
}

beforeAll(async () => {
  sandbox = await startSandbox();
  stripe = clientFor(sandbox.url);
});

afterAll(async () => {
  await sandbox.close();
});

beforeEach(async () => {
  receiver = await Receiver.start();
});

afterEach(async () => {
  for (const { id } of (await stripe.webhookEndpoints.list({ limit: 100 })).data) await stripe.webhookEndpoints.del(id);
  await receiver.close();
});

interface Received {
  readonly body: string;
  readonly signature: string;
  readonly type: string;
  readonly path: string;
}

/** A server that takes deliveries and answers as it is told to. */
class Receiver {
  readonly received: Received[] = [];
  answers: number[] = [];
  /** What its answers wait for. */
  held: Promise<void> = Promise.resolve();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        const { type } = JSON.parse(body) as { type: string };
        this.received.push({ body, signature: String(request.headers['stripe-signature']), type, path: request.url ?? '' });
        void this.held.then(() => response.writeHead(this.answers.shift() ?? 200).end());
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => {
      receiver.server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async until(count: number): Promise<readonly Received[]> {
    await expect.poll(() => this.received.map((one) => one.type).length, { interval: 10, message: `deliveries of ${count}` }).toBeGreaterThanOrEqual(count);
    return this.received;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
});

interface Delivery {
  readonly status: string;
  readonly event: string;
  readonly type: string;
  readonly destination: string;
  readonly attempts: readonly { readonly status?: number; readonly error?: string }[];
  readonly next_attempt_at: number | null;
}

async function deliveries(of: string): Promise<Delivery[]> {
  const { deliveries: all } = (await (await fetch(`${sandbox.url}/_sandbox/deliveries`)).json()) as { deliveries: Delivery[] };
  return all.filter((one) => one.destination === of);
}

async function settled(of: string, status: string): Promise<Delivery[]> {
  await expect.poll(async () => [...new Set((await deliveries(of)).map((one) => one.status))], { interval: 10 }).toEqual([status]);
  return deliveries(of);
}

/** Waits until it is noted how so many attempts of the first delivery ended. */
async function attempted(of: string, count: number): Promise<Delivery | undefined> {
  await expect.poll(async () => (await deliveries(of))[0]?.attempts.length, { interval: 10 }).toBe(count);
  return (await deliveries(of))[0];
}

async function own(seconds: number): Promise<void> {
  await fetch(`${sandbox.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: seconds }) });
}

describe('a webhook endpoint', () => {
  it('gets what it asked for, signed, with the row and what changed', async () => {
    const endpoint = await stripe.webhookEndpoints.create({ url: `${receiver.url}/hook`, enabled_events: ['customer.created', 'customer.updated'] });
    const customer = await stripe.customers.create({ name: 'A' }, { idempotencyKey: `hook-${endpoint.id}` });
    await stripe.products.create({ name: 'Not asked for' });
    await stripe.customers.update(customer.id, { name: 'B' });
    const [created, updated] = await receiver.until(2);
    if (created === undefined || updated === undefined) throw new Error('nothing came');
    const event = await stripe.webhooks.constructEventAsync(created.body, created.signature, endpoint.secret ?? '');
    expect(event).toMatchObject({ object: 'event', type: 'customer.created', livemode: false, pending_webhooks: 1, data: { object: { id: customer.id, name: 'A' } }, request: { idempotency_key: `hook-${endpoint.id}` } });
    expect(stripe.webhooks.constructEvent(updated.body, updated.signature, endpoint.secret ?? '').data.previous_attributes).toEqual({ name: 'A' });
    expect(() => stripe.webhooks.constructEvent(updated.body, updated.signature, 'whsec_other')).toThrow(/signature/);
    expect(() => stripe.webhooks.constructEvent(updated.body.replace('"B"', '"C"'), updated.signature, endpoint.secret ?? '')).toThrow(/signature/);
    expect(created.path).toBe('/hook');
    await settled(endpoint.id, 'succeeded');
    expect(await stripe.events.retrieve(event.id)).toMatchObject({ pending_webhooks: 0 });
    expect(receiver.received).toHaveLength(2);
  });

  it('that wants everything gets everything, in order', async () => {
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    receiver.held = promise;
    const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] });
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.paymentIntents.create({ amount: 1000, currency: 'usd', customer: customer.id, payment_method: method.id, confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
    await stripe.customers.del(customer.id);
    await receiver.until(1);
    // No call waits for a receiver that does not answer.
    await stripe.customers.list();
    expect((await deliveries(endpoint.id)).filter((one) => one.status !== 'pending')).toEqual([]);
    answer();
    await receiver.until(6);
    await settled(endpoint.id, 'succeeded');
    const listed: string[] = [];
    for await (const event of stripe.events.list({ limit: 100 })) listed.unshift(event.id);
    const got = receiver.received.map((one) => (JSON.parse(one.body) as { id: string }).id);
    expect(got).toEqual(listed.slice(-got.length));
    expect(receiver.received.map((one) => one.type)).toEqual(expect.arrayContaining(['customer.created', 'payment_method.attached', 'charge.succeeded', 'payment_intent.succeeded', 'customer.deleted']));
  });

  it('that fails gets it again, later each time, and at last no more', async () => {
    receiver.answers = [500, 302, 404, 503];
    const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['customer.created'] });
    await stripe.customers.create();
    await receiver.until(1);
    const waiting = await attempted(endpoint.id, 1);
    expect(waiting).toMatchObject({ status: 'pending', attempts: [{ status: 500 }] });
    // It is due after five minutes of this clock, which goes on by itself meanwhile.
    await own(240);
    await pause(50);
    expect(receiver.received).toHaveLength(1);
    await own(61);
    await attempted(endpoint.id, 2);
    await own(1801);
    await attempted(endpoint.id, 3);
    await own(7201);
    await receiver.until(4);
    const [failed] = await settled(endpoint.id, 'failed');
    expect(failed).toMatchObject({ next_attempt_at: null, attempts: [{ status: 500 }, { status: 302 }, { status: 404 }, { status: 503 }] });
    expect(await stripe.events.retrieve(failed?.event ?? '')).toMatchObject({ pending_webhooks: 1 });
    expect((await stripe.events.list({ delivery_success: false })).data.map((event) => event.id)).toContain(failed?.event);
    expect(new Set(receiver.received.map((one) => (JSON.parse(one.body) as { id: string }).id))).toEqual(new Set([failed?.event]));
  });

  it('that is disabled or deleted gets nothing more, not even what is due again', async () => {
    receiver.answers = [500];
    const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['customer.created'] });
    await stripe.customers.create();
    await attempted(endpoint.id, 1);
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    await stripe.customers.create();
    await own(400);
    await settled(endpoint.id, 'canceled');
    expect(receiver.received).toHaveLength(1);
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: false });
    await stripe.customers.create();
    await receiver.until(2);
  });

  it('on another machine gets nothing, unless that was allowed', async () => {
    const endpoint = await stripe.webhookEndpoints.create({ url: 'https://hooks.example.com/stripe', enabled_events: ['*'] });
    const customer = await stripe.customers.create();
    const [event] = (await stripe.events.list({ type: 'customer.created', limit: 1 })).data;
    expect(event).toMatchObject({ pending_webhooks: 0, data: { object: { id: customer.id } } });
    expect(await deliveries(endpoint.id)).toEqual([]);
    await expect(stripe.webhookEndpoints.create({ url: 'ftp://x.org', enabled_events: ['*'] })).rejects.toMatchObject({ param: 'url' });
  });

  it('is told in its own version', async () => {
    await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['invoice.paid'], api_version: '2025-02-24.acacia' });
    const customer = await stripe.customers.create();
    const invoice = await stripe.invoices.create({ customer: customer.id });
    await stripe.invoices.finalizeInvoice(invoice.id);
    const [delivered] = await receiver.until(1);
    expect(JSON.parse(delivered?.body ?? '{}')).toMatchObject({ api_version: '2025-02-24.acacia', data: { object: { id: invoice.id, paid: true } } });
  });

  it('of the platform hears of connected accounts if it listens to them, and others hear of their own', async () => {
    const platform = await stripe.webhookEndpoints.create({ url: `${receiver.url}/platform`, enabled_events: ['customer.created'], connect: true });
    await stripe.webhookEndpoints.create({ url: `${receiver.url}/own`, enabled_events: ['customer.created'] });
    const there = { stripeAccount: 'acct_1Connected0000000001' };
    await stripe.webhookEndpoints.create({ url: `${receiver.url}/there`, enabled_events: ['customer.created'] }, there);
    await stripe.customers.create({}, there);
    await receiver.until(2);
    await stripe.customers.create();
    await receiver.until(3);
    const by = Object.fromEntries(receiver.received.map((one) => [one.path, JSON.parse(one.body) as Stripe.Event]));
    expect(by['/platform']).toMatchObject({ account: there.stripeAccount });
    expect(by['/there']).not.toHaveProperty('account');
    expect(by['/own']).not.toHaveProperty('account');
    expect(await settled(platform.id, 'succeeded')).toHaveLength(1);
  });
});

describe('an event destination', () => {
  it('gets thin events, and fetches the rest', async () => {
    const destination = await stripe.v2.core.eventDestinations.create({
      name: 'Thin', type: 'webhook_endpoint', event_payload: 'thin', enabled_events: ['v1.customer.created'], webhook_endpoint: { url: receiver.url }, include: ['webhook_endpoint.signing_secret', 'webhook_endpoint.url'],
    });
    const secret = destination.webhook_endpoint?.signing_secret ?? '';
    expect(secret).toMatch(/^whsec_/);
    const customer = await stripe.customers.create();
    const [delivered] = await receiver.until(1);
    const news = stripe.parseEventNotification(delivered?.body ?? '', delivered?.signature ?? '', secret);
    expect(news).toMatchObject({ object: 'v2.core.event', type: 'v1.customer.created', livemode: false, related_object: { id: customer.id, type: 'customer', url: `/v1/customers/${customer.id}` } });
    expect(await stripe.v2.core.events.retrieve(news.id)).toMatchObject({ id: news.id, type: 'v1.customer.created' });
    expect((await stripe.v2.core.eventDestinations.retrieve(destination.id)).webhook_endpoint?.signing_secret).toBeUndefined();
    const ping = await stripe.v2.core.eventDestinations.ping(destination.id);
    await receiver.until(2);
    expect(stripe.parseEventNotification(receiver.received[1]?.body ?? '', receiver.received[1]?.signature ?? '', secret)).toMatchObject({ id: ping.id, type: 'v2.core.event_destination.ping', related_object: { id: destination.id } });
    await stripe.v2.core.eventDestinations.disable(destination.id);
    await stripe.customers.create();
    await pause(50);
    expect(receiver.received).toHaveLength(2);
    await stripe.v2.core.eventDestinations.del(destination.id);
  });

  it('gets snapshots where it wants them', async () => {
    const destination = await stripe.v2.core.eventDestinations.create({ name: 'Snapshot', type: 'webhook_endpoint', event_payload: 'snapshot', enabled_events: ['customer.created'], webhook_endpoint: { url: receiver.url }, include: ['webhook_endpoint.signing_secret'] });
    const customer = await stripe.customers.create();
    const [delivered] = await receiver.until(1);
    const event = stripe.webhooks.constructEvent(delivered?.body ?? '', delivered?.signature ?? '', destination.webhook_endpoint?.signing_secret ?? '');
    expect(event).toMatchObject({ type: 'customer.created', data: { object: { id: customer.id } } });
    await stripe.v2.core.eventDestinations.del(destination.id);
  });
});
