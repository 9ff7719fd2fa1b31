import { describe, expect, it } from 'vitest';
import type { FieldViolation } from '../../errors/status-error.ts';
import { StatusError } from '../../errors/status-error.ts';
import type { Row } from '../../spi/connector.ts';
import { bindingOf } from './bindings.ts';
import { parseConfig } from './config.ts';
import { encodeForm } from './form.ts';
import { readEntityPayload } from './payload.ts';

const CONFIG = parseConfig({ secretVersion: 's', account_override: true });

function read(entity: string, mode: 'CREATE' | 'UPDATE', given: Row, passthrough = false): ReturnType<typeof readEntityPayload> {
  const binding = bindingOf(entity);
  return readEntityPayload(binding, given, mode, (mode === 'CREATE' ? binding.row.create : binding.row.update)?.shape, CONFIG, passthrough);
}
function form(entity: string, mode: 'CREATE' | 'UPDATE', given: Row, passthrough = false): string {
  return decodeURIComponent(encodeForm(read(entity, mode, given, passthrough).parameters));
}
function faults(entity: string, mode: 'CREATE' | 'UPDATE', given: Row): readonly FieldViolation[] {
  try {
    read(entity, mode, given);
  } catch (error) {
    if (error instanceof StatusError) return error.violations;
    throw error;
  }
  return [];
}

describe('names of columns', () => {
  it.each([
    ['invoice_settings.default_payment_method'], ['InvoiceSettings.DefaultPaymentMethod'], ['InvoiceSettingsDefaultPaymentMethod'],
    ['invoicesettingsdefaultpaymentmethod'], ['InvoiceSettingsDefaultPaymentMethodId'],
  ])('%s', (key) => {
    expect(form('Customer', 'UPDATE', { [key]: 'pm_1' })).toBe('invoice_settings[default_payment_method]=pm_1');
  });

  it('resolves keys inside of JSON, which may be text', () => {
    const wanted = 'customer=cus_1&items[0][price]=price_1&items[0][price_data][unit_amount]=5';
    expect(form('Subscription', 'CREATE', { CustomerId: 'cus_1', Items: [{ Price: 'price_1', PriceDataUnitAmount: '5' }] })).toBe(wanted);
    expect(form('Subscription', 'CREATE', { Customer: 'cus_1', ItemsAggregate: '[{"price":"price_1","price_data":{"UnitAmount":5}}]' })).toBe(wanted);
    expect(form('Subscription', 'CREATE', { Customer: 'cus_1', Items: { Price: 'p' } })).toBe('customer=cus_1&items[0][price]=p');
  });

  it('keeps the keys of maps to the letter', () => {
    expect(form('Customer', 'CREATE', { 'Metadata.Order_Id': 1, 'metadata.a.b': true })).toBe('metadata[Order_Id]=1&metadata[a.b]=true');
    expect(form('Customer', 'CREATE', { MetadataAggregate: '{"x.y":"z"}' })).toBe('metadata[x.y]=z');
    expect(form('Price', 'CREATE', { Currency: 'usd', CurrencyOptions: { eur: { UnitAmount: 7 } } })).toBe('currency=usd&currency_options[eur][unit_amount]=7');
    expect(form('Price', 'CREATE', { Currency: 'usd', 'CurrencyOptions.eur.UnitAmount': 7 })).toBe('currency=usd&currency_options[eur][unit_amount]=7');
  });

  it('survives names that mean something to JavaScript', () => {
    const given: Row = JSON.parse('{"Metadata": {"__proto__": "x", "constructor": "y"}}');
    expect(form('Customer', 'CREATE', given)).toBe('metadata[__proto__]=x&metadata[constructor]=y');
    expect(faults('Customer', 'CREATE', JSON.parse('{"__proto__": 1, "toString": 2}'))).toHaveLength(2);
  });

  it('takes one parameter by two spellings only with one value', () => {
    expect(form('Customer', 'CREATE', { Name: 'a', name: 'a' })).toBe('name=a');
    expect(faults('Customer', 'CREATE', { Name: 'a', name: 'b' })).toEqual([{ field: 'name', description: 'Name is given twice with different values' }]);
    expect(form('Customer', 'CREATE', { Address: { City: 'x' }, AddressCountry: 'ID' })).toBe('address[city]=x&address[country]=ID');
    expect(faults('Customer', 'CREATE', { Address: { City: 'x' }, AddressCity: 'y' })).toHaveLength(1);
  });
});

describe('values', () => {
  const amount = (Amount: unknown): string => form('PaymentIntent', 'CREATE', { Currency: 'usd', Amount });

  it.each([[1500], [1500.0], ['1500'], ['1500.0'], [' 1500 ']])('takes %j for an amount', (value) => {
    expect(amount(value)).toBe('currency=usd&amount=1500');
  });

  it.each([[1500.5], ['1500.5'], ['15e2'], ['0x10'], [Number.NaN], [2 ** 53], ['9007199254740993'], [true], [{}], ['ten']])('refuses %j', (value) => {
    expect(faults('PaymentIntent', 'CREATE', { Currency: 'usd', Amount: value }).map(({ field }) => field)).toContain('Amount');
  });

  it('refuses an amount that may be of the large unit, with what to write instead', () => {
    const told = (Amount: string | number): string => faults('PaymentIntent', 'CREATE', { Currency: 'usd', Amount }).map(({ description }) => description).join();
    expect(told('15.00')).toBe('must be a whole number of the currency\'s smallest unit, not "15.00"; write 1500 if the currency has two decimals (usd), 15 if it has none (jpy)');
    expect(told(' 15.000 ')).toContain('write 15000 if');
    expect(told(1500.5)).toContain('not 1500.5; write 150050 if');
    expect(form('PaymentIntent', 'CREATE', { Currency: 'usd', Amount: '0.00' })).toContain('amount=0');
    // Deeper in a row, too; what counts no money stays a number, and what may be finer than the smallest unit keeps its digits.
    expect(faults('Subscription', 'CREATE', { Customer: 'cus_1', Items: [{ PriceDataUnitAmount: '5.00' }] }).map(({ field }) => field)).toEqual(['Items[0].PriceDataUnitAmount']);
    expect(form('Subscription', 'CREATE', { Customer: 'cus_1', Items: [{ Quantity: '5.00' }] })).toContain('[quantity]=5');
    expect(form('Price', 'CREATE', { Currency: 'usd', UnitAmountDecimal: '15.00' })).toContain('unit_amount_decimal=15.00');
  });

  it('keeps the digits of decimals', () => {
    expect(form('Price', 'CREATE', { Currency: 'usd', UnitAmountDecimal: '0.123456789012' })).toBe('currency=usd&unit_amount_decimal=0.123456789012');
    expect(faults('Price', 'CREATE', { Currency: 'usd', UnitAmountDecimal: '0.1234567890123' })).toHaveLength(1);
    expect(form('Coupon', 'CREATE', { PercentOff: 12.5, Duration: 'once' })).toBe('percent_off=12.5&duration=once');
  });

  it('reads times in every spelling, and refuses milliseconds', () => {
    const end = (TrialEnd: unknown): string => form('Subscription', 'UPDATE', { TrialEnd });
    expect([1767225600, '1767225600', '2026-01-01T00:00:00Z', '2026-01-01T07:00:00+07:00', '2026-01-01'].map(end)).toEqual(Array.from({ length: 5 }, () => 'trial_end=1767225600'));
    expect(end('now')).toBe('trial_end=now');
    expect(faults('Coupon', 'CREATE', { RedeemBy: 1767225600000 })[0]?.description).toContain('milliseconds');
    expect(faults('Coupon', 'CREATE', { RedeemBy: '2026-01-01T00:00:00.5Z' })).toHaveLength(1);
    expect(faults('Coupon', 'CREATE', { RedeemBy: 'tomorrow' })).toHaveLength(1);
  });

  it('reads booleans, leaves enums open, and gives unions their best reading', () => {
    expect(form('PaymentIntent', 'CREATE', { Amount: 1, Currency: 'usd', Confirm: 'TRUE', OffSession: 'recurring' })).toBe('amount=1&currency=usd&confirm=true&off_session=recurring');
    expect(form('PaymentIntent', 'CREATE', { Amount: 1, Currency: 'usd', OffSession: true, CaptureMethod: 'brand_new' })).toBe('amount=1&currency=usd&off_session=true&capture_method=brand_new');
    expect(faults('PaymentIntent', 'CREATE', { Amount: 1, Currency: 'usd', Confirm: 1 })).toHaveLength(1);
    expect(form('Plan', 'CREATE', { Currency: 'usd', Interval: 'month', Product: { Name: 'x' } })).toBe('currency=usd&interval=month&product[name]=x');
    expect(form('Plan', 'CREATE', { Currency: 'usd', Interval: 'month', Product: 'prod_1' })).toBe('currency=usd&interval=month&product=prod_1');
  });

  it('takes no card numbers', () => {
    expect(faults('PaymentMethod', 'CREATE', { Type: 'card', Card: { Number: '4242', ExpMonth: 1, ExpYear: 2030 } })[0]?.description).toContain('pm_card_visa');
    expect(faults('Token', 'CREATE', { CardNumber: '4242' })).toHaveLength(1);
  });

  it('takes files as base64', () => {
    expect(read('File', 'CREATE', { Purpose: 'dispute_evidence', File: 'aGVsbG8=' }).parameters['file']).toMatchObject({ bytes: Buffer.from('hello') });
    expect(faults('File', 'CREATE', { Purpose: 'dispute_evidence', File: '%%' })).toHaveLength(1);
  });
});

describe('clearing', () => {
  it('writes nothing behind "=" on Update where Stripe can clear', () => {
    expect(form('Customer', 'UPDATE', { Name: null, Phone: '', Shipping: null, PreferredLocales: ['id'] })).toBe('name=&phone=&shipping=&preferred_locales[0]=id');
    expect(form('Customer', 'UPDATE', { 'Metadata.a': null, Metadata: { b: '' } })).toBe('metadata[a]=&metadata[b]=');
    expect(form('Customer', 'UPDATE', { Metadata: {} })).toBe('metadata=');
    expect(form('Subscription', 'UPDATE', { Discounts: [] })).toBe('discounts=');
  });

  it('is refused where Stripe cannot', () => {
    expect(faults('Customer', 'UPDATE', { Balance: null, InvoiceSettings: {}, PreferredLocales: [] }).map(({ field }) => field)).toEqual(['Balance', 'InvoiceSettings', 'PreferredLocales']);
  });

  it('is nothing on Create', () => {
    expect(form('Customer', 'CREATE', { Name: null, Balance: null, Metadata: {}, Address: { City: null }, Email: 'a@b.c' })).toBe('email=a@b.c');
  });
});

describe('faults', () => {
  it('are all told at once, with what was probably meant', () => {
    expect(faults('PaymentIntent', 'CREATE', { Amuont: 5, Currency: 'usd', Created: 1, Confirm: 'maybe', AccountId: 'x', Id: 'pi_1' })).toEqual([
      { field: 'AccountId', description: 'must be the id of a Stripe account, acct_…' },
      { field: 'Amuont', description: 'there is no Amuont in PaymentIntent; did you mean Amount?' },
      { field: 'Created', description: 'cannot be written: Stripe sets it' },
      { field: 'Confirm', description: 'must be true or false, not "maybe"' },
      { field: 'Id', description: 'cannot be written: Stripe sets it' },
      { field: 'Amount', description: 'is required' },
    ]);
  });

  it('tell what can be written only once', () => {
    expect(faults('Price', 'UPDATE', { Currency: 'usd' })).toEqual([{ field: 'Currency', description: 'can be set only when the row is created' }]);
  });
});

describe('who a row belongs to', () => {
  it('is taken from the payload', () => {
    expect(read('CustomerTaxId', 'CREATE', { CustomerId: 'cus_1', Type: 'eu_vat', Value: 'DE1', AccountId: 'acct_2' })).toEqual({
      parents: ['cus_1'], account: 'acct_2', parameters: { type: 'eu_vat', value: 'DE1' },
    });
    expect(faults('CustomerTaxId', 'CREATE', { Type: 'eu_vat', Value: 'DE1' })).toEqual([{ field: 'Customer', description: 'is required: the id of the Customer' }]);
    expect(faults('CustomerTaxId', 'CREATE', { customer: 'cus_1', CustomerId: 'cus_2', Type: 'eu_vat', Value: 'DE1' })).toHaveLength(1);
    expect(faults('CustomerTaxId', 'CREATE', { customer: '../x', Type: 'eu_vat', Value: 'DE1' })).toHaveLength(1);
  });

  it('may be an account, which is then no account to act for', () => {
    expect(read('AccountPerson', 'CREATE', { AccountId: 'acct_1', FirstName: 'J' })).toMatchObject({ parents: ['acct_1'], account: undefined });
  });
});

describe('another API version', () => {
  it('lets unknown names through', () => {
    expect(form('Subscription', 'CREATE', { Customer: 'c', Coupon: 'x', PaymentSettings: { NewThing: 1 } }, true)).toBe('customer=c&coupon=x&payment_settings[new_thing]=1');
  });
});
