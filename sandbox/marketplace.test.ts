// A marketplace, by the official SDK: charges for connected accounts, fees, transfers and reversals, refunds that take them along, payouts;
// every balance transaction and event on both sides.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let stripe: Stripe;

function clientOf({ url }: Sandbox, key = 'sk_test_market'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
}

beforeAll(async () => {
  sandbox = await startSandbox();
  stripe = clientOf(sandbox);
});

afterAll(async () => {
  await sandbox.close();
});

async function seller(): Promise<string> {
  return (await stripe.accounts.create({ type: 'express', country: 'US', capabilities: { transfers: { requested: true } } })).id;
}

const PAYMENT = { amount: 10_000, currency: 'usd', payment_method: 'pm_card_bypassPending', confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } };

type Movement = readonly [type: string, amount: number, fee: number, net: number];

/** An account's movements, oldest first. */
async function movements(stripeAccount?: string): Promise<Movement[]> {
  const rows: Movement[] = [];
  for await (const row of stripe.balanceTransactions.list({ limit: 100 }, stripeAccount === undefined ? undefined : { stripeAccount })) rows.unshift([row.type, row.amount, row.fee, row.net]);
  return rows;
}

async function balances(stripeAccount?: string): Promise<readonly [available: number, pending: number]> {
  const { available, pending } = await stripe.balance.retrieve({}, stripeAccount === undefined ? undefined : { stripeAccount });
  return [available[0]?.amount ?? 0, pending[0]?.amount ?? 0];
}

async function eventTypes(stripeAccount?: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 }, stripeAccount === undefined ? undefined : { stripeAccount })) types.unshift(event.type);
  return types;
}

const idOf = (value: string | { id: string } | null | undefined): string => (typeof value === 'string' ? value : (value?.id ?? ''));

describe('a destination charge', () => {
  it('arrives at the account as a payment, less the fee of the platform, and is taken back with its refund', async () => {
    const account = await seller();
    const before = (await movements()).length;
    const intent = await stripe.paymentIntents.create({ ...PAYMENT, application_fee_amount: 1230, transfer_data: { destination: account }, expand: ['latest_charge'] });
    const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
    const transfer = await stripe.transfers.retrieve(idOf(charge?.transfer));
    expect(transfer).toMatchObject({ amount: 10_000, destination: account, source_transaction: charge?.id, transfer_group: `group_${intent.id}`, reversed: false });
    expect(charge).toMatchObject({ transfer_group: `group_${intent.id}`, application_fee_amount: 1230 });
    const payment = await stripe.charges.retrieve(idOf(transfer.destination_payment), {}, { stripeAccount: account });
    expect(payment).toMatchObject({ id: expect.stringMatching(/^py_/), amount: 10_000, paid: true, source_transfer: transfer.id, application_fee_amount: 1230, payment_method_details: { type: 'stripe_account' } });
    const fee = await stripe.applicationFees.retrieve(idOf(charge?.application_fee));
    expect(fee).toMatchObject({ account, amount: 1230, charge: payment.id, originating_transaction: charge?.id, refunded: false });
    expect((await movements()).slice(before)).toEqual([['charge', 10_000, 320, 9680], ['transfer', -10_000, 0, -10_000], ['application_fee', 1230, 0, 1230]]);
    expect(await movements(account)).toEqual([['payment', 10_000, 1230, 8770]]);
    expect(await balances(account)).toEqual([8770, 0]);
    expect(await eventTypes(account)).toEqual(['charge.succeeded']);
    expect(await eventTypes()).toEqual(expect.arrayContaining(['charge.succeeded', 'transfer.created', 'application_fee.created']));

    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 5000, reverse_transfer: true, refund_application_fee: true });
    const reversal = await stripe.transfers.retrieveReversal(transfer.id, idOf(refund.transfer_reversal));
    expect(reversal).toMatchObject({ amount: 5000, source_refund: refund.id, transfer: transfer.id, destination_payment_refund: expect.stringMatching(/^pyr_/) });
    expect(await stripe.transfers.retrieve(transfer.id)).toMatchObject({ amount_reversed: 5000, reversed: false, reversals: { data: [{ id: reversal.id }] } });
    expect(await stripe.applicationFees.retrieve(fee.id)).toMatchObject({ amount_refunded: 615, refunded: false, refunds: { data: [{ amount: 615 }] } });
    expect((await movements()).slice(before + 3)).toEqual(expect.arrayContaining([['transfer_refund', 5000, 0, 5000], ['application_fee_refund', -615, 0, -615], ['refund', -5000, 0, -5000]]));
    expect((await movements(account)).slice(1)).toEqual([['payment_refund', -5000, -615, -4385]]);
    expect(await balances(account)).toEqual([4385, 0]);
    expect(await stripe.charges.retrieve(payment.id, {}, { stripeAccount: account })).toMatchObject({ amount_refunded: 5000, refunded: false });
    await stripe.refunds.create({ payment_intent: intent.id, reverse_transfer: true });
    expect(await stripe.transfers.retrieve(transfer.id)).toMatchObject({ amount_reversed: 10_000, reversed: true });
  });

  it('may hand on a part, or wait for its capture', async () => {
    const account = await seller();
    await stripe.paymentIntents.create({ ...PAYMENT, transfer_data: { destination: account, amount: 8000 } });
    expect(await movements(account)).toEqual([['payment', 8000, 0, 8000]]);
    const held = await stripe.paymentIntents.create({ ...PAYMENT, capture_method: 'manual', application_fee_amount: 500, transfer_data: { destination: account } });
    expect(await movements(account)).toHaveLength(1);
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 6000 });
    expect((await movements(account)).slice(1)).toEqual([['payment', 6000, 500, 5500]]);
  });

  it('takes no fee where nobody else is paid', async () => {
    await expect(stripe.paymentIntents.create({ ...PAYMENT, application_fee_amount: 100 })).rejects.toMatchObject({ param: 'application_fee_amount' });
  });
});

describe('a direct charge', () => {
  it('lies in the account; its fee lies with the platform', async () => {
    const account = await seller();
    const intent = await stripe.paymentIntents.create({ ...PAYMENT, application_fee_amount: 900, expand: ['latest_charge'] }, { stripeAccount: account });
    const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
    expect(await stripe.applicationFees.retrieve(idOf(charge?.application_fee))).toMatchObject({ account, amount: 900, charge: charge?.id });
    expect(await movements(account)).toEqual([['charge', 10_000, 320 + 900, 8780]]);
    const { data: [transaction] } = await stripe.balanceTransactions.list({}, { stripeAccount: account });
    expect(transaction?.fee_details.map((one) => [one.type, one.amount])).toEqual([['application_fee', 900], ['stripe_fee', 320]]);
    await stripe.refunds.create({ payment_intent: intent.id, refund_application_fee: true }, { stripeAccount: account });
    expect((await movements(account)).slice(1)).toEqual([['refund', -10_000, -900, -9100]]);
    expect(await stripe.applicationFees.retrieve(idOf(charge?.application_fee))).toMatchObject({ amount_refunded: 900, refunded: true });
    expect((await stripe.applicationFees.list({}, { stripeAccount: account })).data).toEqual([]);
  });
});

describe('separate charges and transfers', () => {
  it('share a charge among accounts, no more than there is', async () => {
    const [one, other] = [await seller(), await seller()];
    const intent = await stripe.paymentIntents.create({ ...PAYMENT, transfer_group: 'ORDER7' });
    const source = idOf(intent.latest_charge);
    const first = await stripe.transfers.create({ amount: 6000, currency: 'usd', destination: one, source_transaction: source });
    expect(first).toMatchObject({ transfer_group: 'ORDER7', source_transaction: source });
    await stripe.transfers.create({ amount: 3000, currency: 'usd', destination: other, source_transaction: source });
    await expect(stripe.transfers.create({ amount: 1001, currency: 'usd', destination: other, source_transaction: source })).rejects.toMatchObject({ statusCode: 400, param: 'amount' });
    expect([await balances(one), await balances(other)]).toEqual([[6000, 0], [3000, 0]]);
    const reversal = await stripe.transfers.createReversal(first.id, { amount: 1000 });
    expect(await stripe.refunds.retrieve(idOf(reversal.destination_payment_refund), {}, { stripeAccount: one })).toMatchObject({ amount: 1000, charge: first.destination_payment, source_transfer_reversal: reversal.id });
    await expect(stripe.transfers.createReversal(first.id, { amount: 5001 })).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.transfers.createReversal(first.id)).amount).toBe(5000);
    await expect(stripe.transfers.createReversal(first.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await balances(one)).toEqual([0, 0]);
  });

  it('and what arrived is paid out', async () => {
    const account = await seller();
    await stripe.transfers.create({ amount: 4000, currency: 'usd', destination: account });
    const payout = await stripe.payouts.create({ amount: 4000, currency: 'usd' }, { stripeAccount: account });
    expect(payout).toMatchObject({ status: 'pending', amount: 4000, automatic: false });
    await fetch(`${sandbox.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: 3 * 24 * 3600 }) });
    expect(await stripe.payouts.retrieve(payout.id, {}, { stripeAccount: account })).toMatchObject({ status: 'paid' });
    expect(await eventTypes(account)).toEqual(['charge.succeeded', 'payout.created', 'payout.paid', 'payout.updated']);
    expect((await movements(account)).map(([type, amount]) => [type, amount])).toEqual([['payment', 4000], ['payout', -4000]]);
  });
});

describe('an invoice of the platform', () => {
  it('pays for another account, by amounts or by the percentages of its subscription', async () => {
    const account = await seller();
    const customer = await stripe.customers.create({ payment_method: 'pm_card_bypassPending', invoice_settings: { default_payment_method: 'pm_card_bypassPending' } });
    const { id } = await stripe.invoices.create({ customer: customer.id, auto_advance: false, application_fee_amount: 300, transfer_data: { destination: account } });
    await stripe.invoiceItems.create({ customer: customer.id, invoice: id, amount: 5000 });
    await stripe.invoices.pay(id);
    expect(await movements(account)).toEqual([['payment', 5000, 300, 4700]]);
    const price = await stripe.prices.create({ currency: 'usd', unit_amount: 2000, recurring: { interval: 'month' }, product_data: { name: 'Box' } });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], transfer_data: { destination: account, amount_percent: 75 } });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], application_fee_percent: 12.5, transfer_data: { destination: account } });
    expect((await movements(account)).slice(1)).toEqual([['payment', 1500, 0, 1500], ['payment', 2000, 250, 1750]]);
  });
});

describe('money that is not there', () => {
  it('is neither transferred nor paid out', async () => {
    const account = await seller();
    await expect(stripe.payouts.create({ amount: 100, currency: 'usd' }, { stripeAccount: account })).rejects.toMatchObject({ code: 'balance_insufficient' });
    await stripe.paymentIntents.create({ ...PAYMENT, payment_method: 'pm_card_visa' }, { stripeAccount: account });
    await expect(stripe.payouts.create({ amount: 100, currency: 'usd' }, { stripeAccount: account })).rejects.toMatchObject({ code: 'balance_insufficient' });
    await expect(stripe.transfers.create({ amount: 99_999_999, currency: 'usd', destination: account })).rejects.toMatchObject({ code: 'balance_insufficient' });
    await stripe.paymentIntents.create(PAYMENT, { stripeAccount: account });
    expect(await stripe.payouts.create({ amount: 9680, currency: 'usd' }, { stripeAccount: account })).toMatchObject({ status: 'pending' });
  });
});

it('what happened in two accounts is there after a death in both', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'market-'));
  const first = await startSandbox({ dataDir: folder });
  const { id } = await clientOf(first).paymentIntents.create({ ...PAYMENT, application_fee_amount: 1000, transfer_data: { destination: 'acct_1Kept' } });
  await first.close();
  const second = await startSandbox({ dataDir: folder });
  try {
    expect(await clientOf(second).paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
    expect((await clientOf(second).balance.retrieve({}, { stripeAccount: 'acct_1Kept' })).available).toMatchObject([{ amount: 9000 }]);
  } finally {
    await second.close();
    rmSync(folder, { recursive: true });
  }
});

it('accounts that were not made are paid only where that was not asked for', async () => {
  const strict = await startSandbox({ knownAccountsOnly: true });
  try {
    await clientOf(strict).paymentIntents.create(PAYMENT);
    await expect(clientOf(strict).transfers.create({ amount: 100, currency: 'usd', destination: 'acct_1Nobody' })).rejects.toMatchObject({ code: 'resource_missing', message: "No such destination: 'acct_1Nobody'" });
  } finally {
    await strict.close();
  }
});
