-- Providers list thousands of banks. A list by name leans on the folded name, so that it is the same on every database whatever its collation, and two
-- ways to one bank stand together. Until a provider is asked again its banks sort by their names in capitals; a release that does not know of the column leaves it empty.
-- `refreshed_at` is from now on when something of an institution last changed: what is listed as it was is not written again.
alter table institutions add column sort_name text collate "C" not null default '';
update institutions set sort_name = left(upper(name), 60);
create index institutions_by_name on institutions (sort_name, institution_id) where withdrawn_at is null;
