// A few scenarios of the official Stripe CLI on the sandbox, of different kinds; `npm run triggers` plays all of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTriggerCli } from './trigger.ts';
import type { TriggerCli } from './trigger.ts';

let cli: TriggerCli;

beforeAll(async () => {
  cli = await openTriggerCli();
});

afterAll(async () => {
  await cli.close();
});

describe('scenarios of the Stripe CLI', () => {
  it('are as many as the CLI lists', async () => {
    expect(await cli.scenarios()).toHaveLength(123);
  });

  it.each([
    'balance.available', 'charge.dispute.closed', 'checkout.session.async_payment_failed', 'checkout.session.completed', 'customer.discount.updated',
    'customer.subscription.created', 'invoice.payment_action_required', 'quote.accepted', 'subscription_schedule.released', 'v1.billing.meter.error_report_triggered',
  ])('%s', async (name) => {
    expect((await cli.trigger(name)).fault).toBeUndefined();
  });

  it('fail where the event is not caused', async () => {
    expect((await cli.trigger('no.such_event')).fault).toContain('not supported');
  });
});
