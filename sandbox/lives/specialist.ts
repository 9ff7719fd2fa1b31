// The lives and verbs of Stripe's narrower products, gathered. Data only.
import type { Handler } from '../call.ts';
import type { Life } from '../generic.ts';
import { attachPayment } from './attached-payments.ts';
import { AUTHENTICATION_VERBS } from './authentication.ts';
import { BANK_LIVES, BANK_VERBS } from './bank-verification.ts';
import { migrate } from './billing-modes.ts';
import { submitProof } from './card-proofs.ts';
import { cashBalance, fundingInstructions } from './cash-balance.ts';
import { applyCustomerBalance, fundCashBalance } from './cash-funding.ts';
import { CONFIRMATION_TOKEN_VERBS } from './confirmation-tokens.ts';
import { CONNECTED_LIVES, CONNECTED_VERBS } from './connected-accounts.ts';
import { ISSUING_LIVES, ISSUING_VERBS } from './issuing.ts';
import { METERING_LIVES, METERING_VERBS } from './metering.ts';
import { MONEY_LIVES, MONEY_VERBS } from './money-management.ts';
import { PAYMENT_RECORD_VERBS } from './payment-records.ts';
import { reversePayout } from './payout-reversals.ts';
import { PREVIEW_VERBS } from './note-previews.ts';
import { REFERENCE_LISTS } from './reference-lists.ts';
import { REFUND_WORK_VERBS } from './refund-outcomes.ts';
import { REVIEW_VERBS } from './reviews.ts';
import { STATUS_VERBS } from './statuses.ts';
import { TAX_LIVES, TAX_VERBS } from './tax.ts';
import { TERMINAL_VERBS } from './terminal.ts';
import { TREASURY_LIVES, TREASURY_VERBS } from './treasury.ts';
import { validateDomain } from './wallet-domains.ts';

/** Lives by collection. */
export const SPECIALIST_LIVES: Readonly<Record<string, Life>> = {
  ...BANK_LIVES, ...CONNECTED_LIVES, ...ISSUING_LIVES, ...METERING_LIVES, ...MONEY_LIVES, ...TAX_LIVES, ...TREASURY_LIVES,
};

/** Verbs by method and path. */
export const SPECIALIST_VERBS: Readonly<Record<string, Handler>> = {
  ...STATUS_VERBS, ...AUTHENTICATION_VERBS, ...BANK_VERBS, ...CONFIRMATION_TOKEN_VERBS, ...CONNECTED_VERBS, ...ISSUING_VERBS, ...METERING_VERBS, ...MONEY_VERBS, ...PAYMENT_RECORD_VERBS, ...PREVIEW_VERBS, ...REFERENCE_LISTS, ...REFUND_WORK_VERBS, ...REVIEW_VERBS, ...TAX_VERBS, ...TERMINAL_VERBS,
  ...TREASURY_VERBS,
  'GET /v1/customers/{}/cash_balance': cashBalance,
  'POST /v1/customers/{}/cash_balance': cashBalance,
  'POST /v1/customers/{}/funding_instructions': fundingInstructions,
  'POST /v1/invoices/{}/attach_payment': attachPayment,
  'POST /v1/payment_intents/{}/apply_customer_balance': applyCustomerBalance,
  'POST /v1/payment_method_domains/{}/validate': validateDomain,
  'POST /v1/payouts/{}/reverse': reversePayout,
  'POST /v1/subscriptions/{}/migrate': migrate,
  'POST /v1/test_helpers/customers/{}/fund_cash_balance': fundCashBalance,
  'POST /v1/three_d_secure/authentications/{}/submit': submitProof,
};
