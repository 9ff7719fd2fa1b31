// Every example of the specification, over HTTP, through each face, on the default API version and on the one the examples were printed by.
// Ids, secrets and times are the sandbox's own; the keys, their order, the text and null forms and the shapes around them
// are what the specification shows.
import { describe, expect, it, vi } from 'vitest';
import { CANCEL_PAYMENT_INTENT, CAPTURE_PAYMENT_INTENT, CONFIRM_PAYMENT_INTENT, expectExcerpt, FINALIZE_INVOICE } from '../contract/specification-examples.ts';
import { FACES } from './example-faces.ts';
import { DEMO, type Fields, type RunningServer, withServer } from './running-server.ts';

const ACACIA = '2025-02-24.acacia';
const LOCATION = 'projects/demo/locations/us-central1';

let server: RunningServer;
withServer(async (started) => {
  server = started;
  const made = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=acacia`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1',
    configVariables: [{ key: 'api_version', stringValue: ACACIA }],
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
  });
  expect(made).toMatchObject({ status: 200 });
  await vi.waitFor(async () => expect((await server.call('GET', `/v1/${LOCATION}/connections/acacia`)).body.status.state).toBe('ACTIVE'), { timeout: 60_000, interval: 50 });
});

const VERSIONS = { 'the default version': DEMO, [ACACIA]: `${LOCATION}/connections/acacia` };
const CASES = Object.entries(FACES).flatMap(([name, makeFace]) => Object.entries(VERSIONS).map(([version, connection]) => ({ name, version, makeFace, connection })));

describe.each(CASES)('the examples through $name on $version', ({ makeFace, connection }) => {
  const face = (): ReturnType<typeof makeFace> => makeFace(server.url, connection);
  const create = async (entity: string, fields: object): Promise<string> => String((await face().create(entity, JSON.stringify(fields)))['Id']);
  const execute = async (action: string, parameters: object): Promise<Fields> => {
    const results = await face().execute(action, JSON.stringify(parameters));
    expect(results).toEqual([expect.anything()]);
    return results[0] ?? {};
  };
  const cardOf = async (customer: string): Promise<string> => {
    const card = await create('PaymentMethod', { Type: 'card', Card: { token: 'tok_visa' } });
    await execute('AttachPaymentMethodToCustomer', { PaymentMethodId: card, CustomerId: customer });
    return card;
  };
  const quote = async (): Promise<string> => {
    const product = await create('Product', { Name: 'Konsultasi' });
    const price = await create('Price', { Product: product, Currency: 'usd', UnitAmount: 12_000 });
    return create('Quote', { Customer: await create('Customer', { Name: 'Jenny' }), LineItems: [{ price, quantity: 1 }] });
  };

  it('confirms a payment intent', async () => {
    const id = await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', PaymentMethod: 'pm_card_visa', CaptureMethod: 'automatic' });
    expectExcerpt([await execute('ConfirmPaymentIntent', { ReturnUrl: 'http://google.com/', PaymentIntentId: id })], CONFIRM_PAYMENT_INTENT);
  });

  it('captures a payment intent', async () => {
    const customer = await create('Customer', { Name: 'Jenny' });
    const id = await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', Customer: customer, PaymentMethod: await cardOf(customer), CaptureMethod: 'manual', Confirm: true, ReturnUrl: 'https://example.com/' });
    expectExcerpt([await execute('CapturePaymentIntent', { PaymentIntentId: id })], CAPTURE_PAYMENT_INTENT);
  });

  it('cancels a payment intent', async () => {
    const customer = await create('Customer', { Name: 'Jenny' });
    const id = await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', Customer: customer, PaymentMethod: await cardOf(customer), CaptureMethod: 'manual', Confirm: true, ReturnUrl: 'https://example.com/' });
    expectExcerpt([await execute('CancelPaymentIntent', { PaymentIntentId: id })], CANCEL_PAYMENT_INTENT);
  });

  it('attaches a payment method to a customer and detaches it', async () => {
    const customer = await create('Customer', { Name: 'Jenny' });
    const card = await create('PaymentMethod', { Type: 'card', Card: { token: 'tok_visa' } });
    expect(await execute('AttachPaymentMethodToCustomer', { PaymentMethodId: card, CustomerId: customer })).toEqual({ Success: 'true' });
    expect(await execute('DetachPaymentMethodFromCustomer', { PaymentMethodId: card })).toEqual({ Success: 'true' });
    const again = await face().failure({ operation: 'EXECUTE_ACTION', action: 'AttachPaymentMethodToCustomer', payload: JSON.stringify({ PaymentMethodId: card, CustomerId: customer }) });
    expect(again.http, 'a detached payment method cannot be attached again').toBe(400);
  });

  it('finalizes an invoice', async () => {
    const id = await create('Invoice', { Customer: await create('Customer', { Name: 'Jenny' }), Currency: 'usd', CollectionMethod: 'charge_automatically' });
    expectExcerpt([await execute('FinalizeInvoice', { InvoiceId: id })], FINALIZE_INVOICE);
  });

  it('finalizes, accepts and cancels quotes', async () => {
    const accepted = await quote();
    expect(await execute('FinalizeQuote', { QuoteId: accepted })).toEqual({ Success: 'true' });
    const answer = await execute('AcceptQuote', { QuoteId: accepted });
    expect(Object.keys(answer)).toEqual(['InvoiceId', 'Success']);
    expect(answer).toEqual({ InvoiceId: expect.stringMatching(/^in_/), Success: 'true' });
    expect(await execute('CancelQuote', { QuoteId: await quote() })).toEqual({ Success: 'true' });
  });

  it('lists, gets, updates and deletes customers', async () => {
    const { list, get, update, delete: remove, failure } = face();
    const id = await create('Customer', { Name: 'Jenny Rosen', Email: 'jenny@example.com' });
    expect((await list('Customer', "Email = 'jenny@example.com'")).map((fields) => fields['Id'])).toContain(id);
    expect((await list('Customer', '')).map((fields) => fields['Id'])).toContain(id);
    expect(await get('Customer', id)).toMatchObject({ Id: id, Name: 'Jenny Rosen', Balance: 0, Livemode: false });
    expect(await update('Customer', id, '{"Name":"John"}')).toEqual({ Id: id });
    expect(await get('Customer', id)).toMatchObject({ Name: 'John', Email: 'jenny@example.com' });
    await remove('Customer', id);
    expect(await failure({ operation: 'GET_ENTITY', entity: 'Customer', id })).toEqual({ http: 404, status: 'NOT_FOUND' });
  });

  it('creates a payment intent and answers its id alone', async () => {
    const made = await face().create('PaymentIntent', '{"PaymentMethod":"pm_card_visa","Currency":"usd","Amount":1500.0}');
    expect(made).toEqual({ Id: expect.stringMatching(/^pi_/) });
    expect(await face().get('PaymentIntent', String(made['Id']))).toMatchObject({ Amount: 1500, Currency: 'usd', Status: 'requires_confirmation' });
  });
});
