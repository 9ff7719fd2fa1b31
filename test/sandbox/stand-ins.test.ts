// Other published stand-ins for Stripe, asked the same in the same order: stripe-stateful-mock about idempotency, emulate about the states
// of payment intents. Where an answer differs the difference is named here with its reason, and counted.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../../sandbox/asking.ts';
import type { Params } from '../../sandbox/asking.ts';
import type { JsonObject } from '../../sandbox/json.ts';
import { object, text } from '../../sandbox/json.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { startSandbox } from '../../sandbox/server.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly row: JsonObject;
}

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(async () => {
  await sandbox.close();
});

async function ask(url: string, method: string, path: string, params: Params = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer sk_test_standIns', ...headers };
  const response = await fetch(url + path, { method, headers: form, ...(method === 'POST' ? { body: encode(params) } : {}) });
  return { status: response.status, headers: response.headers, row: (await response.json()) as JsonObject };
}

describe('stripe-stateful-mock', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    // The package has no types of its own: `createExpressApp` gives what handles requests.
    const { default: log } = (await import(new URL('../node_modules/loglevel/lib/loglevel.js', import.meta.url).href)) as { readonly default: { setLevel(level: string): void } };
    log.setLevel('silent');
    const { createExpressApp } = (await import(new URL('../node_modules/stripe-stateful-mock/dist/index.js', import.meta.url).href)) as { readonly createExpressApp: () => Parameters<typeof createServer>[1] };
    server = createServer({}, createExpressApp());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const charge = { amount: 1000, currency: 'usd', source: 'tok_visa' };
  const declined = { ...charge, source: 'tok_chargeDeclined' };

  /** A request, and the index of the one whose answer it repeats if it is a replay. */
  const STEPS: readonly (readonly [what: string, path: string, params: Params, key: string | undefined, repeats: number | undefined])[] = [
    ['the first time', '/v1/customers', { name: 'Ani' }, 'one', undefined],
    ['the same again', '/v1/customers', { name: 'Ani' }, 'one', 0],
    ['and again', '/v1/customers', { name: 'Ani' }, 'one', 0],
    ['another value', '/v1/customers', { name: 'Budi' }, 'one', undefined],
    ['another parameter', '/v1/customers', { name: 'Ani', email: 'ani@example.com' }, 'one', undefined],
    ['nothing', '/v1/customers', {}, 'one', undefined],
    ['the first again, after refusals', '/v1/customers', { name: 'Ani' }, 'one', 0],
    ['another key', '/v1/customers', { name: 'Ani' }, 'two', undefined],
    ['no key', '/v1/customers', { name: 'Ani' }, undefined, undefined],
    ['a charge', '/v1/charges', charge, 'three', undefined],
    ['the charge again', '/v1/charges', charge, 'three', 9],
    ['another amount', '/v1/charges', { ...charge, amount: 2000 }, 'three', undefined],
    ['a decline', '/v1/charges', declined, 'four', undefined],
    ['the decline again', '/v1/charges', declined, 'four', 12],
    ['the decline with a good card', '/v1/charges', charge, 'four', undefined],
    ['a key used elsewhere', '/v1/charges', charge, 'one', undefined],
    ['a charge of a customer that is not there', '/v1/charges', { ...charge, customer: 'cus_none' }, 'five', undefined],
    ['that again', '/v1/charges', { ...charge, customer: 'cus_none' }, 'five', 16],
  ];

  async function facts(at: string): Promise<readonly JsonObject[]> {
    const answers: Answer[] = [];
    for (const [, path, params, key] of STEPS) answers.push(await ask(at, 'POST', path, params, key === undefined ? {} : { 'idempotency-key': key }));
    return answers.map(({ status, headers, row }, index): JsonObject => {
      const [what = '', , , , repeats] = STEPS[index] ?? [];
      const first = repeats === undefined ? undefined : answers[repeats];
      const error = object(row, 'error');
      const mismatch = text(error, 'type') === 'idempotency_error';
      return {
        what, status, replayed: headers.get('idempotent-replayed'), error: text(error, 'type') ?? null, message: mismatch ? (text(error, 'message') ?? '') : null,
        sameBody: first === undefined ? null : JSON.stringify(first.row) === JSON.stringify(row),
        namesTheFirst: first === undefined ? null : headers.get('original-request') === first.headers.get('request-id'),
      };
    });
  }

  /** What differs, and why the sandbox is right. */
  const DIFFERENT: Readonly<Record<string, string>> = {
    'a key used elsewhere': 'a key belongs to the endpoint it was first used for; the mock takes it as a new one',
    'a charge of a customer that is not there': 'what a parameter names and is not there is a 400; the mock says 404',
    'that again': 'and a request that fails before it is executed is not kept; the mock keeps every answer but 401 and 429',
  };

  it('keeps, replays and refuses as the sandbox does', async () => {
    const [theirs, ours] = [await facts(url), await facts(sandbox.url)];
    const differing = ours.filter((one, at) => JSON.stringify(one) !== JSON.stringify(theirs[at])).map((one) => text(one, 'what'));
    expect(differing).toEqual(Object.keys(DIFFERENT));
    expect(ours.filter((one) => one['replayed'] === 'true' && one['sameBody'] === true && one['namesTheFirst'] === true)).toHaveLength(5);
    expect(ours.filter((one) => one['error'] === 'idempotency_error')).toHaveLength(6);
  });
});

describe('emulate', async () => {
  const { createEmulator } = (await import(new URL('../node_modules/emulate/dist/api.js', import.meta.url).href)) as {
    readonly createEmulator: (options: { readonly service: 'stripe'; readonly port: number }) => Promise<{ readonly url: string; close(): Promise<void> }>;
  };
  const free = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    return port;
  };

  const METHOD = { payment_method: 'pm_card_visa' };
  const STEPS: Readonly<Record<string, readonly [method: string, path: string, params: Params]>> = {
    confirm: ['POST', '/confirm', {}],
    'confirm with a method': ['POST', '/confirm', METHOD],
    cancel: ['POST', '/cancel', {}],
    'give a method': ['POST', '', METHOD],
    'change the amount': ['POST', '', { amount: 3000 }],
  };

  const names = Object.keys(STEPS);
  const SEQUENCES = [{}, METHOD].flatMap((start) => names.flatMap((a) => names.flatMap((b) => names.map((c) => ({ start, steps: [a, b, c] })))));

  const fact = ({ status, row }: Answer): string => `${status} ${text(row, 'status') ?? text(object(row, 'error'), 'code') ?? ''}`;

  /** Where emulate answers otherwise, from which state at which step, and why. */
  const DIFFERENT: Readonly<Record<string, string>> = {
    'requires_payment_method, confirm': 'emulate is paid without a payment method',
    'succeeded, give a method': 'emulate changes what is over',
    'succeeded, change the amount': 'emulate changes what is over',
    'canceled, give a method': 'emulate changes what is over',
    'canceled, change the amount': 'emulate changes what is over',
  };

  it('has the states and codes of payment intents that the sandbox has', async () => {
    const emulator = await createEmulator({ service: 'stripe', port: await free() });
    try {
      const differences = new Set<string>();
      let compared = 0;
      /** Both stand-ins through one sequence, as far as they agree. */
      const play = async ({ start, steps }: (typeof SEQUENCES)[number]): Promise<void> => {
        const both = [emulator.url, sandbox.url];
        const made = await Promise.all(both.map((url) => ask(url, 'POST', '/v1/payment_intents', { amount: 2000, currency: 'usd', ...start })));
        expect(new Set(made.map(fact)).size).toBe(1);
        let state = text(made[1]?.row, 'status') ?? '';
        for (const step of steps) {
          const [method, path, more] = STEPS[step] ?? ['GET', '', {}];
          const answers = await Promise.all(both.map((url, at) => ask(url, method, `/v1/payment_intents/${text(made[at]?.row, 'id') ?? ''}${path}`, more)));
          compared += 1;
          if (new Set(answers.map(fact)).size > 1) {
            differences.add(`${state}, ${step}`);
            return; // from here on they are not in the same state
          }
          state = text(answers[1]?.row, 'status') ?? state;
        }
      };
      await Promise.all(SEQUENCES.map(play));
      expect([...differences].toSorted()).toEqual(Object.keys(DIFFERENT).toSorted());
      expect(compared).toBeGreaterThan(400);
      for (const url of [emulator.url, sandbox.url]) {
        expect(fact(await ask(url, 'GET', '/v1/payment_intents/pi_none'))).toBe('404 resource_missing');
        expect(fact(await ask(url, 'POST', '/v1/payment_intents', { amount: 2000, currency: 'usd', customer: 'cus_none' }))).toBe('400 resource_missing');
      }
    } finally {
      await emulator.close();
    }
  });
});
