import type { Pool } from './db.ts'

/**
 * What must hold before this process may serve: the service's role can neither own nor bypass, and the database has had every migration.
 * Says what does not hold, and what to do.
 */
export async function databaseProblem(pool: Pool, latestMigration: string): Promise<string | null> {
  const { rows } = await pool.query<{ super: boolean; bypass: boolean; owns: boolean; migrated: boolean }>(`
    select r.rolsuper as super, r.rolbypassrls as bypass,
      exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as owns,
      to_regclass('public.kysely_migration') is not null as migrated
    from pg_roles r where r.rolname = current_user`)
  const role = rows[0]
  if (role === undefined || role.super || role.bypass || role.owns)
    return 'DATABASE_URL must name a role that is no superuser, cannot bypass row-level security and owns no table'
  if (role.migrated) {
    const { rowCount } = await pool.query('select from kysely_migration where name = $1', [latestMigration])
    if (rowCount === 1) return null
  }
  return 'the database is not up to date: run `npm run migrate` as the owner (DATABASE_OWNER_URL)'
}
