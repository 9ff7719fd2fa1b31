// What the generated tables cannot know, as rows: the specification's exact names, the lists that hide rows by default, and
// the parameters whose meaning their name does not tell. A row that needs logic names a function of `special.ts`.
import type { ActionRow } from './table.ts';
import type { SpecialName } from './special.ts';

export interface EntityOverride {
  /** Names of CData's driver. */
  readonly aliases?: readonly string[];
  /** Sent on every list that does not fix the parameter itself, so that the list means every row. */
  readonly defaults?: Readonly<Record<string, string | boolean>>;
  /** Lists that hide rows whatever is sent: read once for each of these values. */
  readonly passes?: { readonly parameter: string; readonly values: readonly (string | boolean)[] };
  /** List parameter → the Stripe path of the column it filters, where their names differ. */
  readonly filters?: Readonly<Record<string, string>>;
  /** List parameter → the comparison it makes with that column, where it is not "=". */
  readonly comparisons?: Readonly<Record<string, '<' | '>'>>;
  /** List parameters that are not offered: they would change the order of the list, or what a column means. */
  readonly withheld?: readonly string[];
  /** List parameter → pseudo-column, where a column of the parameter's own name means something else. */
  readonly pseudo?: Readonly<Record<string, string>>;
  /** A pushed parameter that implies another: `{ 'owner.customer': ['owner.type', 'customer'] }`. */
  readonly implies?: Readonly<Record<string, readonly [parameter: string, value: string]>>;
  /** Parameters that Stripe takes only together with others. */
  readonly together?: Readonly<Record<string, readonly string[]>>;
  /** Parameters that a singleton's GET needs, where the filter does not fix them. */
  readonly getDefaults?: Readonly<Record<string, string>>;
  /** The id that a singleton is asked for is this parameter of its GET, which a list must fix; an account's id is the other. */
  readonly idParameter?: string;
  readonly accountParameter?: string;
  /** Its creation shows what nothing shows later, so it answers the whole row. */
  readonly showsOnCreate?: true;
  /** What no list of Stripe's shows: said in the description. */
  readonly hidden?: string;
}

export interface ActionOverride {
  /** Parameter → the specification's name of the input. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** In the text form: `Success` alone, or made by a function of `special.ts`. */
  readonly answer?: 'success' | SpecialName;
}

const CLOCKED = 'Rows of test clocks are listed only with TestClock = \'clock_…\'.';

export const ENTITY_OVERRIDES: Readonly<Record<string, EntityOverride>> = {
  AccountPerson: { aliases: ['Persons', 'Person'] },
  AccountExternalAccount: { aliases: ['BankAccounts', 'BankAccount'] },
  AppsSecret: { together: { 'scope.user': ['scope.type'] } },
  Balance: { aliases: ['AvailableBalance', 'PendingBalance'] },
  BillingAlert: { filters: { meter: 'usage_threshold.meter' } },
  BillingCreditGrant: { aliases: ['CreditGrants', 'CreditGrant'] },
  BillingCreditBalanceSummary: {
    idParameter: 'customer',
    accountParameter: 'customer_account',
    withheld: ['customer_account'],
    getDefaults: { 'filter.type': 'applicability_scope', 'filter.applicability_scope.price_type': 'metered' },
  },
  BillingMeter: { aliases: ['Meters', 'Meter'] },
  BillingMeterEventSummary: {
    pseudo: { start_time: 'RangeStart', end_time: 'RangeEnd' },
    aliases: ['MeterEventSummaries'],
  },
  CheckoutSession: { aliases: ['CheckoutSessions'] },
  CreditNotePreviewLineItem: { pseudo: { amount: 'PreviewAmount', metadata: 'PreviewMetadata' } },
  Customer: { hidden: CLOCKED },
  CustomerCashBalance: { aliases: ['CashBalance', 'CashBalances'] },
  CustomerCashBalanceTransaction: { aliases: ['CashBalanceTransactions', 'CashBalanceTransaction'] },
  CustomerSource: { aliases: ['Cards', 'Card'] },
  Event: { filters: { types: 'type' }, hidden: 'Stripe keeps events for 30 days.' },
  InvoiceItem: { filters: { created: 'date' } },
  Invoice: { filters: { subscription: 'parent.subscription_details.subscription' } },
  InvoicePayment: {
    implies: {
      'payment.payment_intent': ['payment.type', 'payment_intent'],
      'payment.payment_record': ['payment.type', 'payment_record'],
    },
    together: { 'payment.type': ['payment.payment_intent', 'payment.payment_record'] },
  },
  IssuingAuthorization: { aliases: ['Authorizations', 'Authorization'], filters: { card: 'card.id' } },
  IssuingCard: { filters: { cardholder: 'cardholder.id' } },
  IssuingCardholder: { aliases: ['Cardholders', 'Cardholder'] },
  IssuingTransaction: { aliases: ['Transactions', 'Transaction'] },
  PaymentMethod: { hidden: 'Without Customer = \'cus_…\' Stripe lists only payment methods that it may list without a customer.' },
  PaymentRecord: {
    filters: { created_after: 'created', created_before: 'created' },
    comparisons: { created_after: '>', created_before: '<' },
  },
  Price: {
    passes: { parameter: 'active', values: [true, false] },
    filters: { lookup_keys: 'lookup_key' },
    hidden: 'Inline prices are never listed; Get finds them.',
  },
  Product: { filters: { ids: 'id' } },
  PromotionCode: { filters: { coupon: 'promotion.coupon' } },
  Quote: { hidden: CLOCKED },
  RadarEarlyFraudWarning: { aliases: ['EarlyFraudWarning', 'EarlyFraudWarnings'] },
  RadarValueList: { aliases: ['ValueLists', 'ValueList'] },
  RadarValueListItem: { aliases: ['ValueListItems', 'ValueListItem'] },
  ReportRun: { aliases: ['Reports', 'Report'] },
  SetupIntent: { withheld: ['attach_to_self'] },
  Subscription: { defaults: { status: 'all' }, hidden: CLOCKED },
  SubscriptionSchedule: { hidden: CLOCKED },
  TaxId: {
    implies: {
      'owner.customer': ['owner.type', 'customer'],
      'owner.customer_account': ['owner.type', 'customer'],
      'owner.account': ['owner.type', 'account'],
    },
    together: { 'owner.type': ['owner.customer', 'owner.customer_account', 'owner.account'] },
    hidden: 'Without OwnerCustomer or OwnerAccount Stripe lists the tax ids of the account itself.',
  },
  TaxRegistration: { defaults: { status: 'all' } },
  Token: { aliases: ['CardTokens', 'BankAccountTokens'] },
  TreasuryTransaction: { withheld: ['order_by'] },
  TreasuryTransactionEntry: { withheld: ['order_by'] },
  V2CoreAccount: { passes: { parameter: 'closed', values: [false, true] }, withheld: ['applied_configurations'] },
  V2CoreEventDestination: { showsOnCreate: true },
  WebhookEndpoint: { showsOnCreate: true },
  V2MoneyManagementPayoutMethodsBankAccountSpec: { withheld: ['countries'] },
  V2MoneyManagementFinancialAccount: { filters: { statuses: 'status' } },
};

export const ACTION_OVERRIDES: Readonly<Record<string, ActionOverride>> = {
  AcceptQuote: { answer: 'invoiceOfQuote' },
  AttachPaymentMethodToCustomer: { inputs: { customer: 'CustomerId' }, required: ['customer'], answer: 'success' },
  CancelQuote: { answer: 'success' },
  DetachPaymentMethodFromCustomer: { answer: 'success' },
  FinalizeQuote: { answer: 'success' },
};

/** Calls of Stripe's that its SDK has no method for. */
export const ADDED_ACTIONS: readonly ActionRow[] = [
  {
    action: 'DownloadFile', api: 'v1', host: 'files', call: { method: 'GET', path: '/v1/files/{file}/contents' },
    slots: [{ slot: 'file', entity: 'File' }], binary: true,
  },
];
