-- Events are read by whoever keeps a cursor, found by id and by time for thirty days, and sent to the tenant's endpoints.

-- Up to where events have been forgotten: a cursor from before has missed something, and is told so.
alter table feed_positions add column events_forgotten_through bigint not null default 0;

create unique index events_by_id on events (tenant_id, event_id);
create index events_by_type on events (tenant_id, type, position);
create index events_by_time on events (tenant_id, at);

-- Where events are sent. `position`: everything up to there has been tried at least once, and what has not arrived of it is among the
-- deliveries; so an endpoint that is down for days keeps nothing but its place. No types: all of them.
create table webhook_endpoints (
  tenant_id text not null references tenants on delete cascade,
  endpoint_id text not null check (endpoint_id ~ '^[A-Za-z0-9._~-]{1,64}$'),
  url text not null,
  types text[] not null default '{}',
  secret bytea not null,
  former_secret bytea,
  former_secret_until timestamptz,
  position bigint not null,
  -- Since when nothing at all has arrived, in how many attempts, and when it is tried again.
  failing_since timestamptz,
  failures int not null default 0,
  paused_until timestamptz,
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('gone', 'failing')),
  attempted_at timestamptz,
  attempted_event_id uuid,
  attempt_outcome text,
  attempt_status int,
  delivered_at timestamptz,
  -- Events from before were forgotten without having been delivered.
  missed_before timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, endpoint_id),
  check ((disabled_at is null) = (disabled_reason is null)),
  check ((former_secret is null) = (former_secret_until is null))
);
select protect_tenant_table('webhook_endpoints');

-- What is to be tried again at an endpoint, and (given_up_at) what never will be. What has arrived has no row.
create table webhook_deliveries (
  tenant_id text not null,
  endpoint_id text not null,
  position bigint not null,
  next_attempt_at timestamptz not null,
  first_attempt_at timestamptz,
  attempts int not null default 0,
  given_up_at timestamptz,
  primary key (tenant_id, endpoint_id, position),
  foreign key (tenant_id, endpoint_id) references webhook_endpoints on delete cascade
);
create index webhook_deliveries_due on webhook_deliveries (tenant_id, endpoint_id, next_attempt_at) where given_up_at is null;
select protect_tenant_table('webhook_deliveries');

-- Each tenant's old events are forgotten day by day. Who comes later gets this row with its first request.
insert into due_work (tenant_id, kind, subject, due_at) select tenant_id, 'forget', 'events', now() from tenants;
