// What an export of a company consists of beside what the API shows: which tables are told column by column, and which are not told, and why. A test compares
// both with the catalogue, so that a new table has to be thought of.

/** A thing that has no shape of its own in the API. Its columns are told under their names, in camelCase. */
export type PlainPart = {
  readonly type: string
  readonly table: string
  /** What of the company it hangs on. */
  readonly of: 'company' | 'connection' | 'consent'
  /** What it is read in the order of, within its owner. */
  readonly order: readonly string[]
  readonly columns: readonly string[]
}

export const plainParts: readonly PlainPart[] = [
  {
    type: 'usage',
    table: 'usage_counts',
    of: 'company',
    order: ['month', 'connection_id'],
    columns: ['month', 'connection_id', 'transactions'],
  },
  { type: 'group', table: 'usage_groups', of: 'company', order: ['month'], columns: ['month', 'group_id'] },
  {
    type: 'consent_reminder',
    table: 'consent_reminders',
    of: 'consent',
    order: ['about', 'deadline'],
    columns: ['consent_id', 'about', 'deadline', 'days_before', 'reminded_at'],
  },
  {
    type: 'connection_status',
    table: 'connection_statuses',
    of: 'connection',
    order: ['number'],
    columns: ['connection_id', 'number', 'status', 'reason', 'since', 'recorded_at'],
  },
  {
    type: 'bank_close',
    table: 'closes',
    of: 'connection',
    order: ['day', 'type'],
    columns: ['connection_id', 'day', 'type', 'amount_minor', 'currency', 'recent_minor'],
  },
  {
    type: 'bank_call',
    table: 'bank_calls',
    of: 'connection',
    order: ['number'],
    columns: ['connection_id', 'number', 'resource', 'called_at', 'attended'],
  },
  {
    type: 'bank_limit',
    table: 'bank_limits',
    of: 'connection',
    order: ['resource'],
    columns: ['connection_id', 'resource', 'remaining', 'resets_at', 'told_at'],
  },
  {
    type: 'lesson',
    table: 'lessons',
    of: 'company',
    order: ['match_id', 'number'],
    columns: [
      'match_id',
      'number',
      'habit_id',
      'transaction_id',
      'kind',
      'seen',
      'party',
      'party_id',
      'party_name',
      'is_not',
      'learned_at',
    ],
  },
  {
    type: 'matching_run',
    table: 'matching_runs',
    of: 'company',
    order: ['run_id'],
    columns: [
      'run_id',
      'status',
      'automatic',
      'suggested',
      'unmatched',
      'error_text',
      'queued_at',
      'started_at',
      'finished_at',
    ],
  },
  {
    type: 'change',
    table: 'transaction_changes',
    of: 'company',
    order: ['last_position'],
    columns: ['last_position', 'type', 'transaction_ids', 'versions', 'at'],
  },
  {
    type: 'event',
    table: 'events',
    of: 'company',
    order: ['position'],
    columns: ['position', 'event_id', 'type', 'at', 'data'],
  },
]

/** Tables whose things the API shows: they are told as it shows them, or within what it shows. */
export const shownTables: Readonly<Record<string, string>> = {
  companies: 'company',
  ledger_accounts: 'ledger_account',
  persons: 'person',
  matching_rules: 'matching_rules',
  agreements: 'agreement',
  agreement_steps: 'agreement',
  consent_sessions: 'consent_session',
  consents: 'consent',
  consent_accounts: 'consent',
  connections: 'connection',
  sync_states: 'coverage',
  balances: 'balance',
  sync_runs: 'sync_run',
  transactions: 'transaction',
  transaction_versions: 'transaction',
  entries: 'entry',
  matches: 'match',
  match_links: 'match',
}

/** Tables of which nothing is told. */
export const withheldTables: Readonly<Record<string, string>> = {
  session_lookups: 'hashes of links and of callbacks',
  sync_pages: 'what the bank answered, byte for byte and sealed: it is told as the transactions that were read from it',
  agreed_days: 'digests by which a day need not be decided again',
  matching_states: 'how far matching has looked',
  matching_marks: 'what matching has still to look at',
  entry_keys: 'what entries and transactions are found by, made of them',
  keyed_entries: 'as entry_keys',
  line_keys: 'as entry_keys',
}
