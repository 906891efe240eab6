-- Matching reads what a change can touch, not the whole company: which entries and unmatched lines have a key, what has changed since the
-- last run, and up to where that run saw everything. The two key tables are large and written in bulk, so no reference is checked row by
-- row: whoever deletes a company deletes them.

-- What a run saw last; `keys_version` is null while the company has no keys.
create table matching_states (
  tenant_id text not null,
  company_id text not null,
  feed_position bigint not null,
  circumstances bigint not null,
  keys_version int,
  entry_count int not null,
  whole_entry_count int not null,
  common_keys bigint[] not null default '{}',
  common_counts int[] not null default '{}',
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
select protect_tenant_table('matching_states');

-- Written with each change, deleted by the run that has seen it. `is_judged`: the keys are to be renewed, and nothing is matched again.
create table matching_marks (
  tenant_id text not null,
  company_id text not null,
  number bigint generated always as identity,
  entry_ids text[] not null default '{}',
  transaction_ids uuid[] not null default '{}',
  is_judged boolean not null default false,
  is_whole boolean not null default false,
  primary key (tenant_id, company_id, number),
  foreign key (tenant_id, company_id) references companies on delete cascade
);
select protect_tenant_table('matching_marks', 'select, insert, delete');

-- `minor` is what is open, as a line has it that pays it: zero of what is settled, both signs of a transfer. In the order in which the
-- nearest amount is found, then the nearest day.
create table entry_keys (
  tenant_id text not null,
  company_id text not null,
  key bigint not null,
  minor bigint not null,
  day int not null,
  entry_id text collate "C" not null,
  primary key (tenant_id, company_id, key, minor, day, entry_id)
);
select protect_tenant_table('entry_keys', 'select, insert, delete');

-- What `entry_keys` holds of an entry, so that it is found again when the entry says something else or is gone; and how lines look for it.
create table keyed_entries (
  tenant_id text not null,
  company_id text not null,
  entry_id text collate "C" not null,
  keys bigint[] not null,
  minors bigint[] not null,
  day int not null,
  meets bigint[] not null,
  words bigint[] not null,
  primary key (tenant_id, company_id, entry_id)
);
select protect_tenant_table('keyed_entries');

-- Lines that nothing explains yet. A row too many is harmless: what is found by it is read, and looked at as it is now.
create table line_keys (
  tenant_id text not null,
  company_id text not null,
  key bigint not null,
  minor bigint not null,
  day int not null,
  transaction_id uuid not null,
  primary key (tenant_id, company_id, key, minor, day, transaction_id)
);
select protect_tenant_table('line_keys', 'select, insert, delete');
