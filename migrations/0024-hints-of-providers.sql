-- A provider that calls us when there is news says whose in its own words: from the hash of those to the session whose consent it is.
alter table session_lookups drop constraint session_lookups_purpose_check;
alter table session_lookups add constraint session_lookups_purpose_check check (purpose in ('link', 'state', 'hint'));
