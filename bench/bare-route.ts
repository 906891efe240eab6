// The least that could answer a list of connections: Fastify, pg, the statements that the service asks, the rows as they come. No token is checked, nothing is
// described, and no security of the database stands between.

import { env } from 'node:process'
import { fastify, type FastifyRequest } from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: env['DATABASE_URL'], max: 20 })
const app = fastify()

app.get('/connections', async ({ query }: FastifyRequest<{ Querystring: { tenant: string; company: string } }>) => {
  const { rows } = await pool.query(connections, [query.tenant, query.company, 51])
  const fetched = rows.filter((row) => row.activated_at !== null).map((row) => row.connection_id)
  if (fetched.length === 0) return { data: rows, nextCursor: null }
  const [standings, dueAt] = await Promise.all([
    pool.query(standing, [query.tenant, fetched]),
    pool.query(due, [query.tenant, fetched]),
  ])
  return { data: rows, standings: standings.rows, dueAt: dueAt.rows, nextCursor: null }
})

const connections = `
  select connection_id, company_id, institution_id, name, type, iban, bban, masked_pan, stable_hash, currency, owner, assignment, ledger_account_id,
    person_id, expense_policy, assigned_at, ledger_account_had_iban, ledger_account_gone_at, source_person_id, source_fallback, source_chosen_at,
    activated_at, deactivated_at, start_date, first_sync, first_activated_on, removed_at, created_at, projection
  from connections
  where tenant_id = $1 and removed_at is null and company_id = $2
  order by connection_id limit $3`

const standing = `
  select s.connection_id, s.health, r.run_id, r.status, r.finished_at, r.added, r.error_kind
  from sync_states s left join sync_runs r on r.tenant_id = s.tenant_id and r.run_id = s.last_run_id
  where s.tenant_id = $1 and s.connection_id = any($2::uuid[])`

const due = `select subject, due_at from due_work where tenant_id = $1 and kind = 'sync' and subject = any($2)`

process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }))
