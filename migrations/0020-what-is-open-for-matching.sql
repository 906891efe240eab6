-- Matching asks after every import for what is still open: of an account with a million settled lines that is not to be read line by line.
create index transactions_open on transactions (tenant_id, connection_id, booking_date, transaction_id)
  where removed_at is null and not already_booked and match_status is distinct from 'confirmed';
