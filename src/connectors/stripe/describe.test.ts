import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findColumn } from '../../filter/column.ts';
import type { Catalog, EntityType, Field } from '../../spi/catalog.ts';
import { createStripeConnector } from './connector.ts';
import { describeProperty, wordsOf } from './description.ts';
import { fold } from './spelling.ts';
import type { Descriptions, Property } from './table.ts';
import { findAction, findEntity, tables } from './tables.ts';

const connector = createStripeConnector({});
const config = connector.parseConfig({ secretVersion: 's', account_override: true });
const catalog: Catalog = connector.describe(config, { livemode: false });

function entity(name: string): EntityType {
  const found = catalog.entities.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}
function field(name: string, column: string): Field | undefined {
  return entity(name).fields.find((one) => one.name === column);
}

describe('entity types', () => {
  it('are all of Stripe', () => {
    expect(catalog.entities).toHaveLength(172);
    expect(catalog.entities.filter(({ name }) => !name.startsWith('V2'))).toHaveLength(145);
  });

  it('can be named in every spelling, and none hides another', () => {
    for (const name of ['Customer', 'Customers', 'customer', 'customers', 'CUSTOMERS']) expect(findEntity(name)?.entity).toBe('Customer');
    expect(['Meters', 'checkout_session', 'CashBalance', 'ValueLists', 'persons', 'TaxIds'].map((name) => findEntity(name)?.entity))
      .toEqual(['BillingMeter', 'CheckoutSession', 'CustomerCashBalance', 'RadarValueList', 'AccountPerson', 'TaxId']);
    for (const { entity: name } of tables().entities) expect(findEntity(name)?.entity).toBe(name);
    expect(findEntity('Nothing')).toBeUndefined();
  });

  it('have columns that can be told apart', () => {
    for (const { name, fields, pseudoFields = [] } of catalog.entities) {
      const names = [...fields, ...pseudoFields].map((one) => fold(one.name));
      expect(names.filter((one, index) => names.indexOf(one) !== index), name).toEqual([]);
    }
  });

  it('have a form that is told once, by the SDK or by us', () => {
    const descriptions: Descriptions = { stamp: '', entities: {}, actions: {}, shapes: { price: { currency: 0, unit_amount: 1, created: 2 } }, texts: ['Three-letter code, in lowercase.', 'How much.', 'When it was made. Measured in seconds since the Unix epoch.'] };
    const described = (key: string, property: Property): string => describeProperty(wordsOf(descriptions), 'price', [key], property);
    expect(described('currency', { type: 'string', format: 'currency' })).toBe('Three-letter code, in lowercase.');
    expect(described('unit_amount', { type: 'integer', format: 'minor-units' })).toBe('How much. In the smallest unit of the currency: 1000 is $10.00 or ¥1000.');
    expect(described('created', { type: 'timestamp' })).toBe('When it was made. RFC 3339 in UTC; unix seconds and dates are taken, too.');
  });

  it('are described by data', () => {
    expect(field('Customer', 'Id')).toMatchObject({ type: 'string', nullable: false, writable: [] });
    expect(field('Customer', 'Created')).toMatchObject({ type: 'timestamp', filters: ['=', '<', '<=', '>', '>='], writable: [], aliases: ['CreatedAt'] });
    expect(field('Customer', 'InvoiceSettingsDefaultPaymentMethod')).toMatchObject({ type: 'string', references: 'PaymentMethod', writable: ['CREATE', 'UPDATE'], aliases: ['InvoiceSettingsDefaultPaymentMethodId'] });
    expect(field('Customer', 'Metadata')).toMatchObject({ type: 'json', aliases: ['MetadataAggregate'] });
    expect(field('PaymentIntent', 'Amount')?.description).toMatch(/smallest (currency )?unit/);
    expect(field('PaymentIntent', 'Amount')).toMatchObject({ unit: 'minor-currency-unit', required: true });
    expect(entity('Price').fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['Currency']);
    expect(field('PaymentIntent', 'Confirm')).toMatchObject({ type: 'boolean', writable: ['CREATE'] });
    expect(entity('Customer')).toMatchObject({ key: 'Id', operations: ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'], listRequires: [], maps: ['CashBalanceAvailable', 'InvoiceCreditBalance', 'Metadata'] });
    expect(entity('Balance')).toMatchObject({ operations: ['LIST', 'GET'] });
    expect(entity('Balance').key).toBeUndefined();
    expect(entity('CustomerTaxId')).toMatchObject({ listRequires: ['Customer'] });
    expect(entity('SubscriptionItem')).toMatchObject({ listRequires: ['Subscription'] });
  });

  it('keep whole what would collide', () => {
    expect(field('PaymentIntent', 'LastPaymentErrorPaymentMethod')?.type).toBe('json');
    expect(field('PaymentIntent', 'LastPaymentErrorPaymentMethodType')?.type).toBe('string');
  });

  it('find columns by the names of CData', () => {
    expect(findColumn(entity('PaymentIntent'), 'CustomerId')?.name).toBe('Customer');
    expect(findColumn(entity('Customer'), 'invoice_settings.default_payment_method')?.name).toBe('InvoiceSettingsDefaultPaymentMethod');
    expect(findColumn(entity('AccountPerson'), 'AccountId')?.name).toBe('Account');
    expect(findColumn(entity('Customer'), 'AccountId')?.pseudo).toBe(true);
    expect(findColumn(entity('AccountPerson'), 'TaxReportingUs1099')).toBeUndefined();
  });

  it('offer another account only where the connection allows it', () => {
    const strict = connector.describe(connector.parseConfig({ secretVersion: 's' }), { livemode: false });
    expect(strict.entities.flatMap(({ pseudoFields = [] }) => pseudoFields).filter(({ name }) => name === 'AccountId')).toEqual([]);
  });

  it('have a schema for every deep input', () => {
    for (const { fields } of catalog.entities.filter(({ name }) => ['Customer', 'PaymentIntent', 'Subscription', 'CheckoutSession'].includes(name))) {
      const deep = fields.filter(({ type, writable }) => type === 'json' && writable.length > 0);
      for (const one of deep) expect(one.schema, one.name).toBeTypeOf('object');
    }
    expect(field('Subscription', 'Items')?.schema).toMatchObject({ type: 'array', items: { type: 'object', properties: { Price: { type: 'string' }, Quantity: { type: 'integer' } } } });
  });
});

describe('actions', () => {
  it('are all of Stripe, those for test keys only for them', () => {
    const live = connector.describe(config, { livemode: true }).actions;
    expect(catalog.actions.length - live.length).toBe(39);
    expect(live.map(({ name }) => name)).not.toContain('AdvanceTestClock');
  });

  it.each([
    ['ConfirmPaymentIntent', ['PaymentIntentId']], ['CapturePaymentIntent', ['PaymentIntentId']], ['CancelPaymentIntent', ['PaymentIntentId']],
    ['AttachPaymentMethodToCustomer', ['PaymentMethodId', 'CustomerId']], ['DetachPaymentMethodFromCustomer', ['PaymentMethodId']],
    ['FinalizeInvoice', ['InvoiceId']], ['FinalizeQuote', ['QuoteId']], ['AcceptQuote', ['QuoteId']], ['CancelQuote', ['QuoteId']],
  ])('%s requires %j', (name, required) => {
    const action = catalog.actions.find((one) => one.name === name);
    expect(action?.inputs.filter((input) => input.required).map((input) => input.name)).toEqual(required);
    expect(findAction(name.toUpperCase())?.action).toBe(name);
  });

  it('name no input twice', () => {
    for (const { name, inputs } of catalog.actions) {
      const names = inputs.map((input) => fold(input.name));
      expect(names.filter((one, index) => names.indexOf(one) !== index), name).toEqual([]);
    }
  });

  it('tell their answers', () => {
    const outputs = (name: string): readonly string[] => catalog.actions.find((one) => one.name === name)?.outputs.map((one) => one.name) ?? [];
    expect(outputs('AcceptQuote')).toEqual(['InvoiceId', 'Success']);
    expect(outputs('FinalizeQuote')).toEqual(['Success']);
    expect(outputs('FinalizeInvoice')).toEqual(expect.arrayContaining(['Success', 'id', 'lines', 'status_transitions.finalized_at']));
  });
});

describe('descriptions', () => {
  it('are the SDK\'s where they are given, with our unit behind them', () => {
    const descriptions: Descriptions = { stamp: '', entities: { Customer: 0 }, actions: { CancelQuote: 1 }, shapes: { Customer: { balance: 2 } }, texts: ['Buys things.', 'Ends it.', 'What is owed.'] };
    const described = createStripeConnector({ descriptions }).describe(config, { livemode: false });
    expect(described.entities.find(({ name }) => name === 'Customer')?.description).toMatch(/^Buys things\. Rows of test clocks/);
    expect(described.actions.find(({ name }) => name === 'CancelQuote')?.description).toBe('Ends it.');
    expect(described.entities.find(({ name }) => name === 'Customer')?.fields.find(({ name }) => name === 'Balance')?.description).toBe('What is owed. In the smallest unit of the currency: 1000 is $10.00 or ¥1000.');
  });
});

describe('the tables', () => {
  it('are of the version that is sent by default', () => {
    const provenance: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'tables/PROVENANCE.json'), 'utf8'));
    expect(provenance).toMatchObject({ apiVersion: config.apiVersion });
  });
});
