-- What a bank has shown of itself on a connection. An id that once contradicted itself is never trusted there again, though the rows that showed it leave the
-- window; and the balance that a row was last shown with is evidence for the next decision, while the one that was delivered stays until a new version.
alter table sync_states add column distrusted_ids text[] not null default '{}';
alter table transactions add column shown_balance_minor bigint;
