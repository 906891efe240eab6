// The tables as Kysely sees them. `migrations/schema.sql` is the truth; a test compares names and nullability with the catalogue.

import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Instant = Date
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>
/** jsonb: read as what it says, written as JSON text. */
type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null | undefined, string | null>

type Stamps = { created_at: Instant; updated_at: Instant }

export type Tables = {
  tenants: Stamps & {
    tenant_id: string
    name: string
    redirect_urls: string[]
    default_redirect_url: string | null
    preferred_providers: string[]
    reminder_days: Generated<number[]>
  }
  feed_positions: { tenant_id: string; last: Generated<bigint>; events_forgotten_through: Generated<bigint> }
  companies: Stamps & {
    tenant_id: string
    company_id: string
    name: string
    country: string
    organisation_number: string | null
    time_zone: string
    group_id: string | null
    account_policy: string
  }
  ledger_accounts: Stamps & {
    tenant_id: string
    company_id: string
    ledger_account_id: string
    name: string
    currency: string
    iban: string | null
    bban: string | null
    institution_id: string | null
    booked_through: string | null
    iban_changed_at: Instant
  }
  persons: Stamps & {
    tenant_id: string
    company_id: string
    person_id: string
    name: string
    email: string | null
    phone: string | null
  }
  events: {
    tenant_id: string
    position: bigint
    event_id: string
    type: string
    at: Instant
    company_id: string | null
    data: Json
  }
  webhook_endpoints: Stamps & {
    tenant_id: string
    endpoint_id: string
    url: string
    types: Generated<string[]>
    secret: Buffer
    former_secret: Buffer | null
    former_secret_until: Instant | null
    position: bigint
    failing_since: Instant | null
    failures: Generated<number>
    paused_until: Instant | null
    disabled_at: Instant | null
    disabled_reason: string | null
    attempted_at: Instant | null
    attempted_event_id: string | null
    attempt_outcome: string | null
    attempt_status: number | null
    delivered_at: Instant | null
    missed_before: Instant | null
  }
  webhook_deliveries: {
    tenant_id: string
    endpoint_id: string
    position: bigint
    next_attempt_at: Instant
    first_attempt_at: Instant | null
    attempts: Generated<number>
    given_up_at: Instant | null
  }
  idempotency_keys: {
    tenant_id: string
    key: string
    fingerprint: Buffer
    claim: string
    lease_until: Instant
    status: number | null
    answer: Buffer | null
    created_at: Instant
  }
  due_work: {
    tenant_id: string
    kind: string
    subject: string
    lane: Generated<string>
    due_at: Instant
    lease_until: Optional<Instant>
    fence: Generated<bigint>
    asked: Generated<bigint>
    attempts: Generated<number>
  }
  exchange_rates: { tenant_id: string; day: string; rates: Json; updated_at: Instant }
  institutions: {
    institution_id: string
    provider_id: string
    native_id: string
    name: string
    search: string
    sort_name: Generated<string>
    bic: string | null
    kind: string
    logo: string | null
    countries: string[]
    account_types: string[]
    psu_types: string[]
    max_history_days: number
    max_consent_days: number
    bank_codes: string[]
    approver_hint: string | null
    programme_id: string | null
    programme_name: string | null
    refreshed_at: Instant
    withdrawn_at: Instant | null
  }
  institution_pictures: {
    institution_id: string
    url: string
    asked_at: Instant
    picture: Buffer | null
    media_type: string | null
  }
  agreements: {
    tenant_id: string
    agreement_id: string
    company_id: string
    programme_id: string
    state: string
    since: Instant
    reasons: string[]
    redirect_url: string | null
    attempt_id: string
    asking: Buffer | null
    provider_ref: Buffer | null
    signing_url: Buffer | null
    link_ends_at: Instant | null
    former_refs: Generated<Buffer[]>
    created_at: Instant
  }
  agreement_steps: {
    tenant_id: string
    agreement_id: string
    number: number
    state: string
    reasons: string[]
    told: Buffer | null
    at: Instant
    recorded_at: Instant
  }
  consent_sessions: {
    tenant_id: string
    session_id: string
    company_id: string
    person_id: string | null
    institution_id: string | null
    status: string
    failure: string | null
    failure_text: string | null
    redirect_url: string
    language: string | null
    ledger_account_ids: string[]
    activate: OptionalJson
    page: string
    created_at: Instant
    expires_at: Instant
    opened_at: Instant | null
    redirected_at: Instant | null
    ended_at: Instant | null
    consent_id: string | null
    connection_ids: Generated<string[]>
    refused_accounts: ColumnType<unknown, string | undefined, string>
    provider_ref: Buffer | null
    link_hours: Generated<number>
    names_bank: Generated<boolean>
    unopened_at: Optional<Instant>
    last_failure: Optional<string>
  }
  session_lookups: { hash: Buffer; purpose: string; tenant_id: string; session_id: string; used_at: Optional<Instant> }
  consents: {
    tenant_id: string
    consent_id: string
    company_id: string
    person_id: string | null
    person_removed_at: Instant | null
    institution_id: string
    session_id: string
    provider_ref: Buffer
    valid_from: Instant
    expires_at: Instant
    reconfirm_by: Instant | null
    reconfirm_asked_at: Instant | null
    ended_at: Instant | null
    ended_by: string | null
    bank_access: string
    created_at: Instant
  }
  consent_reminders: {
    tenant_id: string
    consent_id: string
    about: string
    deadline: Instant
    days_before: number
    reminded_at: Instant
  }
  connections: {
    tenant_id: string
    connection_id: string
    company_id: string
    institution_id: string | null
    name: string
    type: string
    iban: string | null
    bban: string | null
    masked_pan: string | null
    stable_hash: string | null
    currency: string
    owner: string | null
    assignment: string
    ledger_account_id: string | null
    person_id: string | null
    expense_policy: string | null
    assigned_at: Instant
    ledger_account_had_iban: Generated<boolean>
    ledger_account_gone_at: Instant | null
    source_person_id: string | null
    source_fallback: Generated<boolean>
    source_chosen_at: Instant
    activated_at: Instant | null
    deactivated_at: Instant | null
    start_date: string | null
    first_sync: string | null
    first_activated_on: string | null
    removed_at: Instant | null
    status: string | null
    expires_at: Instant | null
    projection: OptionalJson
    created_at: Instant
  }
  connection_statuses: {
    tenant_id: string
    connection_id: string
    number: number
    status: string
    reason: string
    since: Instant
    recorded_at: Instant
  }
  consent_accounts: {
    tenant_id: string
    consent_id: string
    connection_id: string
    account_ref: Buffer
    covered_at: Instant
    superseded_at: Instant | null
  }
  sync_states: {
    tenant_id: string
    connection_id: string
    complete: Generated<string>
    excluded: Generated<string>
    open_gaps: Generated<string>
    unrecoverable_gaps: Generated<string>
    health: Json
    last_run_id: string | null
    distrusted_ids: Generated<string[]>
    reread: string | null
  }
  sync_runs: {
    tenant_id: string
    run_id: string
    connection_id: string
    company_id: string
    status: string
    trigger: string
    attended: Generated<boolean>
    psu: Buffer | null
    consent_id: string | null
    planned_on: string | null
    window_from: string | null
    window_to: string | null
    pages: Generated<number>
    next_page: Buffer | null
    spooled_at: Instant | null
    committed_through: string | null
    fetched: Generated<number>
    added: Generated<number>
    modified: Generated<number>
    removed: Generated<number>
    unchanged: Generated<number>
    suspect: Generated<number>
    proof: OptionalJson
    error_kind: string | null
    error_text: string | null
    retry_at: Instant | null
    queued_at: Instant
    started_at: Instant | null
    finished_at: Instant | null
  }
  sync_pages: { tenant_id: string; run_id: string; number: number; body: Buffer; received_at: Instant }
  bank_calls: {
    tenant_id: string
    connection_id: string
    resource: string
    called_at: Instant
    attended: boolean
    number: GeneratedAlways<bigint>
  }
  balances: {
    tenant_id: string
    connection_id: string
    type: string
    amount_minor: bigint
    currency: string
    reference_date: string | null
    as_of: Instant
  }
  closes: {
    tenant_id: string
    connection_id: string
    day: string
    type: string
    amount_minor: bigint
    currency: string
    recent_minor: bigint | null
  }
  bank_limits: {
    tenant_id: string
    connection_id: string
    resource: string
    remaining: number
    resets_at: Instant
    told_at: Instant
  }
  agreed_days: {
    tenant_id: string
    connection_id: string
    day: string
    digest: Buffer
  }
  transactions: {
    tenant_id: string
    transaction_id: string
    connection_id: string
    company_id: string
    booking_date: string
    value_date: string | null
    amount_minor: bigint
    currency: string
    counterparty_name: string | null
    counterparty_iban: string | null
    counterparty_bban: string | null
    remittance_information: string | null
    reference: string | null
    end_to_end_id: string | null
    bank_transaction_code: string | null
    exchange_minor: bigint | null
    exchange_currency: string | null
    exchange_rate: string | null
    balance_after_minor: bigint | null
    shown_balance_minor: bigint | null
    bank_transaction_id: string | null
    bank_entry_reference: string | null
    bank_internal_id: string | null
    fingerprint: string
    occurrence: number
    version: Generated<number>
    removed_at: Instant | null
    missing_runs: Generated<number>
    suspect: string | null
    already_booked: Generated<boolean>
    match_id: string | null
    match_status: string | null
    kept_assignment: OptionalJson
    run_id: string
    changed_at: Instant
    counted_on: string | null
  }
  transaction_versions: {
    tenant_id: string
    transaction_id: string
    version: number
    content: Json
    replaced_at: Instant
  }
  transaction_changes: {
    tenant_id: string
    last_position: bigint
    company_id: string
    type: string
    transaction_ids: string[]
    versions: number[]
    at: Instant
  }
  entries: Stamps & {
    tenant_id: string
    company_id: string
    entry_id: string
    kind: string
    amount_minor: bigint
    open_minor: bigint
    currency: string
    applied_match_ids: string[]
    issue_date: string | null
    due_date: string | null
    document_number: string | null
    reference: string | null
    counterparty_name: string | null
    counterparty_iban: string | null
    counterparty_id: string | null
    description: string | null
    end_to_end_id: string | null
    discount_percent: string | null
    discount_until: string | null
    ledger_account_id: string | null
    person_id: string | null
    from_ledger_account_id: string | null
    to_ledger_account_id: string | null
  }
  matches: {
    tenant_id: string
    match_id: string
    company_id: string
    status: string
    origin: string
    rank: number
    confidence: number
    difference_minor: bigint | null
    difference_kind: string | null
    reasons: Json
    runner_up: OptionalJson
    decided_by: string | null
    decided_at: Instant | null
    created_at: Instant
    attention: string | null
    superseded_by: string | null
  }
  match_links: {
    tenant_id: string
    match_id: string
    number: number
    transaction_id: string
    entry_id: string | null
    amount_minor: bigint
    currency: string
    entry_minor: bigint | null
    entry_currency: string | null
  }
  lessons: {
    tenant_id: string
    match_id: string
    number: number
    company_id: string
    habit_id: string
    transaction_id: string
    kind: string
    seen: string
    party: string
    party_id: string | null
    party_name: string | null
    is_not: boolean
    learned_at: Instant
  }
  matching_rules: { tenant_id: string; company_id: string; rules: Json; updated_at: Instant }
  matching_runs: {
    tenant_id: string
    run_id: string
    company_id: string
    status: string
    automatic: Generated<number>
    suggested: Generated<number>
    unmatched: Generated<number>
    error_text: string | null
    queued_at: Instant
    started_at: Instant | null
    finished_at: Instant | null
  }
  matching_states: {
    tenant_id: string
    company_id: string
    feed_position: bigint
    circumstances: bigint
    keys_version: number | null
    entry_count: number
    whole_entry_count: number
    common_keys: Generated<bigint[]>
    common_counts: Generated<number[]>
  }
  matching_marks: {
    tenant_id: string
    company_id: string
    number: GeneratedAlways<bigint>
    entry_ids: Generated<string[]>
    transaction_ids: Generated<string[]>
    is_judged: Generated<boolean>
    is_whole: Generated<boolean>
  }
  entry_keys: {
    tenant_id: string
    company_id: string
    key: bigint
    minor: bigint
    day: number
    entry_id: string
  }
  keyed_entries: {
    tenant_id: string
    company_id: string
    entry_id: string
    keys: bigint[]
    minors: bigint[]
    day: number
    meets: bigint[]
    words: bigint[]
    party: bigint | null
  }
  line_keys: {
    tenant_id: string
    company_id: string
    key: bigint
    minor: bigint
    day: number
    transaction_id: string
  }
  usage_counts: {
    tenant_id: string
    month: string
    company_id: string
    connection_id: string
    transactions: bigint
  }
  usage_groups: { tenant_id: string; company_id: string; month: string; group_id: string | null }
}
