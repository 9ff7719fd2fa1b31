// The rule that names entities and actions, apart from the exceptions.

import { expect, test } from 'vitest';
import { nameAction, nameEntity, singular } from './stripe-names.ts';

test.each([
  ['/v1/customers', 'Customer'], ['/v1/billing/meters/{}/event_summaries', 'BillingMeterEventSummary'],
  ['/v1/financial_connections/accounts/{}/owners', 'FinancialConnectionsAccountOwner'], ['/v1/entitlements/features', 'EntitlementsFeature'],
  ['/v1/test_helpers/test_clocks', 'TestClock'], ['/v2/core/accounts/{}/persons', 'V2CoreAccountPerson'],
])('%s is %s', (path, name) => {
  expect(nameEntity(path, false)).toBe(name);
});

test('a singleton keeps its number', () => {
  expect(nameEntity('/v1/treasury/financial_accounts/{}/features', true)).toBe('TreasuryFinancialAccountFeatures');
});

test('an action is a verb, an entity and the rest', () => {
  const name = (path: string, method: string, entity: string, rest: readonly string[]) => nameAction({ http: 'POST', path, method, entity, rest });
  expect(name('/v1/a/{}/mark_uncollectible', 'markUncollectible', 'Invoice', ['mark_uncollectible'])).toBe('MarkInvoiceUncollectible');
  expect(name('/v1/a/{}/finalize', 'finalizeInvoice', 'Invoice', ['finalize'])).toBe('FinalizeInvoice');
  expect(name('/v1/a/{}/login_links', 'createLoginLink', 'Account', ['login_links'])).toBe('CreateAccountLoginLink');
  expect(name('/v1/a/{}/shipping/fail', 'failCard', 'IssuingCard', ['shipping', 'fail'])).toBe('FailIssuingCardShipping');
  expect(name('/v1/a/{}', 'cancel', 'Subscription', [])).toBe('CancelSubscription');
});

test.each([['companies', 'company'], ['financial_addresses', 'financial_address'], ['taxes', 'tax'], ['prices', 'price'], ['balance_settings', 'balance_setting'], ['express', 'express']])(
  'one of %s is %s', (many, one) => {
    expect(singular(many)).toBe(one);
  });
