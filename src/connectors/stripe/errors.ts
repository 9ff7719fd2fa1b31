// Stripe's error replies → our status errors, by tables. Each error carries what a person needs to go on: Stripe's code, the
// column it means, its request id and its page of documentation; never a value of the request.
import type { Code } from '../../errors/codes.ts';
import type { Reason } from '../../errors/reasons.ts';
import { StatusError } from '../../errors/status-error.ts';
import type { OutboundResponse } from '../../spi/connector.ts';
import { columnOfParameter } from './spelling.ts';

/** The `error` of a reply, as far as we read it. */
export interface StripeFault {
  readonly status: number;
  readonly type?: string;
  readonly code?: string;
  readonly message?: string;
  readonly param?: string;
  readonly [key: string]: unknown;
}

export interface CallFacts {
  /** The call changes something: when it is not known whether it did, the error says so. */
  readonly write: boolean;
  readonly idempotencyKey?: string;
  /** An attempt before the one that was answered may have had its effect. */
  readonly outcomeBefore?: 'unknown';
  /** Stripe's names of parameters → the names that callers know them by, where those are not the columns'. */
  readonly names?: ReadonlyMap<string, string>;
}

type Verdict = readonly [Code, Reason];

const REUSED: Verdict = ['INVALID_ARGUMENT', 'IDEMPOTENCY_KEY_REUSED'];
const UNAUTHENTICATED: Verdict = ['FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED'];
const FORBIDDEN: Verdict = ['PERMISSION_DENIED', 'BACKEND_PERMISSION_DENIED'];
const IN_USE: Verdict = ['ABORTED', 'IDEMPOTENCY_KEY_IN_USE'];
const LOCKED: Verdict = ['ABORTED', 'LOCK_TIMEOUT'];
const LIMITED: Verdict = ['RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED'];
const EXISTS: Verdict = ['ALREADY_EXISTS', 'BACKEND_CONFLICT'];
const NOT_FOUND: Verdict = ['NOT_FOUND', 'ROW_NOT_FOUND'];
const DECLINED: Verdict = ['FAILED_PRECONDITION', 'CARD_DECLINED'];
const CUSTOMER_ACTION: Verdict = ['FAILED_PRECONDITION', 'AUTHENTICATION_REQUIRED'];
const STATE: Verdict = ['FAILED_PRECONDITION', 'BACKEND_STATE'];
const REJECTED: Verdict = ['INVALID_ARGUMENT', 'BACKEND_REJECTED'];
const NOT_SERVED: Verdict = ['UNIMPLEMENTED', 'NOT_SERVED'];
const UNAVAILABLE: Verdict = ['UNAVAILABLE', 'BACKEND_UNAVAILABLE'];
const UNEXPECTED: Verdict = ['UNKNOWN', 'BACKEND_UNEXPECTED'];

/** Codes that mean the same whatever the HTTP status. */
const BY_CODE: Readonly<Record<string, Verdict>> = {
  idempotency_error: REUSED,
  idempotency_key_in_use: IN_USE,
  api_key_expired: UNAUTHENTICATED,
  platform_api_key_expired: UNAUTHENTICATED,
  secret_key_required: UNAUTHENTICATED,
  more_permissions_required: FORBIDDEN,
  more_permissions_required_for_application: FORBIDDEN,
  lock_timeout: LOCKED,
  rate_limit: LIMITED,
  resource_already_exists: EXISTS,
  bank_account_exists: EXISTS,
  authentication_required: CUSTOMER_ACTION,
  payment_intent_action_required: CUSTOMER_ACTION,
  invoice_payment_intent_requires_action: CUSTOMER_ACTION,
};

/** Codes of objects, accounts or balances that are not in a state for what was asked. */
const STATE_CODES = new Set(
  `account_closed action_blocked approval_required application_fees_not_allowed balance_insufficient bank_account_restricted bank_account_unusable
  bank_account_unverified capability_not_active capture_charge_authorization_expired capture_unauthorized_payment
  charge_already_captured charge_already_refunded charge_disputed charge_expired_for_capture charge_not_refundable
  coupon_expired customer_max_payment_methods customer_max_subscriptions customer_session_expired expired_payment_method
  financial_account_capability_not_enabled financial_account_capability_restricted financial_connections_account_inactive
  financial_connections_account_pending_account_numbers financial_connections_account_unavailable_account_numbers
  financial_connections_no_successful_transaction_refresh forwarding_api_inactive instant_payouts_config_disabled
  instant_payouts_currency_disabled instant_payouts_limit_exceeded insufficient_funds intent_invalid_state
  invoice_already_paid invoice_no_customer_line_items invoice_no_payment_method_types invoice_no_subscription_line_items invoice_not_editable
  invoice_on_behalf_of_not_editable invoice_upcoming_none livemode_mismatch no_account not_allowed_on_standard_account
  out_of_inventory payment_intent_payment_attempt_expired payment_method_bank_account_already_verified
  payment_method_microdeposit_verification_attempts_exceeded payment_method_microdeposit_verification_timeout
  payment_method_restricted payment_method_unactivated payout_reconciliation_not_ready payouts_limit_exceeded payouts_not_allowed
  platform_account_required product_inactive refund_disputed_payment return_intent_already_processed
  setup_intent_setup_attempt_expired sku_inactive status_transition_invalid storer_capability_missing
  storer_capability_not_active stripe_tax_inactive terminal_reader_busy terminal_reader_hardware_fault terminal_reader_offline
  terminal_reader_timeout testmode_charges_only token_already_used token_in_use transfers_not_allowed`.split(/\s+/),
);

const BY_STATUS: Readonly<Record<number, Verdict>> = {
  401: UNAUTHENTICATED,
  402: STATE,
  403: FORBIDDEN,
  404: NOT_FOUND,
  409: IN_USE,
  424: ['UNAVAILABLE', 'EXTERNAL_DEPENDENCY'],
  429: LIMITED,
};

/** How long to wait after a 429: Stripe names no delay of its own. */
const RATE_DELAY_MS = 1_000;

/** The status error of a reply that is no success. */
export function errorOfReply(reply: OutboundResponse, facts: CallFacts): StatusError {
  return errorOfFault(readFault(reply), reply.headers, facts);
}

export function errorOfFault(fault: StripeFault, headers: Readonly<Record<string, string>>, facts: CallFacts): StatusError {
  const [code, reason] = verdict(fault);
  const column = fault.param === undefined ? undefined : (facts.names?.get(fault.param) ?? columnOfParameter(fault.param));
  const message = fault.message ?? `Stripe answered HTTP ${fault.status}`;
  const isUnsettled = facts.write && leavesOpen(fault.status, facts.outcomeBefore !== undefined);
  return new StatusError(code, reason, {
    message,
    ...(code === 'INVALID_ARGUMENT' && column !== undefined ? { violations: [{ field: column, description: message }] } : {}),
    ...(reason === 'BACKEND_RATE_LIMITED' ? { retryAfterMs: RATE_DELAY_MS } : {}),
    metadata: texts({
      requestId: headers['request-id'],
      httpStatus: String(fault.status),
      type: fault.type,
      code: fault.code,
      declineCode: fault['decline_code'],
      adviceCode: fault['advice_code'],
      networkDeclineCode: fault['network_decline_code'],
      networkAdviceCode: fault['network_advice_code'],
      charge: fault['charge'],
      param: column,
      docUrl: fault['doc_url'],
      requestLogUrl: fault['request_log_url'],
      rateLimitedReason: headers['stripe-rate-limited-reason'],
      ...(isUnsettled ? { outcome: 'unknown', idempotencyKey: facts.idempotencyKey } : {}),
    }),
  });
}

/** Whether a reply leaves it open if the write was done. What Stripe asks before it looks at the key says nothing of an attempt before. */
function leavesOpen(status: number, attemptedBefore: boolean): boolean {
  return (status >= 500 && status !== 501) || (attemptedBefore && [401, 403, 409, 429].includes(status));
}

function verdict({ status, type, code = '', param }: StripeFault): Verdict {
  if (status === 501) return NOT_SERVED;
  // A 500 is stored under its key and says nothing about the object, whatever its code.
  if (status >= 500) return UNAVAILABLE;
  if (code === 'resource_missing' && /^(starting_after|ending_before)$/.test(param ?? '')) return ['ABORTED', 'BACKEND_CONFLICT'];
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (type === 'idempotency_error') return status === 409 ? IN_USE : REUSED;
  if (type === 'card_error') return DECLINED;
  if (STATE_CODES.has(code) || code.endsWith('_unexpected_state')) return STATE;
  const byStatus = BY_STATUS[status];
  if (byStatus !== undefined) return byStatus;
  return status >= 400 ? REJECTED : UNEXPECTED;
}

export function readFault({ status, body }: OutboundResponse): StripeFault {
  const envelope = parseObject(body)?.['error'];
  if (typeof envelope === 'string') return { status, type: envelope };
  if (typeof envelope !== 'object' || envelope === null) return { status };
  return { ...pickTexts(envelope), status };
}

function pickTexts(envelope: object): Readonly<Record<string, string>> {
  return texts(Object.fromEntries(Object.entries(envelope)));
}

function texts(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) if (typeof value === 'string' && value !== '') kept[key] = value;
  return kept;
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.fromEntries(Object.entries(parsed)) : undefined;
  } catch {
    return undefined;
  }
}

/** Retrying, after the SDK's rules, and where the SDK leaves it to its caller: rate limits and lock time-outs. */
export function classifyReply(reply: OutboundResponse, write: boolean): 'done' | 'retry' | 'unknown' {
  const { status } = reply;
  // A decline is final, whatever the header says.
  if (status < 400 || status === 402) return 'done';
  const wish = reply.headers['stripe-should-retry'];
  if (wish === 'true') return 'retry';
  // What Stripe will not have repeated is settled, but for a fault of its own half-way through a write.
  if (wish === 'false') return status >= 500 && write ? 'unknown' : 'done';
  return status === 409 || status === 429 || (status >= 500 && status !== 501) ? 'retry' : 'done';
}
