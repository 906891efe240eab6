-- What a tenant bills its own customers by. A transaction counts once, in the month in which it was delivered first, so a month that is over
-- never changes. The counts outlive the company that they are of, which is why they refer to nothing but the tenant.

-- The company's local day on which it was delivered first, where it counts; null where it was not, or is free of charge.
alter table transactions add column counted_on date;

-- A row for each connection that was fetched for the books in that month, whatever came of it.
create table usage_counts (
  tenant_id text not null references tenants on delete cascade,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  company_id text collate "C" not null,
  connection_id uuid not null,
  transactions bigint not null,
  primary key (tenant_id, month, company_id, connection_id)
);
select protect_tenant_table('usage_counts');

-- From that month on the company belonged to the group; the last word of a month is the month's.
create table usage_groups (
  tenant_id text not null references tenants on delete cascade,
  company_id text collate "C" not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  group_id text collate "C",
  primary key (tenant_id, company_id, month)
);
select protect_tenant_table('usage_groups');

-- What was delivered until now, by the feed's own word.
create temporary table zones on commit drop as
  select c.tenant_id, c.company_id, coalesce(z.name, 'UTC') as zone
  from companies c left join lateral (select name from pg_timezone_names where lower(name) = lower(c.time_zone) limit 1) z on true;

insert into usage_groups (tenant_id, company_id, month, group_id)
select tenant_id, company_id, to_char(created_at at time zone zone, 'YYYY-MM'), group_id from companies join zones using (tenant_id, company_id);

update transactions t set counted_on = (told.at at time zone z.zone)::date
from (
  select tenant_id, id, min(at) as at from transaction_changes, unnest(transaction_ids) as id where type = 'added' group by 1, 2
) told, connections c, zones z
where told.tenant_id = t.tenant_id and told.id = t.transaction_id and c.tenant_id = t.tenant_id and c.connection_id = t.connection_id
  and z.tenant_id = t.tenant_id and z.company_id = t.company_id and not t.already_booked and t.booking_date >= c.first_activated_on;

insert into usage_counts (tenant_id, month, company_id, connection_id, transactions)
select tenant_id, month, company_id, connection_id, sum(counted)
from (
  select tenant_id, to_char(counted_on, 'YYYY-MM') as month, company_id, connection_id, 1 as counted from transactions where counted_on is not null
  union all
  select r.tenant_id, to_char(r.finished_at at time zone z.zone, 'YYYY-MM'), r.company_id, r.connection_id, 0
  from sync_runs r join zones z using (tenant_id, company_id) join connections c using (tenant_id, connection_id)
  where r.status = 'completed' and c.assignment = 'assigned'
) happened
group by 1, 2, 3, 4;
