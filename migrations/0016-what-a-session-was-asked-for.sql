-- A link that is sent again lives as long as the first was to; and whether the tenant named the bank, or the person chooses and may choose again.
alter table consent_sessions
  add column link_hours int not null default 72 check (link_hours > 0),
  add column names_bank boolean not null default true;
