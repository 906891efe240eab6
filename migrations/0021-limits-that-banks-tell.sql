-- What a bank said last of its own limit on being asked without the person: how many calls are left, and until when that counts. Every process asks here first.
create table bank_limits (
  tenant_id text not null,
  connection_id uuid not null,
  resource text not null check (resource in ('transactions', 'balances')),
  remaining int not null check (remaining >= 0),
  resets_at timestamptz not null,
  told_at timestamptz not null,
  primary key (tenant_id, connection_id, resource),
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
select protect_tenant_table('bank_limits');
