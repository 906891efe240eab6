// The list that a bank page opens with, over HTTP: the service against the least that could answer it.

import autocannon from 'autocannon'
import { median, type Figure } from './figure.ts'
import { startScript } from './processes.ts'
import { connectCompany, firstImport, germanIban, type World } from './world.ts'

/** Several tenants, since one may ask no more than 6,000 times a minute. */
const tenants = Array.from({ length: 16 }, (_, n) => `list-${n + 1}`)
const listed = 50
const rounds = 5
const load = { connections: 8, duration: 3 }

type Target = { readonly url: string; readonly requests: Parameters<typeof autocannon>[0]['requests'] }

export async function measureConnections(world: World, cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const url = await startScript<string>(cleanup, 'bare-route.ts', { DATABASE_URL: world.ownerUrl })
  const waiting = 'waiting'
  const active = 'active'
  for (const tenant of tenants) await world.callAs(tenant).then((call) => call('GET', '/v1/tenant'))
  await fillWaiting(world, waiting)
  await fillActive(world, active)
  await world.owner.query('analyze')
  const figures: Figure[] = []
  for (const [company, what] of [
    [waiting, 'that wait for their bank'],
    [active, 'that are fetched daily'],
  ] as const) {
    const path = `/v1/companies/${company}/connections?limit=${listed}`
    const ours: Target = {
      url: world.service.url,
      requests: await Promise.all(
        tenants.map(async (tenant) => ({ path, headers: { authorization: `Bearer ${await world.token(tenant)}` } })),
      ),
    }
    const bare: Target = {
      url,
      requests: tenants.map((tenant) => ({ path: `/connections?tenant=${tenant}&company=${company}` })),
    }
    for (const target of [bare, ours]) await throughput(target)
    const pairs: { readonly ours: number; readonly bare: number }[] = []
    for (let round = 1; round <= rounds; round += 1)
      pairs.push({ bare: await throughput(bare), ours: await throughput(ours) })
    figures.push({
      name: `list of ${listed} connections ${what}, against a bare route`,
      value: median(pairs.map((pair) => pair.ours / pair.bare)),
      goal: '≥ 0.7',
      note: `${Math.round(median(pairs.map((pair) => pair.ours)))} a second against ${Math.round(median(pairs.map((pair) => pair.bare)))}`,
    })
  }
  return figures
}

async function throughput({ url, requests }: Target): Promise<number> {
  const { requests: answered, non2xx, errors } = await autocannon({ url, requests, ...load })
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} of the answers of ${url} were errors`)
  return answered.average
}

/** Ledger accounts with IBANs of a bank that nobody has authorised yet: each has a connection from the day it is registered. */
async function fillWaiting(world: World, company: string): Promise<void> {
  for (const tenant of tenants) {
    const call = await world.callAs(tenant)
    await call('PUT', `/v1/companies/${company}`, { name: company, country: 'DE' })
    await Promise.all(
      Array.from({ length: listed }, (_, n) =>
        call('PUT', `/v1/companies/${company}/ledger-accounts/${n}`, {
          name: `Bank ${n}`,
          currency: 'EUR',
          iban: germanIban(n),
        }),
      ),
    )
  }
}

/** One that was really connected and imported, and forty-nine copies of its rows, in every tenant: no sandbox bank has a customer with fifty accounts. */
async function fillActive({ callAs, owner }: World, company: string): Promise<void> {
  const [first = '', ...others] = tenants
  const iban = 'NO9386011117947'
  const call = await callAs(first)
  const original = (await connectCompany(call, company, 'berlin-group.fjordbanken', [iban])).get(iban)
  if (original === undefined) throw new Error('the account is not connected')
  await firstImport(call, original)
  await owner.query(
    `delete from connections where tenant_id = '${first}' and company_id = '${company}' and connection_id <> '${original}'`,
  )
  for (const tenant of others)
    await callAs(tenant).then((as) => as('PUT', `/v1/companies/${company}`, { name: company, country: 'NO' }))
  const copies = `connections c where c.company_id = '${company}' and c.connection_id <> '${original}'`
  await owner.query(`
    insert into connections select (jsonb_populate_record(c, jsonb_build_object('tenant_id', tenant, 'connection_id', gen_random_uuid(), 'iban', null,
      'ledger_account_id', 'copy-' || n))).*
    from connections c, unnest(string_to_array('${tenants.join(',')}', ',')) as tenant, generate_series(1, ${listed}) n
    where c.connection_id = '${original}' and not (tenant = '${first}' and n = 1)`)
  await owner.query(`
    insert into sync_runs select (jsonb_populate_record(r, jsonb_build_object('tenant_id', c.tenant_id, 'connection_id', c.connection_id, 'run_id', c.connection_id))).*
    from sync_runs r, ${copies} and r.connection_id = '${original}'`)
  await owner.query(`
    insert into sync_states select (jsonb_populate_record(s, jsonb_build_object('tenant_id', c.tenant_id, 'connection_id', c.connection_id, 'last_run_id', c.connection_id))).*
    from sync_states s, ${copies} and s.connection_id = '${original}'`)
  await owner.query(`
    insert into due_work select (jsonb_populate_record(d, jsonb_build_object('tenant_id', c.tenant_id, 'subject', c.connection_id))).*
    from due_work d, ${copies} and d.kind = 'sync' and d.subject = '${original}'`)
}
