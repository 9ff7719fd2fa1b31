// Stripe's published test cards and test payment methods, and what each does. Data, and the reading of their names.

/** What happens when a card is used. */
export type Behaviour =
  | { readonly kind: 'works' }
  | { readonly kind: 'declines'; readonly code: string; readonly decline?: string; readonly message: string; readonly onAttach: boolean; readonly risk?: 'highest' }
  | { readonly kind: 'authenticates'; readonly when: 'always' | 'unless set up' | 'on session' | 'asked'; readonly after?: string }
  | { readonly kind: 'refund fails' }
  | { readonly kind: 'refund waits' }
  | { readonly kind: 'disputes'; readonly reason: string; readonly inquiry: boolean; readonly times?: number; readonly enhanced?: string }
  | { readonly kind: 'warns' }
  | { readonly kind: 'elevated' }
  | { readonly kind: 'checks'; readonly failed: readonly string[]; readonly result: 'fail' | 'unavailable' }
  | { readonly kind: 'waits forever' }
  | { readonly kind: 'bypasses pending' };

/** A card as its data looks from outside. */
export interface TestCard {
  readonly brand: string;
  readonly last4: string;
  readonly country: string;
  readonly funding: string;
  readonly behaviour: string;
}

const declines = (code: string, decline: string | undefined, message: string, onAttach = true): Behaviour =>
  ({ kind: 'declines', code, ...(decline === undefined ? {} : { decline }), message, onAttach });

const DECLINED = 'Your card was declined.';

/** The behaviours, by Stripe's name for each. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  works: { kind: 'works' },
  chargeDeclined: declines('card_declined', 'generic_decline', DECLINED),
  chargeDeclinedInsufficientFunds: declines('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  chargeDeclinedLostCard: declines('card_declined', 'lost_card', DECLINED),
  chargeDeclinedStolenCard: declines('card_declined', 'stolen_card', DECLINED),
  chargeDeclinedExpiredCard: declines('expired_card', undefined, 'Your card has expired.'),
  chargeDeclinedIncorrectCvc: declines('incorrect_cvc', undefined, "Your card's security code is incorrect."),
  chargeDeclinedProcessingError: declines('processing_error', undefined, 'An error occurred while processing your card. Try again in a little bit.'),
  chargeDeclinedVelocityLimitExceeded: declines('card_declined', 'card_velocity_exceeded', 'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.'),
  chargeDeclinedFraudulent: { kind: 'declines', code: 'card_declined', decline: 'fraudulent', message: DECLINED, onAttach: true, risk: 'highest' },
  chargeCustomerFail: declines('card_declined', 'generic_decline', DECLINED, false),
  authenticationRequired: { kind: 'authenticates', when: 'always' },
  authenticationRequiredOnSetup: { kind: 'authenticates', when: 'unless set up' },
  authenticationRequiredChargeDeclinedInsufficientFunds: { kind: 'authenticates', when: 'always', after: 'chargeDeclinedInsufficientFunds' },
  threeDSecure2Required: { kind: 'authenticates', when: 'always' },
  threeDSecureRequired: { kind: 'authenticates', when: 'always' },
  threeDSecureRequiredChargeDeclined: { kind: 'authenticates', when: 'always', after: 'chargeDeclined' },
  threeDSecureOptional: { kind: 'authenticates', when: 'asked' },
  threeDSecureOptionalProcessingError: { kind: 'authenticates', when: 'asked', after: 'chargeDeclinedProcessingError' },
  threeDSecureRequiredProcessingError: { kind: 'authenticates', when: 'always', after: 'chargeDeclinedProcessingError' },
  threeDSecureNotSupported: { kind: 'works' },
  authenticationRequiredSetupForOffSession: { kind: 'authenticates', when: 'on session' },
  radarBlock: { kind: 'declines', code: 'card_declined', decline: 'fraudulent', message: DECLINED, onAttach: false, risk: 'highest' },
  riskLevelHighest: { kind: 'declines', code: 'card_declined', decline: 'fraudulent', message: DECLINED, onAttach: false, risk: 'highest' },
  riskLevelElevated: { kind: 'elevated' },
  cvcCheckFail: { kind: 'checks', failed: ['cvc_check'], result: 'fail' },
  avsFail: { kind: 'checks', failed: ['address_line1_check', 'address_postal_code_check'], result: 'fail' },
  avsLine1Fail: { kind: 'checks', failed: ['address_line1_check'], result: 'fail' },
  avsZipFail: { kind: 'checks', failed: ['address_postal_code_check'], result: 'fail' },
  avsUnchecked: { kind: 'checks', failed: ['address_line1_check', 'address_postal_code_check'], result: 'unavailable' },
  refundFail: { kind: 'refund fails' },
  pendingRefund: { kind: 'refund waits' },
  createDispute: { kind: 'disputes', reason: 'fraudulent', inquiry: false },
  createDisputeProductNotReceived: { kind: 'disputes', reason: 'product_not_received', inquiry: false },
  createDisputeInquiry: { kind: 'disputes', reason: 'fraudulent', inquiry: true },
  createMultipleDisputes: { kind: 'disputes', reason: 'fraudulent', inquiry: false, times: 2 },
  createCe3EligibleDispute: { kind: 'disputes', reason: 'fraudulent', inquiry: false, enhanced: 'visa_compelling_evidence_3' },
  createComplianceDispute: { kind: 'disputes', reason: 'noncompliant', inquiry: false, enhanced: 'visa_compliance' },
  createMastercardComplianceDispute: { kind: 'disputes', reason: 'noncompliant', inquiry: false, enhanced: 'mastercard_compliance' },
  createIssuerFraudRecord: { kind: 'warns' },
  bypassPending: { kind: 'bypasses pending' },
  bypassPendingInternational: { kind: 'bypasses pending' },
  domesticPricing: { kind: 'bypasses pending' },
  debitFails: declines('payment_intent_payment_attempt_failed', undefined, 'The payment failed.', false),
  accountClosed: declines('account_closed', undefined, 'The account has been closed.', false),
  debitNotAuthorized: declines('debit_not_authorized', undefined, 'The debit was not authorized by the owner of the account.', false),
  invalidCurrency: declines('invalid_currency', undefined, 'The account cannot be debited in this currency.', false),
  noAccount: declines('no_account', undefined, 'The account could not be located.', false),
  debitDisputed: { kind: 'disputes', reason: 'bank_cannot_process', inquiry: false },
  debitWaits: { kind: 'waits forever' },
  accountLacksFunds: declines('insufficient_funds', undefined, 'The account has insufficient funds to cover this payment.', false),
};

/** Full numbers with a behaviour of their own. */
const NUMBERS: Readonly<Record<string, string>> = {
  '4000000000000002': 'chargeDeclined',
  '4000000000009995': 'chargeDeclinedInsufficientFunds',
  '4000000000009987': 'chargeDeclinedLostCard',
  '4000000000009979': 'chargeDeclinedStolenCard',
  '4000000000000069': 'chargeDeclinedExpiredCard',
  '4000000000000127': 'chargeDeclinedIncorrectCvc',
  '4000000000000119': 'chargeDeclinedProcessingError',
  '4000000000006975': 'chargeDeclinedVelocityLimitExceeded',
  '4100000000000019': 'chargeDeclinedFraudulent',
  '4000000000000341': 'chargeCustomerFail',
  '4000002500003155': 'authenticationRequiredOnSetup',
  '4000002760003184': 'authenticationRequired',
  '4000008260003178': 'authenticationRequiredChargeDeclinedInsufficientFunds',
  '4000000000003220': 'threeDSecure2Required',
  '4000000000003063': 'threeDSecureRequired',
  '4000008400001629': 'threeDSecureRequiredChargeDeclined',
  '4000000000003055': 'threeDSecureOptional',
  '4000000000005126': 'refundFail',
  '4000000000000259': 'createDispute',
  '4000000000002685': 'createDisputeProductNotReceived',
  '4000000000001976': 'createDisputeInquiry',
  '4000000000000077': 'bypassPending',
  '4000003720000278': 'bypassPendingInternational',
  '4000000000004954': 'riskLevelHighest',
  '4000000000009235': 'riskLevelElevated',
  '4000000000000101': 'cvcCheckFail',
  '4000000000000036': 'avsZipFail',
  '4000000000000028': 'avsLine1Fail',
  '4000000000000010': 'avsFail',
  '4000000000000044': 'avsUnchecked',
  '4000000000007726': 'pendingRefund',
  '4000000000005423': 'createIssuerFraudRecord',
  '4000000404000079': 'createMultipleDisputes',
  '4000000404000038': 'createCe3EligibleDispute',
  '4000008400000779': 'createComplianceDispute',
  '5105008400000002': 'createMastercardComplianceDispute',
  '4000003800000446': 'authenticationRequiredSetupForOffSession',
  '4000008400001280': 'threeDSecureRequiredProcessingError',
  '4000000000003097': 'threeDSecureOptionalProcessingError',
};

/** Bank accounts whose debits fail after some days, by IBAN or account number. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  AT861904300235473202: 'debitFails', DE62370400440532013001: 'debitFails', FR8420041010050500013M02607: 'debitFails', IT60X0542811101000000123456: 'debitFails',
  '000111111113': 'accountClosed', '000111111116': 'noAccount', '000222222227': 'accountLacksFunds', '000333333335': 'debitNotAuthorized', '000444444440': 'invalidCurrency',
  '000555555559': 'debitDisputed', '000000000009': 'debitWaits',
};

/** What becomes of debits from a bank account. */
export function behaviourOfAccount(account: string): string {
  return ACCOUNTS[account.replaceAll(' ', '')] ?? 'works';
}

const BRANDS: Readonly<Record<string, readonly [brand: string, last4: string, funding: string]>> = {
  visa: ['visa', '4242', 'credit'], visa_debit: ['visa', '5556', 'debit'], mastercard: ['mastercard', '4444', 'credit'],
  mastercard_debit: ['mastercard', '3222', 'debit'], mastercard_prepaid: ['mastercard', '5100', 'prepaid'], amex: ['amex', '8431', 'credit'],
  visa_cartesBancaires: ['visa', '1001', 'credit'], mastercard_cartesBancaires: ['mastercard', '1003', 'credit'], visa_debit_eftposAuCoBranded: ['visa', '0022', 'debit'],
  mastercard_debit_eftposAuCoBranded: ['mastercard', '0021', 'debit'], discover: ['discover', '1117', 'credit'], diners: ['diners', '0004', 'credit'], jcb: ['jcb', '0505', 'credit'], unionpay: ['unionpay', '0005', 'credit'],
};

/** Test names of bank accounts, and what each does. */
const BANK_TOKENS: Readonly<Record<string, string>> = {
  pm_usBankAccount_success: 'works', pm_usBankAccount_accountClosed: 'accountClosed', pm_usBankAccount_noAccount: 'noAccount', pm_usBankAccount_insufficientFunds: 'accountLacksFunds',
  pm_usBankAccount_debitNotAuthorized: 'debitNotAuthorized', pm_usBankAccount_invalidCurrency: 'invalidCurrency', pm_usBankAccount_processing: 'debitWaits', pm_usBankAccount_dispute: 'debitDisputed',
};

/** What the bank account does that a test name stands for; undefined if it is none. */
export function bankOfToken(token: string): string | undefined {
  return Object.hasOwn(BANK_TOKENS, token) ? BANK_TOKENS[token] : undefined;
}

const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^4/, 'visa'], [/^(5[1-5]|2[2-7])/, 'mastercard'], [/^3[47]/, 'amex'], [/^(6011|65|64[4-9])/, 'discover'],
  [/^3(0[0-5]|[689])/, 'diners'], [/^35/, 'jcb'], [/^62/, 'unionpay'],
];

/** The card that a test token names: `pm_card_mastercard`, `tok_visa_chargeDeclined`, `pm_card_de`; undefined if none does. */
export function cardOfToken(token: string): TestCard | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(token)?.[1];
  if (name === undefined) return undefined;
  const branded = Object.hasOwn(BRANDS, name) ? BRANDS[name] : undefined;
  if (branded !== undefined) return { brand: branded[0], last4: branded[1], country: 'US', funding: branded[2], behaviour: 'works' };
  const behaviour = !Object.hasOwn(BEHAVIOURS, name) ? name.slice(name.indexOf('_') + 1) : name;
  const brand = behaviour === name ? 'visa' : name.slice(0, name.indexOf('_'));
  if (Object.hasOwn(BEHAVIOURS, behaviour) && behaviour !== 'works' && BRANDS[brand] !== undefined) {
    const number = Object.entries(NUMBERS).find(([, one]) => one === behaviour)?.[0] ?? '4242';
    return { brand: BRANDS[brand][0], last4: number.slice(-4), country: 'US', funding: 'credit', behaviour };
  }
  const [, country = '', kind = ''] = /^([a-z]{2})(?:_(debit|credit|mastercard))?$/.exec(name) ?? [];
  if (country === '') return undefined;
  return { brand: kind === 'mastercard' ? 'mastercard' : 'visa', last4: '4242', country: country.toUpperCase(), funding: kind === 'debit' ? 'debit' : 'credit', behaviour: 'works' };
}

/** The card that a number is; undefined if it is none. */
export function cardOfNumber(raw: string): TestCard | undefined {
  const number = raw.replaceAll(/[ -]/g, '');
  const brand = PREFIXES.find(([pattern]) => pattern.test(number))?.[1];
  if (!/^\d{12,19}$/.test(number) || brand === undefined || !luhn(number)) return undefined;
  const behaviour = NUMBERS[number] ?? 'works';
  const debit = number === '4000056655665556' || number === '5200828282828210';
  return { brand, last4: number.slice(-4), country: 'US', funding: debit ? 'debit' : 'credit', behaviour };
}

function luhn(number: string): boolean {
  const digits = number.split('').toReversed().map(Number);
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
}
