-- The days on which what is held is what the bank showed, row for row, with a digest of what it showed: shown the same again, such a day is not decided again.
-- A day is here only as long as nothing of it has changed since: whatever decides it anew takes it out, or writes what it shows now.
create table agreed_days (
  tenant_id text not null,
  connection_id uuid not null,
  day date not null,
  digest bytea not null,
  primary key (tenant_id, connection_id, day),
  foreign key (tenant_id, connection_id) references connections on delete cascade
);
select protect_tenant_table('agreed_days');
