// Each kind of failure decides what happens next: when it is tried again, what is said of it meanwhile, and whether the consent has ended.

import { t as file, test } from 'tap'
import { dailySlotOn, nextDailySlot } from '../../src/sync/model/next-try.ts'
import { anotherProcess, company, countCalls, fjord, psu, storyteller, type Story } from './story.ts'

const begin = await storyteller(file)

const account = fjord.savings
const timeZone = 'Europe/Oslo'

/** The savings account in the books as 1930, imported this morning. */
async function imported() {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1930`, { name: 'Savings', currency: 'NOK', iban: account.iban })
  await story.authorise()
  return { story, ...(await story.activate(account.iban, '2026-11-11')) }
}

const order = (story: Story, fault: object) =>
  story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/transactions', times: 1, ...fault })

const said = (code: string) => JSON.stringify({ tppMessages: [{ category: 'ERROR', code }] })

/** The bank's own id of the consent in use. */
async function consentAtBank(story: Story): Promise<string> {
  const consents: { id: string; status: string }[] = await story.service.bank.control('/consents')
  return consents.find(({ status }) => status === 'valid')?.id ?? ''
}

const minutes = (count: number) => () => new Date(Date.parse('2026-11-21T09:00:00Z') + count * 60_000)
const night = (id: string) => nextDailySlot({ connectionId: id, timeZone }, new Date('2026-11-21T09:00:00Z'))

test('the kind of a failure says how it stands and when it is tried again', async (t) => {
  // Jitter takes off a quarter here: its chance is one half.
  const cases = [
    { name: 'down', fault: { status: 503 }, kind: 'temporary', state: 'delayed', next: minutes(15) },
    { name: 'silent', fault: { cut: 'connection' }, kind: 'temporary', state: 'delayed', next: minutes(15) },
    { name: 'half an answer', fault: { cut: 'body' }, kind: 'nonsense', state: 'delayed', next: minutes(45) },
    {
      name: 'too often',
      fault: { status: 429, body: said('ACCESS_EXCEEDED') },
      kind: 'rate_limited',
      state: 'delayed',
      next: minutes(90),
    },
    {
      name: 'too often until then',
      fault: { status: 429, body: said('ACCESS_EXCEEDED'), headers: { 'retry-after': '3600' } },
      kind: 'rate_limited',
      state: 'delayed',
      next: minutes(60.5),
    },
    {
      name: 'refused',
      fault: { status: 403, body: said('SERVICE_BLOCKED') },
      kind: 'refused',
      state: 'failing',
      next: night,
    },
    {
      name: 'gone',
      fault: { status: 404, body: said('RESOURCE_UNKNOWN') },
      kind: 'refused',
      state: 'failing',
      next: night,
    },
    {
      name: 'with the person only',
      fault: { status: 401, body: said('TOKEN_INVALID') },
      kind: 'needs_person',
      state: 'failing',
      next: night,
    },
  ]
  for (const { name, fault, kind, state, next } of cases) {
    const { story, id } = await imported()
    await order(story, fault)
    const run = await story.importNow(id)
    const nextTryAt = next(id).toISOString()
    t.match(
      run,
      {
        status: 'failed',
        error: { kind, text: /^Fjordbanken, transactions: / },
        finishedAt: '2026-11-21T09:00:00.000Z',
      },
      name,
    )
    const { status, health, lastSync, nextSyncAt } = await story.connection(account.iban)
    t.equal(status, 'active', `${name}: no failing bank changes the status`)
    t.strictSame(health, { state, kind, since: '2026-11-21T09:00:00.000Z', nextTryAt }, name)
    t.match(lastSync, { syncRunId: run.id, status: 'failed', errorKind: kind, added: 0 }, name)
    t.equal(nextSyncAt, nextTryAt, name)
    t.match(
      await story.events('connection.health_changed'),
      [{ data: { connectionId: id, health: state } }],
      `${name}: it is told`,
    )

    story.service.clock.set(new Date(next(id).getTime() - 1))
    await story.service.work()
    t.match(await story.lastRun(id), { id: run.id }, `${name}: not before`)
    story.service.clock.set(next(id))
    await story.service.work()
    t.match(await story.lastRun(id), { status: 'completed', trigger: 'retry' }, `${name}: then it is`)
    const healed = await story.connection(account.iban)
    t.match(
      { ...healed.health, next: healed.nextSyncAt },
      { state: 'ok', next: nextDailySlot({ connectionId: id, timeZone }, next(id)).toISOString() },
      `${name}: and all is well`,
    )
    t.equal((await story.events('connection.health_changed')).length, 2, `${name}: which is told too`)
  }
})

test('a failure that lasts is tried less and less often, and forgotten when it is over', async (t) => {
  const { story, id } = await imported()
  await order(story, { times: 2, status: 503 })
  await story.importNow(id)
  const tries = [(await story.connection(account.iban)).nextSyncAt]
  story.service.clock.set(tries[0])
  await story.service.work()
  tries.push((await story.connection(account.iban)).nextSyncAt)
  t.strictSame(tries, ['2026-11-21T09:15:00.000Z', '2026-11-21T10:45:00.000Z'])
  t.match(
    (await story.connection(account.iban)).health,
    { since: '2026-11-21T09:00:00.000Z' },
    'it has lasted since the first',
  )
  story.service.clock.set('2026-11-22T09:05:00Z')
  await story.service.work()
  t.match((await story.connection(account.iban)).health, { state: 'ok' })
  await order(story, { status: 503 })
  await story.importNow(id, psu)
  t.match(await story.connection(account.iban), {
    nextSyncAt: '2026-11-22T09:20:00.000Z',
    health: { since: '2026-11-22T09:05:00.000Z' },
  })
})

test('a bank that is down for days is failing after a day and a half, is asked at least every night, and heals by itself', async (t) => {
  const { story, id } = await imported()
  await story.service.bank.control('/banks/fjordbanken/maintenance', {}, 'PUT')
  const states: string[] = []
  for (let hours = 0; hours < 96; hours += 6) {
    story.service.clock.advance({ hours: 6 })
    await story.service.work()
    states.push((await story.connection(account.iban)).health.state)
  }
  t.equal(states[0], 'ok', 'before the first night')
  t.equal(states.at(-1), 'failing')
  t.ok(states.includes('delayed'))
  const failed = (await story.runs(id)).filter((run: { status: string }) => run.status === 'failed')
  for (const day of ['2026-11-22', '2026-11-23', '2026-11-24'] as const)
    t.ok(
      failed.some(
        ({ startedAt }: { startedAt: string }) =>
          startedAt >= dailySlotOn(day, { connectionId: id, timeZone }).toISOString(),
      ),
      day,
    )
  await story.service.bank.control('/banks/fjordbanken/maintenance', undefined, 'DELETE')
  story.service.clock.advance({ hours: 24 })
  await story.service.work()
  t.match(await story.connection(account.iban), {
    status: 'active',
    health: { state: 'ok' },
    lastSync: { status: 'completed' },
  })
})

for (const [ended, status] of [
  ['revoke', 'revoked'],
  ['expire', 'expired'],
] as const)
  test(`a consent that is ${status} at the bank is found out at the next run, and never called with again`, async (t) => {
    const { story, id } = await imported()
    const other = await story.activate(fjord.foreign.iban, '2026-11-11')
    t.equal(other.status, 'unassigned')
    await story.service.bank.control(`/consents/${await consentAtBank(story)}/${ended}`, {})
    story.service.clock.advance({ hours: 1 })
    t.match(await story.importNow(id), { status: 'failed', error: { kind: 'consent_gone' } })
    const { nextSyncAt, ...connection } = await story.connection(account.iban)
    t.match(connection, {
      status,
      since: '2026-11-21T10:00:00.000Z',
      bankAccess: 'ended',
      health: { state: 'failing', kind: 'consent_gone' },
    })
    t.equal(nextSyncAt, undefined)
    t.notOk('nextTryAt' in connection.health)
    t.equal((await story.connection(fjord.foreign.iban)).status, status, 'it covered more than that one')
    t.equal((await story.events(`consent.${status}`)).length, 1)
    const { data } = await story.ask('GET', `${company}/consents`)
    t.match(data, [{ status, bankAccess: 'ended' }])

    const calls = await countCalls(story, account)
    for (let day = 0; day < 3; day += 1) {
      story.service.clock.advance({ days: 1 })
      await story.service.work()
    }
    t.match(await story.call('POST', `/v1/connections/${id}/sync-runs`, {}), {
      status: 409,
      body: { code: 'connection_not_usable' },
    })
    t.equal(await calls(), 0)

    await story.authorise()
    await story.service.work()
    t.match(
      await story.connection(account.iban),
      { id, status: 'active', health: { state: 'ok' }, lastSync: { status: 'completed' } },
      'a new one mends it, without anyone asking',
    )
    t.match(await story.lastRun(other.id), { status: 'completed' })
  })

test('when the consent in use is gone, another person’s takes over at once', async (t) => {
  const { story, id } = await imported()
  const annas = await consentAtBank(story)
  const { effectiveConsentId } = await story.connection(account.iban)
  story.service.clock.advance({ minutes: 1 })
  await story.ask('PUT', `${company}/persons/dina`, { name: 'Dina' })
  const session = await story.ask('POST', `${company}/consent-sessions`, {
    personId: 'dina',
    institutionId: 'berlin-group.fjordbanken',
  })
  await story.service.authorise(session.url, { login: 'dina' })
  await story.ask('PATCH', `/v1/connections/${id}`, { sourcePersonId: 'anna' })
  t.equal((await story.connection(account.iban)).effectiveConsentId, effectiveConsentId)
  await story.service.bank.control(`/consents/${annas}/revoke`, {})
  story.service.clock.advance({ hours: 1 })
  const run = await story.importNow(id, psu)
  t.match(run, { status: 'failed', error: { kind: 'consent_gone' } })
  const after = await story.connection(account.iban)
  t.match(after, { status: 'active', health: { state: 'ok' } })
  t.not(after.effectiveConsentId, effectiveConsentId)
  t.match(await story.lastRun(id), { status: 'completed' }, 'and has fetched already')
})

test('a bank that says no to a consent which it holds for valid has not ended it', async (t) => {
  const { story, id } = await imported()
  await order(story, { status: 401, body: said('CONSENT_INVALID') })
  t.match(await story.importNow(id), { status: 'failed', error: { kind: 'refused' } })
  t.match(await story.connection(account.iban), {
    status: 'active',
    bankAccess: 'live',
    health: { state: 'failing', kind: 'refused' },
  })
  // Nor when it cannot be asked.
  await story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, status: 503 })
  await order(story, { status: 401, body: said('CONSENT_UNKNOWN') })
  t.match(await story.importNow(id, psu), { status: 'failed', error: { kind: 'temporary' } })
  t.match(await story.connection(account.iban), { status: 'active', bankAccess: 'live' })
  t.match(await story.importNow(id, psu), { status: 'completed' })
})

test('balances that the bank does not give fail no run', async (t) => {
  const { story, id } = await imported()
  story.service.clock.advance({ days: 1 })
  await story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/balances', times: 1, status: 500 })
  t.match(await story.importNow(id, psu), {
    status: 'completed',
    proof: 'unverifiable',
    proofFigures: { because: 'no_closing_balance' },
  })
  t.match(await story.importNow(id, psu), { status: 'completed', proof: 'verified' })
})

test('a bug on one connection stops no other, is tried again later and later, and is over when it is mended', async (t) => {
  const { story, id } = await imported()
  const refs: string[] = []
  const watching = anotherProcess(t, story, (bank) => ({
    ...bank,
    fetchPage(ask) {
      refs.push(ask.accountRef)
      return bank.fetchPage(ask)
    },
  }))
  await story.ask('POST', `/v1/connections/${id}/sync-runs`, { psu })
  await watching.drain()
  const other = await story.activate(fjord.foreign.iban, '2026-11-11')
  story.service.clock.advance({ days: 2 })
  const broken = anotherProcess(t, story, (bank) => ({
    ...bank,
    fetchPage: (ask) => (refs.includes(ask.accountRef) ? Promise.reject(new TypeError('a bug')) : bank.fetchPage(ask)),
  }))
  await broken.drain()
  t.match(await story.lastRun(other.id), { status: 'completed', window: { to: '2026-11-22' } })
  t.match(await story.lastRun(id), { status: 'running' })
  t.ok(story.service.logged.some((line: string) => line.includes('due work failed')))
  t.equal((await story.connection(account.iban)).nextSyncAt, '2026-11-23T09:00:02.000Z')
  story.service.clock.set('2026-11-23T09:00:02Z')
  await broken.drain()
  t.equal((await story.connection(account.iban)).nextSyncAt, '2026-11-23T09:00:10.000Z')
  story.service.clock.set('2026-11-23T09:00:10Z')
  await story.service.work()
  t.match(await story.lastRun(id), { status: 'completed', window: { to: '2026-11-22' } })
})

test('a bank that calls a consent invalid for balances alone does not cost the transactions', async (t) => {
  const { story, id } = await imported()
  await order(story, { path: '/balances', status: 401, body: said('CONSENT_INVALID') })
  const run = await story.importNow(id)
  t.match(run, { status: 'completed', proof: 'unverifiable' })
  t.match(await story.connection(account.iban), { status: 'active', health: { state: 'ok' } })
})
