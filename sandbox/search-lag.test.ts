// Search that lags behind: by a setting, from the start or later; lists and rows never do.
import { Stripe } from 'stripe';
import { afterEach, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
});

async function opened(searchDelay?: number): Promise<readonly [Stripe, (path: string, body: unknown) => Promise<unknown>]> {
  sandbox = await startSandbox(searchDelay === undefined ? {} : { searchDelay });
  const { url } = sandbox;
  const { hostname, port } = new URL(url);
  const steer = async (path: string, body: unknown): Promise<unknown> => (await fetch(`${url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  return [new Stripe('sk_test_search', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 }), steer];
}

it('does not lag unless asked to', async () => {
  const [stripe] = await opened();
  const { id } = await stripe.customers.create({ email: 'budi@example.com' });
  expect((await stripe.customers.search({ query: "email:'budi@example.com'" })).data).toMatchObject([{ id }]);
});

it('finds rows as they were so long ago, and shows them as they are', async () => {
  const [stripe, steer] = await opened(60);
  const search = async (email: string): Promise<string[]> => (await stripe.customers.search({ query: `email:'${email}'` })).data.map((one) => one.email ?? '');
  const { id } = await stripe.customers.create({ email: 'budi@example.com' });
  expect(await search('budi@example.com')).toEqual([]);
  expect((await stripe.customers.list({ email: 'budi@example.com' })).data).toHaveLength(1);
  await steer('clock', { advance_seconds: 61 });
  expect(await search('budi@example.com')).toEqual(['budi@example.com']);
  await stripe.customers.update(id, { email: 'sari@example.com' });
  await stripe.customers.update(id, { name: 'Sari' });
  expect(await search('budi@example.com')).toEqual(['sari@example.com']);
  expect(await search('sari@example.com')).toEqual([]);
  await steer('clock', { advance_seconds: 61 });
  expect(await search('budi@example.com')).toEqual([]);
  expect(await search('sari@example.com')).toEqual(['sari@example.com']);
  await stripe.customers.del(id);
  expect(await search('sari@example.com')).toEqual([]);
});

it('lags, or no longer, from when it is told', async () => {
  const [stripe, steer] = await opened();
  expect(await steer('search', { delay_seconds: 600 })).toEqual({ delay_seconds: 600 });
  await stripe.products.create({ name: 'Late beans' });
  expect((await stripe.products.search({ query: "name~'beans'" })).data).toEqual([]);
  expect(await steer('search', { delay_seconds: 0 })).toEqual({ delay_seconds: 0 });
  expect((await stripe.products.search({ query: "name~'beans'" })).data).toHaveLength(1);
  expect(await steer('search', { delay_seconds: -1 })).toMatchObject({ error: { param: 'delay_seconds' } });
});
