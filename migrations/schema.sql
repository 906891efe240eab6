-- What the migrations make: printed from the catalogue by `npm run migrate:dump`, to be read and never to be run.

create role bankfeed_claimer nologin noinherit;
grant usage on schema public to bankfeed_claimer;

create role bankfeed_service nologin noinherit;
grant usage on schema public to bankfeed_service;

CREATE OR REPLACE FUNCTION public.protect_tenant_table(target regclass, privileges text DEFAULT 'select, insert, update, delete'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format($policy$create policy tenant on %s
    using (tenant_id = current_setting('app.tenant')) with check (tenant_id = current_setting('app.tenant'))$policy$, target);
  execute format('grant %s on %s to bankfeed_service', privileges, target);
end $function$
;
-- may be called by its owner only

create table agreed_days (
  tenant_id text not null,
  connection_id uuid not null,
  day date not null,
  digest bytea not null,
  PRIMARY KEY (tenant_id, connection_id, day),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE
);
alter table agreed_days enable row level security;
alter table agreed_days force row level security;
create policy tenant on agreed_days for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on agreed_days to bankfeed_service;

create table agreement_steps (
  tenant_id text not null,
  agreement_id uuid not null,
  number integer not null,
  state text not null,
  reasons text[] not null default '{}'::text[],
  told bytea,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, agreement_id, number),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements(tenant_id, agreement_id) ON DELETE CASCADE,
  CHECK ((state = ANY (ARRAY['missing'::text, 'to_sign'::text, 'in_review'::text, 'approved'::text, 'refused'::text, 'declined'::text, 'expired'::text, 'ended'::text])))
);
alter table agreement_steps enable row level security;
alter table agreement_steps force row level security;
create policy tenant on agreement_steps for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on agreement_steps to bankfeed_service;

create table agreements (
  tenant_id text not null,
  agreement_id uuid not null,
  company_id text not null,
  programme_id text not null,
  state text not null,
  since timestamp with time zone not null,
  reasons text[] not null default '{}'::text[],
  redirect_url text,
  attempt_id uuid not null,
  asking bytea,
  provider_ref bytea,
  signing_url bytea,
  link_ends_at timestamp with time zone,
  former_refs bytea[] not null default '{}'::bytea[],
  created_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, agreement_id),
  UNIQUE (tenant_id, company_id, programme_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  CHECK ((state = ANY (ARRAY['missing'::text, 'to_sign'::text, 'in_review'::text, 'approved'::text, 'refused'::text, 'declined'::text, 'expired'::text, 'ended'::text])))
);
alter table agreements enable row level security;
alter table agreements force row level security;
create policy tenant on agreements for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on agreements to bankfeed_service;

create table balances (
  tenant_id text not null,
  connection_id uuid not null,
  type text not null,
  amount_minor bigint not null,
  currency text not null,
  reference_date date,
  as_of timestamp with time zone not null,
  PRIMARY KEY (tenant_id, connection_id, type),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE
);
alter table balances enable row level security;
alter table balances force row level security;
create policy tenant on balances for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on balances to bankfeed_service;

create table bank_calls (
  tenant_id text not null,
  connection_id uuid not null,
  resource text not null,
  called_at timestamp with time zone not null,
  attended boolean not null,
  number bigint not null generated always as identity,
  PRIMARY KEY (tenant_id, connection_id, number),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE,
  CHECK ((resource = ANY (ARRAY['transactions'::text, 'balances'::text])))
);
CREATE INDEX bank_calls_connection ON public.bank_calls USING btree (tenant_id, connection_id, resource, called_at);
alter table bank_calls enable row level security;
alter table bank_calls force row level security;
create policy tenant on bank_calls for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on bank_calls to bankfeed_service;

create table bank_limits (
  tenant_id text not null,
  connection_id uuid not null,
  resource text not null,
  remaining integer not null,
  resets_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, connection_id, resource),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE,
  CHECK ((remaining >= 0)),
  CHECK ((resource = ANY (ARRAY['transactions'::text, 'balances'::text])))
);
alter table bank_limits enable row level security;
alter table bank_limits force row level security;
create policy tenant on bank_limits for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on bank_limits to bankfeed_service;

create table closes (
  tenant_id text not null,
  connection_id uuid not null,
  day date not null,
  type text not null,
  amount_minor bigint not null,
  currency text not null,
  recent_minor bigint,
  PRIMARY KEY (tenant_id, connection_id, day, type),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE
);
alter table closes enable row level security;
alter table closes force row level security;
create policy tenant on closes for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on closes to bankfeed_service;

create table companies (
  tenant_id text not null,
  company_id text not null,
  name text not null,
  country text not null,
  organisation_number text,
  time_zone text not null,
  group_id text,
  account_policy text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, company_id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE,
  CHECK ((account_policy = ANY (ARRAY['any'::text, 'business_only'::text]))),
  CHECK ((country ~ '^[A-Z]{2}$'::text))
);
alter table companies enable row level security;
alter table companies force row level security;
create policy tenant on companies for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on companies to bankfeed_service;

create table connection_statuses (
  tenant_id text not null,
  connection_id uuid not null,
  number integer not null,
  status text not null,
  reason text not null,
  since timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, connection_id, number),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE
);
alter table connection_statuses enable row level security;
alter table connection_statuses force row level security;
create policy tenant on connection_statuses for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on connection_statuses to bankfeed_service;

create table connections (
  tenant_id text not null,
  connection_id uuid not null,
  company_id text not null,
  institution_id text,
  name text not null,
  type text not null,
  iban text,
  bban text,
  masked_pan text,
  stable_hash text,
  currency text not null,
  owner text,
  assignment text not null,
  ledger_account_id text,
  person_id text,
  expense_policy text,
  assigned_at timestamp with time zone not null,
  ledger_account_had_iban boolean not null default false,
  ledger_account_gone_at timestamp with time zone,
  source_person_id text,
  source_fallback boolean not null default true,
  source_chosen_at timestamp with time zone not null,
  activated_at timestamp with time zone,
  deactivated_at timestamp with time zone,
  start_date date,
  first_sync text,
  first_activated_on date,
  removed_at timestamp with time zone,
  status text,
  expires_at timestamp with time zone,
  projection jsonb,
  created_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, connection_id),
  FOREIGN KEY (institution_id) REFERENCES institutions(institution_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  CHECK (((assignment <> 'assigned'::text) OR (ledger_account_id IS NOT NULL) OR (person_id IS NOT NULL))),
  CHECK (((assignment = 'assigned'::text) OR ((ledger_account_id IS NULL) AND (person_id IS NULL) AND (expense_policy IS NULL)))),
  CHECK ((assignment = ANY (ARRAY['nothing'::text, 'none'::text, 'assigned'::text]))),
  CHECK ((expense_policy = ANY (ARRAY['company'::text, 'reimbursable'::text]))),
  CHECK ((first_sync = ANY (ARRAY['now'::text, 'next_day'::text]))),
  CHECK ((type = ANY (ARRAY['current'::text, 'savings'::text, 'card'::text, 'fuel_card'::text, 'loan'::text])))
);
CREATE INDEX connections_company ON public.connections USING btree (tenant_id, company_id, connection_id);
CREATE UNIQUE INDEX connections_iban ON public.connections USING btree (tenant_id, company_id, iban, currency) WHERE (iban IS NOT NULL);
CREATE UNIQUE INDEX connections_ledger_account ON public.connections USING btree (tenant_id, company_id, ledger_account_id) WHERE ((ledger_account_id IS NOT NULL) AND (removed_at IS NULL));
alter table connections enable row level security;
alter table connections force row level security;
create policy tenant on connections for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on connections to bankfeed_service;

create table consent_accounts (
  tenant_id text not null,
  consent_id uuid not null,
  connection_id uuid not null,
  account_ref bytea not null,
  covered_at timestamp with time zone not null,
  superseded_at timestamp with time zone,
  PRIMARY KEY (tenant_id, consent_id, connection_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, consent_id) REFERENCES consents(tenant_id, consent_id) ON DELETE CASCADE
);
CREATE INDEX consent_accounts_connection ON public.consent_accounts USING btree (tenant_id, connection_id);
alter table consent_accounts enable row level security;
alter table consent_accounts force row level security;
create policy tenant on consent_accounts for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on consent_accounts to bankfeed_service;

create table consent_reminders (
  tenant_id text not null,
  consent_id uuid not null,
  about text not null,
  deadline timestamp with time zone not null,
  days_before integer not null,
  reminded_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, consent_id, about, deadline),
  FOREIGN KEY (tenant_id, consent_id) REFERENCES consents(tenant_id, consent_id) ON DELETE CASCADE,
  CHECK ((about = ANY (ARRAY['expiry'::text, 'reconfirmation'::text])))
);
alter table consent_reminders enable row level security;
alter table consent_reminders force row level security;
create policy tenant on consent_reminders for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on consent_reminders to bankfeed_service;

create table consent_sessions (
  tenant_id text not null,
  session_id uuid not null,
  company_id text not null,
  person_id text,
  institution_id text,
  status text not null,
  failure text,
  failure_text text,
  redirect_url text not null,
  language text,
  ledger_account_ids text[] not null,
  activate jsonb,
  page text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  redirected_at timestamp with time zone,
  ended_at timestamp with time zone,
  consent_id uuid,
  connection_ids uuid[] not null default '{}'::uuid[],
  refused_accounts jsonb not null default '[]'::jsonb,
  provider_ref bytea,
  link_hours integer not null default 72,
  names_bank boolean not null default true,
  unopened_at timestamp with time zone,
  last_failure text,
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  CHECK ((link_hours > 0)),
  CHECK ((page = ANY (ARRAY['hosted'::text, 'none'::text]))),
  CHECK ((status = ANY (ARRAY['created'::text, 'opened'::text, 'redirected'::text, 'completed'::text, 'failed'::text, 'cancelled'::text, 'expired'::text, 'withdrawn'::text])))
);
CREATE INDEX consent_sessions_company ON public.consent_sessions USING btree (tenant_id, company_id, session_id DESC);
alter table consent_sessions enable row level security;
alter table consent_sessions force row level security;
create policy tenant on consent_sessions for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on consent_sessions to bankfeed_service;

create table consents (
  tenant_id text not null,
  consent_id uuid not null,
  company_id text not null,
  person_id text,
  person_removed_at timestamp with time zone,
  institution_id text not null,
  session_id uuid not null,
  provider_ref bytea not null,
  valid_from timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  reconfirm_by timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  bank_access text not null,
  created_at timestamp with time zone not null,
  reconfirm_asked_at timestamp with time zone,
  PRIMARY KEY (tenant_id, consent_id),
  FOREIGN KEY (institution_id) REFERENCES institutions(institution_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  CHECK ((bank_access = ANY (ARRAY['live'::text, 'ended'::text, 'unknown'::text]))),
  CHECK ((ended_by = ANY (ARRAY['bank'::text, 'api'::text, 'expiry'::text, 'superseded'::text])))
);
CREATE INDEX consents_company ON public.consents USING btree (tenant_id, company_id, consent_id DESC);
alter table consents enable row level security;
alter table consents force row level security;
create policy tenant on consents for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on consents to bankfeed_service;

create table due_work (
  tenant_id text not null,
  kind text not null,
  subject text not null,
  lane text not null default ''::text,
  due_at timestamp with time zone not null,
  lease_until timestamp with time zone,
  fence bigint not null default 0,
  asked bigint not null default 1,
  attempts integer not null default 0,
  PRIMARY KEY (tenant_id, kind, subject),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE INDEX due_work_due ON public.due_work USING btree (kind, due_at);
alter table due_work enable row level security;
alter table due_work force row level security;
create policy tenant on due_work for all to public
  using ((CURRENT_USER = 'bankfeed_claimer'::name) OR (tenant_id = current_setting('app.tenant'::text, true)))
  with check ((CURRENT_USER = 'bankfeed_claimer'::name) OR (tenant_id = current_setting('app.tenant'::text, true)));
grant select, update on due_work to bankfeed_claimer;
grant select, insert, update, delete on due_work to bankfeed_service;

create table entries (
  tenant_id text not null,
  company_id text not null,
  entry_id text not null,
  kind text not null,
  amount_minor bigint not null,
  open_minor bigint not null,
  currency text not null,
  applied_match_ids uuid[] not null default '{}'::uuid[],
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
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, company_id, entry_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE
);
CREATE INDEX entries_open ON public.entries USING btree (tenant_id, company_id, entry_id) WHERE (open_minor <> 0);
alter table entries enable row level security;
alter table entries force row level security;
create policy tenant on entries for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on entries to bankfeed_service;

create table entry_keys (
  tenant_id text not null,
  company_id text not null,
  key bigint not null,
  minor bigint not null,
  day integer not null,
  entry_id text not null,
  PRIMARY KEY (tenant_id, company_id, key, minor, day, entry_id)
);
alter table entry_keys enable row level security;
alter table entry_keys force row level security;
create policy tenant on entry_keys for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on entry_keys to bankfeed_service;

create table events (
  tenant_id text not null,
  "position" bigint not null,
  event_id uuid not null,
  type text not null,
  at timestamp with time zone not null,
  company_id text,
  data jsonb not null,
  PRIMARY KEY (tenant_id, "position"),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX events_by_id ON public.events USING btree (tenant_id, event_id);
CREATE INDEX events_by_time ON public.events USING btree (tenant_id, at);
CREATE INDEX events_by_type ON public.events USING btree (tenant_id, type, "position");
alter table events enable row level security;
alter table events force row level security;
create policy tenant on events for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on events to bankfeed_service;

create table exchange_rates (
  tenant_id text not null,
  day date not null,
  rates jsonb not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, day)
);
alter table exchange_rates enable row level security;
alter table exchange_rates force row level security;
create policy tenant on exchange_rates for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on exchange_rates to bankfeed_service;

create table feed_positions (
  tenant_id text not null,
  last bigint not null default 0,
  events_forgotten_through bigint not null default 0,
  PRIMARY KEY (tenant_id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
) with (fillfactor=50);
alter table feed_positions enable row level security;
alter table feed_positions force row level security;
create policy tenant on feed_positions for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on feed_positions to bankfeed_service;

create table idempotency_keys (
  tenant_id text not null,
  key text not null,
  fingerprint bytea not null,
  claim uuid not null,
  lease_until timestamp with time zone not null,
  status integer,
  answer bytea,
  created_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, key),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE,
  CHECK (((length(key) >= 1) AND (length(key) <= 255))),
  CHECK (((status IS NULL) = (answer IS NULL)))
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (tenant_id, created_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on idempotency_keys to bankfeed_service;

create table institution_pictures (
  institution_id text not null,
  url text not null,
  asked_at timestamp with time zone not null,
  picture bytea,
  media_type text,
  PRIMARY KEY (institution_id),
  FOREIGN KEY (institution_id) REFERENCES institutions(institution_id) ON DELETE CASCADE,
  CHECK (((octet_length(picture) >= 1) AND (octet_length(picture) <= 131072))),
  CHECK (((picture IS NULL) = (media_type IS NULL))),
  CHECK ((media_type = ANY (ARRAY['image/gif'::text, 'image/jpeg'::text, 'image/png'::text, 'image/webp'::text])))
);
grant select, insert, update on institution_pictures to bankfeed_service;

create table institutions (
  institution_id text not null,
  provider_id text not null,
  native_id text not null,
  name text not null,
  search text not null,
  bic text,
  kind text not null,
  logo text,
  countries text[] not null,
  account_types text[] not null,
  psu_types text[] not null,
  max_history_days integer not null,
  max_consent_days integer not null,
  bank_codes text[] not null,
  approver_hint text,
  refreshed_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  sort_name text not null default ''::text,
  programme_id text,
  programme_name text,
  PRIMARY KEY (institution_id),
  UNIQUE (provider_id, native_id),
  CHECK ((kind = ANY (ARRAY['bank'::text, 'card_programme'::text]))),
  CHECK ((max_consent_days > 0)),
  CHECK ((max_history_days > 0))
);
CREATE INDEX institutions_bank_codes ON public.institutions USING gin (bank_codes);
CREATE INDEX institutions_by_name ON public.institutions USING btree (sort_name, institution_id) WHERE (withdrawn_at IS NULL);
grant select, insert, update on institutions to bankfeed_service;

create table keyed_entries (
  tenant_id text not null,
  company_id text not null,
  entry_id text not null,
  keys bigint[] not null,
  minors bigint[] not null,
  day integer not null,
  meets bigint[] not null,
  words bigint[] not null,
  party bigint,
  PRIMARY KEY (tenant_id, company_id, entry_id)
);
alter table keyed_entries enable row level security;
alter table keyed_entries force row level security;
create policy tenant on keyed_entries for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on keyed_entries to bankfeed_service;

create table kysely_migration (
  name character varying(255) not null,
  "timestamp" character varying(255) not null,
  PRIMARY KEY (name)
);
grant select on kysely_migration to bankfeed_service;

create table kysely_migration_lock (
  id character varying(255) not null,
  is_locked integer not null default 0,
  PRIMARY KEY (id)
);

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
  iban_changed_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, company_id, ledger_account_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ledger_accounts_iban ON public.ledger_accounts USING btree (tenant_id, company_id, iban, currency) WHERE (iban IS NOT NULL);
alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
create policy tenant on ledger_accounts for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on ledger_accounts to bankfeed_service;

create table lessons (
  tenant_id text not null,
  match_id uuid not null,
  number integer not null,
  company_id text not null,
  habit_id uuid not null,
  transaction_id uuid not null,
  kind text not null,
  seen text not null,
  party text not null,
  party_id text,
  party_name text,
  is_not boolean not null,
  learned_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, match_id, number),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, match_id) REFERENCES matches(tenant_id, match_id) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['account'::text, 'name'::text, 'text'::text, 'days'::text])))
);
CREATE INDEX lessons_company ON public.lessons USING btree (tenant_id, company_id, learned_at DESC, match_id DESC, number);
alter table lessons enable row level security;
alter table lessons force row level security;
create policy tenant on lessons for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on lessons to bankfeed_service;

create table line_keys (
  tenant_id text not null,
  company_id text not null,
  key bigint not null,
  minor bigint not null,
  day integer not null,
  transaction_id uuid not null,
  PRIMARY KEY (tenant_id, company_id, key, minor, day, transaction_id)
);
alter table line_keys enable row level security;
alter table line_keys force row level security;
create policy tenant on line_keys for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on line_keys to bankfeed_service;

create table match_links (
  tenant_id text not null,
  match_id uuid not null,
  number integer not null,
  transaction_id uuid not null,
  entry_id text,
  amount_minor bigint not null,
  currency text not null,
  entry_minor bigint,
  entry_currency text,
  PRIMARY KEY (tenant_id, match_id, number),
  FOREIGN KEY (tenant_id, match_id) REFERENCES matches(tenant_id, match_id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, transaction_id) REFERENCES transactions(tenant_id, transaction_id) ON DELETE CASCADE,
  CHECK (((entry_minor IS NULL) = (entry_currency IS NULL)))
);
CREATE INDEX match_links_entry ON public.match_links USING btree (tenant_id, entry_id) WHERE (entry_id IS NOT NULL);
CREATE INDEX match_links_transaction ON public.match_links USING btree (tenant_id, transaction_id);
alter table match_links enable row level security;
alter table match_links force row level security;
create policy tenant on match_links for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on match_links to bankfeed_service;

create table matches (
  tenant_id text not null,
  match_id uuid not null,
  company_id text not null,
  status text not null,
  origin text not null,
  rank integer not null,
  confidence double precision not null,
  difference_minor bigint,
  difference_kind text,
  reasons jsonb not null,
  runner_up jsonb,
  decided_by text,
  decided_at timestamp with time zone,
  created_at timestamp with time zone not null,
  attention text,
  superseded_by uuid,
  PRIMARY KEY (tenant_id, match_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
  CHECK (((difference_minor IS NULL) = (difference_kind IS NULL))),
  CHECK ((attention = ANY (ARRAY['entry_deleted'::text, 'entry_changed'::text, 'entry_overspent'::text]))),
  CHECK ((difference_kind = ANY (ARRAY['fee'::text, 'discount'::text, 'fx'::text, 'rounding'::text, 'overpayment'::text]))),
  CHECK ((origin = ANY (ARRAY['automatic'::text, 'manual'::text]))),
  CHECK ((status = ANY (ARRAY['suggested'::text, 'confirmed'::text, 'rejected'::text, 'superseded'::text, 'undone'::text])))
);
CREATE INDEX matches_attention ON public.matches USING btree (tenant_id, company_id, match_id DESC) WHERE (attention IS NOT NULL);
CREATE INDEX matches_company ON public.matches USING btree (tenant_id, company_id, match_id DESC);
CREATE INDEX matches_status ON public.matches USING btree (tenant_id, company_id, status, match_id DESC);
CREATE INDEX matches_superseded ON public.matches USING btree (tenant_id, superseded_by) WHERE (superseded_by IS NOT NULL);
alter table matches enable row level security;
alter table matches force row level security;
create policy tenant on matches for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on matches to bankfeed_service;

create table matching_marks (
  tenant_id text not null,
  company_id text not null,
  number bigint not null generated always as identity,
  entry_ids text[] not null default '{}'::text[],
  transaction_ids uuid[] not null default '{}'::uuid[],
  is_judged boolean not null default false,
  is_whole boolean not null default false,
  PRIMARY KEY (tenant_id, company_id, number),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE
);
alter table matching_marks enable row level security;
alter table matching_marks force row level security;
create policy tenant on matching_marks for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on matching_marks to bankfeed_service;

create table matching_rules (
  tenant_id text not null,
  company_id text not null,
  rules jsonb not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, company_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE
);
alter table matching_rules enable row level security;
alter table matching_rules force row level security;
create policy tenant on matching_rules for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on matching_rules to bankfeed_service;

create table matching_runs (
  tenant_id text not null,
  run_id uuid not null,
  company_id text not null,
  status text not null,
  automatic integer not null default 0,
  suggested integer not null default 0,
  unmatched integer not null default 0,
  error_text text,
  queued_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  PRIMARY KEY (tenant_id, run_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE,
  CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text])))
);
CREATE INDEX matching_runs_company ON public.matching_runs USING btree (tenant_id, company_id, run_id DESC);
CREATE UNIQUE INDEX matching_runs_unfinished ON public.matching_runs USING btree (tenant_id, company_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
alter table matching_runs enable row level security;
alter table matching_runs force row level security;
create policy tenant on matching_runs for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on matching_runs to bankfeed_service;

create table matching_states (
  tenant_id text not null,
  company_id text not null,
  feed_position bigint not null,
  circumstances bigint not null,
  keys_version integer,
  entry_count integer not null,
  whole_entry_count integer not null,
  common_keys bigint[] not null default '{}'::bigint[],
  common_counts integer[] not null default '{}'::integer[],
  PRIMARY KEY (tenant_id, company_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE
);
alter table matching_states enable row level security;
alter table matching_states force row level security;
create policy tenant on matching_states for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on matching_states to bankfeed_service;

create table persons (
  tenant_id text not null,
  company_id text not null,
  person_id text not null,
  name text not null,
  email text,
  phone text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, company_id, person_id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, company_id) ON DELETE CASCADE
);
alter table persons enable row level security;
alter table persons force row level security;
create policy tenant on persons for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on persons to bankfeed_service;

create table session_lookups (
  hash bytea not null,
  purpose text not null,
  tenant_id text not null,
  session_id uuid not null,
  used_at timestamp with time zone,
  PRIMARY KEY (hash),
  FOREIGN KEY (tenant_id, session_id) REFERENCES consent_sessions(tenant_id, session_id) ON DELETE CASCADE,
  CHECK ((length(hash) = 32)),
  CHECK ((purpose = ANY (ARRAY['link'::text, 'state'::text, 'hint'::text])))
);
CREATE INDEX session_lookups_session ON public.session_lookups USING btree (tenant_id, session_id);
grant select, insert, update, delete on session_lookups to bankfeed_service;

create table sync_pages (
  tenant_id text not null,
  run_id uuid not null,
  number integer not null,
  body bytea not null,
  received_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, run_id, number),
  FOREIGN KEY (tenant_id, run_id) REFERENCES sync_runs(tenant_id, run_id) ON DELETE CASCADE
);
alter table sync_pages enable row level security;
alter table sync_pages force row level security;
create policy tenant on sync_pages for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on sync_pages to bankfeed_service;

create table sync_runs (
  tenant_id text not null,
  run_id uuid not null,
  connection_id uuid not null,
  company_id text not null,
  status text not null,
  trigger text not null,
  attended boolean not null default false,
  psu bytea,
  consent_id uuid,
  planned_on date,
  window_from date,
  window_to date,
  pages integer not null default 0,
  next_page bytea,
  spooled_at timestamp with time zone,
  committed_through date,
  fetched integer not null default 0,
  added integer not null default 0,
  modified integer not null default 0,
  removed integer not null default 0,
  unchanged integer not null default 0,
  suspect integer not null default 0,
  proof jsonb,
  error_kind text,
  error_text text,
  retry_at timestamp with time zone,
  queued_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  PRIMARY KEY (tenant_id, run_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE,
  CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text]))),
  CHECK ((trigger = ANY (ARRAY['schedule'::text, 'api'::text, 'retry'::text])))
);
CREATE INDEX sync_runs_connection ON public.sync_runs USING btree (tenant_id, connection_id, run_id DESC);
CREATE UNIQUE INDEX sync_runs_unfinished ON public.sync_runs USING btree (tenant_id, connection_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
alter table sync_runs enable row level security;
alter table sync_runs force row level security;
create policy tenant on sync_runs for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on sync_runs to bankfeed_service;

create table sync_states (
  tenant_id text not null,
  connection_id uuid not null,
  complete datemultirange not null default '{}'::datemultirange,
  excluded datemultirange not null default '{}'::datemultirange,
  open_gaps datemultirange not null default '{}'::datemultirange,
  unrecoverable_gaps datemultirange not null default '{}'::datemultirange,
  health jsonb not null,
  last_run_id uuid,
  distrusted_ids text[] not null default '{}'::text[],
  reread text,
  PRIMARY KEY (tenant_id, connection_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connections(tenant_id, connection_id) ON DELETE CASCADE,
  CHECK (((NOT (complete && open_gaps)) AND (NOT (complete && unrecoverable_gaps)) AND (NOT (complete && excluded)))),
  CHECK (((NOT (open_gaps && unrecoverable_gaps)) AND (NOT (open_gaps && excluded)) AND (NOT (unrecoverable_gaps && excluded))))
);
alter table sync_states enable row level security;
alter table sync_states force row level security;
create policy tenant on sync_states for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on sync_states to bankfeed_service;

create table tenants (
  tenant_id text not null,
  name text not null,
  redirect_urls text[] not null default '{}'::text[],
  default_redirect_url text,
  preferred_providers text[] not null default '{}'::text[],
  reminder_days integer[] not null default '{14,7,3,1,0}'::integer[],
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id),
  CHECK ((tenant_id ~ '^[A-Za-z0-9._~-]{1,64}$'::text))
);
alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenant on tenants for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on tenants to bankfeed_service;

create table transaction_changes (
  tenant_id text not null,
  last_position bigint not null,
  company_id text not null,
  type text not null,
  transaction_ids uuid[] not null,
  versions integer[] not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, last_position),
  CHECK (((cardinality(transaction_ids) > 0) AND (cardinality(transaction_ids) = cardinality(versions)))),
  CHECK ((type = ANY (ARRAY['added'::text, 'modified'::text, 'removed'::text])))
);
CREATE INDEX transaction_changes_company ON public.transaction_changes USING btree (tenant_id, company_id, last_position);
alter table transaction_changes enable row level security;
alter table transaction_changes force row level security;
create policy tenant on transaction_changes for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on transaction_changes to bankfeed_service;

create table transaction_versions (
  tenant_id text not null,
  transaction_id uuid not null,
  version integer not null,
  content jsonb not null,
  replaced_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, transaction_id, version),
  FOREIGN KEY (tenant_id, transaction_id) REFERENCES transactions(tenant_id, transaction_id) ON DELETE CASCADE
);
alter table transaction_versions enable row level security;
alter table transaction_versions force row level security;
create policy tenant on transaction_versions for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, delete on transaction_versions to bankfeed_service;

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
  bank_transaction_id text,
  bank_entry_reference text,
  bank_internal_id text,
  fingerprint text not null,
  occurrence integer not null,
  version integer not null default 1,
  removed_at timestamp with time zone,
  missing_runs integer not null default 0,
  suspect text,
  already_booked boolean not null default false,
  match_id uuid,
  match_status text,
  kept_assignment jsonb,
  run_id uuid not null,
  changed_at timestamp with time zone not null,
  shown_balance_minor bigint,
  counted_on date,
  PRIMARY KEY (tenant_id, transaction_id),
  CHECK (((match_id IS NULL) = (match_status IS NULL))),
  CHECK ((match_status = ANY (ARRAY['suggested'::text, 'confirmed'::text])))
);
CREATE UNIQUE INDEX transactions_identity ON public.transactions USING btree (tenant_id, connection_id, booking_date, fingerprint, occurrence);
CREATE INDEX transactions_missing ON public.transactions USING btree (tenant_id, connection_id, booking_date) WHERE (missing_runs > 0);
CREATE INDEX transactions_open ON public.transactions USING btree (tenant_id, connection_id, booking_date, transaction_id) WHERE ((removed_at IS NULL) AND (NOT already_booked) AND (match_status IS DISTINCT FROM 'confirmed'::text));
CREATE INDEX transactions_suspect ON public.transactions USING btree (tenant_id, connection_id, booking_date) WHERE (suspect IS NOT NULL);
alter table transactions enable row level security;
alter table transactions force row level security;
create policy tenant on transactions for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on transactions to bankfeed_service;

create table usage_counts (
  tenant_id text not null,
  month text not null,
  company_id text not null,
  connection_id uuid not null,
  transactions bigint not null,
  PRIMARY KEY (tenant_id, month, company_id, connection_id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE,
  CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text))
);
alter table usage_counts enable row level security;
alter table usage_counts force row level security;
create policy tenant on usage_counts for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on usage_counts to bankfeed_service;

create table usage_groups (
  tenant_id text not null,
  company_id text not null,
  month text not null,
  group_id text,
  PRIMARY KEY (tenant_id, company_id, month),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE,
  CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text))
);
alter table usage_groups enable row level security;
alter table usage_groups force row level security;
create policy tenant on usage_groups for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on usage_groups to bankfeed_service;

create table webhook_deliveries (
  tenant_id text not null,
  endpoint_id text not null,
  "position" bigint not null,
  next_attempt_at timestamp with time zone not null,
  first_attempt_at timestamp with time zone,
  attempts integer not null default 0,
  given_up_at timestamp with time zone,
  PRIMARY KEY (tenant_id, endpoint_id, "position"),
  FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoints(tenant_id, endpoint_id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (tenant_id, endpoint_id, next_attempt_at) WHERE (given_up_at IS NULL);
alter table webhook_deliveries enable row level security;
alter table webhook_deliveries force row level security;
create policy tenant on webhook_deliveries for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on webhook_deliveries to bankfeed_service;

create table webhook_endpoints (
  tenant_id text not null,
  endpoint_id text not null,
  url text not null,
  types text[] not null default '{}'::text[],
  secret bytea not null,
  former_secret bytea,
  former_secret_until timestamp with time zone,
  "position" bigint not null,
  failing_since timestamp with time zone,
  failures integer not null default 0,
  paused_until timestamp with time zone,
  disabled_at timestamp with time zone,
  disabled_reason text,
  attempted_at timestamp with time zone,
  attempted_event_id uuid,
  attempt_outcome text,
  attempt_status integer,
  delivered_at timestamp with time zone,
  missed_before timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, endpoint_id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE,
  CHECK (((disabled_at IS NULL) = (disabled_reason IS NULL))),
  CHECK (((former_secret IS NULL) = (former_secret_until IS NULL))),
  CHECK ((disabled_reason = ANY (ARRAY['gone'::text, 'failing'::text]))),
  CHECK ((endpoint_id ~ '^[A-Za-z0-9._~-]{1,64}$'::text))
);
alter table webhook_endpoints enable row level security;
alter table webhook_endpoints force row level security;
create policy tenant on webhook_endpoints for all to public
  using (tenant_id = current_setting('app.tenant'::text))
  with check (tenant_id = current_setting('app.tenant'::text));
grant select, insert, update, delete on webhook_endpoints to bankfeed_service;
