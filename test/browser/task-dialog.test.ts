// Every example of the specification through the dialog of the console, by mouse and by keyboard alone; ids are the sandbox's own.
import { beforeAll, describe, expect, it } from 'vitest';
import { CANCEL_PAYMENT_INTENT, CAPTURE_PAYMENT_INTENT, CONFIRM_PAYMENT_INTENT, type Excerpt, expectExcerpt, FINALIZE_INVOICE } from '../contract/specification-examples.ts';
import { type Face, FACES } from '../end-to-end/example-faces.ts';
import { DEMO, type Fields } from '../end-to-end/running-server.ts';
import { type Asked, byKeyboard, byMouse } from './hands.ts';
import { PATIENCE_MS } from './patience.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

const TASK = `/console/${DEMO}/task`;

let world: ConsoleWorld;
let rows: Face;
withConsole((made) => { world = made; });
beforeAll(() => {
  const face = FACES['the rows of v2'];
  if (face === undefined) throw new Error('There is no such face.');
  rows = face(world.server.url, DEMO);
});

const create = async (entity: string, fields: object): Promise<string> => String((await rows.create(entity, JSON.stringify(fields)))['Id']);
const customer = (): Promise<string> => create('Customer', { Name: 'Jenny Rosen', Email: 'jenny@example.com' });
const card = (): Promise<string> => create('PaymentMethod', { Type: 'card', Card: { token: 'tok_visa' } });
const attached = async (): Promise<{ readonly PaymentMethodId: string; readonly CustomerId: string }> => {
  const ids = { PaymentMethodId: await card(), CustomerId: await customer() };
  await rows.execute('AttachPaymentMethodToCustomer', JSON.stringify(ids));
  return ids;
};
const held = async (): Promise<string> => {
  const { PaymentMethodId, CustomerId } = await attached();
  return create('PaymentIntent', { Amount: 33_000, Currency: 'usd', Customer: CustomerId, PaymentMethod: PaymentMethodId, CaptureMethod: 'manual', Confirm: true, ReturnUrl: 'https://example.com/' });
};
const quote = async (): Promise<string> => {
  const price = await create('Price', { Product: await create('Product', { Name: 'Konsultasi' }), Currency: 'usd', UnitAmount: 12_000 });
  return create('Quote', { Customer: await customer(), LineItems: [{ price, quantity: 1 }] });
};

const action = (name: string, inputs: object): Asked => ({ action: name, payload: JSON.stringify(inputs) });
const excerpt = (wanted: Excerpt) => (payload: unknown): void => expectExcerpt(payload as readonly Fields[], wanted);
const success = (payload: unknown): void => expect(payload).toEqual([{ Success: 'true' }]);

interface ExampleOfTask {
  readonly name: string;
  readonly ask: () => Promise<Asked>;
  /** @param payload what the page shows as connectorOutputPayload; undefined where it shows none */
  readonly check: (payload: unknown, asked: Asked) => void | Promise<void>;
}

const EXAMPLES: readonly ExampleOfTask[] = [
  {
    name: 'confirms a payment intent', check: excerpt(CONFIRM_PAYMENT_INTENT),
    ask: async () => action('ConfirmPaymentIntent', { ReturnUrl: 'http://google.com/', PaymentIntentId: await create('PaymentIntent', { Amount: 33_000, Currency: 'usd', PaymentMethod: 'pm_card_visa', CaptureMethod: 'automatic' }) }),
  },
  { name: 'captures a payment intent', ask: async () => action('CapturePaymentIntent', { PaymentIntentId: await held() }), check: excerpt(CAPTURE_PAYMENT_INTENT) },
  { name: 'cancels a payment intent', ask: async () => ({ ...action('CancelPaymentIntent', { PaymentIntentId: await held() }), isFinal: true }), check: excerpt(CANCEL_PAYMENT_INTENT) },
  { name: 'attaches a payment method', ask: async () => action('AttachPaymentMethodToCustomer', { PaymentMethodId: await card(), CustomerId: await customer() }), check: success },
  { name: 'detaches a payment method', ask: async () => ({ ...action('DetachPaymentMethodFromCustomer', { PaymentMethodId: (await attached()).PaymentMethodId }), isFinal: true }), check: success },
  { name: 'finalizes an invoice', ask: async () => action('FinalizeInvoice', { InvoiceId: await create('Invoice', { Customer: await customer(), Currency: 'usd', CollectionMethod: 'charge_automatically' }) }), check: excerpt(FINALIZE_INVOICE) },
  { name: 'finalizes a quote', ask: async () => action('FinalizeQuote', { QuoteId: await quote() }), check: success },
  { name: 'cancels a quote', ask: async () => ({ ...action('CancelQuote', { QuoteId: await quote() }), isFinal: true }), check: success },
  {
    name: 'accepts a quote', check: (payload) => expect(payload).toEqual([{ InvoiceId: expect.stringMatching(/^in_/), Success: 'true' }]),
    async ask() {
      const id = await quote();
      await rows.execute('FinalizeQuote', JSON.stringify({ QuoteId: id }));
      return action('AcceptQuote', { QuoteId: id });
    },
  },
  { name: 'lists customers', ask: async () => { await customer(); return { entity: 'Customer', operation: 'List', filter: "Email = 'jenny@example.com'" }; }, check: (payload) => expect(payload).toEqual(expect.arrayContaining([expect.objectContaining({ Name: 'Jenny Rosen' })])) },
  { name: 'gets a customer', ask: async () => ({ entity: 'Customer', operation: 'Get', entityId: await customer() }), check: (payload, { entityId }) => expect(payload).toMatchObject({ Id: entityId, Name: 'Jenny Rosen' }) },
  {
    name: 'creates a payment intent', check: (payload) => expect(payload).toEqual({ Id: expect.stringMatching(/^pi_/) }),
    ask: () => Promise.resolve({ entity: 'PaymentIntent', operation: 'Create', payload: '{"PaymentMethod": "pm_card_visa", "Currency": "usd", "Amount": 1500.0}' }),
  },
  {
    name: 'updates a customer', ask: async () => ({ entity: 'Customer', operation: 'Update', entityId: await customer(), payload: '{"Name": "John"}' }),
    async check(payload, { entityId = '' }) {
      expect(payload).toEqual({ Id: entityId });
      expect(await rows.get('Customer', entityId)).toMatchObject({ Name: 'John', Email: 'jenny@example.com' });
    },
  },
  {
    name: 'deletes a customer', ask: async () => ({ entity: 'Customer', operation: 'Delete', entityId: await customer(), isFinal: true }),
    async check(payload, { entityId = '' }) {
      expect(payload).toBeUndefined();
      expect(await rows.failure({ operation: 'GET_ENTITY', entity: 'Customer', id: entityId })).toEqual({ http: 404, status: 'NOT_FOUND' });
    },
  },
];

describe.each([['mouse', byMouse], ['keyboard alone', byKeyboard]] as const)('by %s', (_how, handsOn) => {
  it('each example of the specification runs and answers as it says', async () => {
    const { page } = await world.open(TASK);
    page.setDefaultTimeout(PATIENCE_MS);
    const hands = handsOn(page);
    for (const { name, ask, check } of EXAMPLES) {
      const asked = await ask();
      try {
        await hands.choose(asked);
        await hands.fill(asked);
        await hands.run(asked);
        const text = await hands.read();
        await check(text === '' ? undefined : JSON.parse(text), asked);
      } catch (error) {
        const shown = await page.getByRole('main').innerText();
        throw new Error(`The dialog ${name} not: ${error instanceof Error ? error.message : String(error)}\nThe page shows: ${shown}`, { cause: error });
      }
    }
  }, 400_000);
});
