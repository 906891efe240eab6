-- A person's permission at one institution, and the sessions that lead to it. Whatever a provider knows them by is encrypted.
create table consent_sessions (
  tenant_id text not null,
  session_id uuid not null,
  company_id text not null,
  person_id text,
  institution_id text,
  status text not null check (status in ('created', 'opened', 'redirected', 'completed', 'failed', 'cancelled', 'expired', 'withdrawn')),
  failure text,
  failure_text text,
  redirect_url text not null,
  language text,
  ledger_account_ids text[] not null,
  activate jsonb,
  page text not null check (page in ('hosted', 'none')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  redirected_at timestamptz,
  ended_at timestamptz,
  consent_id uuid,
  connection_ids uuid[] not null default '{}',
  refused_accounts jsonb not null default '[]',
  provider_ref bytea,
  primary key (tenant_id, session_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
create index consent_sessions_company on consent_sessions (tenant_id, company_id, session_id desc);
select protect_tenant_table('consent_sessions');

-- From the hash of a link's token or a callback's state to whose it is: somebody who comes with one has no tenant yet, so this table has no
-- row-level security. It says no more than ids. A state is used once: used_at.
create table session_lookups (
  hash bytea primary key check (length(hash) = 32),
  purpose text not null check (purpose in ('link', 'state')),
  tenant_id text not null,
  session_id uuid not null,
  used_at timestamptz,
  foreign key (tenant_id, session_id) references consent_sessions on delete cascade
);
create index session_lookups_session on session_lookups (tenant_id, session_id);
grant select, insert, update, delete on session_lookups to bankfeed_service;

create table consents (
  tenant_id text not null,
  consent_id uuid not null,
  company_id text not null,
  person_id text,
  -- The person was deleted from the company; the permission may still live at the bank.
  person_removed_at timestamptz,
  institution_id text not null references institutions,
  session_id uuid not null,
  provider_ref bytea not null,
  valid_from timestamptz not null,
  expires_at timestamptz not null,
  reconfirm_by timestamptz,
  ended_at timestamptz,
  ended_by text check (ended_by in ('bank', 'api', 'expiry', 'superseded')),
  bank_access text not null check (bank_access in ('live', 'ended', 'unknown')),
  created_at timestamptz not null,
  primary key (tenant_id, consent_id),
  foreign key (tenant_id, company_id) references companies on delete cascade,
  check ((ended_at is null) = (ended_by is null))
);
create index consents_company on consents (tenant_id, company_id, consent_id desc);
select protect_tenant_table('consents');
