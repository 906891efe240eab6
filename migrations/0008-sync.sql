-- What to fetch when: runs, their spooled pages, the days that are held, and the calls that were made.
create table sync_states (
  tenant_id text not null,
  connection_id uuid not null,
  -- The coverage ledger. A multirange cannot overlap itself, and the checks keep the four apart: no day is in two.
  complete datemultirange not null default '{}',
  excluded datemultirange not null default '{}',
  open_gaps datemultirange not null default '{}',
  unrecoverable_gaps datemultirange not null default '{}',
  health jsonb not null,
  last_run_id uuid,
  primary key (tenant_id, connection_id),
  foreign key (tenant_id, connection_id) references connections on delete cascade,
  check (not complete && open_gaps and not complete && unrecoverable_gaps and not complete && excluded),
  check (not open_gaps && unrecoverable_gaps and not open_gaps && excluded and not unrecoverable_gaps && excluded)
);
select protect_tenant_table('sync_states');

create table sync_runs (
  tenant_id text not null,
  run_id uuid not null,
  connection_id uuid not null,
  company_id text not null,
  status text not null check (status in ('queued', 'running', 'completed', 'failed')),
  trigger text not null check (trigger in ('schedule', 'api', 'retry')),
  attended boolean not null default false,
  -- The person's browser, encrypted, for as long as the run is not finished.
  psu bytea,
  consent_id uuid,
  -- What was planned, and on which local day of the company.
  planned_on date,
  window_from date,
  window_to date,
  -- How far the pages are spooled: the number of pages, and how to ask for the next (encrypted); complete once the last one is in.
  pages int not null default 0,
  next_page bytea,
  spooled_at timestamptz,
  -- Days up to here are committed to transactions.
  committed_through date,
  fetched int not null default 0,
  added int not null default 0,
  modified int not null default 0,
  removed int not null default 0,
  unchanged int not null default 0,
  suspect int not null default 0,
  proof jsonb,
  error_kind text,
  error_text text,
  retry_at timestamptz,
  queued_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, run_id),
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
create index sync_runs_connection on sync_runs (tenant_id, connection_id, run_id desc);
-- One run at a time: whoever asks while one is queued or running joins it.
create unique index sync_runs_unfinished on sync_runs (tenant_id, connection_id) where status in ('queued', 'running');
select protect_tenant_table('sync_runs');

create table sync_pages (
  tenant_id text not null,
  run_id uuid not null,
  number int not null,
  -- The bank's answer as it came, encrypted.
  body bytea not null,
  received_at timestamptz not null,
  primary key (tenant_id, run_id, number),
  foreign key (tenant_id, run_id) references sync_runs on delete cascade
);
select protect_tenant_table('sync_pages');

-- Each call that a bank counts, to stay within what it allows in any 24 hours.
create table bank_calls (
  tenant_id text not null,
  connection_id uuid not null,
  resource text not null check (resource in ('transactions', 'balances')),
  called_at timestamptz not null,
  attended boolean not null,
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
create index bank_calls_connection on bank_calls (tenant_id, connection_id, resource, called_at);
select protect_tenant_table('bank_calls');

create table balances (
  tenant_id text not null,
  connection_id uuid not null,
  type text not null,
  amount_minor bigint not null,
  currency text not null,
  reference_date date,
  as_of timestamptz not null,
  primary key (tenant_id, connection_id, type),
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
select protect_tenant_table('balances');

-- What stood in the account when a day was over: what later balances are proved against.
create table closes (
  tenant_id text not null,
  connection_id uuid not null,
  day date not null,
  type text not null,
  amount_minor bigint not null,
  currency text not null,
  primary key (tenant_id, connection_id, day, type),
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
select protect_tenant_table('closes');
