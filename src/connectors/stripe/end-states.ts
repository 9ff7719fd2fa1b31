// Where actions lead: by the status of an object that was to be acted on it can be told whether the action was done, where no
// event tells it. Data alone.

export interface EndStates {
  /** In these the action was done, by whomever. */
  readonly done: readonly string[];
  /** In these it was not. */
  readonly before: readonly string[];
}

const CANCELLED: EndStates = { done: ['canceled'], before: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture', 'processing', 'active', 'trialing', 'past_due', 'unpaid', 'paused', 'not_started', 'pending', 'draft', 'open'] };

export const END_STATES: Readonly<Record<string, EndStates>> = {
  ConfirmPaymentIntent: { done: ['succeeded', 'processing', 'requires_action', 'requires_capture'], before: ['requires_confirmation', 'requires_payment_method'] },
  CapturePaymentIntent: { done: ['succeeded'], before: ['requires_capture'] },
  CancelPaymentIntent: CANCELLED,
  ConfirmSetupIntent: { done: ['succeeded', 'processing', 'requires_action'], before: ['requires_confirmation', 'requires_payment_method'] },
  CancelSetupIntent: CANCELLED,
  FinalizeInvoice: { done: ['open', 'paid', 'void', 'uncollectible'], before: ['draft'] },
  PayInvoice: { done: ['paid'], before: ['draft', 'open', 'uncollectible'] },
  VoidInvoice: { done: ['void'], before: ['draft', 'open', 'uncollectible', 'paid'] },
  MarkInvoiceUncollectible: { done: ['uncollectible'], before: ['draft', 'open'] },
  FinalizeQuote: { done: ['open', 'accepted'], before: ['draft'] },
  AcceptQuote: { done: ['accepted'], before: ['draft', 'open'] },
  CancelQuote: CANCELLED,
  CancelSubscription: CANCELLED,
  CancelSubscriptionSchedule: CANCELLED,
  CancelPayout: CANCELLED,
  VoidCreditNote: { done: ['void'], before: ['issued'] },
  ExpireCheckoutSession: { done: ['expired'], before: ['open'] },
};

/** The event by which an object tells that what was tried with it failed, by Stripe's `object` name. */
export const FAILURE_EVENTS: Readonly<Record<string, string>> = {
  payment_intent: 'payment_intent.payment_failed',
  setup_intent: 'setup_intent.setup_failed',
  charge: 'charge.failed',
};
