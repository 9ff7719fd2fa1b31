// What the conformance suite writes into a sandbox: a payload for each kind of entity and action, and what it needs.
import { textOf } from '../../src/filter/comparable.ts';
import type { Row } from '../../src/spi/connector.ts';
import type { ActionSample, EntitySample, Make } from '../conformance/connector-suite.ts';
import type { StripeWorld } from './stripe-world.ts';

async function id(make: Make, entity: string, more?: Row): Promise<string> {
  return textOf((await make(entity, more))['Id']) ?? '';
}

/** Deleting a subscription cancels it and leaves its row: the suite, in which what is deleted is gone, is not for it. */
async function subscription(world: StripeWorld, make: Make): Promise<string> {
  const row = { Customer: await id(make, 'Customer'), Items: [{ Price: await id(make, 'Price') }], CollectionMethod: 'send_invoice', DaysUntilDue: 7 };
  return textOf((await world.create('Subscription', row))['Id']) ?? '';
}

/** An invoice of one line. */
async function invoice(world: StripeWorld, make: Make, isOpen: boolean): Promise<string> {
  const customer = await id(make, 'Customer');
  const draft = await id(make, 'Invoice', { Customer: customer });
  await make('InvoiceItem', { Customer: customer, Invoice: draft });
  if (isOpen) await world.session.execute(world.call(), 'FinalizeInvoice', { InvoiceId: draft }, world.write());
  return draft;
}

let lastTaxNumber = 100_000_000;
let lastName = 0;

/** What must be different in each row. */
function another(name: string): string {
  lastName += 1;
  return `${name}_${lastName}`;
}

export function entitySamples(world: StripeWorld): Readonly<Record<string, EntitySample>> {
  return {
    Customer: {
      create: () => ({ Email: 'jenny@example.com', Name: 'Jenny', AddressCity: 'Jakarta', AddressCountry: 'ID', Balance: 500, 'Metadata.order_id': '1', PreferredLocales: ['id', 'en'] }),
      patch: { Name: 'John', Balance: 700, AddressCity: 'Bandung', Phone: null },
    },
    Product: { create: () => ({ Name: 'Basic', Description: 'A plan', Active: true, Metadata: { a: '1' } }), patch: { Name: 'Pro', Description: null } },
    Price: {
      create: async (make) => ({ Product: await id(make, 'Product'), Currency: 'usd', UnitAmount: 1500.0, RecurringInterval: 'month', Nickname: 'monthly' }),
      patch: { Nickname: 'per month', Active: false },
    },
    Coupon: { create: () => ({ PercentOff: 12.5, Duration: 'once', Name: 'Launch', RedeemBy: '2100-01-01T00:00:00Z' }), patch: { Name: 'Launched' } },
    PromotionCode: { create: async (make) => ({ Promotion: { Type: 'coupon', Coupon: await id(make, 'Coupon') }, Code: another('CODE') }), patch: { Active: false }, kept: ['Code'], changed: ['Promotion'] },
    TaxRate: { create: () => ({ DisplayName: 'PPN', Inclusive: false, Percentage: 11, Country: 'ID' }), patch: { DisplayName: 'VAT' } },
    ShippingRate: { create: () => ({ DisplayName: 'Ground', Type: 'fixed_amount', FixedAmount: { Amount: 500, Currency: 'usd' } }), patch: { Active: false }, changed: ['FixedAmount'] },
    PaymentIntent: {
      create: () => ({ Amount: 33_000, Currency: 'usd', PaymentMethod: 'pm_card_visa', Description: 'Order' }), patch: { Description: 'Order 2', Amount: 34_000 },
      changed: ['PaymentMethod'],
    },
    SetupIntent: { create: () => ({ Description: 'For later', Usage: 'off_session' }), patch: { Description: 'Later' } },
    PaymentMethod: {
      create: () => ({ Type: 'card', Card: { Token: 'tok_visa' }, BillingDetailsName: 'Jenny' }), listed: () => "Type = 'card'",
      patch: { BillingDetailsName: 'Jenny Rosen' },
      beforeUpdate: async (method, make) => {
        await world.session.execute(world.call(), 'AttachPaymentMethodToCustomer', { PaymentMethodId: method, CustomerId: await id(make, 'Customer') }, world.write());
      },
    },
    SubscriptionItem: {
      create: async (make) => ({ Subscription: await subscription(world, make), Price: await id(make, 'Price'), Quantity: 2 }), patch: { Quantity: 3 },
      kept: ['Subscription'], changed: ['Price'], listed: (row) => `Subscription = '${textOf(row['Subscription'])}'`,
    },
    Invoice: { create: async (make) => ({ Customer: await id(make, 'Customer'), Description: 'Thanks', CollectionMethod: 'send_invoice', DaysUntilDue: 5, AutoAdvance: false }), patch: { Description: 'Many thanks' }, changed: ['DaysUntilDue'] },
    InvoiceItem: { create: async (make) => ({ Customer: await id(make, 'Customer'), Amount: 1500, Currency: 'usd', Description: 'Setup' }), patch: { Description: 'Set-up' } },
    Quote: {
      create: async (make) => ({ Customer: await id(make, 'Customer'), LineItems: [{ Price: await id(make, 'Price'), Quantity: 1 }], Header: 'Offer' }),
      patch: { Header: 'Our offer' }, kept: ['Customer'], changed: ['LineItems'],
    },
    CustomerTaxId: {
      create: async (make) => ({ Customer: await id(make, 'Customer'), Type: 'eu_vat', Value: `DE${lastTaxNumber += 1}` }), listed: (row) => `Customer = '${textOf(row['Customer'])}'`,
    },
    CustomerBalanceTransaction: {
      create: async (make) => ({ Customer: await id(make, 'Customer'), Amount: -500, Currency: 'usd', Description: 'Credit' }), patch: { Description: 'A credit' },
      listed: (row) => `Customer = '${textOf(row['Customer'])}'`,
    },
    ProductFeature: {
      create: async (make) => ({ ProductId: await id(make, 'Product'), EntitlementFeature: await id(make, 'EntitlementsFeature') }), listed: (row) => `Product = '${textOf(row['Product'])}'`,
      changed: ['EntitlementFeature'],
    },
    EntitlementsFeature: { create: () => ({ Name: 'Support', LookupKey: another('support') }), patch: { Name: 'Help' } },
    BillingMeter: { create: () => ({ DisplayName: 'Calls', EventName: another('calls'), DefaultAggregation: { Formula: 'sum' } }), patch: { DisplayName: 'All calls' }, changed: ['DefaultAggregation'] },
    WebhookEndpoint: { create: () => ({ Url: 'https://example.com/hook', EnabledEvents: ['customer.created'] }), patch: { Description: 'Customers' } },
    TestClock: { create: () => ({ FrozenTime: '2026-01-01T00:00:00Z', Name: 'Clock' }) },
    Account: { create: () => ({ Type: 'custom', Country: 'US', Email: 'shop@example.com' }), patch: { Email: 'shops@example.com' }, changed: ['Type'] },
    AccountPerson: {
      create: async (make) => ({ AccountId: await id(make, 'Account'), FirstName: 'Jane', LastName: 'Doe' }), patch: { FirstName: 'Janet' }, listed: (row) => `Account = '${textOf(row['Account'])}'`,
      kept: ['LastName'],
    },
    RadarValueList: { create: () => ({ Alias: another('list'), Name: 'Blocked', ItemType: 'string' }), patch: { Name: 'Watched' } },
    RadarValueListItem: { create: async (make) => ({ ValueList: await id(make, 'RadarValueList'), Value: another('value') }), listed: (row) => `ValueList = '${textOf(row['ValueList'])}'` },
    TerminalLocation: { create: () => ({ DisplayName: 'Shop', Address: { Line1: 'Jl. Sudirman 1', Country: 'US', City: 'San Francisco', State: 'CA', PostalCode: '94111' } }), patch: { DisplayName: 'The shop' }, changed: ['Address'], kept: [] },
  };
}

export function actionSamples(world: StripeWorld): Readonly<Record<string, ActionSample>> {
  const confirmed = { Confirm: true, ReturnUrl: 'http://google.com/' };
  return {
    ConfirmPaymentIntent: { input: async (make) => ({ PaymentIntentId: await id(make, 'PaymentIntent'), ReturnUrl: 'http://google.com/' }), answers: ['Success', 'id', 'status', 'latest_charge'] },
    CapturePaymentIntent: {
      input: async (make) => ({ PaymentIntentId: await id(make, 'PaymentIntent', { CaptureMethod: 'manual', ...confirmed }), AmountToCapture: '500.0', Metadata: '{"name":"test1"}' }),
      answers: ['Success', 'amount_received'],
    },
    CancelPaymentIntent: { input: async (make) => ({ payment_intent: await id(make, 'PaymentIntent'), CancellationReason: 'abandoned' }), answers: ['Success', 'canceled_at'] },
    FinalizeInvoice: { input: async (make) => ({ Invoice: await invoice(world, make, false) }), answers: ['Success', 'status'] },
    VoidInvoice: { input: async (make) => ({ InvoiceId: await invoice(world, make, true) }), answers: ['Success', 'status'] },
    PayInvoice: { input: async (make) => ({ InvoiceId: await invoice(world, make, true), PaidOutOfBand: true }), answers: ['Success', 'status'] },
    CancelSubscription: { input: async (make) => ({ SubscriptionId: await subscription(world, make), IsProrate: false }), answers: ['Success', 'status'] },
    FinalizeQuote: { input: async (make) => ({ QuoteId: await id(make, 'Quote') }), answers: ['Success'] },
    CancelQuote: { input: async (make) => ({ QuoteId: await id(make, 'Quote') }), answers: ['Success'] },
  };
}
