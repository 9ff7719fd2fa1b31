// Lives of disputes and of setups that ask for the customer, by the official SDK: what is staged and what is submitted, who wins, what moves.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let sandbox: Sandbox;
let stripe: Stripe;

withSandbox((client, itsSandbox) => {
  [stripe, sandbox] = [client, itsSandbox];
});

const steer = (path: string, body: unknown): Promise<Response> => fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });

async function disputed(payment_method = 'pm_card_createDispute'): Promise<Stripe.Dispute> {
  const intent = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method, confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
  const { data: [dispute] } = await stripe.disputes.list({ payment_intent: intent.id });
  if (dispute === undefined) throw new Error('there is no dispute');
  return dispute;
}

const moved = (dispute: Stripe.Dispute): unknown[] => dispute.balance_transactions.map((one) => [one.reporting_category, one.amount, one.fee, one.net]);

async function eventsOf(id: string): Promise<string[]> {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.filter((event) => 'id' in event.data.object && event.data.object.id === id).map((event) => event.type).toReversed();
}

describe('a dispute', () => {
  it('is answered at once unless the evidence is only staged, and won', async () => {
    const { id, balance_transactions: _, ...rest } = await disputed();
    expect(rest).toMatchObject({ status: 'needs_response', reason: 'fraudulent', is_charge_refundable: false });
    expect(await stripe.disputes.update(id, { evidence: { customer_name: 'Budi' }, submit: false })).toMatchObject({ status: 'needs_response', evidence_details: { has_evidence: true, submission_count: 0 } });
    expect(await stripe.disputes.update(id, { metadata: { seen: 'yes' } })).toMatchObject({ status: 'needs_response' });
    expect(await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } })).toMatchObject({ status: 'under_review', evidence_details: { submission_count: 1 } });
    await steer('clock', { advance_seconds: 120 });
    const won = await stripe.disputes.retrieve(id);
    expect(won.status).toBe('won');
    expect(moved(won)).toEqual([['dispute', -5000, 1500, -6500], ['dispute_reversal', 5000, 0, 5000]]);
    expect(await eventsOf(id)).toEqual(expect.arrayContaining(['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.dispute.updated', 'charge.dispute.funds_reinstated', 'charge.dispute.closed']));
    await expect(stripe.disputes.close(id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('is lost by evidence, by closing it, and by saying nothing', async () => {
    const [first, second, third] = [await disputed(), await disputed(), await disputed()];
    await stripe.disputes.update(first.id, { evidence: { uncategorized_text: 'losing_evidence' } });
    expect(await stripe.disputes.close(second.id)).toMatchObject({ status: 'lost' });
    await steer('clock', { advance_seconds: 8 * 24 * 3600 });
    expect(await stripe.disputes.retrieve(first.id)).toMatchObject({ status: 'lost' });
    const late = await stripe.disputes.retrieve(third.id);
    expect(late).toMatchObject({ status: 'lost', evidence_details: { past_due: true } });
    expect(moved(late)).toEqual([['dispute', -5000, 1500, -6500]]);
    await expect(stripe.refunds.create({ charge: typeof late.charge === 'string' ? late.charge : late.charge.id })).rejects.toMatchObject({ code: 'charge_disputed' });
  });
});

describe('a setup that asks for the customer', () => {
  const setUp = async (): Promise<Stripe.SetupIntent> => stripe.setupIntents.create({ confirm: true, payment_method: 'pm_card_authenticationRequired', customer: (await stripe.customers.create()).id, return_url: 'https://example.com' });
  const attempts = async (id: string): Promise<Stripe.SetupAttempt[]> => (await stripe.setupAttempts.list({ setup_intent: id })).data;

  it.each([['succeeded', 'succeeded', 'succeeded'], ['failed', 'requires_payment_method', 'failed']] as const)('is one attempt that ends as they prove: %s', async (outcome, status, attempted) => {
    const { id, next_action: action } = await setUp();
    expect(action).toMatchObject({ type: 'redirect_to_url' });
    expect(await attempts(id)).toMatchObject([{ status: 'requires_action' }]);
    await steer(`setup_intents/${id}/authenticate`, { outcome });
    const intent = await stripe.setupIntents.retrieve(id);
    expect(intent).toMatchObject({ status });
    const made = await attempts(id);
    expect(made).toMatchObject([{ id: intent.latest_attempt, status: attempted }]);
    expect(made[0]?.setup_error?.code).toBe(outcome === 'failed' ? 'setup_intent_authentication_failure' : undefined);
  });

  it('is abandoned with its intent', async () => {
    const { id } = await setUp();
    await stripe.setupIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(await attempts(id)).toMatchObject([{ status: 'abandoned' }]);
  });
});

it('an amount that is too small or too large is told as money', async () => {
  await expect(stripe.paymentIntents.create({ amount: 49, currency: 'usd' })).rejects.toMatchObject({ code: 'amount_too_small', message: 'Amount must be at least $0.50 usd' });
  await expect(stripe.paymentIntents.create({ amount: 49, currency: 'jpy' })).rejects.toMatchObject({ code: 'amount_too_small', message: 'Amount must be at least ¥50 jpy' });
  await expect(stripe.paymentIntents.create({ amount: 100_000_000, currency: 'usd' })).rejects.toMatchObject({ code: 'amount_too_large', message: 'Amount must be no more than $999,999.99' });
});
