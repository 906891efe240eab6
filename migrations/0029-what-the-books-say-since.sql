-- A match that holds stays when the books come to say something else of its entries; it says so, until they agree again.
alter table matches
  add column attention text check (attention in ('entry_deleted', 'entry_changed', 'entry_overspent')),
  -- The match that a person confirmed instead of it: it comes back when that is undone.
  add column superseded_by uuid;

create index matches_attention on matches (tenant_id, company_id, match_id desc) where attention is not null;
create index matches_superseded on matches (tenant_id, superseded_by) where superseded_by is not null;
