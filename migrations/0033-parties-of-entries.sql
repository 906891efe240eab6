-- Several entries of one party may be paid in one sum: when one of them changes, the others tell which lines may be about it.
-- What is kept under an older version of the keys has none, and is made anew.
alter table keyed_entries add column party bigint;
