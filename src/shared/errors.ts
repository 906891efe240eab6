// Refusals: what we expect to say no to. Their codes are part of the contract and never change their meaning.

export const errorCodes = [
  'invalid_request',
  'invalid_json',
  'unsupported_media_type',
  'body_too_large',
  'request_timeout',
  'unauthenticated',
  'insufficient_scope',
  'not_found',
  'method_not_allowed',
  'not_acceptable',
  'invalid_cursor',
  'cursor_expired',
  'company_not_found',
  'company_has_live_consents',
  'ledger_account_not_found',
  'ledger_account_in_use',
  'iban_taken',
  'person_not_found',
  'institution_not_found',
  'session_not_found',
  'session_ended',
  'redirect_url_not_registered',
  'redirect_url_missing',
  'agreement_required',
  'agreement_not_needed',
  'agreement_conflict',
  'consent_not_found',
  'reconfirmation_not_needed',
  'connection_not_found',
  'connection_not_activated',
  'connection_not_usable',
  'connection_ignored',
  'assignment_conflict',
  'start_date_in_future',
  'sync_run_not_found',
  'transaction_not_found',
  'entry_not_found',
  'entry_amount_conflict',
  'match_not_found',
  'match_not_decidable',
  'match_does_not_add_up',
  'match_overspends',
  'matching_run_not_found',
  'habit_not_found',
  'exchange_rates_not_found',
  'event_not_found',
  'too_many_events',
  'webhook_endpoint_not_found',
  'webhook_endpoint_disabled',
  'webhook_url_not_allowed',
  'too_many_webhook_endpoints',
  'idempotency_key_in_flight',
  'idempotency_key_reused',
  'lease_lost',
  'bank_unavailable',
  'bank_refused',
  'rate_limited',
  'too_many_requests',
  'unavailable',
  'internal_error',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export type FieldError = { readonly path: string; readonly message: string }

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly errors: readonly FieldError[]
  /** When asking again may help. */
  readonly retryAt: Date | undefined

  /** `message` is for the caller: what was wrong and what to do, without personal data or internals. */
  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly errors?: readonly FieldError[]; readonly retryAt?: Date } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.errors = options.errors ?? []
    this.retryAt = options.retryAt
  }
}
