-- What changed in one commit stands in the feed together, under the number of the last of it: an import of 100,000 is a hundred rows here, not 100,000 with two
-- index entries each. The nth of them has the number last_position - cardinality(transaction_ids) + n.
alter table transaction_changes rename to changes_one_by_one;
alter table changes_one_by_one rename constraint transaction_changes_pkey to changes_one_by_one_pkey;
drop index transaction_changes_company;

create table transaction_changes (
  tenant_id text not null,
  last_position bigint not null,
  company_id text not null,
  type text not null check (type in ('added', 'modified', 'removed')),
  transaction_ids uuid[] not null,
  versions int[] not null,
  at timestamptz not null,
  primary key (tenant_id, last_position),
  check (cardinality(transaction_ids) > 0 and cardinality(transaction_ids) = cardinality(versions))
);

-- Ids do not pack, and to try it takes as long as to write them.
alter table transaction_changes alter column transaction_ids set storage external;

-- Numbers that follow each other and tell the same kind of change of one instant, a thousand at most.
insert into transaction_changes (tenant_id, last_position, company_id, type, transaction_ids, versions, at)
select tenant_id, max(position), company_id, type, array_agg(transaction_id order by position), array_agg(version order by position), at
from (
  select *, position - row_number() over (partition by tenant_id, company_id, type, at order by position) as stretch from changes_one_by_one
) numbered
group by tenant_id, company_id, type, at, stretch, (position - stretch) / 1000;
drop table changes_one_by_one;

create index transaction_changes_company on transaction_changes (tenant_id, company_id, last_position);
select protect_tenant_table('transaction_changes', 'select, insert, delete');
