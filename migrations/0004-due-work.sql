-- What the clock has to do, and when: one narrow row per thing, with no personal data. This is the only table of tenants' rows that is
-- read across tenants, and only by bankfeed_claimer, which picks what is due (skip locked) and leases it. fence rises with every claim:
-- whoever commits the work names the fence it was given, and finds no row when somebody else has claimed since.
create table due_work (
  tenant_id text not null references tenants on delete cascade,
  kind text not null,
  subject text not null,
  -- Whose trouble it shares (an institution): no lane may take all workers.
  lane text not null default '',
  due_at timestamptz not null,
  lease_until timestamptz,
  fence bigint not null default 0,
  -- Rises whenever somebody asks for the work: what was asked for while it was being done is not forgotten when that ends.
  asked bigint not null default 1,
  attempts int not null default 0,
  primary key (tenant_id, kind, subject)
);
create index due_work_due on due_work (kind, due_at);
alter table due_work enable row level security;
alter table due_work force row level security;
create policy tenant on due_work
  using (current_user = 'bankfeed_claimer' or tenant_id = current_setting('app.tenant', true))
  with check (current_user = 'bankfeed_claimer' or tenant_id = current_setting('app.tenant', true));
grant select, insert, update, delete on due_work to bankfeed_service;
grant select, update on due_work to bankfeed_claimer;
