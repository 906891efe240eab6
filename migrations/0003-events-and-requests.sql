-- What happened, in order, for the tenant to read; and what was already asked, so that asking again changes nothing.
create table events (
  tenant_id text not null references tenants on delete cascade,
  position bigint not null,
  event_id uuid not null,
  type text not null,
  at timestamptz not null,
  company_id text,
  data jsonb not null,
  primary key (tenant_id, position)
);
select protect_tenant_table('events', 'select, insert, delete');

-- claim fences: an attempt whose lease ran out while it worked finds another claim here and rolls back.
create table idempotency_keys (
  tenant_id text not null references tenants on delete cascade,
  key text not null check (length(key) between 1 and 255),
  fingerprint bytea not null,
  claim uuid not null,
  lease_until timestamptz not null,
  status int,
  answer bytea,
  created_at timestamptz not null,
  primary key (tenant_id, key),
  check ((status is null) = (answer is null))
);
create index idempotency_keys_age on idempotency_keys (tenant_id, created_at);
select protect_tenant_table('idempotency_keys');
