-- What was held of the month that ended on the day when its balance was told. A bank books into days that it has closed: later, more is held of that month than
-- the balance knew of, and by how much says whether that explains a difference.
alter table closes add column recent_minor bigint;
