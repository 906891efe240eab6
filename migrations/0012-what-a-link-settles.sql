-- A link tells what it settles in its line's currency and, where the entry's is another one, in that too: it must be readable when
-- the entry is gone. Nothing has been written to the table before this.
alter table match_links
  add column currency text not null,
  add column entry_minor bigint,
  add column entry_currency text,
  add check ((entry_minor is null) = (entry_currency is null));

-- Every run reads a company's undecided suggestions, and what people refused.
create index matches_status on matches (tenant_id, company_id, status, match_id desc);
