-- Units per EUR as a tenant's books have them, for payments of which the bank tells no rate.
create table exchange_rates (
  tenant_id text not null,
  day date not null,
  -- By currency, as decimal text.
  rates jsonb not null,
  updated_at timestamptz not null,
  primary key (tenant_id, day)
);
select protect_tenant_table('exchange_rates');
