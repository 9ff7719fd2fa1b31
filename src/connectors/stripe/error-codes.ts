// What each of Stripe's error codes means to a caller: every code that the SDK knows, and some that only replies show, put where
// they belong on purpose. Data alone; `errors.ts` reads it, and docs/reference/stripe-errors.md is made from it.
import type { Code } from '../../errors/codes.ts';
import type { Reason } from '../../errors/reasons.ts';

export type Verdict = readonly [Code, Reason];

export const VERDICTS = {
  rejected: ['INVALID_ARGUMENT', 'BACKEND_REJECTED'],
  keyReused: ['INVALID_ARGUMENT', 'IDEMPOTENCY_KEY_REUSED'],
  state: ['FAILED_PRECONDITION', 'BACKEND_STATE'],
  declined: ['FAILED_PRECONDITION', 'CARD_DECLINED'],
  refused: ['FAILED_PRECONDITION', 'PAYMENT_DECLINED'],
  customerAction: ['FAILED_PRECONDITION', 'AUTHENTICATION_REQUIRED'],
  unauthenticated: ['FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED'],
  forbidden: ['PERMISSION_DENIED', 'BACKEND_PERMISSION_DENIED'],
  notFound: ['NOT_FOUND', 'ROW_NOT_FOUND'],
  exists: ['ALREADY_EXISTS', 'BACKEND_CONFLICT'],
  cursorLost: ['ABORTED', 'BACKEND_CONFLICT'],
  keyInUse: ['ABORTED', 'IDEMPOTENCY_KEY_IN_USE'],
  locked: ['ABORTED', 'LOCK_TIMEOUT'],
  limited: ['RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED'],
  dependency: ['UNAVAILABLE', 'EXTERNAL_DEPENDENCY'],
  unavailable: ['UNAVAILABLE', 'BACKEND_UNAVAILABLE'],
  notServed: ['UNIMPLEMENTED', 'NOT_SERVED'],
  unexpected: ['UNKNOWN', 'BACKEND_UNEXPECTED'],
} as const satisfies Record<string, Verdict>;

type VerdictName = keyof typeof VERDICTS;

const CODES_OF: Partial<Record<VerdictName, string>> = {
  // The request, or a value in it, is wrong: it must be changed before it can succeed.
  rejected: `account_country_invalid_address account_information_mismatch account_number_invalid account_token_required_for_v2_account
    amount_too_large amount_too_small balance_invalid_parameter bank_account_bad_routing_numbers charge_invalid_parameter
    clearing_code_unsupported country_code_invalid country_unsupported customer_tax_location_invalid dispute_evidence_page_limit_exceeded
    email_invalid financial_account_balance_does_not_support_currency financial_connections_consent_locale_invalid
    financial_connections_consent_locale_unsupported forwarding_api_invalid_parameter incorrect_address incorrect_number incorrect_postal_code
    incorrect_zip intent_verification_method_missing invalid_canceled_subscription_fields invalid_card_type invalid_characters
    invalid_charge_amount invalid_cvc invalid_expiry_month invalid_expiry_year invalid_mandate_reference_prefix_format invalid_number
    invalid_source_usage invalid_tax_location missing parameter_invalid_empty parameter_invalid_integer parameter_invalid_string_blank
    parameter_invalid_string_empty parameter_missing parameter_unknown parameters_exclusive payment_evaluation_on_api_version_not_supported
    payment_intent_incompatible_payment_method payment_intent_invalid_parameter payment_method_billing_details_address_missing
    payment_method_currency_mismatch payment_method_invalid_parameter payment_method_invalid_parameter_testmode
    payment_method_microdeposit_verification_amounts_invalid payment_method_microdeposit_verification_amounts_mismatch
    payment_method_microdeposit_verification_descriptor_code_mismatch payment_method_unsupported_type postal_code_invalid
    routing_number_invalid sepa_unsupported_account service_period_coupon_with_metered_tiered_item_unsupported setup_intent_invalid_parameter
    setup_intent_mobile_wallet_unsupported shipping_address_invalid siret_invalid state_unsupported
    subscription_update_trial_after_billing_cycle_anchor tax_id_invalid tax_id_prohibited terminal_location_country_unsupported
    terminal_reader_invalid_location_for_activation terminal_reader_invalid_location_for_payment three_d_secure_authentication_not_supported
    tls_version_unsupported token_card_network_invalid transfer_source_balance_parameters_mismatch url_invalid`,
  keyReused: 'idempotency_error',
  // An object, an account or a balance is not in a state for what was asked.
  state: `account_closed account_error_country_change_requires_additional_steps acss_debit_session_incomplete action_blocked
    alipay_upgrade_required application_fees_not_allowed approval_required balance_insufficient bank_account_restricted bank_account_unusable
    bank_account_unverified bank_account_verification_failed bitcoin_upgrade_required capability_not_active
    capture_charge_authorization_expired capture_unauthorized_payment cardholder_phone_number_required charge_already_captured
    charge_already_refunded charge_disputed charge_exceeds_source_limit charge_exceeds_transaction_limit charge_expired_for_capture
    charge_not_refundable coupon_expired customer_max_payment_methods customer_max_subscriptions customer_session_expired
    expired_payment_method financial_account_capability_not_enabled financial_account_capability_restricted
    financial_connections_account_inactive financial_connections_account_pending_account_numbers
    financial_connections_account_unavailable_account_numbers financial_connections_no_successful_transaction_refresh
    forwarding_api_inactive instant_payouts_config_disabled instant_payouts_currency_disabled instant_payouts_limit_exceeded
    instant_payouts_unsupported insufficient_funds intent_invalid_state invoice_already_paid invoice_no_customer_line_items
    invoice_no_payment_method_types invoice_no_subscription_line_items invoice_not_editable invoice_on_behalf_of_not_editable
    invoice_upcoming_none livemode_mismatch no_account not_allowed_on_standard_account out_of_inventory ownership_declaration_not_allowed
    payment_intent_payment_attempt_expired payment_intent_unexpected_state payment_method_bank_account_already_verified
    payment_method_configuration_failures payment_method_microdeposit_verification_attempts_exceeded
    payment_method_microdeposit_verification_timeout payment_method_not_available payment_method_restricted payment_method_unactivated
    payment_method_unexpected_state payout_reconciliation_not_ready payouts_limit_exceeded payouts_not_allowed platform_account_required
    product_inactive progressive_onboarding_limit_exceeded refund_disputed_payment return_intent_already_processed
    setup_intent_setup_attempt_expired setup_intent_unexpected_state sku_inactive smart_disputes_not_available status_transition_invalid
    storer_capability_missing storer_capability_not_active stripe_tax_inactive terminal_reader_busy terminal_reader_hardware_fault
    terminal_reader_offline terminal_reader_timeout testmode_charges_only token_already_used token_in_use transfers_not_allowed`,
  // The issuer of a card said no; the decline code tells why.
  declined: 'card_decline_rate_limit_exceeded card_declined expired_card incorrect_cvc',
  // A bank or a provider of another way to pay said no, or a check of the payment did.
  refused: `anomalous_money_movement_request authentication_failure bank_account_declined billing_invalid_mandate debit_not_authorized
    india_recurring_payment_mandate_canceled payment_intent_authentication_failure payment_intent_konbini_rejected_confirmation_number
    payment_intent_mandate_invalid payment_intent_payment_attempt_failed payment_method_bank_account_blocked payment_method_customer_decline
    payment_method_microdeposit_failed payment_method_provider_decline refer_to_customer request_blocked setup_attempt_failed
    setup_intent_authentication_failure setup_intent_mandate_invalid`,
  customerAction: 'authentication_required invoice_payment_intent_requires_action payment_intent_action_required',
  unauthenticated: 'api_key_expired platform_api_key_expired secret_key_required',
  forbidden: 'account_invalid more_permissions_required more_permissions_required_for_application',
  notFound: 'resource_missing',
  exists: 'bank_account_exists resource_already_exists',
  keyInUse: 'idempotency_key_in_use',
  locked: 'lock_timeout',
  limited: 'payment_intent_rate_limit_exceeded rate_limit',
  // Something that Stripe asked in turn did not answer.
  dependency: `failed_tax_calculation forwarding_api_retryable_upstream_error forwarding_api_upstream_connection_error
    forwarding_api_upstream_connection_timeout forwarding_api_upstream_error payment_method_microdeposit_processing_error
    payment_method_provider_timeout processing_error shipping_calculation_failed taxes_calculation_failed
    three_d_secure_authentication_upstream_error`,
};

const isVerdict = (name: string): name is VerdictName => Object.hasOwn(VERDICTS, name);

/** Stripe's code → what it means, whatever the HTTP status, in the order of the alphabet. */
export const VERDICT_OF_CODE: ReadonlyMap<string, Verdict> = new Map(
  Object.entries(CODES_OF)
    .flatMap(([name, codes]) => (isVerdict(name) ? codes.split(/\s+/).map((code): readonly [string, Verdict] => [code, VERDICTS[name]]) : []))
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

export const VERDICT_OF_STATUS: Readonly<Record<number, Verdict>> = {
  401: VERDICTS.unauthenticated,
  402: VERDICTS.state,
  403: VERDICTS.forbidden,
  404: VERDICTS.notFound,
  409: VERDICTS.keyInUse,
  424: VERDICTS.dependency,
  429: VERDICTS.limited,
};
