import { describe, expect, it } from 'vitest';
import { faultOfId, fillPath, slotsOf, splitId } from './id.ts';
import { columnOfParameter, pascal, plural, snake, snakeOfPascal } from './spelling.ts';
import { tables } from './tables.ts';

describe('spellings', () => {
  it('go one way by rule', () => {
    expect(['invoice_settings', 'tax_reporting_us_1099_k', 'ssn_last_4', 'address_line1'].map(pascal)).toEqual(['InvoiceSettings', 'TaxReportingUs1099K', 'SsnLast4', 'AddressLine1']);
    expect(['Customer', 'TaxRegistry', 'BillingAddress', 'Tax'].map(plural)).toEqual(['Customers', 'TaxRegistries', 'BillingAddresses', 'Taxes']);
    expect(['CheckoutSession', 'V2CoreAccount', 'ThreeDSecureAuthentication'].map(snakeOfPascal)).toEqual(['checkout_session', 'v2_core_account', 'three_d_secure_authentication']);
    expect(['NewThing', 'already_so', 'Paid'].map(snake)).toEqual(['new_thing', 'already_so', 'paid']);
  });

  it('turn parameters into columns', () => {
    expect(['amount', 'items[0][price]', 'invoice_settings[default_payment_method]', 'items[1][price_data][unit_amount]'].map(columnOfParameter))
      .toEqual(['Amount', 'Items[0].Price', 'InvoiceSettingsDefaultPaymentMethod', 'Items[1].PriceDataUnitAmount']);
  });
});

describe('ids', () => {
  it('are split by the number of parents alone', () => {
    expect(splitId('cus_1/txi_2', 2)).toEqual(['cus_1', 'txi_2']);
    expect(splitId('cus_1', 2)).toHaveProperty('fault');
    expect(splitId('a/b', 1)).toHaveProperty('fault');
    expect(splitId('a//b', 3)).toHaveProperty('fault');
  });

  it('fill every path of the tables', () => {
    for (const { get, update, create } of tables().entities) {
      for (const call of [get, update, create]) if (call !== undefined) expect(fillPath(call.path, slotsOf(call.path).map(() => 'x/y'))).not.toMatch(/[{}]/);
    }
    expect(fillPath('/v1/a/{b}/c/{d}', ['x y', 'z'])).toBe('/v1/a/x%20y/c/z');
  });

  it('hold nothing that ends a path', () => {
    expect(['', '.', '..', 'a/b', 'a?b', 'a#b', 'a\u0000', 'x'.repeat(256), '\ud800'].map((id) => faultOfId(id) !== undefined)).toEqual(Array.from({ length: 9 }, () => true));
    expect(['cus_1', '50% off', 'price_1:2', 'ä'].map(faultOfId)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
