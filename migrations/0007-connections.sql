-- One bank account of one company, connected to the books. status… columns are a projection of deriveStatus for lists and filters.
create table connections (
  tenant_id text not null,
  connection_id uuid not null,
  company_id text not null,
  institution_id text references institutions,
  name text not null,
  type text not null check (type in ('current', 'savings', 'card', 'fuel_card', 'loan')),
  iban text,
  bban text,
  masked_pan text,
  stable_hash text,
  currency text not null,
  owner text,
  assignment text not null check (assignment in ('nothing', 'none', 'assigned')),
  ledger_account_id text,
  person_id text,
  expense_policy text check (expense_policy in ('company', 'reimbursable')),
  assigned_at timestamptz not null,
  -- Of the ledger account it is assigned to: whether it had this connection's IBAN then, and when it was deleted.
  ledger_account_had_iban boolean not null default false,
  ledger_account_gone_at timestamptz,
  source_person_id text,
  source_fallback boolean not null default true,
  source_chosen_at timestamptz not null,
  activated_at timestamptz,
  deactivated_at timestamptz,
  start_date date,
  first_sync text check (first_sync in ('now', 'next_day')),
  -- The local day of the very first activation: what is booked before it is free of charge.
  first_activated_on date,
  removed_at timestamptz,
  -- The projection of deriveStatus: whole as JSON, and what lists filter by. Null only inside the transaction that makes the connection.
  status text,
  expires_at timestamptz,
  projection jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, connection_id),
  foreign key (tenant_id, company_id) references companies on delete cascade,
  check (assignment = 'assigned' or (ledger_account_id is null and person_id is null and expense_policy is null)),
  check (assignment <> 'assigned' or ledger_account_id is not null or person_id is not null)
);
create index connections_company on connections (tenant_id, company_id, connection_id);
-- A ledger account has at most one connection, and a bank account is one connection of a company.
create unique index connections_ledger_account on connections (tenant_id, company_id, ledger_account_id) where ledger_account_id is not null and removed_at is null;
create unique index connections_iban on connections (tenant_id, company_id, iban, currency) where iban is not null;
select protect_tenant_table('connections');

create table connection_statuses (
  tenant_id text not null,
  connection_id uuid not null,
  number int not null,
  status text not null,
  reason text not null,
  since timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, connection_id, number),
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
select protect_tenant_table('connection_statuses', 'select, insert, delete');

-- Which accounts a consent covers, by what the provider calls them under it. superseded_at: a newer consent took this account over.
create table consent_accounts (
  tenant_id text not null,
  consent_id uuid not null,
  connection_id uuid not null,
  account_ref bytea not null,
  covered_at timestamptz not null,
  superseded_at timestamptz,
  primary key (tenant_id, consent_id, connection_id),
  foreign key (tenant_id, consent_id) references consents on delete cascade,
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
create index consent_accounts_connection on consent_accounts (tenant_id, connection_id);
select protect_tenant_table('consent_accounts');
