-- Booked movements. Nothing is deleted but with its company: a changed row keeps its earlier versions, a withdrawn one stays as removed.
-- No foreign key to connections: rows come by the hundred thousand from a run that holds its connection.
create table transactions (
  tenant_id text not null,
  transaction_id uuid not null,
  connection_id uuid not null,
  company_id text not null,
  booking_date date not null,
  value_date date,
  amount_minor bigint not null,
  currency text not null,
  counterparty_name text,
  counterparty_iban text,
  counterparty_bban text,
  remittance_information text,
  reference text,
  end_to_end_id text,
  bank_transaction_code text,
  exchange_minor bigint,
  exchange_currency text,
  exchange_rate text,
  balance_after_minor bigint,
  -- What the bank called it, as evidence for identity; never shown.
  bank_transaction_id text,
  bank_entry_reference text,
  bank_internal_id text,
  -- What makes a movement this movement (transactions/model/fingerprint.ts), and which of several equal ones it is.
  fingerprint text not null,
  occurrence int not null,
  version int not null default 1,
  removed_at timestamptz,
  -- How many complete runs in a row did not show it.
  missing_runs int not null default 0,
  suspect text,
  already_booked boolean not null default false,
  -- A projection of the match that it is in, for lists: the matching slice sets it.
  match_id uuid,
  match_status text check (match_status in ('suggested', 'confirmed')),
  -- Where it belongs in the books, when its connection was assigned elsewhere later and this was to stay.
  kept_assignment jsonb,
  -- The run whose raw answer this version was read from.
  run_id uuid not null,
  changed_at timestamptz not null,
  primary key (tenant_id, transaction_id),
  check ((match_id is null) = (match_status is null))
);
-- Exactly once, as the last word; and the index by which a connection's days are read.
create unique index transactions_identity on transactions (tenant_id, connection_id, booking_date, fingerprint, occurrence);
select protect_tenant_table('transactions');

create table transaction_versions (
  tenant_id text not null,
  transaction_id uuid not null,
  version int not null,
  -- The transaction as it was in that version, as the API showed it.
  content jsonb not null,
  replaced_at timestamptz not null,
  primary key (tenant_id, transaction_id, version),
  foreign key (tenant_id, transaction_id) references transactions on delete cascade
);
select protect_tenant_table('transaction_versions', 'select, insert, delete');

create table transaction_changes (
  tenant_id text not null,
  position bigint not null,
  company_id text not null,
  transaction_id uuid not null,
  version int not null,
  type text not null check (type in ('added', 'modified', 'removed')),
  at timestamptz not null,
  primary key (tenant_id, position)
);
create index transaction_changes_company on transaction_changes (tenant_id, company_id, position);
select protect_tenant_table('transaction_changes', 'select, insert, delete');
