// The least that could answer a list of connections: Fastify, pg, one statement, the rows as they are. No token is checked, nothing is
// described, and no security of the database stands between.

import { env } from 'node:process'
import { fastify, type FastifyRequest } from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: env['DATABASE_URL'], max: 20 })
const app = fastify()

app.get('/connections', async ({ query }: FastifyRequest<{ Querystring: { tenant: string; company: string } }>) => {
  const { rows } = await pool.query(statement, [query.tenant, query.company, 51])
  return { data: rows, nextCursor: null }
})

const statement = `
  select connection_id, company_id, institution_id, name, type, iban, bban, masked_pan, stable_hash, currency, owner, assignment, ledger_account_id,
    person_id, expense_policy, assigned_at, ledger_account_had_iban, ledger_account_gone_at, source_person_id, source_fallback, source_chosen_at,
    activated_at, deactivated_at, start_date, first_sync, first_activated_on, removed_at, created_at, projection
  from connections
  where tenant_id = $1 and removed_at is null and company_id = $2
  order by connection_id limit $3`

process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }))
