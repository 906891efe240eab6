-- A tenant's companies, their ledger accounts and their persons. Keys are the tenant's own.
create table companies (
  tenant_id text not null references tenants on delete cascade,
  company_id text not null,
  name text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  organisation_number text,
  time_zone text not null,
  group_id text,
  account_policy text not null check (account_policy in ('any', 'business_only')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, company_id)
);
select protect_tenant_table('companies');

create table ledger_accounts (
  tenant_id text not null,
  company_id text not null,
  ledger_account_id text not null,
  name text not null,
  currency text not null,
  iban text,
  bban text,
  institution_id text,
  booked_through date,
  -- When it came, or got another IBAN.
  iban_changed_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, company_id, ledger_account_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
-- One ledger account per bank account: an account of a bank finds its ledger account by this.
create unique index ledger_accounts_iban on ledger_accounts (tenant_id, company_id, iban, currency) where iban is not null;
select protect_tenant_table('ledger_accounts');

create table persons (
  tenant_id text not null,
  company_id text not null,
  person_id text not null,
  name text not null,
  email text,
  phone text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, company_id, person_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
select protect_tenant_table('persons');
