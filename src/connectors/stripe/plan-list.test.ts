import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFilter } from '../../filter/check.ts';
import { conjuncts } from '../../filter/conjuncts.ts';
import { parseFilter } from '../../filter/parse.ts';
import { printFilter } from '../../filter/print.ts';
import type { ListPlan, ListRequest } from '../../spi/connector.ts';
import { createStripeConnector } from './connector.ts';

const connector = createStripeConnector({});
const CATALOG_CONFIG = connector.parseConfig({ secretVersion: 's', account_override: true });
const { entities } = connector.describe(CATALOG_CONFIG, { livemode: false });

function plan(entity: string, filter: string, more: Partial<ListRequest> = {}, config = CATALOG_CONFIG): ListPlan {
  const type = entities.find(({ name }) => name === entity);
  if (type === undefined) throw new Error(entity);
  return connector.planList(config, { entity, filter: checkFilter(parseFilter(filter), type), sort: [], columns: 'all', ...more });
}
function scan(entity: string, filter: string): ListPlan['scan'] {
  return plan(entity, filter).scan;
}
function remaining(entity: string, filter: string): readonly string[] {
  return conjuncts(plan(entity, filter).remaining).map(printFilter);
}

describe('what is pushed', () => {
  it('is what Stripe filters the same way', () => {
    expect(scan('Customer', "email = 'a@b.c' AND Name = 'x'")).toEqual({ email: 'a@b.c' });
    expect(remaining('Customer', "email = 'a@b.c' AND Name = 'x'")).toEqual(["Name = 'x'"]);
  });

  it('is one value for each parameter', () => {
    expect(scan('Customer', "Email = 'a' AND Email = 'b'")).toEqual({ email: 'a' });
    expect(remaining('Customer', "Email = 'a' AND Email = 'b'")).toEqual(["Email = 'b'"]);
  });

  it('is nothing under OR and NOT', () => {
    expect(scan('Customer', "Email = 'a' OR Email = 'b'")).toEqual({});
    expect(scan('Customer', "NOT Email = 'a'")).toEqual({});
    expect(scan('Customer', "Email LIKE 'a'")).toEqual({});
  });

  it.each([
    ['>', '10', { 'created[gt]': 10 }], ['>', '10.5', { 'created[gte]': 11 }], ['>=', '10.5', { 'created[gte]': 11 }], ['>=', '10', { 'created[gte]': 10 }],
    ['<', '10', { 'created[lt]': 10 }], ['<', '10.5', { 'created[lte]': 10 }], ['<=', '10.5', { 'created[lte]': 10 }], ['=', '10', { created: 10 }], ['=', '10.5', {}], ['!=', '10', {}],
  ])('a time %s %s is whole seconds', (operator, value, wanted) => {
    expect(scan('Customer', `Created ${operator} '${value}'`)).toEqual(wanted);
  });

  it('is one bound on each side', () => {
    expect(scan('Customer', "Created > '5' AND Created >= '7' AND Created < '9'")).toEqual({ 'created[gt]': 5, 'created[lt]': 9 });
    expect(scan('Customer', "Created = '5' AND Created >= '7'")).toEqual({ created: 5 });
    expect(scan('ForwardingRequest', "Created = '5'")).toEqual({ 'created[gte]': 5, 'created[lte]': 5 });
  });

  it('is no pseudo-value, and every row by default', () => {
    expect(scan('Subscription', '')).toEqual({ status: 'all' });
    expect(scan('Subscription', "Status = 'active'")).toEqual({ status: 'active' });
    expect(scan('Subscription', "Status = 'all'")).toEqual({ status: 'all' });
    expect(remaining('Subscription', "Status = 'all'")).toEqual(["Status = 'all'"]);
    expect(scan('TaxRegistration', "Status = 'ended'")).toEqual({ status: 'all' });
  });

  it('is both passes where one hides rows', () => {
    expect(scan('Price', '')).toEqual({ active: [true, false], '@passes': 'active' });
    expect(scan('Price', "Active = 'false'")).toEqual({ active: false });
    expect(plan('Price', '', { sort: [{ field: 'Created', direction: 'desc' }] }).ordered).toBe(false);
    expect(plan('Price', 'Active = TRUE', { sort: [{ field: 'Created', direction: 'desc' }] }).ordered).toBe(true);
  });

  it('reaches into objects and lists', () => {
    expect(scan('Price', "RecurringInterval = 'month' AND LookupKey IN ('a', 'b') AND Active = TRUE")).toEqual({ active: true, 'recurring[interval]': 'month', lookup_keys: ['a', 'b'] });
    expect(scan('CheckoutSession', "CustomerDetailsEmail = 'a@b.c'")).toEqual({ 'customer_details[email]': 'a@b.c' });
    expect(scan('Event', "Type IN ('a', 'b', NULL)")).toEqual({ types: ['a', 'b'] });
  });

  it('keeps together what Stripe takes only together', () => {
    expect(scan('TaxId', "OwnerCustomer = 'cus_1'")).toEqual({ 'owner[customer]': 'cus_1', 'owner[type]': 'customer' });
    expect(scan('TaxId', "OwnerType = 'customer'")).toEqual({});
    expect(remaining('TaxId', "OwnerType = 'customer'")).toEqual(["OwnerType = 'customer'"]);
    expect(scan('InvoicePayment', "PaymentPaymentIntent = 'pi_1'")).toEqual({ 'payment[payment_intent]': 'pi_1', 'payment[type]': 'payment_intent' });
  });

  it('names what no column shows, and columns of another name', () => {
    expect(scan('Subscription', "Price = 'price_1'")).toEqual({ price: 'price_1', status: 'all' });
    expect(scan('Invoice', "ParentSubscriptionDetailsSubscription = 'sub_1'")).toEqual({ subscription: 'sub_1' });
    expect(scan('Invoice', "Subscription = 'sub_1'")).toEqual({ subscription: 'sub_1' });
    expect(scan('IssuingCard', "Cardholder = 'ich_1'")).toEqual({ cardholder: 'ich_1' });
    expect(scan('InvoiceItem', "Date > '5'")).toEqual({ 'created[gt]': 5 });
  });
});

describe('parents', () => {
  it('go into the path', () => {
    expect(plan('CustomerTaxId', "CustomerId = 'cus_1'")).toMatchObject({ scan: { '@parents': ['cus_1'] }, calls: 'unbounded' });
    expect(remaining('CustomerTaxId', "CustomerId = 'cus_1'")).toEqual([]);
  });

  it('and required filters are demanded', () => {
    expect(() => plan('CustomerTaxId', '')).toThrow("List CustomerTaxId needs Customer = '…'");
    expect(() => plan('SubscriptionItem', '')).toThrow("List SubscriptionItem needs Subscription = '…'");
    expect(() => connector.planList(CATALOG_CONFIG, { entity: 'BillingMeterEventSummary', filter: { kind: 'and', filters: [] }, sort: [], columns: 'all' })).toThrow(/Meter.*Customer.*RangeEnd.*RangeStart/);
    expect(() => plan('BillingCreditBalanceSummary', '')).toThrow("List BillingCreditBalanceSummary needs Customer = '…'");
  });
});

describe('order, calls and the rest', () => {
  it('is promised only where Stripe keeps it', () => {
    const sorted = (entity: string, field: string, direction: 'asc' | 'desc'): boolean => plan(entity, '', { sort: [{ field, direction }] }).ordered;
    expect([plan('Customer', '').ordered, sorted('Customer', 'Created', 'desc'), sorted('Customer', 'Created', 'asc'), sorted('Customer', 'Email', 'desc'), sorted('Quote', 'Created', 'desc')])
      .toEqual([true, true, false, false, false]);
  });

  it('counts the calls where they can be counted', () => {
    expect(plan('Balance', '').calls).toBe(1);
    expect(plan('ReportType', '').calls).toBe(1);
    expect(plan('Customer', '').calls).toBe('unbounded');
  });

  it('reads rows by id for another account, which a get could not name', () => {
    expect(plan('Customer', "Id = 'cus_1' AND AccountId = 'acct_2'")).toEqual({ scan: { '@account': 'acct_2', '@ids': ['cus_1'] }, remaining: { kind: 'and', filters: [] }, ordered: true, calls: 1 });
    expect(scan('Subscription', "Id = 'sub_1' AND Price = 'price_1'")).toEqual({ price: 'price_1', status: 'all' });
  });

  it('takes another account only where the connection allows it', () => {
    const strict = connector.parseConfig({ secretVersion: 's', account_id: 'acct_1' });
    expect(() => plan('Customer', "AccountId = 'acct_2'", {}, strict)).toThrow('account_override');
    expect(plan('Customer', "AccountId = 'acct_1'", {}, strict).scan).toEqual({ '@account': 'acct_1' });
    expect(() => plan('Customer', "AccountId = 'nonsense'")).toThrow('acct_');
  });

  it('completes nested lists that the query reads', () => {
    expect(plan('Subscription', '', { columns: ['Id', 'Items'] }).scan).toEqual({ status: 'all', '@complete': ['items'] });
    expect(plan('Subscription', '', { columns: ['Id'] }).scan).toEqual({ status: 'all' });
  });

  it('uses Search only for connections that ask for it', () => {
    const searching = connector.parseConfig({ secretVersion: 's', search_pushdown: 'true' });
    expect(plan('Customer', "Name = 'a\"b' AND Metadata.tier = '1'", {}, searching)).toMatchObject({ scan: { '@search': 'name:"a\\"b" AND metadata["tier"]:"1"' } });
    expect(conjuncts(plan('Customer', "Name = 'a'", {}, searching).remaining)).toHaveLength(1);
    expect(plan('Customer', "Email = 'a@b.c' AND Name = 'x'", {}, searching).scan).toEqual({ email: 'a@b.c' });
    expect(plan('Customer', "Created > '5'", {}, searching).scan).toEqual({ 'created[gt]': 5 });
  });
});

describe('split', () => {
  it('cuts a range into ranges that have no gap and do not overlap', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 9 }), (from, length, parts) => {
      const whole = plan('Charge', `Created >= '${from}' AND Created < '${from + length + 1}'`);
      const ranges = connector.split?.(whole, parts) ?? [];
      const seconds = ranges.flatMap((part) => {
        const low = Number(part.scan['created[gte]'] ?? from);
        const high = Number(part.scan['created[lte]'] ?? from + length);
        return Array.from({ length: high - low + 1 }, (_, index) => low + index);
      });
      expect(seconds.toSorted((a, b) => a - b)).toEqual(Array.from({ length: length + 1 }, (_, index) => from + index));
      expect(ranges.length).toBe(parts === 1 ? 1 : Math.min(parts, length + 1));
    }));
  });

  it('leaves a plan without bounds whole', () => {
    expect(connector.split?.(plan('Charge', "Created > '5'"), 4)).toHaveLength(1);
  });
});
