-- Banks' pictures, fetched by us from where their providers say, for the hosted page: it loads nothing from anybody else.
create table institution_pictures (
  institution_id text primary key references institutions on delete cascade,
  -- What was asked for it, and when last.
  url text not null,
  asked_at timestamptz not null,
  -- Null where nothing was to be had that may be shown.
  picture bytea check (octet_length(picture) between 1 and 131072),
  media_type text check (media_type in ('image/gif', 'image/jpeg', 'image/png', 'image/webp')),
  check ((picture is null) = (media_type is null))
);
grant select, insert, update on institution_pictures to bankfeed_service;
