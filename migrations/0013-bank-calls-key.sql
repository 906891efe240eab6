-- Calls may be made in the same instant, so what tells them apart is a number. Every table of a tenant's has a key that begins with it.
alter table bank_calls
  add column number bigint generated always as identity,
  add primary key (tenant_id, connection_id, number);
