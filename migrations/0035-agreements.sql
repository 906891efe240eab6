-- A company's own agreement, where a provider asks for one before anybody may consent: one for each programme, which may stand before several banks.
alter table institutions
  add column programme_id text,
  add column programme_name text;

create table agreements (
  tenant_id text not null,
  agreement_id uuid not null,
  company_id text not null,
  programme_id text not null,
  state text not null check (state in ('missing', 'to_sign', 'in_review', 'approved', 'refused', 'declined', 'expired', 'ended')),
  since timestamptz not null,
  -- Why it is reviewed or was refused, in our words. The reviewer's own may name people: they are in the steps, encrypted.
  reasons text[] not null default '{}',
  -- Where the signatory is sent back to.
  redirect_url text,
  -- What the provider is asked with, so that being asked twice it draws up one.
  attempt_id uuid not null,
  -- What it is to be asked, with who is to sign: encrypted, and only until that has been done.
  asking bytea,
  -- How the provider knows it, and where it is signed: encrypted.
  provider_ref bytea,
  signing_url bytea,
  link_ends_at timestamptz,
  -- Those that were replaced, until they have been ended at the provider.
  former_refs bytea[] not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, agreement_id),
  unique (tenant_id, company_id, programme_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
select protect_tenant_table('agreements');

create table agreement_steps (
  tenant_id text not null,
  agreement_id uuid not null,
  number int not null,
  state text not null check (state in ('missing', 'to_sign', 'in_review', 'approved', 'refused', 'declined', 'expired', 'ended')),
  reasons text[] not null default '{}',
  -- What the reviewer said, encrypted.
  told bytea,
  at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, agreement_id, number),
  foreign key (tenant_id, agreement_id) references agreements on delete cascade
);
select protect_tenant_table('agreement_steps');
