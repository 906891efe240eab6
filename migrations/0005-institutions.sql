-- Banks and card programmes that can be reached: no tenant's, everybody's (no row-level security).
create table institutions (
  institution_id text primary key,
  provider_id text not null,
  native_id text not null,
  name text not null,
  -- Name and BIC folded (no diacritics, upper case): what a search runs over.
  search text not null,
  bic text,
  kind text not null check (kind in ('bank', 'card_programme')),
  logo text,
  countries text[] not null,
  account_types text[] not null,
  psu_types text[] not null,
  max_history_days int not null check (max_history_days > 0),
  max_consent_days int not null check (max_consent_days > 0),
  bank_codes text[] not null,
  approver_hint text,
  refreshed_at timestamptz not null,
  -- The provider no longer lists it: not offered, and still known to the consents that name it.
  withdrawn_at timestamptz,
  unique (provider_id, native_id)
);
create index institutions_bank_codes on institutions using gin (bank_codes);
grant select, insert, update on institutions to bankfeed_service;
