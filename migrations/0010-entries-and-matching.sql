-- The books' side, and what belongs together.
create table entries (
  tenant_id text not null,
  company_id text not null,
  entry_id text not null,
  kind text not null,
  amount_minor bigint not null,
  open_minor bigint not null,
  currency text not null,
  applied_match_ids uuid[] not null default '{}',
  issue_date date,
  due_date date,
  document_number text,
  reference text,
  counterparty_name text,
  counterparty_iban text,
  counterparty_id text,
  description text,
  end_to_end_id text,
  discount_percent text,
  discount_until date,
  ledger_account_id text,
  person_id text,
  from_ledger_account_id text,
  to_ledger_account_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, company_id, entry_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
create index entries_open on entries (tenant_id, company_id, entry_id) where open_minor <> 0;
select protect_tenant_table('entries');

create table matches (
  tenant_id text not null,
  match_id uuid not null,
  company_id text not null,
  status text not null check (status in ('suggested', 'confirmed', 'rejected', 'superseded', 'undone')),
  origin text not null check (origin in ('automatic', 'manual')),
  rank int not null,
  confidence double precision not null check (confidence between 0 and 1),
  difference_minor bigint,
  difference_kind text check (difference_kind in ('fee', 'discount', 'fx', 'rounding', 'overpayment')),
  reasons jsonb not null,
  runner_up jsonb,
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, match_id),
  foreign key (tenant_id, company_id) references companies on delete cascade,
  check ((difference_minor is null) = (difference_kind is null))
);
create index matches_company on matches (tenant_id, company_id, match_id desc);
select protect_tenant_table('matches');

create table match_links (
  tenant_id text not null,
  match_id uuid not null,
  number int not null,
  transaction_id uuid not null,
  entry_id text,
  amount_minor bigint not null,
  primary key (tenant_id, match_id, number),
  foreign key (tenant_id, match_id) references matches on delete cascade,
  foreign key (tenant_id, transaction_id) references transactions on delete cascade
);
create index match_links_transaction on match_links (tenant_id, transaction_id);
create index match_links_entry on match_links (tenant_id, entry_id) where entry_id is not null;
select protect_tenant_table('match_links');

create table matching_runs (
  tenant_id text not null,
  run_id uuid not null,
  company_id text not null,
  status text not null check (status in ('queued', 'running', 'completed', 'failed')),
  automatic int not null default 0,
  suggested int not null default 0,
  unmatched int not null default 0,
  error_text text,
  queued_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, run_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
create index matching_runs_company on matching_runs (tenant_id, company_id, run_id desc);
create unique index matching_runs_unfinished on matching_runs (tenant_id, company_id) where status in ('queued', 'running');
select protect_tenant_table('matching_runs');
