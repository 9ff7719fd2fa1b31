// Every endpoint and what does it: the generic operations with each collection's life, and verbs where a life has them.
import type { Handler } from '../call.ts';
import { notDone } from '../errors.ts';
import { create, remove, retrieve, singleton, update } from '../generic.ts';
import type { Life } from '../generic.ts';
import { list, listV2 } from '../list.ts';
import { search } from '../search.ts';
import type { Collection, Endpoint, Shape } from '../sdk.ts';
import { COLLECTIONS, ENDPOINTS } from '../sdk.ts';
import { accountLife, balance, fileLife, fileLinkLife, ownAccount } from './account.ts';
import { feeRefundLife } from './application-fees.ts';
import { couponLife, planLife, priceLife, productLife, promotionCodeLife, taxRateLife } from './catalog.ts';
import { checkoutLife, expireVerb, paymentLinkLife } from './checkout.ts';
import { COMPLETIONS } from './completions.ts';
import { creditNoteLife, voidVerb as voidNote } from './credit-notes.ts';
import { balanceTransactionLife, createSource, customerLife, taxIdLife, tokenLife } from './customers.ts';
import { closeVerb, disputeLife } from './disputes.ts';
import { invoiceItemLife, linesVerb, updateLine } from './invoice-lines.ts';
import * as captures from './intent-captures.ts';
import { followIntent, payVerb } from './invoice-payment.ts';
import { finalizeVerb, invoiceLife, sendVerb, uncollectibleVerb, voidVerb } from './invoices.ts';
import * as intents from './payment-intents.ts';
import { attachVerb, detachVerb, paymentMethodLife } from './payment-methods.ts';
import { ISSUING_ENDPOINTS } from './issuing.ts';
import * as meters from './meter-stream.ts';
import { PAGE_ENDPOINTS, confirmPage, showPage } from './payment-pages.ts';
import { previewVerb } from './previews.ts';
import { cancelPending, payoutLife, topupLife } from './payouts.ts';
import * as quotes from './quotes.ts';
import { cancelRefund, captureVerb, chargeLife, refundLife } from './refunds.ts';
import * as schedules from './schedules.ts';
import * as setups from './setup-intents.ts';
import { reportRunLife } from './reports.ts';
import { SPECIALIST_LIVES, SPECIALIST_VERBS } from './specialist.ts';
import * as pauses from './pauses.ts';
import * as subscriptions from './subscriptions.ts';
import { advanceVerb, testClockLife } from './test-clocks.ts';
import { createEventDestination, createWebhookEndpoint, eventDestinationLife, webhookEndpointLife } from './webhook-endpoints.ts';
import { reversalLife, transferLife } from './transfers.ts';

const LIVES: Readonly<Record<string, Life>> = {
  ...COMPLETIONS,
  ...SPECIALIST_LIVES,
  '/v1/accounts': accountLife,
  '/v1/application_fees/{}/refunds': feeRefundLife,
  '/v1/charges': chargeLife,
  '/v1/checkout/sessions': checkoutLife,
  '/v1/coupons': couponLife,
  '/v1/credit_notes': creditNoteLife,
  '/v1/customers': { ...customerLife, deleted: subscriptions.endSubscriptionsOf },
  '/v1/customers/{}/balance_transactions': balanceTransactionLife,
  '/v1/customers/{}/tax_ids': taxIdLife,
  '/v1/disputes': disputeLife,
  '/v1/file_links': fileLinkLife,
  '/v1/files': fileLife,
  '/v1/invoiceitems': invoiceItemLife,
  '/v1/invoices': invoiceLife,
  '/v1/payment_intents': intents.paymentIntentLife,
  '/v1/payment_links': paymentLinkLife,
  '/v1/payment_methods': paymentMethodLife,
  '/v1/payouts': payoutLife,
  '/v1/plans': planLife,
  '/v1/prices': priceLife,
  '/v1/products': productLife,
  '/v1/promotion_codes': promotionCodeLife,
  '/v1/quotes': quotes.quoteLife,
  '/v1/refunds': refundLife,
  '/v1/reporting/report_runs': reportRunLife,
  '/v1/setup_intents': setups.setupIntentLife,
  '/v1/subscription_items': subscriptions.subscriptionItemLife,
  '/v1/subscription_schedules': schedules.scheduleLife,
  '/v1/subscriptions': subscriptions.subscriptionLife,
  '/v1/tax_ids': taxIdLife,
  '/v1/tax_rates': taxRateLife,
  '/v1/tokens': tokenLife,
  '/v1/test_helpers/test_clocks': testClockLife,
  '/v1/topups': topupLife,
  '/v1/transfers': transferLife,
  '/v1/transfers/{}/reversals': reversalLife,
  '/v1/webhook_endpoints': webhookEndpointLife,
  '/v2/core/event_destinations': eventDestinationLife,
};

/** A payment intent that is an invoice's takes the invoice along. */
function withInvoice(handler: Handler): Handler {
  return (call) => {
    const answer = handler(call);
    const intent = call.transaction.edit(intents.INTENTS, call.ids[0] ?? '');
    if (intent !== undefined) followIntent(call, intent);
    return answer;
  };
}

const VERBS: Readonly<Record<string, Handler>> = {
  ...SPECIALIST_VERBS,
  'DELETE /v1/customers/{}/discount': subscriptions.removeDiscount('/v1/customers'),
  'DELETE /v1/subscriptions/{}': subscriptions.cancelVerb,
  'DELETE /v1/subscriptions/{}/discount': subscriptions.removeDiscount('/v1/subscriptions'),
  'GET /v1/account': ownAccount,
  'GET /v1/accounts/{}': ownAccount,
  'GET /v1/balance': balance,
  'GET /v1/payment_pages/{}': showPage,
  'GET /v1/quotes/{}/pdf': quotes.pdfVerb,
  'POST /v1/charges/{}/capture': captureVerb,
  'POST /v1/checkout/sessions/{}/expire': expireVerb,
  'POST /v1/credit_notes/{}/void': voidNote,
  'POST /v1/customers/{}/sources': createSource,
  'POST /v1/disputes/{}/close': closeVerb,
  'POST /v1/invoices/create_preview': previewVerb,
  'POST /v1/invoices/{}/add_lines': linesVerb('add'),
  'POST /v1/invoices/{}/finalize': finalizeVerb,
  'POST /v1/invoices/{}/lines/{}': updateLine,
  'POST /v1/invoices/{}/mark_uncollectible': uncollectibleVerb,
  'POST /v1/invoices/{}/pay': payVerb,
  'POST /v1/invoices/{}/remove_lines': linesVerb('remove'),
  'POST /v1/invoices/{}/send': sendVerb,
  'POST /v1/invoices/{}/update_lines': linesVerb('update'),
  'POST /v1/invoices/{}/void': voidVerb,
  'POST /v1/payment_intents/{}/cancel': intents.cancelVerb,
  'POST /v1/payment_intents/{}/capture': withInvoice(captures.captureVerb),
  'POST /v1/payment_intents/{}/confirm': withInvoice(intents.confirmVerb),
  'POST /v1/payment_intents/{}/increment_authorization': captures.incrementVerb,
  'POST /v1/payment_pages/{}/confirm': confirmPage,
  'POST /v1/payment_methods/{}/attach': attachVerb,
  'POST /v1/payment_methods/{}/detach': detachVerb,
  'POST /v1/payouts/{}/cancel': cancelPending('/v1/payouts', 'payout'),
  'POST /v1/quotes/{}/accept': quotes.acceptVerb,
  'POST /v1/quotes/{}/cancel': quotes.cancelVerb,
  'POST /v1/quotes/{}/finalize': quotes.finalizeVerb,
  'POST /v1/refunds/{}/cancel': cancelRefund,
  'POST /v1/setup_intents/{}/cancel': setups.cancelVerb,
  'POST /v1/setup_intents/{}/confirm': setups.confirmVerb,
  'POST /v1/subscription_schedules/{}/cancel': schedules.cancelVerb,
  'POST /v1/subscription_schedules/{}/release': schedules.releaseVerb,
  'POST /v1/subscriptions/{}/pause': pauses.pauseVerb,
  'POST /v1/subscriptions/{}/resume': pauses.resumeVerb,
  'POST /v1/topups/{}/cancel': cancelPending('/v1/topups', 'topup'),
  'POST /v1/test_helpers/test_clocks/{}/advance': advanceVerb,
  'POST /v2/billing/meter_event_session': meters.openSession,
  'POST /v2/billing/meter_event_stream': meters.takeStream,
  'POST /v1/webhook_endpoints': createWebhookEndpoint,
  'POST /v2/core/event_destinations': createEventDestination,
};

/** Lists that nested lists point to and the SDK has no method for: path, what it lists, and whose filters it takes. */
const EXTRA_LISTS = [['/v1/charges/{}/refunds', '/v1/refunds'], ['/v1/customers/{}/subscriptions', '/v1/subscriptions']] as const;

const extras: readonly Endpoint[] = EXTRA_LISTS.flatMap(([path, like]): Endpoint[] => {
  const model = COLLECTIONS.get(like)?.operations.get('list');
  const params: Shape = model?.params ?? new Map();
  return model === undefined ? [] : [{ ...model, path, collection: path, params }];
});

/** The endpoints that requests are matched with. */
export const ROUTES: readonly Endpoint[] = [...ENDPOINTS, ...extras, ...PAGE_ENDPOINTS, ...ISSUING_ENDPOINTS];

const isDone = (endpoint: Endpoint): boolean => endpoint.kind !== 'verb';

/** What the sandbox does not do: verbs without a life. */
export const NOT_DONE: readonly string[] = ENDPOINTS.filter((one) => !isDone(one)).map((one) => `${one.method} ${one.path}`).filter((name) => VERBS[name] === undefined);

function handlerOf(endpoint: Endpoint): Handler {
  const own = VERBS[`${endpoint.method} ${endpoint.path}`];
  if (own !== undefined) return own;
  if (endpoint.kind === 'list' && isDone(endpoint)) return endpoint.path.startsWith('/v2/') ? listV2 : list;
  const collection = COLLECTIONS.get(endpoint.collection);
  if (collection === undefined || !isDone(endpoint)) {
    return () => {
      throw notDone(`${endpoint.method} ${endpoint.path}`);
    };
  }
  return usual(endpoint, collection, LIVES[endpoint.collection] ?? {});
}

function usual(endpoint: Endpoint, collection: Collection, life: Life): Handler {
  if (collection.singleton && endpoint.path === collection.path && endpoint.kind !== 'create') return (call) => singleton(call, collection, life);
  switch (endpoint.kind) {
    case 'create': return (call) => create(call, collection, life);
    case 'retrieve': return (call) => retrieve(call, collection);
    case 'update': return (call) => update(call, collection, life);
    case 'delete': return (call) => remove(call, collection, life);
    case 'search': return search;
    case 'list':
    case 'verb': throw new Error(`${endpoint.path} has no usual operation`);
  }
}

/** What does each endpoint, by method and path. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map(ROUTES.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, handlerOf(endpoint)]));
