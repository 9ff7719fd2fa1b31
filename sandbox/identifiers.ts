// Ids as Stripe writes them: a prefix that tells the kind, then random letters and digits. Prefixes are hints, never a promise.

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The prefix of each object's ids. */
const PREFIXES: Readonly<Record<string, string>> = {
  account: 'acct', account_link: 'acctlink', apple_pay_domain: 'apwc', application_fee: 'fee', 'apps.install': 'appinst', 'apps.secret': 'appsecret',
  balance_transaction: 'txn', bank_account: 'ba', 'billing.alert': 'alrt', 'billing.credit_balance_transaction': 'cbtxn', 'billing.credit_grant': 'credgr',
  'billing.feedback_option': 'bfo', 'billing.meter': 'mtr', 'billing.meter_event_summary': 'mtrusg', 'billing_portal.configuration': 'bpc',
  'billing_portal.session': 'bps', card: 'card', charge: 'ch', 'checkout.session': 'cs', 'climate.order': 'climorder', confirmation_token: 'ctoken',
  credit_note: 'cn', credit_note_line_item: 'cnli', customer: 'cus', customer_balance_transaction: 'cbtxn',
  customer_cash_balance_transaction: 'ccsbtxn', discount: 'di', dispute: 'du', 'entitlements.active_entitlement': 'ent', 'entitlements.feature': 'feat',
  ephemeral_key: 'ephkey', event: 'evt', fee_refund: 'fr', file: 'file', file_link: 'link', 'financial_connections.account': 'fca',
  'financial_connections.session': 'fcsess', 'forwarding.request': 'fwdreq', 'identity.verification_session': 'vs', invoice: 'in',
  invoice_payment: 'inpay', invoiceitem: 'ii', invoice_rendering_template: 'inrtem', 'issuing.authorization': 'iauth', 'issuing.card': 'ic',
  'issuing.cardholder': 'ich', 'issuing.dispute': 'idp', 'issuing.personalization_design': 'pcd', 'issuing.transaction': 'ipi', item: 'li',
  line_item: 'il', mandate: 'mandate', payment_intent: 'pi', payment_link: 'plink', payment_method: 'pm', payment_method_configuration: 'pmc',
  payment_method_domain: 'pmd', payout: 'po', person: 'person', plan: 'plan', price: 'price', product: 'prod', product_feature: 'prodft',
  'product_catalog.trial_offer': 'toff', promotion_code: 'promo', quote: 'qt', 'radar.value_list': 'rsl', 'radar.value_list_item': 'rsli',
  'radar.payment_evaluation': 'peval', refund: 're', 'reporting.report_run': 'frr', review: 'prv', setup_attempt: 'setatt', setup_intent: 'seti',
  shipping_rate: 'shr', source: 'src', subscription: 'sub', subscription_item: 'si', subscription_schedule: 'sub_sched',
  'tax.calculation': 'taxcalc', 'tax.calculation_line_item': 'tax_li', 'tax.location': 'taxloc', 'tax.registration': 'taxreg',
  'tax.transaction': 'tax', tax_id: 'txi', tax_rate: 'txr', 'terminal.configuration': 'tmc', 'terminal.location': 'tml', 'terminal.reader': 'tmr',
  'test_helpers.test_clock': 'clock', 'three_d_secure.authentication': 'tdsa', token: 'tok', topup: 'tu', transfer: 'tr', transfer_reversal: 'trr',
  payment_record: 'pr', payment_attempt_record: 'par', 'radar.early_fraud_warning': 'issfr', 'treasury.transaction': 'trxn', 'treasury.transaction_entry': 'trxne', 'treasury.received_credit': 'rc',
  'treasury.received_debit': 'rd', 'treasury.credit_reversal': 'credrev', 'treasury.debit_reversal': 'debrev', 'treasury.financial_account': 'fa', 'treasury.inbound_transfer': 'ibt',
  'treasury.outbound_payment': 'obp', 'treasury.outbound_transfer': 'obt', webhook_endpoint: 'we', 'v2.core.event_destination': 'ed',
  'v2.core.account': 'acct', 'v2.core.account_person': 'person', 'v2.core.vault.us_bank_account': 'usba', 'v2.core.vault.gb_bank_account': 'gbba',
};

/** Objects whose ids carry the account's digits, and so are longer. */
const SHORT = new Set(['customer', 'product', 'quote', 'subscription_item', 'ephemeral_key']);

/** Random letters and digits. */
export function randomLetters(length: number): string {
  let letters = '';
  for (let at = 0; at < length; at += 1) letters += LETTERS[Math.trunc(Math.random() * 62)] ?? '0';
  return letters;
}

/** A new id for a row of this object. */
export function newId(object: string, livemode: boolean): string {
  const prefix = PREFIXES[object] ?? (object.slice(object.lastIndexOf('.') + 1).replaceAll('_', '').slice(0, 12) || 'obj');
  if (object === 'coupon') return randomLetters(8);
  if (object === 'checkout.session') return `cs_${livemode ? 'live' : 'test'}_a1${randomLetters(56)}`;
  if (object.startsWith('v2.')) return `${prefix}_${livemode ? 'live' : 'test'}_${randomLetters(26)}`;
  const threes = object === 'payment_intent' || object === 'charge' || object === 'refund' || object === 'balance_transaction';
  return SHORT.has(object) ? `${prefix}_${randomLetters(14)}` : `${prefix}_${threes ? '3' : '1'}${randomLetters(23)}`;
}
