// Where the rule of `stripe-names.ts` would say something clumsy or not what the specification says: names by hand.
// Keys are the SDK's paths, ids as `{}`; the generator fails on a key that fits nothing any more.

/** Entities by the path of their collection. */
export const ENTITY_NAMES: Readonly<Record<string, string>> = {
  // There is one for the key's owner, beside the collection of connected accounts.
  '/v1/account': 'CurrentAccount',
  '/v1/credit_notes/preview/lines': 'CreditNotePreviewLineItem',
  '/v1/credit_notes/{}/lines': 'CreditNoteLineItem',
  '/v1/invoices/{}/lines': 'InvoiceLineItem',
  '/v1/invoiceitems': 'InvoiceItem',
  // The SDK calls these by their own names, without what their path puts before.
  '/v1/reporting/report_runs': 'ReportRun',
  '/v1/reporting/report_types': 'ReportType',
  '/v1/sources/{}/source_transactions': 'SourceTransaction',
  // Its own entity, since what one creates here is read at another path.
  '/v1/test_helpers/confirmation_tokens': 'TestHelpersConfirmationToken',
};

/** Actions by HTTP method and path. The first two are names of the specification. */
export const ACTION_NAMES: Readonly<Record<string, string>> = {
  'POST /v1/payment_methods/{}/attach': 'AttachPaymentMethodToCustomer',
  'POST /v1/payment_methods/{}/detach': 'DetachPaymentMethodFromCustomer',
  'POST /v1/apps/secrets/delete': 'DeleteAppsSecretWhere',
  'POST /v1/customers/{}/sources/{}/verify': 'VerifyCustomerBankAccount',
  'POST /v1/invoices/{}/attach_payment': 'AttachPaymentToInvoice',
  'POST /v1/payment_intents/{}/apply_customer_balance': 'ApplyCustomerBalanceToPaymentIntent',
  'GET /v1/quotes/{}/pdf': 'DownloadQuotePdf',
  // The SDK names this method after the collection.
  'POST /v2/test_helpers/money_management/recipient_verifications': 'CreateV2MoneyManagementRecipientVerification',
  'POST /v1/terminal/readers/{}/set_reader_display': 'SetTerminalReaderDisplay',
};
