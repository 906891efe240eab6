-- A movement that one complete run has lacked is looked for until a second one says so too, and a mismatch of the balances is read again for once.
create index transactions_missing on transactions (tenant_id, connection_id, booking_date) where missing_runs > 0;
alter table sync_states add column reread text;
