-- What a tenant says of a company's lines before matching looks at them. The list is put, read and reckoned with as one, in its order.
create table matching_rules (
  tenant_id text not null,
  company_id text not null,
  rules jsonb not null,
  updated_at timestamptz not null,
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
select protect_tenant_table('matching_rules');
