-- When a person was last sent to reconfirm a consent: from then on the provider is asked, ever more rarely, whether they have.
alter table consents add column reconfirm_asked_at timestamptz;
