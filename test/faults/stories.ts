// What callers do: payments made, confirmed, captured and refunded; invoices and quotes brought to their end; rows changed by a
// filter and deleted. Each write follows from the answer of the one before.
import type { WriteRecord, WriteRequest } from './caller.ts';

/** Where a story plays. */
export interface Scene {
  readonly connection: string;
  readonly customer: string;
  readonly price: string;
  /** A word that no other story has. */
  readonly tag: string;
  /** Does a write; the story ends where it was not done. @throws StoryOver */
  do(request: WriteRequest): Promise<WriteRecord>;
}

export class StoryOver extends Error {}

type Story = (scene: Scene) => Promise<void>;

const create = ({ connection }: Scene, entity: string, fields: object): WriteRequest => ({ kind: `create ${entity}`, method: 'POST', path: `/v2/${connection}/entityTypes/${entity}/entities`, body: { fields } });
const act = ({ connection }: Scene, action: string, parameters: object): WriteRequest => ({ kind: action, method: 'POST', path: `/v2/${connection}/actions/${action}:execute`, body: { parameters } });

const payment: Story = async (scene) => {
  const declines = Math.random() < 0.1;
  const { id } = await scene.do(create(scene, 'PaymentIntent', { Amount: 2_000, Currency: 'usd', PaymentMethod: declines ? 'pm_card_chargeDeclined' : 'pm_card_visa', CaptureMethod: 'manual', Description: scene.tag }));
  await scene.do(act(scene, 'ConfirmPaymentIntent', { PaymentIntentId: id, ReturnUrl: 'https://example.com/' }));
  await scene.do(act(scene, 'CapturePaymentIntent', { PaymentIntentId: id }));
  await scene.do(create(scene, 'Refund', { PaymentIntent: id, Amount: 500 }));
};

const invoice: Story = async (scene) => {
  const { id: customer } = await scene.do(create(scene, 'Customer', { Name: scene.tag }));
  await scene.do(create(scene, 'InvoiceItem', { Customer: customer, Amount: 1_500, Currency: 'usd' }));
  const { id } = await scene.do(create(scene, 'Invoice', { Customer: customer, Currency: 'usd', CollectionMethod: 'send_invoice', DueDate: '2027-12-01T00:00:00Z' }));
  await scene.do(act(scene, 'FinalizeInvoice', { InvoiceId: id }));
};

const quote: Story = async (scene) => {
  const { id } = await scene.do(create(scene, 'Quote', { Customer: scene.customer, LineItems: [{ price: scene.price, quantity: 1 }], Description: scene.tag }));
  await scene.do(act(scene, 'FinalizeQuote', { QuoteId: id }));
  await scene.do(act(scene, 'AcceptQuote', { QuoteId: id }));
};

const rows: Story = async (scene) => {
  const ids: string[] = [];
  for (let row = 0; row < 3; row += 1) ids.push((await scene.do(create(scene, 'Customer', { Name: scene.tag, Email: `${scene.tag}@example.com` }))).id);
  const entities = `/v2/${scene.connection}/entityTypes/Customer/entities`;
  await scene.do({
    kind: 'update by condition', method: 'POST', path: `${entities}:updateEntitiesWithConditions?conditions=${encodeURIComponent(`Email = '${scene.tag}@example.com'`)}`, body: { fields: { Description: 'diubah' } }, rows: ids,
  });
  const [first = ''] = ids;
  await scene.do({ kind: 'delete', method: 'DELETE', path: `${entities}/${first}`, deletes: `/v1/customers/${first}` });
};

export const STORIES: readonly Story[] = [payment, payment, invoice, quote, rows];

/** How many rows a request writes. */
export const writesOf = ({ rows: ids }: WriteRequest): number => ids?.length ?? 1;
