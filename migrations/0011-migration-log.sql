-- The service may see how far the migrations have come: it does not serve from a database that is behind it.
grant select on kysely_migration to bankfeed_service;
