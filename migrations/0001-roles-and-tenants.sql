-- Who may do what, and the tenants.
--
-- The owner runs migrations and owns every table. The service's login role is a member of bankfeed_service, which owns nothing and
-- cannot bypass row-level security. bankfeed_claimer sees the one narrow table of due work across tenants, and nothing else; the
-- service takes that role on for the length of one statement's transaction (set local role). Its policy asks for current_user and
-- not for membership, so that being allowed to take the role on gives nothing by itself (PostgreSQL 15 has no per-grant INHERIT).
do $$
declare wanted text;
begin
  foreach wanted in array array['bankfeed_service', 'bankfeed_claimer'] loop
    begin
      execute format('create role %I nologin noinherit', wanted);
    exception when duplicate_object or unique_violation then null; -- roles belong to the server, databases are many
    end;
  end loop;
end $$;

grant usage on schema public to bankfeed_service, bankfeed_claimer;

-- Makes a table a tenant's: forced row-level security on a tenant_id that leads its key, and the service's grants.
create function protect_tenant_table(target regclass, privileges text default 'select, insert, update, delete') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format($policy$create policy tenant on %s
    using (tenant_id = current_setting('app.tenant')) with check (tenant_id = current_setting('app.tenant'))$policy$, target);
  execute format('grant %s on %s to bankfeed_service', privileges, target);
end $$;
revoke execute on function protect_tenant_table from public;

create table tenants (
  tenant_id text primary key check (tenant_id ~ '^[A-Za-z0-9._~-]{1,64}$'),
  name text not null,
  redirect_urls text[] not null default '{}',
  default_redirect_url text,
  preferred_providers text[] not null default '{}',
  reminder_days int[] not null default '{14,7,3,1,0}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
select protect_tenant_table('tenants');

-- The last number given out in a tenant's feeds (events and transaction changes). Its row lock, taken as the last thing before a
-- commit, makes numbers visible in the order they are given: a reader that saw n can never later find an n - 1 (decision 0004).
create table feed_positions (
  tenant_id text primary key references tenants on delete cascade,
  last bigint not null default 0
) with (fillfactor = 50);
select protect_tenant_table('feed_positions');
