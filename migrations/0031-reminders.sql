-- Which reminder of a consent's deadline was the last: each is told once, whatever restarts, retries and changed settings do. Days before only go down.
create table consent_reminders (
  tenant_id text not null,
  consent_id uuid not null,
  about text not null check (about in ('expiry', 'reconfirmation')),
  deadline timestamptz not null,
  -- -1: that the deadline of a reconfirmation has passed.
  days_before int not null,
  reminded_at timestamptz not null,
  primary key (tenant_id, consent_id, about, deadline),
  foreign key (tenant_id, consent_id) references consents on delete cascade
);
select protect_tenant_table('consent_reminders');

-- The consents that there are get a look at once, and find out themselves when their next reminder is.
alter table consents no force row level security;
alter table due_work no force row level security;
insert into due_work (tenant_id, kind, subject, due_at)
select tenant_id, 'reminder', consent_id::text, now() from consents where ended_at is null and expires_at > now();
alter table consents force row level security;
alter table due_work force row level security;
