// The specification's examples, word for word where words are fixed, on the default API version and on the older one that its
// keys come from.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../src/filter/comparable.ts';
import type { Row, Session } from '../../src/spi/connector.ts';
import { CANCEL_PAYMENT_INTENT, CAPTURE_PAYMENT_INTENT, CONFIRM_PAYMENT_INTENT, FINALIZE_INVOICE, expectExcerpt } from './specification-examples.ts';
import { startStripeWorld, type StripeWorld } from './stripe-world.ts';

let world: StripeWorld;

beforeAll(async () => {
  world = await startStripeWorld();
});

afterAll(async () => {
  await world.close();
});

describe.each([undefined, '2025-02-24.acacia'])('API version %s', (api_version) => {
  let session: Session;
  let customer = '';

  beforeAll(async () => {
    ({ session } = await world.open(api_version === undefined ? {} : { api_version }));
    customer = await create('Customer', { Name: 'Jenny', Email: 'jenny@example.com' });
  });

  async function create(entity: string, row: Row): Promise<string> {
    return textOf((await session.create(world.call(), entity, row, world.write()))['Id']) ?? '';
  }
  async function execute(action: string, input: Row): Promise<readonly Row[]> {
    return session.execute(world.call(), action, input, world.write());
  }

  it('confirms a payment intent', async () => {
    const id = await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', PaymentMethod: 'pm_card_visa', CaptureMethod: 'automatic' });
    expectExcerpt(await execute('ConfirmPaymentIntent', { ReturnUrl: 'http://google.com/', PaymentIntentId: id }), CONFIRM_PAYMENT_INTENT);
  });

  it('captures one', async () => {
    const id = await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', Customer: customer, PaymentMethod: 'pm_card_visa', CaptureMethod: 'manual', Confirm: true, ReturnUrl: 'http://google.com/' });
    expectExcerpt(await execute('CapturePaymentIntent', { PaymentIntentId: id }), CAPTURE_PAYMENT_INTENT);
  });

  it('cancels one', async () => {
    const id = await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', Customer: customer, PaymentMethod: 'pm_card_visa', CaptureMethod: 'manual', Confirm: true, ReturnUrl: 'http://google.com/' });
    expectExcerpt(await execute('CancelPaymentIntent', { PaymentIntentId: id }), CANCEL_PAYMENT_INTENT);
  });

  it('attaches and detaches a payment method, answering Success alone', async () => {
    const id = await create('PaymentMethod', { Type: 'card', Card: { Token: 'tok_visa' } });
    expect(await execute('AttachPaymentMethodToCustomer', { PaymentMethodId: id, CustomerId: customer })).toEqual([{ Success: 'true' }]);
    expect((await session.get(world.call(), 'PaymentMethod', id))['Customer']).toBe(customer);
    expect(await execute('DetachPaymentMethodFromCustomer', { PaymentMethodId: id })).toEqual([{ Success: 'true' }]);
    expect((await session.get(world.call(), 'PaymentMethod', id))['Customer']).toBeNull();
  });

  it('finalizes an invoice', async () => {
    const id = await create('Invoice', { Customer: customer });
    expectExcerpt(await execute('FinalizeInvoice', { InvoiceId: id }), FINALIZE_INVOICE);
  });

  it('finalizes, accepts and cancels quotes', async () => {
    const price = await create('Price', { Product: await create('Product', { Name: 'Basic' }), Currency: 'usd', UnitAmount: 1500 });
    const quote = { Customer: customer, LineItems: [{ Price: price, Quantity: 2 }] };
    const accepted = await create('Quote', quote);
    expect(await execute('FinalizeQuote', { QuoteId: accepted })).toEqual([{ Success: 'true' }]);
    const rows = await execute('AcceptQuote', { QuoteId: accepted });
    expect(rows).toEqual([{ InvoiceId: expect.stringMatching(/^in_/), Success: 'true' }]);
    expect(Object.keys(rows[0] ?? {})).toEqual(['InvoiceId', 'Success']);
    expect(await execute('CancelQuote', { QuoteId: await create('Quote', quote) })).toEqual([{ Success: 'true' }]);
  });

  it('creates, gets, updates and deletes', async () => {
    expect(await create('PaymentIntent', { PaymentMethod: 'pm_card_visa', Currency: 'usd', Amount: 1500.0 })).toMatch(/^pi_/);
    expect((await session.update(world.call(), 'Customer', customer, { Name: 'John' }, world.write()))['Id']).toBe(customer);
    expect(await session.get(world.call(), 'Customer', customer)).toMatchObject({ Id: customer, Name: 'John', Email: 'jenny@example.com' });
    const gone = await create('Customer', {});
    await session.delete(world.call(), 'Customer', gone, world.write());
    await expect(session.get(world.call(), 'Customer', gone)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'ROW_NOT_FOUND' });
    await expect(session.delete(world.call(), 'Customer', gone, world.write())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what an older version shows', () => {
  it('passes keys through that the tables do not know, both ways', async () => {
    const { session } = await world.open({ api_version: '2025-02-24.acacia' });
    const customer = await world.create('Customer', {});
    const invoice = await world.create('Invoice', { Customer: customer['Id'] });
    const [typed] = await session.execute(world.call('typed'), 'FinalizeInvoice', { InvoiceId: invoice['Id'] }, world.write());
    expect(typed).toMatchObject({ Success: true, paid: true, charge: null, lines: { data: [] } });
    expect(await session.get(world.call(), 'Invoice', textOf(invoice['Id']) ?? '')).toMatchObject({ Paid: true, Charge: null });
    expect(await world.session.get(world.call(), 'Invoice', textOf(invoice['Id']) ?? '')).not.toHaveProperty('Paid');
  });
});

describe('the payment of an invoice', () => {
  it('is found for the keys that newer versions no longer have', async () => {
    const customer = await world.create('Customer', {});
    const method = await world.create('PaymentMethod', { Type: 'card', Card: { Token: 'tok_visa' } });
    await world.session.execute(world.call(), 'AttachPaymentMethodToCustomer', { PaymentMethodId: method['Id'], CustomerId: customer['Id'] }, world.write());
    await world.session.update(world.call(), 'Customer', textOf(customer['Id']) ?? '', { InvoiceSettingsDefaultPaymentMethod: method['Id'] }, world.write());
    const invoice = await world.create('Invoice', { Customer: customer['Id'] });
    await world.create('InvoiceItem', { Customer: customer['Id'], Invoice: invoice['Id'], Amount: 2500, Currency: 'usd' });
    await world.session.execute(world.call(), 'FinalizeInvoice', { InvoiceId: invoice['Id'] }, world.write());
    const [row] = await world.session.execute(world.call(), 'PayInvoice', { InvoiceId: invoice['Id'] }, world.write());
    expect(row).toMatchObject({ status: 'paid', paid: 'true', paid_out_of_band: 'false', 'lines.total_count': '1', payment_intent: expect.stringMatching(/^pi_/), charge: expect.stringMatching(/^ch_/) });
  });
});
