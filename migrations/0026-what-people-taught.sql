-- What people's decisions taught matching of whom a company pays and is paid by: one row for each thing that one decision says. It goes with the decision.
create table lessons (
  tenant_id text not null,
  match_id uuid not null,
  number int not null,
  company_id text not null,
  -- The same for every lesson that says the same, so that it can be forgotten by it.
  habit_id uuid not null,
  -- The line that showed it.
  transaction_id uuid not null,
  kind text not null check (kind in ('account', 'name', 'text', 'days')),
  seen text not null,
  party text not null,
  -- How the books called the party then.
  party_id text,
  party_name text,
  is_not boolean not null,
  learned_at timestamptz not null,
  primary key (tenant_id, match_id, number),
  foreign key (tenant_id, company_id) references companies on delete cascade,
  foreign key (tenant_id, match_id) references matches on delete cascade
);
create index lessons_company on lessons (tenant_id, company_id, learned_at desc, match_id desc, number);
select protect_tenant_table('lessons', 'select, insert, delete');
