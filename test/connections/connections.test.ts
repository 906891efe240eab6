import { t as file, test } from 'tap'
import {
  authorised,
  card,
  company,
  connectionsOf,
  decideAtBank,
  eventsOf,
  fjordbanken,
  iban,
  registered,
  toBank,
  visit,
  type Call,
} from '../consents/journey.ts'
import { startBankedService } from '../support/bank.ts'
import { runSql } from '../support/database.ts'
import type { Answer } from '../support/service.ts'

/** For all tests of the file: each has a tenant of its own, and begins at the bank anew, on the same day. */
const service = await startBankedService(file)
file.beforeEach(async () => {
  await service.bank.control('/reset', {})
  service.clock.set('2026-11-21T11:00:00Z')
})

type Connection = Answer['body']

const read = async (call: Call, { id }: Connection): Promise<Connection> =>
  (await call('GET', `/v1/connections/${id}`)).body

const changesOf = async (call: Call, after?: string): Promise<Answer['body']> => {
  const data = []
  for (let cursor = after; ;) {
    const query = cursor === undefined ? '' : `&after=${cursor}`
    const { body } = await call('GET', `${company}/transactions/changes?limit=100${query}`)
    data.push(...body.data)
    cursor = body.nextCursor
    if (body.data.length === 0) return { data, nextCursor: cursor }
  }
}

const transactionsOf = async (call: Call, { id }: Connection): Promise<readonly Answer['body'][]> => {
  const data = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/connections/${id}/transactions?limit=100${cursor}`)
    data.push(...body.data)
    if (body.nextCursor === null) return data
    cursor = `&cursor=${body.nextCursor}`
  }
}

/** What is read of it, listed, recorded and kept for lists are one. */
async function agrees(
  t: { match(found: unknown, wanted: unknown, name: string): void },
  call: Call,
  id: string,
): Promise<Connection> {
  const connection = await read(call, { id })
  const { status, since, expiresAt } = connection
  const listed = (await call('GET', `/v1/connections?companyId=fjordlys&status=${status}&limit=100`)).body.data
  t.match(
    listed.find((each: Connection) => each.id === id),
    connection,
    `listed under ${status}`,
  )
  const history = (await call('GET', `/v1/connections/${id}/status-history`)).body.data
  t.match(history.at(-1), { status, since }, `${status} is the last of its history`)
  const [row] = await runSql(
    service.ownerUrl,
    `select status, expires_at, projection->>'status' as projected from connections where connection_id = '${id}'`,
  )
  const kept = row?.['expires_at'] instanceof Date ? row['expires_at'].toISOString() : undefined
  t.match({ ...row, kept }, { status, projected: status, kept: expiresAt }, `${status} is what lists filter by`)
  return connection
}

/** Does what mends it, step by step as it is told, with a person who follows the links. */
async function mended(
  call: Call,
  connection: Connection,
  login = 'anna',
  ticked?: readonly string[],
): Promise<Connection> {
  for (const { method, href, body } of connection.repair) {
    const answer = await call(method, href, body)
    if (answer.status >= 300) throw new Error(`${method} ${href}: ${answer.status} ${JSON.stringify(answer.body)}`)
    const links = [answer.body, ...(answer.body.data ?? [])].flatMap(({ url }) => url ?? [])
    for (const link of links)
      await visit(
        service,
        await decideAtBank(await toBank(service, link), { login, ...(ticked !== undefined && { ticked }) }),
      )
  }
  return read(call, connection)
}

const actions = ({ repair }: Connection): readonly string[] => repair.map(({ action }: { action: string }) => action)

test('from the day that a ledger account is registered its connection says what it waits for', async (t) => {
  const { call } = await registered(service)
  const id = (await connectionsOf(call))[iban.main].id
  const waiting = await agrees(t, call, id)
  t.match(waiting, {
    status: 'not_connected',
    name: 'Driftskonto',
    assignment: { ledgerAccountId: '1920' },
    bankAccess: 'none',
    consents: [],
    health: { state: 'ok' },
    repair: [
      {
        action: 'authorise',
        method: 'POST',
        href: `${company}/consent-sessions`,
        body: { institutionId: fjordbanken, ledgerAccountIds: ['1920'] },
      },
    ],
  })

  const { body: session } = await call('POST', `${company}/consent-sessions`, {
    institutionId: fjordbanken,
    ledgerAccountIds: ['1920'],
  })
  t.match(await agrees(t, call, id), { status: 'not_connected' }, 'a link that nobody has used is nothing yet')
  service.clock.advance({ minutes: 1 })
  const bankUrl = await toBank(service, session.url)
  const sent = await agrees(t, call, id)
  t.match(sent, {
    status: 'authorisation_incomplete',
    since: service.clock.now().toISOString(),
    repair: [{ action: 'authorise' }],
  })
  await visit(service, await decideAtBank(bankUrl, { button: 'cancel' }))
  t.match(await agrees(t, call, id), { status: 'authorisation_incomplete', reason: /cancelled/, since: sent.since })

  const last = await mended(call, await read(call, { id }))
  t.match(last, { id, status: 'inactive', repair: [{ action: 'activate' }] })
  t.match(await mended(call, last), { id, status: 'active', repair: [] })
  t.match(
    (await call('GET', `/v1/connections/${id}/status-history`)).body.data.map(({ status }: Connection) => status),
    ['not_connected', 'authorisation_incomplete', 'inactive', 'active'],
  )
  await agrees(t, call, id)
})

test('a consent at its bank that leaves the account out says what to tick', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna', ticked: ['fjordbanken-second'] })
  const main = (await connectionsOf(call))[iban.main]
  t.match(await agrees(t, call, main.id), { status: 'iban_not_found', reason: /NO93 •••• 7947/, bankAccess: 'none' })
  t.strictSame(actions(main), ['authorise'])
  service.clock.advance({ minutes: 1 })
  t.match(await mended(call, main), { status: 'inactive' })
})

test('an account that a newer consent leaves out was found before, and says so', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  service.clock.advance({ days: 1 })
  await authorised(service, call, { personId: 'anna', ticked: ['fjordbanken-second'] })
  await service.work()
  const main = await agrees(t, call, (await connectionsOf(call))[iban.main].id)
  t.match(main, { status: 'iban_not_found' })
  t.strictSame(actions(main), ['authorise', 'activate'], 'it was never active')
  service.clock.advance({ minutes: 1 })
  t.match(await mended(call, main), { status: 'active' })
})

test('switched off and on again', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  await service.work()
  const { id } = (await connectionsOf(call))[iban.main]
  t.equal((await call('POST', `/v1/connections/${id}/deactivate`)).status, 200)
  const off = await agrees(t, call, id)
  t.match(off, { status: 'deactivated', bankAccess: 'live', repair: [{ action: 'activate' }] })
  t.notOk('nextSyncAt' in off)
  const { lastSync } = off
  service.clock.advance({ days: 2 })
  await service.work()
  t.strictSame((await read(call, { id })).lastSync, lastSync, 'nothing was fetched meanwhile')
  const on = await mended(call, off)
  t.match(on, { status: 'active', startDate: '2026-11-21' })
  await service.work()
  t.match(await agrees(t, call, id), { lastSync: { status: 'completed', at: service.clock.now().toISOString() } })
})

test('a connection that waits cannot be switched on or off, nor be given away', async (t) => {
  const { call } = await registered(service)
  await call('PUT', `${company}/ledger-accounts/1990`, { name: 'Other', currency: 'NOK' })
  const { id } = (await connectionsOf(call))[iban.main]
  for (const verb of ['activate', 'deactivate'])
    t.match(await call('POST', `/v1/connections/${id}/${verb}`), {
      status: 409,
      body: { code: 'connection_not_usable' },
    })
  for (const assignment of [null, { ledgerAccountId: '1990' }, { personId: 'anna' }])
    t.match(await call('PATCH', `/v1/connections/${id}`, { assignment }), {
      status: 409,
      body: { code: 'assignment_conflict' },
    })
  t.match(await agrees(t, call, id), { status: 'not_connected', assignment: { ledgerAccountId: '1920' } })
  t.match(await call('PATCH', `/v1/connections/${id}`, { assignment: 'none' }), {
    body: { status: 'ignored', repair: [] },
  })
  await agrees(t, call, id)
  const back = await call('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1920' } })
  t.match(back, { status: 200, body: { status: 'not_connected' } })
})

test('a ledger account that is gone, or has another IBAN, is told, and assigning mends it', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { activate: { startDate: 'today' } })
  const { id } = (await connectionsOf(call))[iban.main]
  service.clock.advance({ hours: 1 })
  t.equal((await call('DELETE', `${company}/ledger-accounts/1920`)).status, 204)
  const gone = await agrees(t, call, id)
  t.match(gone, {
    status: 'ledger_account_not_found',
    since: service.clock.now().toISOString(),
    reason: /no longer exists/,
  })
  t.match(gone.repair, [{ action: 'assign', method: 'PATCH', href: `/v1/connections/${id}` }])

  await call('PUT', `${company}/ledger-accounts/1925`, { name: 'Ny konto', currency: 'NOK' })
  const [{ method, href }] = gone.repair
  await call(method, href, { assignment: { ledgerAccountId: '1925' } })
  t.match(await agrees(t, call, id), { status: 'active', assignment: { ledgerAccountId: '1925' } })

  await call('PUT', `${company}/ledger-accounts/1926`, { name: 'Hovedkonto', currency: 'NOK' })
  await call('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1926' } })
  await call('PUT', `${company}/ledger-accounts/1926`, { name: 'Hovedkonto', currency: 'NOK', iban: iban.main })
  t.match(await agrees(t, call, id), { status: 'active' }, 'it has the very IBAN now')
})

test('a ledger account whose IBAN is corrected away from its connection says so', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { activate: { startDate: 'today' } })
  const { id } = (await connectionsOf(call))[iban.main]
  await call('PUT', `${company}/ledger-accounts/1920`, {
    name: 'Driftskonto',
    currency: 'NOK',
    iban: 'NO8330001234567',
  })
  t.match(await agrees(t, call, id), { status: 'ledger_account_not_found', reason: /no longer has NO93 •••• 7947/ })
  await call('PUT', `${company}/ledger-accounts/1920`, { name: 'Driftskonto', currency: 'NOK', iban: iban.main })
  t.match(await agrees(t, call, id), { status: 'active' })
})

test('revoked, expired, and mended by what is told', async (t) => {
  const { call } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const { id } = (await connectionsOf(call))[iban.main]
  await call('DELETE', `/v1/consents/${consentId}`)
  const revoked = await agrees(t, call, id)
  t.match(revoked, { status: 'revoked', bankAccess: 'ended' })
  t.strictSame(actions(revoked), ['authorise'])
  service.clock.advance({ minutes: 1 })
  t.match(await mended(call, revoked), { status: 'active' })

  const { expiresAt } = await read(call, { id })
  service.clock.set(expiresAt)
  await service.work()
  const expired = await agrees(t, call, id)
  t.match(expired, { status: 'expired', since: expiresAt, bankAccess: 'ended' })
  t.strictSame(actions(expired), ['renew'])
  service.clock.advance({ minutes: 1 })
  t.match(await mended(call, expired), { status: 'active' })
  await agrees(t, call, id)
})

test('without fallback the chosen source decides, and somebody else who covers it can be chosen', async (t) => {
  const { call, tenant } = await registered(service)
  const anna = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  service.clock.advance({ days: 1 })
  const dina = await authorised(service, call, { personId: 'dina', login: 'dina' })
  const { id } = (await connectionsOf(call))[iban.main]
  t.match(
    await agrees(t, call, id),
    { effectiveConsentId: dina.consentId },
    'nobody is chosen: the one that lasts longest',
  )
  t.strictSame(new Set((await read(call, { id })).consents), new Set([anna.consentId, dina.consentId]))

  const patch = { sourcePersonId: 'anna', sourceFallback: false }
  t.match(await call('PATCH', `/v1/connections/${id}`, patch), {
    body: { status: 'active', effectiveConsentId: anna.consentId },
  })
  service.clock.advance({ minutes: 1 })
  await call('DELETE', `/v1/consents/${anna.consentId}`)
  const lost = await agrees(t, call, id)
  t.match(lost, {
    status: 'access_lost',
    reason: /fallback/,
    repair: [{ action: 'choose_source', body: { sourcePersonId: 'dina' } }],
  })
  t.match(await mended(call, lost), { status: 'active', sourcePersonId: 'dina', effectiveConsentId: dina.consentId })
  await agrees(t, call, id)

  service.clock.advance({ minutes: 1 })
  await call('DELETE', `/v1/consents/${dina.consentId}`)
  const alone = await agrees(t, call, id)
  t.match(alone, { status: 'access_lost', repair: [{ action: 'authorise', body: { personId: 'dina' } }] })
  service.clock.advance({ minutes: 1 })
  t.match(await mended(call, alone, 'dina'), { status: 'active' })
  const sources = (await eventsOf(service, tenant, 'connection.source_changed')).filter(
    ({ data }) => data['connectionId'] === id,
  )
  t.strictSame(
    sources.map(({ data }) => data['personId']),
    ['dina', 'anna'],
  )
})

test('with fallback another person’s consent takes over, at the very instant that the source’s runs out', async (t) => {
  const { call, tenant } = await registered(service)
  const anna = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  service.clock.advance({ days: 10 })
  const dina = await authorised(service, call, { personId: 'dina', login: 'dina' })
  const { id } = (await connectionsOf(call))[iban.main]
  await call('PATCH', `/v1/connections/${id}`, { sourcePersonId: 'anna' })
  const before = await agrees(t, call, id)
  t.match(before, { status: 'active', sourceFallback: true, effectiveConsentId: anna.consentId })
  service.clock.set(new Date(new Date(before.expiresAt).getTime() + 59_000))
  await service.work()
  t.match(await agrees(t, call, id), { status: 'active', effectiveConsentId: dina.consentId, reason: /another person/ })
  t.match((await eventsOf(service, tenant, 'connection.source_changed')).at(-1), {
    data: { connectionId: id, personId: 'dina' },
  })
  t.match(await call('PATCH', `/v1/connections/${id}`, { sourcePersonId: 'nobody' }), {
    status: 404,
    body: { code: 'person_not_found' },
  })
})

test('every change of status is told once, with the instant of the fact', async (t) => {
  const { call, tenant } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const main = (await connectionsOf(call))[iban.main]
  service.clock.advance({ hours: 1 })
  await call('PUT', `${company}/persons/dina`, { name: 'Dina Moe' })
  await call('PATCH', `/v1/connections/${main.id}`, { sourceFallback: true })
  await call('DELETE', `/v1/consents/${consentId}`)
  const told = (await eventsOf(service, tenant, 'connection.status_changed')).filter(
    ({ data }) => data['connectionId'] === main.id,
  )
  t.strictSame(
    told.map(({ data }) => [data['previousStatus'], data['status'], data['since']]),
    [
      [null, 'not_connected', '2026-11-21T11:00:00.000Z'],
      ['not_connected', 'authorisation_incomplete', '2026-11-21T11:00:00.000Z'],
      ['authorisation_incomplete', 'active', '2026-11-21T11:00:00.000Z'],
      ['active', 'revoked', '2026-11-21T12:00:00.000Z'],
    ],
  )
  const history = (await call('GET', `/v1/connections/${main.id}/status-history`)).body.data
  t.strictSame(
    history.map(({ status }: Connection) => status),
    told.map(({ data }) => data['status']),
  )
})

test('assigning a bank account absorbs the connection that waited, with its history', async (t) => {
  const { call } = await registered(service)
  // The books know the account by another number: the person has to say that it is the same.
  await call('PUT', `${company}/ledger-accounts/1930`, { name: 'Sparing', currency: 'NOK', iban: 'NO8330001234567' })
  await call('PUT', `${company}/ledger-accounts/1931`, { name: 'Sparing 2', currency: 'NOK', iban: 'NO2230001234501' })
  const waiting = (await connectionsOf(call))['NO8330001234567']
  service.clock.advance({ hours: 1 })
  await authorised(service, call, { personId: 'anna', ledgerAccountIds: ['1930'] })
  const bank = (await connectionsOf(call))[iban.savings]
  t.match(bank, { status: 'unassigned', repair: [{ action: 'assign' }] })
  service.clock.advance({ hours: 1 })
  const [{ method, href }] = bank.repair
  t.match(await call(method, href, { assignment: { ledgerAccountId: '1930' } }), {
    status: 200,
    body: { id: bank.id, status: 'inactive', assignment: { ledgerAccountId: '1930' }, iban: iban.savings },
  })
  t.equal((await call('GET', `/v1/connections/${waiting.id}`)).status, 404)
  const history = async () =>
    (await call('GET', `/v1/connections/${bank.id}/status-history`)).body.data.map(({ status }: Connection) => status)
  const inherited = await history()
  t.equal(inherited[0], 'not_connected')
  t.strictSame(inherited.slice(-2), ['unassigned', 'inactive'])
  await agrees(t, call, bank.id)

  service.clock.advance({ hours: 1 })
  t.equal(
    (await call('PATCH', `/v1/connections/${bank.id}`, { assignment: { ledgerAccountId: '1931' } })).status,
    200,
    'and once more',
  )
  t.equal((await history()).length, inherited.length + 1, 'what the second one waited for comes before')
  await agrees(t, call, bank.id)
})

test('a ledger account whose IBAN is corrected to that of a bank account that is connected gets that one', async (t) => {
  const { call } = await registered(service)
  await call('PUT', `${company}/ledger-accounts/1921`, {
    name: 'Skattetrekk',
    currency: 'NOK',
    iban: 'NO2230001234501',
  })
  await authorised(service, call, { personId: 'anna' })
  const { id } = (await connectionsOf(call))[iban.second]
  const account = { name: 'Skattetrekk', currency: 'NOK', iban: iban.second }
  t.equal((await call('PUT', `${company}/ledger-accounts/1921`, account)).status, 200)
  t.match(await agrees(t, call, id), { status: 'inactive', assignment: { ledgerAccountId: '1921' } })
  t.equal(Object.keys(await connectionsOf(call)).length, 5)
})

test('an account known by its BBAN alone that tells its IBAN later ends the wait of whoever waited for that IBAN', async (t) => {
  const { call, tenant } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  const { id } = (await connectionsOf(call))[iban.second]
  await call('PUT', `${company}/ledger-accounts/1921`, { name: 'Skattetrekk', currency: 'NOK' })
  await call('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1921' } })
  await service.deps.unit(tenant, async ({ connections }) =>
    connections.save({ ...(await connections.hold(id)), iban: null, bban: iban.second.slice(4) }),
  )
  await call('PUT', `${company}/ledger-accounts/1922`, { name: 'Annet', currency: 'NOK', iban: iban.second })
  t.match((await connectionsOf(call))[iban.second], {
    status: 'iban_not_found',
    assignment: { ledgerAccountId: '1922' },
  })
  t.match(await authorised(service, call, { personId: 'anna' }), { status: 'completed' })
  t.match((await connectionsOf(call))[iban.second], { id, assignment: { ledgerAccountId: '1921' } })
})

test('a ledger account has one connection', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  const connections = await connectionsOf(call)
  const second = connections[iban.second].id
  t.match(await call('PATCH', `/v1/connections/${second}`, { assignment: { ledgerAccountId: '1920' } }), {
    status: 409,
    body: { code: 'assignment_conflict' },
  })
  t.match(await call('PATCH', `/v1/connections/${second}`, { assignment: { ledgerAccountId: '9999' } }), {
    status: 404,
    body: { code: 'ledger_account_not_found' },
  })
  t.match(await call('PATCH', `/v1/connections/${second}`, { assignment: { personId: 'nobody' } }), {
    status: 404,
    body: { code: 'person_not_found' },
  })
  const holder = { personId: 'anna', expensePolicy: 'reimbursable' }
  t.match(await call('PATCH', `/v1/connections/${connections[card].id}`, { assignment: holder }), {
    body: { assignment: holder, status: 'inactive' },
  })
  t.match(await agrees(t, call, second), { status: 'unassigned' })
})

test('what was imported while it belonged nowhere is delivered once it is assigned, and once only', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  const second = (await connectionsOf(call))[iban.second]
  t.match(await call('POST', `/v1/connections/${second.id}/activate`, { startDate: 'max_history' }), {
    status: 200,
    body: { connection: { status: 'unassigned' }, servedFrom: '2026-08-23' },
  })
  await service.work()
  const held = await transactionsOf(call, second)
  t.ok(held.length > 3, `${held.length} can be read`)
  t.match(held[0], { assignment: null })
  t.strictSame((await changesOf(call)).data, [], 'and are not delivered yet')

  await call('PUT', `${company}/ledger-accounts/1921`, { name: 'Skattetrekk', currency: 'NOK' })
  await call('PATCH', `/v1/connections/${second.id}`, { assignment: { ledgerAccountId: '1921' } })
  const delivered = await changesOf(call)
  t.ok(delivered.data.every(({ type }: { type: string }) => type === 'added'))
  t.strictSame(
    new Set(delivered.data.map(({ transaction }: Answer['body']) => transaction.id)),
    new Set((await transactionsOf(call, second)).map(({ id }) => id)),
  )
  t.match(delivered.data[0].transaction, { assignment: { ledgerAccountId: '1921' } })
  await call('PATCH', `/v1/connections/${second.id}`, { assignment: { ledgerAccountId: '1921' } })
  t.strictSame((await changesOf(call, delivered.nextCursor)).data, [], 'the same assignment again changes nothing')
})

test('assigned to none it is fetched no more, until it is assigned again', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'max_history' } })
  await service.work()
  const { id } = (await connectionsOf(call))[iban.main]
  const before = await changesOf(call)
  const ignored = await call('PATCH', `/v1/connections/${id}`, { assignment: 'none' })
  t.match(ignored, { status: 200, body: { status: 'ignored', repair: [], assignment: 'none' } })
  await agrees(t, call, id)
  t.match(await call('POST', `/v1/connections/${id}/activate`), { status: 409, body: { code: 'connection_ignored' } })
  const { lastSync } = await read(call, { id })
  service.clock.advance({ days: 5 })
  await service.work()
  t.strictSame((await read(call, { id })).lastSync, lastSync)

  await call('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1920' } })
  await service.work()
  t.match(await agrees(t, call, id), { status: 'active', lastSync: { at: service.clock.now().toISOString() } })
  const after = await changesOf(call, before.nextCursor)
  t.ok(
    after.data.some(({ transaction }: Answer['body']) => transaction.bookingDate > '2026-11-21'),
    'and what is new came',
  )
})

test('what had been delivered before a connection was ignored is not delivered again when it is assigned again', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'month_start' } })
  await service.work()
  const { id } = (await connectionsOf(call))[iban.main]
  const { nextCursor } = await changesOf(call)
  await call('PATCH', `/v1/connections/${id}`, { assignment: 'none' })
  await call('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1920' } })
  t.equal((await changesOf(call, nextCursor)).data.length, 0)
})

test('what was imported before stays where it was, or moves along, as it is asked', async (t) => {
  const { call } = await registered(service)
  await call('PUT', `${company}/ledger-accounts/1921`, { name: 'Ny konto', currency: 'NOK' })
  await call('PUT', `${company}/ledger-accounts/1922`, { name: 'Enda en', currency: 'NOK' })
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'max_history' } })
  await service.work()
  const main = (await connectionsOf(call))[iban.main]
  const { nextCursor } = await changesOf(call)
  const belongs = async () =>
    new Set((await transactionsOf(call, main)).map(({ assignment }) => assignment?.ledgerAccountId))

  await call('PATCH', `/v1/connections/${main.id}`, { assignment: { ledgerAccountId: '1921' } })
  t.strictSame(await belongs(), new Set(['1920']))
  t.strictSame((await changesOf(call, nextCursor)).data, [])
  service.clock.advance({ days: 5 })
  await service.work()
  const added = await changesOf(call, nextCursor)
  t.ok(added.data.length > 0)
  t.match(added.data[0], { type: 'added', transaction: { assignment: { ledgerAccountId: '1921' } } })
  t.strictSame(await belongs(), new Set(['1921', '1920']))

  await call('PATCH', `/v1/connections/${main.id}`, { assignment: { ledgerAccountId: '1922' }, movePast: true })
  t.strictSame(await belongs(), new Set(['1922']))
  const moved = await changesOf(call, added.nextCursor)
  t.equal(moved.data.length, (await transactionsOf(call, main)).length)
  t.match(moved.data[0], { type: 'modified', transaction: { assignment: { ledgerAccountId: '1922' } } })
})

test('activation is refused for what cannot be, and done once for one key', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  const { id } = (await connectionsOf(call))[iban.main]
  const path = `/v1/connections/${id}/activate`
  t.match(await call('POST', path, { startDate: '2026-11-22' }), {
    status: 422,
    body: { code: 'start_date_in_future' },
  })
  t.match(await other('POST', path), { status: 404, body: { code: 'connection_not_found' } })
  const headers = { 'idempotency-key': 'once' }
  const first = await call('POST', path, { startDate: '2026-01-01', firstSync: 'next_day' }, headers)
  t.match(first, {
    status: 200,
    body: { connection: { status: 'active', startDate: '2026-01-01' }, servedFrom: '2026-08-23' },
  })
  t.ok(first.body.connection.nextSyncAt > '2026-11-21T23:59:00Z', 'not today')
  const again = await call('POST', path, { startDate: '2026-01-01', firstSync: 'next_day' }, headers)
  t.strictSame(again.body, first.body)
  await service.work()
  t.notOk('lastSync' in (await read(call, { id })))
})

test('a removed connection is gone from everywhere, and fetches nothing', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const { id } = (await connectionsOf(call))[iban.main]
  t.match(await other('DELETE', `/v1/connections/${id}`), { status: 404, body: { code: 'connection_not_found' } })
  t.equal((await call('DELETE', `/v1/connections/${id}`)).status, 204)
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['PATCH', ''],
    ['GET', '/status-history'],
    ['POST', '/activate'],
    ['POST', '/deactivate'],
  ] as const) {
    const answer = await call(
      method,
      `/v1/connections/${id}${path}`,
      method === 'PATCH' ? { sourceFallback: true } : undefined,
    )
    t.match(answer, { status: 404, body: { code: 'connection_not_found' } }, `${method} ${path}`)
  }
  t.notOk(iban.main in (await connectionsOf(call)))
  const runs = `select count(*)::int as n from sync_runs where connection_id = '${id}'`
  const before = await runSql(service.ownerUrl, runs)
  service.clock.advance({ days: 2 })
  await service.work()
  t.strictSame(await runSql(service.ownerUrl, runs), before)
})

test('a removed connection is added again as it was, and what came between is fetched', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  await service.work()
  const before = (await connectionsOf(call))[iban.main]
  const path = `/v1/connections/${before.id}`
  t.equal((await call('POST', `${path}/restore`)).status, 200, 'one that is there stays as it is')
  await call('DELETE', path)
  service.clock.advance({ days: 4 })
  await service.work()
  t.match(await other('POST', `${path}/restore`), { status: 404, body: { code: 'connection_not_found' } })
  const { id, assignment, activatedAt } = before
  t.match(await call('POST', `${path}/restore`), {
    status: 200,
    body: { id, assignment, activatedAt, status: 'active' },
  })
  await service.work()
  const { body } = await call('GET', `${path}/coverage`)
  t.match(body, { gaps: [] })
  t.equal(body.complete.length, 1)
  t.match(await read(call, before), { lastSync: { status: 'completed' } })
})

test('a removed connection whose ledger account another has now is not added again beside it', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  const { [iban.main]: first, [iban.second]: second } = await connectionsOf(call)
  await call('DELETE', `/v1/connections/${first.id}`)
  await call('PATCH', `/v1/connections/${second.id}`, { assignment: { ledgerAccountId: '1920' } })
  const restore = () => call('POST', `/v1/connections/${first.id}/restore`)
  t.match(await restore(), { status: 409, body: { code: 'assignment_conflict' } })
  await call('PATCH', `/v1/connections/${second.id}`, { assignment: null })
  t.match(await restore(), { status: 200, body: { assignment: { ledgerAccountId: '1920' } } })
})

test('connections are listed by company, status and expiry, page by page, and to their tenant only', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  await call('PUT', '/v1/companies/nordvind', { name: 'Nordvind AS', country: 'NO' })
  await call('PUT', '/v1/companies/nordvind/ledger-accounts/1920', { name: 'Bank', currency: 'NOK', iban: iban.main })
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const idsOf = async (query: string, as = call): Promise<readonly string[]> =>
    (await as('GET', `/v1/connections?limit=100${query}`)).body.data.map(({ id }: Connection) => id)

  const all = await idsOf('')
  t.equal(all.length, 6)
  t.equal((await idsOf('&companyId=nordvind')).length, 1)
  t.equal((await idsOf('&status=unassigned')).length, 4)
  t.equal((await idsOf('&status=active&companyId=nordvind')).length, 0)
  t.equal((await idsOf('&expiresBefore=2027-05-20T22:00:00Z')).length, 0)
  t.equal((await idsOf('&expiresBefore=2027-05-20T22:00:01Z')).length, 5)
  t.strictSame(await idsOf('', other), await idsOf('&companyId=fjordlys', other), 'the other’s one that waits')
  t.match(await call('GET', '/v1/connections?companyId=nowhere'), { status: 404, body: { code: 'company_not_found' } })
  t.match(await call('GET', '/v1/connections?status=fine'), { status: 400, body: { code: 'invalid_request' } })

  const paged: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/connections?limit=4${cursor}`)
    paged.push(...body.data.map(({ id }: Connection) => id))
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  t.strictSame(paged, all)
})
