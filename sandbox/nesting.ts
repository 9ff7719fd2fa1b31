// Which collections are shown inside the rows of others, and how the SDK's collections lie in the store. Data only.

/** A list inside a row: its first ten are shown, the rest have an endpoint of their own. */
export interface Nested {
  readonly property: string;
  readonly collection: string;
  /** The list's own address; `{}` is the row's id. */
  readonly url: string;
  /** Shown only when expanded. */
  readonly onExpand?: true;
  /** The field of the inner row that names the outer one, where rows do not lie under it. */
  readonly by?: string;
}

/** The nested lists of each collection's rows. */
export const NESTED: Readonly<Record<string, readonly Nested[]>> = {
  '/v1/accounts': [{ property: 'external_accounts', collection: '/v1/accounts/{}/external_accounts', url: '/v1/accounts/{}/external_accounts' }],
  '/v1/application_fees': [{ property: 'refunds', collection: '/v1/application_fees/{}/refunds', url: '/v1/application_fees/{}/refunds' }],
  '/v1/charges': [{ property: 'refunds', collection: '/v1/refunds', url: '/v1/charges/{}/refunds', by: 'charge', onExpand: true }],
  '/v1/checkout/sessions': [
    { property: 'line_items', collection: '/v1/checkout/sessions/{}/line_items', url: '/v1/checkout/sessions/{}/line_items', onExpand: true },
  ],
  '/v1/credit_notes': [{ property: 'lines', collection: '/v1/credit_notes/{}/lines', url: '/v1/credit_notes/{}/lines' }],
  '/v1/customers': [
    { property: 'sources', collection: '/v1/customers/{}/sources', url: '/v1/customers/{}/sources', onExpand: true },
    { property: 'subscriptions', collection: '/v1/subscriptions', url: '/v1/customers/{}/subscriptions', by: 'customer', onExpand: true },
    { property: 'tax_ids', collection: '/v1/tax_ids', url: '/v1/customers/{}/tax_ids', by: 'customer', onExpand: true },
  ],
  '/v1/files': [{ property: 'links', collection: '/v1/file_links', url: '/v1/file_links?file={}', by: 'file' }],
  '/v1/invoices': [
    { property: 'lines', collection: '/v1/invoices/{}/lines', url: '/v1/invoices/{}/lines' },
    { property: 'payments', collection: '/v1/invoice_payments', url: '/v1/invoice_payments?invoice={}', by: 'invoice', onExpand: true },
  ],
  '/v1/payment_links': [
    { property: 'line_items', collection: '/v1/payment_links/{}/line_items', url: '/v1/payment_links/{}/line_items', onExpand: true },
  ],
  '/v1/quotes': [{ property: 'line_items', collection: '/v1/quotes/{}/line_items', url: '/v1/quotes/{}/line_items', onExpand: true }],
  '/v1/radar/value_lists': [
    { property: 'list_items', collection: '/v1/radar/value_list_items', url: '/v1/radar/value_list_items?value_list={}', by: 'value_list' },
  ],
  '/v1/subscriptions': [{ property: 'items', collection: '/v1/subscription_items', url: '/v1/subscription_items?subscription={}' }],
  '/v1/tax/calculations': [
    { property: 'line_items', collection: '/v1/tax/calculations/{}/line_items', url: '/v1/tax/calculations/{}/line_items', onExpand: true },
  ],
  '/v1/tax/transactions': [
    { property: 'line_items', collection: '/v1/tax/transactions/{}/line_items', url: '/v1/tax/transactions/{}/line_items', onExpand: true },
  ],
  '/v1/transfers': [{ property: 'reversals', collection: '/v1/transfers/{}/reversals', url: '/v1/transfers/{}/reversals' }],
};

/** Collections whose rows keep the order they were given in, oldest first, as lines do. */
export const OLDEST_FIRST: ReadonlySet<string> = new Set(
  ['/v1/subscription_items', ...Object.values(NESTED).flat().map((one) => one.collection).filter((path) => path.endsWith('lines') || path.endsWith('line_items'))],
);

/** Where a row is shown besides its own place: the outer collection, and the field that names the outer row where it does not lie under it. */
export interface Outer {
  readonly collection: string;
  readonly by: string | undefined;
}

/** For rows that are always shown inside another: which. */
export const OUTER: ReadonlyMap<string, Outer> = new Map(
  Object.entries(NESTED).flatMap(([collection, lists]) => lists.filter((one) => one.onExpand !== true).map((one) => [one.collection, { collection, by: one.by }] as const)),
);

/** Paths that show the rows of another collection whose field names the parent. */
export const VIEWS: Readonly<Record<string, { readonly collection: string; readonly by: string }>> = {
  '/v1/charges/{}/refunds': { collection: '/v1/refunds', by: 'charge' },
  '/v1/customers/{}/payment_methods': { collection: '/v1/payment_methods', by: 'customer' },
  '/v1/customers/{}/subscriptions': { collection: '/v1/subscriptions', by: 'customer' },
  '/v1/customers/{}/tax_ids': { collection: '/v1/tax_ids', by: 'customer' },
};
