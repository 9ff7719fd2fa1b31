// What the types of the client let through and what they refuse: the compiler is the test, nothing here is run.
import { createClient, type AnyConnector, type Client } from '../../src/client/index.ts';

interface Library {
  entities: { Book: { row: { Id: string; Title: string; Pages: number | null }; operations: 'LIST' | 'GET' | 'CREATE'; create: { Title: string }; created: 'Id' } };
  actions: { Lend: { input: { Book: string }; result: { Until: string } } };
}

const client: Client = createClient({ server: 'http://127.0.0.1:8080', token: 'x', connection: 'demo/us-central1/stripe-sandbox' });
const stripe = client.connection();

export async function rows(): Promise<void> {
  const customer = await stripe.entity('Customer').get('cus_1');
  const email: string | null = customer.Email;
  const balance: number = customer.Balance;
  const order: string | undefined = customer.Metadata['order_id'];
  // @ts-expect-error -- it may be null
  const sure: string = customer.Email;
  // @ts-expect-error -- there is no such column
  void customer.Emial;
  // @ts-expect-error -- there is no such entity type
  stripe.entity('Custmer');
  // @ts-expect-error -- balances cannot be deleted
  void stripe.entity('Balance').delete('x');
  // @ts-expect-error -- nor events created
  void stripe.entity('Event').create({});
  for await (const row of stripe.entity('Invoice').list({ columns: ['Id', 'Status'] })) {
    const status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void' | (string & {}) | null = row.Status;
    // @ts-expect-error -- it was not asked for
    void [row.Total, status];
  }
  void [email, balance, order, sure];
}

export async function filters(): Promise<void> {
  const customers = stripe.entity('Customer');
  customers.list({ filter: { Email: 'x', Created: { gte: new Date() }, Balance: { lt: 0 }, 'Metadata.order_id': '17', Delinquent: true }, sort: { by: 'Created', order: 'desc' } });
  customers.list({ filter: [{ Email: null }, { Name: { startsWith: 'A' } }], sort: 'Created' });
  stripe.entity('CreditNotePreviewLineItem').list({ filter: { Invoice: 'in_1', PreviewAmount: 100 } });
  // @ts-expect-error -- there is no such column
  customers.list({ filter: { Emial: 'x' } });
  // @ts-expect-error -- it is a number
  customers.list({ filter: { Balance: { lt: true } } });
  // @ts-expect-error -- it is true or false
  customers.list({ filter: { Delinquent: 'yes' } });
  // @ts-expect-error -- there is no such test
  customers.list({ filter: { Email: { matches: 'x' } } });
  // @ts-expect-error -- there is no such column
  customers.list({ sort: { by: 'Emial' } });
  // @ts-expect-error -- there is no such column
  customers.list({ columns: ['Emial'] });
  // @ts-expect-error -- only filters name it, no row shows it
  stripe.entity('CreditNotePreviewLineItem').list({ columns: ['PreviewAmount'] });
}

export async function writes(): Promise<void> {
  const { Id } = await stripe.entity('PaymentIntent').create({ Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_visa', Metadata: { order: '17' } }, { idempotencyKey: 'order-17' });
  const id: string = Id;
  // @ts-expect-error -- the currency is missing
  await stripe.entity('PaymentIntent').create({ Amount: 1500 });
  // @ts-expect-error -- there is no such column
  await stripe.entity('Customer').create({ Nmae: 'Ani' });
  // @ts-expect-error -- it is shown and cannot be written
  await stripe.entity('Customer').update('cus_1', { Delinquent: false });
  // @ts-expect-error -- it is given when the row is created, and never again
  await stripe.entity('Customer').update('cus_1', { TestClock: 'clock_1' });
  await stripe.entity('Customer').update('cus_1', { Email: null, DefaultSource: 'card_1' });
  await stripe.entity('Subscription').create({ Customer: 'cus_1', Items: [{ Price: 'price_1', Quantity: 2 }], TrialEnd: new Date() });
  // @ts-expect-error -- deep ones are known, too
  await stripe.entity('Subscription').create({ Customer: 'cus_1', Items: [{ Prise: 'price_1' }] });
  const webhook = await stripe.entity('WebhookEndpoint').create({ EnabledEvents: ['*'], Url: 'https://example.com' });
  // It is shown once, so the whole row comes back.
  const secret: string | null = webhook.Secret;
  // @ts-expect-error -- read it by its id
  void (await stripe.entity('Customer').create({})).Email;
  void [id, secret];
}

export async function actions(): Promise<void> {
  const intent = await stripe.action('ConfirmPaymentIntent').run({ PaymentIntentId: 'pi_1', ReturnUrl: 'https://example.com' });
  const amount: number = intent.amount;
  const success: true = intent.Success;
  // @ts-expect-error -- the id is missing
  await stripe.action('ConfirmPaymentIntent').run({ ReturnUrl: 'https://example.com' });
  // @ts-expect-error -- there is no such input
  await stripe.action('ConfirmPaymentIntent').run({ PaymentIntentId: 'pi_1', Amount: 1 });
  // @ts-expect-error -- there is no such action
  stripe.action('ConfirmPayment');
  // @ts-expect-error -- there is no such key in what is answered
  void [intent.amout, amount, success];
  const { InvoiceId } = await stripe.action('AcceptQuote').run({ QuoteId: 'qt_1' });
  void InvoiceId?.length;
}

export async function api(): Promise<void> {
  const { connections } = await client.call('connections.list', { path: { location: 'projects/demo/locations/us-central1' } });
  void connections[0]?.name;
  // @ts-expect-error -- it is named by its location
  await client.call('connections.list', { path: { project: 'x' } });
  // @ts-expect-error -- there is no such row
  await client.call('connections.lst', { path: {} });
  for await (const entry of client.stream('auditEntries.exportAll', { path: {} })) void entry.name;
}

export async function otherConnectors(): Promise<void> {
  const books = client.connection<Library>('demo/us-central1/books');
  const book = await books.entity('Book').get('1');
  const title: string = book.Title;
  const { Until } = await books.action('Lend').run({ Book: '1' });
  await books.entity('Book').create({ Title: 'Laskar Pelangi' });
  books.entity('Book').list({ filter: { Pages: { gt: 100 } } });
  // @ts-expect-error -- books have other columns
  void book.Email;
  // @ts-expect-error -- and no deletion
  void books.entity('Book').delete('1');
  const any = client.connection<AnyConnector>('demo/us-central1/any');
  const row = await any.entity('Whatever').get('1');
  const value: unknown = row['Column'];
  await any.entity('Whatever').create({ Column: 1 });
  any.entity('Whatever').list({ filter: { Column: 'x' } });
  await any.action('Do').run({ A: 1 });
  void [title, Until.length, value];
}
