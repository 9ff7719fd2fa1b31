// Rows of a full List, read page by page through the server, beside the same list by the SDK.
import { Pool } from 'undici';
import { Stripe } from 'stripe';
import { createStripeConnector } from '../src/connectors/stripe/connector.ts';
import { line, title } from './print.ts';
import type { World } from './world.ts';

interface ListReply {
  readonly entities: readonly unknown[];
  readonly nextPageToken?: string;
}

export async function listSpeed(world: World, rows: number): Promise<void> {
  title(`Full List of ${rows.toLocaleString('en')} customers and more, serially`);
  const sdk = await sdkList(world);
  line('stripe SDK, pages of 100', `${sdk.toFixed(0)} rows/s`, '');
  const konektor = await pagedList(world);
  line('Konektor /v2, pages of 200', `${konektor.toFixed(0)} rows/s`, `${(konektor / sdk).toFixed(2)} times the SDK`);
  const session = await sessionScan(world);
  line('connector alone, mapped rows', `${session.toFixed(0)} rows/s`, 'aim 50,000 rows/s');
}

async function sdkList({ sandboxUrl }: World): Promise<number> {
  const { hostname, port } = new URL(sandboxUrl);
  const stripe = new Stripe('sk_test_konektorSandbox', { host: hostname, port, protocol: 'http', telemetry: false });
  const started = performance.now();
  let count = 0;
  await stripe.customers.list({ limit: 100 }).autoPagingEach(() => {
    count += 1;
  });
  return count / ((performance.now() - started) / 1_000);
}

async function pagedList({ url, connection, token }: World): Promise<number> {
  const pool = new Pool(url, { connections: 1 });
  const started = performance.now();
  let count = 0;
  for (let pageToken = '', more = true; more; more = pageToken !== '') {
    const query = new URLSearchParams({ pageSize: '200', ...(pageToken === '' ? {} : { pageToken }) }).toString();
    const reply = await pool.request({ path: `/v2/${connection}/entityTypes/Customer/entities?${query}`, method: 'GET', headers: { authorization: `Bearer ${token}` } });
    const page = (await reply.body.json()) as ListReply;
    if (reply.statusCode !== 200) throw new Error(JSON.stringify(page));
    count += page.entities.length;
    pageToken = page.nextPageToken ?? '';
  }
  await pool.close();
  return count / ((performance.now() - started) / 1_000);
}

/** The connector by itself: request, JSON, mapping to rows. */
async function sessionScan({ sandboxUrl }: World): Promise<number> {
  const connector = createStripeConnector({});
  const config = connector.parseConfig({ secretVersion: 'projects/p/secrets/s/versions/1', apiBase: sandboxUrl, filesBase: sandboxUrl, meterEventsBase: sandboxUrl });
  const pool = new Pool(sandboxUrl, { connections: 1 });
  const signal = new AbortController().signal;
  const session = await connector.open(config, {
    signal, now: () => new Date(), secret: async () => 'sk_test_konektorSandbox',
    async send({ url, method, headers }) {
      const reply = await pool.request({ path: url.slice(sandboxUrl.length), method, headers });
      return { status: reply.statusCode, headers: reply.headers as Record<string, string>, body: await reply.body.bytes() };
    },
  });
  const plan = connector.planList(config, { entity: 'Customer', filter: { kind: 'and', filters: [] }, sort: [], columns: 'all' });
  const call = { signal, deadline: new Date(Date.now() + 600_000), requestId: 'bench', caller: 'bench', output: 'typed' } as const;
  const started = performance.now();
  let count = 0;
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await session.scan(call, 'Customer', plan, { size: 100, ...(cursor === undefined ? {} : { cursor }) });
    count += page.rows.length;
    cursor = page.next;
  }
  const rate = count / ((performance.now() - started) / 1_000);
  await session.close();
  await pool.close();
  return rate;
}
