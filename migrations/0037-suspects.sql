-- Every complete run asks which of an account's transactions were doubtful and are not any more: few are, of however many.
create index transactions_suspect on transactions (tenant_id, connection_id, booking_date) where suspect is not null;
