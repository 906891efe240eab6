-- That nobody has opened a session's link is told once for each link; and what became of the last attempt is shown to whoever opens the link again.
alter table consent_sessions
  add column unopened_at timestamptz,
  add column last_failure text;
