// What numbers and texts of Stripe mean, one example or two of each rule and the exceptions that were nearly got wrong.

import { expect, test } from 'vitest';
import { meaningOfDecimal, meaningOfNumber, meaningOfText } from './stripe-meanings.ts';

const number = (property: string, doc = '', shape = 'Charge') => meaningOfNumber({ shape, property, doc });
const text = (property: string, doc = '', shape = 'Charge') => meaningOfText({ shape, property, doc });

test.each(['created', 'canceled_at', 'due_date', 'period_start', 'current_period_end', 'trial_end', 'redeem_by', 'available_on', 'billed_until', 'next_payment_attempt'])(
  '%s is a point in time by its name', (property) => {
    expect(number(property)).toEqual({ type: 'timestamp' });
  });

test('a comment can make a point in time of a number too', () => {
  expect(number('eta', 'A unix timestamp of the delivery.')).toEqual({ type: 'timestamp' });
  expect(number('as_of', 'Measured in seconds since the Unix epoch.')).toEqual({ type: 'timestamp' });
  expect(number('last_seen_at', 'Measured in milliseconds since the Unix epoch.')).toEqual({ type: 'timestamp', format: 'unix-milliseconds' });
});

test.each(['divide_by', 'expires_after_days', 'days_until_due', 'exp_month', 'interval_count', 'quantity', 'delay_days', 'end_hour'])(
  '%s is a plain integer', (property) => {
    expect(number(property)).toEqual({ type: 'integer' });
  });

test.each(['percent_off', 'application_fee_percent', 'amount_percent', 'percentages', 'effective_percentage'])('%s is a fraction of a hundred', (property) => {
  expect(number(property)).toEqual({ type: 'number', format: 'percent' });
});

test('measures and rates of exchange are fractions', () => {
  expect(number('exchange_rate')).toEqual({ type: 'number' });
  expect(number('aggregated_value')).toEqual({ type: 'number' });
  expect(number('height', 'Height.', 'Product.PackageDimensions')).toEqual({ type: 'number' });
  expect(number('score', 'Returned with two decimal places.')).toEqual({ type: 'number' });
});

test.each([
  ['amount', '', 'Charge'], ['unit_amount', '', 'Price'], ['subtotal', '', 'Invoice'], ['ending_balance', '', 'Invoice'],
  ['tax', 'In the [smallest currency unit](https://example.com).', 'Cart'], ['maximum', '', 'Price.CustomUnitAmount'],
  ['card', '', 'Balance.Available.SourceTypes'], ['cash', '', 'Treasury.FinancialAccount.Balance'],
])('%s is an amount of money', (property, doc, shape) => {
  expect(number(property, doc, shape)).toEqual({ type: 'integer', format: 'minor-units' });
});

test('a count beside amounts is none', () => {
  expect(number('maximum', '', 'LineItem.AdjustableQuantity')).toEqual({ type: 'integer' });
});

test('decimals', () => {
  const decimal = (property: string) => meaningOfDecimal({ shape: 'Price', property, doc: '' });
  expect(decimal('unit_amount_decimal')).toEqual({ type: 'decimal', format: 'minor-units' });
  expect(decimal('quantity_decimal')).toEqual({ type: 'decimal' });
  expect(decimal('percent_ownership')).toEqual({ type: 'decimal', format: 'percent' });
  expect(decimal('fx_rate')).toEqual({ type: 'decimal' });
  expect(text('percentage_decimal')).toEqual({ type: 'decimal', format: 'percent' });
});

test('texts that mean more than their letters', () => {
  expect(text('currency')).toEqual({ type: 'string', format: 'currency' });
  expect(text('presentment_currency')).toEqual({ type: 'string', format: 'currency' });
  expect(text('address_country')).toEqual({ type: 'string', format: 'country' });
  expect(text('receipt_email')).toEqual({ type: 'string', format: 'email' });
  expect(text('hashed_account_email_address')).toEqual({ type: 'string' });
  expect(text('hosted_invoice_url')).toEqual({ type: 'string', format: 'url' });
  expect(text('image_data_url')).toEqual({ type: 'string' });
  expect(text('url_expires_at')).toEqual({ type: 'string' });
  expect(text('target_date', 'A string in YYYY-MM-DD format.')).toEqual({ type: 'string', format: 'date' });
});

test('v2 writes points in time as text, and hours of the day too', () => {
  expect(text('created', 'Time at which the object was created.', 'V2.Core.Account')).toEqual({ type: 'timestamp', format: 'date-time' });
  expect(text('start_time', 'In `HH:MM` format, a timestamp.', 'V2.Core.Account')).toEqual({ type: 'string' });
  expect(text('execute_on', 'The date, in YYYY-MM-DD format.', 'V2.MoneyManagement.PayoutIntent')).toEqual({ type: 'string', format: 'date' });
  expect(text('created', 'Time at which the object was created.', 'Account')).toEqual({ type: 'string' });
});
