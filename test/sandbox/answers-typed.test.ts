// Every answer of the sandbox is of the type that the installed SDK declares for it, as the TypeScript compiler judges.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowShape } from '../../sandbox/sdk.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { gather } from './answers.ts';
import { TypeCheck } from './sdk-types.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ demo: true });
});

afterAll(async () => {
  await sandbox.close();
});

describe('answers', () => {
  it('are of the types that the SDK declares', async () => {
    const check = new TypeCheck();
    // Of one event the SDK's prose says that its invoice has no id yet, and its types do not.
    await gather(sandbox.url, (row, from) => {
      if (row['type'] !== 'invoice.upcoming') check.add(row, from);
    });
    const { faults, objects, properties } = await check.verdict();
    expect(faults).toEqual([]);
    expect(check.kinds().length).toBeGreaterThan(125);
    expect(objects).toBeGreaterThan(4_000);
    expect(properties).toBeGreaterThan(250_000);
  });

  it('would not pass with a property missing, unknown, null, of another kind or none of its values', async () => {
    const response = await fetch(`${sandbox.url}/v1/coupons`, { method: 'POST', headers: { authorization: 'Bearer sk_test_x' }, body: new URLSearchParams({ percent_off: '10' }) });
    const coupon = (await response.json()) as Record<string, unknown>;
    const { livemode: _, ...without } = coupon;
    const wrong = [without, { ...coupon, colour: 'green' }, { ...coupon, duration: null }, { ...coupon, times_redeemed: '0' }, { ...coupon, duration: 'sometimes' }];
    const check = new TypeCheck();
    for (const one of [coupon, ...wrong]) check.add(one, 'made up');
    check.add({ object: 'no.such.object' }, 'made up');
    const { faults } = await check.verdict();
    expect(faults).toHaveLength(wrong.length + 1);
    expect(rowShape('coupon')?.get('duration')?.empty).toBe(false);
  });
});
