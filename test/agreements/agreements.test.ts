// A company's agreement from asking to ending, over the real database and the sandbox's programme: Norbro, before Fonnbanken and Vidda Sparebank.

import { t as file, test, type Test } from 'tap'
import { refreshAgreement } from '../../src/agreements/refresh-agreement.ts'
import { startAgreement } from '../../src/agreements/start-agreement.ts'
import {
  company,
  databaseText,
  doneUrl,
  eventsOf,
  headingOf,
  registered,
  toBank,
  visit,
  type Call,
} from '../consents/journey.ts'
import { languages } from '../../src/consents/pages/language.ts'
import type { Lease } from '../../src/due/index.ts'
import type { Agreements } from '../../src/providers/provider.ts'
import { open, sign } from '../sandbox/browser.ts'
import { startBankedService } from '../support/bank.ts'
import type { Answer } from '../support/service.ts'

const service = await startBankedService(file)
const { bank, clock } = service

const vidda = 'berlin-group.vidda'
const viddaMain = 'NO7598302957495'
const signatory = { name: 'Signe Aas', email: 'signe@fjordlys.example', phone: '+47 401 02 030' }
const path = `${company}/agreement`

/** A tenant whose company has, besides its account at Fjordbanken, one at Vidda, which asks for an agreement. */
async function asking(t: Test): Promise<{ readonly tenant: string; readonly call: Call }> {
  await bank.control('/programmes/norbro/review', undefined, 'DELETE')
  const made = await registered(service)
  await made.call('PUT', `${company}/ledger-accounts/1930`, { name: 'Vidda', currency: 'NOK', iban: viddaMain })
  t.match(await connection(made.call), { status: 'agreement_pending' })
  return made
}

const connection = async (call: Call) =>
  (await call('GET', `${company}/connections`)).body.data.find(({ iban }: Answer['body']) => iban === viddaMain)

const begin = async (call: Call) => {
  const { status, body } = await call('POST', path, { signatory })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

/** The signatory signs, and the browser comes back through the service: where it ends. */
async function signed(url: string, how: Parameters<typeof sign>[1] = {}): Promise<string> {
  const { location, status } = await visit(service, await sign(url, how))
  if (status !== 303) throw new Error(`the way back answered ${status}`)
  return location
}

/** What the programme holds of a tenant's company by now: `externalId` is one of ours. */
async function atProgramme(tenant: string): Promise<readonly { id: string; status: string; key: string }[]> {
  const attempts = await service.deps.unit(tenant, async ({ agreements }) =>
    (await agreements.ofCompany('fjordlys')).map(({ attemptId }) => attemptId),
  )
  const all = await bank.control('/agreements')
  return all.filter(({ key }: { key: string }) => attempts.includes(key))
}

/** Time goes by, and the clock asks. */
const hear = async (hours = 1) => {
  clock.advance({ hours })
  await service.work()
}

const changes = async (tenant: string) =>
  (await eventsOf(service, tenant, 'agreement.changed')).map(({ data }) => [data['state'], data['reasons']])

test('a company signs once: the link, the signature, and only then the bank', async (t) => {
  const { tenant, call } = await asking(t)
  t.match((await call('GET', path)).body, { state: 'missing', agreementWith: 'Norbro', history: [] })
  t.match(await connection(call), {
    reason: /has not signed the agreement/,
    repair: [{ action: 'sign', method: 'POST', href: path }],
  })
  const tooEarly = await call('POST', `${company}/consent-sessions`, { institutionId: vidda })
  t.match(
    [tooEarly.status, tooEarly.body],
    [409, { code: 'agreement_required', detail: /POST \/v1\/companies\/fjordlys\/agreement/ }],
  )

  const { body: drawn, status } = await call('POST', path, { signatory })
  t.equal(status, 201)
  t.match(drawn, { state: 'to_sign', linkEndsAt: '2026-12-05T09:00:00.000Z', history: [{ state: 'to_sign' }] })
  t.strictSame((await call('GET', path)).body, drawn)
  t.match(await connection(call), {
    reason: /waits to be signed/,
    repair: [{ action: 'sign', method: 'GET', href: path }],
  })
  t.match((await open(drawn.signingUrl)).text, /Signe Aas.*Fjordlys Handel AS/s)

  t.equal(await signed(drawn.signingUrl), `${doneUrl}?status=approved`)
  const { body: approved } = await call('GET', path)
  t.match(approved, {
    state: 'approved',
    since: clock.now().toISOString(),
    history: [{ state: 'to_sign' }, { state: 'approved' }],
  })
  t.notOk('signingUrl' in approved)
  t.match(await connection(call), { status: 'not_connected', repair: [{ action: 'authorise' }] })
  t.strictSame(await changes(tenant), [
    ['to_sign', []],
    ['approved', []],
  ])

  const session = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId: vidda })
  t.match(await service.authorise(session.body.url), /status=completed$/)
  t.match(await connection(call), { status: 'inactive' })
  t.match((await call('GET', `/v1/institutions/${vidda}`)).body, { agreementWith: 'Norbro' })
})

test('a review names its reasons, takes days, and is heard by the clock', async (t) => {
  const { tenant, call } = await asking(t)
  await bank.control(
    '/programmes/norbro/review',
    { reasons: [{ code: 'NEWLY_ESTABLISHED', text: 'Ola Nordmann is in no register.' }] },
    'PUT',
  )
  const { signingUrl } = await begin(call)
  t.equal(await signed(signingUrl, { about: ['pep'] }), `${doneUrl}?status=in_review`)
  const reasons = [
    { code: 'newly_founded', text: 'Ola Nordmann is in no register.' },
    { code: 'politically_exposed_person' },
  ]
  t.match((await call('GET', path)).body, { state: 'in_review', reasons })
  t.match(await connection(call), {
    status: 'agreement_pending',
    reason: /being reviewed.*: newly founded company, politically exposed person\.$/,
    repair: [{ action: 'wait', method: 'GET', href: path }],
  })
  t.match((await call('POST', `${company}/consent-sessions`, { institutionId: vidda })).body, {
    code: 'agreement_required',
    detail: /Wait/,
  })
  t.match((await call('POST', path, { signatory })).body, { code: 'agreement_conflict' }, 'nobody has to sign again')

  const [held] = await atProgramme(tenant)
  await hear(48)
  await bank.control(`/agreements/${held?.id}/review`, {
    reasons: [{ code: 'INDUSTRY' }, { code: 'SOMETHING_NEW' }].slice(0, 1),
  })
  await hear()
  t.match((await call('GET', path)).body, {
    state: 'in_review',
    since: '2026-11-21T09:00:00.000Z',
    reasons: [{ code: 'industry' }],
  })
  await bank.control(`/agreements/${held?.id}/approve`, {})
  await hear()
  t.match((await call('GET', path)).body, { state: 'approved', reasons: [] })
  t.strictSame(await changes(tenant), [
    ['to_sign', []],
    ['in_review', ['newly_founded', 'politically_exposed_person']],
    ['in_review', ['industry']],
    ['approved', []],
  ])
})

test('refused, declined, expired and ended: each is told, and can be signed anew', async (t) => {
  const { tenant, call } = await asking(t)
  const state = async () => (await call('GET', path)).body
  await signed((await begin(call)).signingUrl, { button: 'decline' })
  t.match(await state(), { state: 'declined' })
  t.match(await connection(call), { reason: /declined/, repair: [{ action: 'sign', method: 'POST', href: path }] })

  await begin(call)
  await hear(14 * 24)
  t.match(await state(), { state: 'expired' })
  t.notOk('signingUrl' in (await state()))

  await bank.control('/programmes/norbro/review', { reasons: [{ code: 'FINANCING' }] }, 'PUT')
  await signed((await begin(call)).signingUrl)
  const [held] = await atProgramme(tenant)
  await bank.control(`/agreements/${held?.id}/refuse`, { reasons: [{ code: 'FINANCING', text: 'By cash.' }] })
  await hear()
  t.match(await state(), { state: 'refused', reasons: [{ code: 'financing', text: 'By cash.' }] })
  t.match(await connection(call), { reason: /was refused: how the company is financed\.$/ })

  await bank.control('/programmes/norbro/review', undefined, 'DELETE')
  await signed((await begin(call)).signingUrl)
  t.match(await state(), { state: 'approved' })
  const [inForce] = await atProgramme(tenant)
  await bank.control(`/agreements/${inForce?.id}/terminate`, {})
  await hear(24)
  t.match(await state(), { state: 'ended' })
  t.match(await connection(call), {
    status: 'agreement_pending',
    reason: /no longer in force/,
    repair: [{ action: 'sign', method: 'POST' }],
  })
  t.strictSame(
    (await state()).history.map((step: { state: string }) => step.state),
    ['to_sign', 'declined', 'to_sign', 'expired', 'to_sign', 'in_review', 'refused', 'to_sign', 'approved', 'ended'],
  )
})

test('asked for again while it waits, it has a new link and the old one ends', async (t) => {
  const { tenant, call } = await asking(t)
  const first = await begin(call)
  const [former] = await atProgramme(tenant)
  const second = await call('POST', path, { signatory: { ...signatory, name: 'Berit Aas' } })
  t.equal(second.status, 201)
  t.not(second.body.signingUrl, first.signingUrl)
  t.equal((await open(first.signingUrl)).status, 410)
  t.match(
    (await bank.control('/agreements')).find(({ id }: { id: string }) => id === former?.id),
    { status: 'withdrawnByTpp' },
  )
  t.equal(await signed(second.body.signingUrl), `${doneUrl}?status=approved`)
})

test('a link that was replaced while the provider was away ends when it is back', async (t) => {
  const { call } = await asking(t)
  const first = await begin(call)
  await bank.control('/faults', { bank: 'norbro', path: '/agreements/', code: 'SERVICE_UNAVAILABLE' })
  const second = await begin(call)
  t.equal((await open(first.signingUrl)).status, 200)
  await bank.control('/faults', undefined, 'DELETE')
  clock.advance({ minutes: 5 })
  await service.work()
  t.equal((await open(first.signingUrl)).status, 410)
  t.equal((await open(second.signingUrl)).status, 200)
})

test('a provider that does not answer, or says no, leaves all as it was', async (t) => {
  const { tenant, call } = await asking(t)
  for (const [fault, status, code] of [
    [{ code: 'SERVICE_UNAVAILABLE' }, 502, 'bank_unavailable'],
    [{ code: 'FORMAT_ERROR' }, 502, 'bank_refused'],
    [{ status: 201, body: '{"agreementId":"x","agreementStatus":"awaitingSignature"}' }, 502, 'bank_refused'],
  ] as const) {
    await bank.control('/faults', { bank: 'norbro', times: 1, ...fault })
    const refused = await call('POST', path, { signatory })
    t.match([refused.status, refused.body], [status, { code }])
    t.match((await call('GET', path)).body, { state: 'missing', history: [] })
  }
  t.strictSame(await changes(tenant), [])
  clock.advance({ minutes: 5 })
  await service.work()
  t.strictSame(await atProgramme(tenant), [], 'and nothing is asked for behind anybody’s back')
  const drawn = await begin(call)
  await bank.control('/faults', { bank: 'norbro', code: 'SERVICE_UNAVAILABLE' })
  t.equal(await signed(drawn.signingUrl), `${doneUrl}?status=to_sign`, 'the signatory comes back all the same')
  await bank.control('/faults', undefined, 'DELETE')
  clock.advance({ minutes: 5 })
  await service.work()
  t.match((await call('GET', path)).body, { state: 'approved' })
})

test('a request that is sent again is answered again, and one agreement was drawn up', async (t) => {
  const { tenant, call } = await asking(t)
  const key = { 'idempotency-key': 'agreement-1' }
  const first = await call('POST', path, { signatory }, key)
  const again = await call('POST', path, { signatory }, key)
  t.strictSame([again.status, again.body], [201, first.body])
  t.equal((await atProgramme(tenant)).length, 1)
})

/** A process that is killed: after so many units of work it commits nothing more and calls nobody. Whether it died. */
async function dies(
  tenant: string,
  units: number,
  work: (deps: typeof service.deps) => Promise<unknown>,
): Promise<boolean> {
  const dead = Promise.withResolvers<true>()
  let taken = 0
  const unit: typeof service.deps.unit = (who, what) => {
    if (who === tenant && taken === units) {
      dead.resolve(true)
      return new Promise(() => undefined)
    }
    taken += 1
    return service.deps.unit(who, what)
  }
  return Promise.race([dead.promise, work({ ...service.deps, unit, plain: unit }).then(() => false)])
}

/** Links at the programme that still wait for a signature, of whichever company. */
const waiting = async (): Promise<readonly string[]> =>
  (await bank.control('/agreements'))
    .filter(({ status }: { status: string }) => status === 'awaitingSignature')
    .map(({ id }: { id: string }) => id)

for (const isFirst of [true, false])
  test(`a process that dies at any step of asking ${isFirst ? 'for the first time' : 'anew'} leaves one agreement with one link that works, or none`, async (t) => {
    for (let units = 0; ; units += 1) {
      const { tenant, call } = await asking(t)
      const others = await waiting()
      const former = isFirst ? undefined : await begin(call)
      const who = { ...signatory, name: 'Berit Aas' }
      const ask = { companyId: 'fjordlys', signatory: who, institutionId: null, redirectUrl: null }
      const died = await dies(tenant, units, (deps) => startAgreement(deps, { tenant, ask }))
      clock.advance({ minutes: 3 })
      await service.work()
      const now = (await call('GET', path)).body
      const left = (await waiting()).filter((id) => !others.includes(id))
      t.equal(left.length, isFirst && units === 0 ? 0 : 1, `died after ${units}: one link waits at the programme`)
      t.equal(now.state, isFirst && units === 0 ? 'missing' : 'to_sign', `died after ${units}`)
      if (units > 0) {
        t.not(now.signingUrl, former?.signingUrl, `died after ${units}: what was begun is finished`)
        t.equal(await signed(now.signingUrl), `${doneUrl}?status=approved`)
        t.strictSame(await changes(tenant), [...(isFirst ? [] : [['to_sign', []]]), ['to_sign', []], ['approved', []]])
      }
      if (died) continue
      t.ok(units > 2, `there were ${units} units to die after`)
      break
    }
  })

/** The clock's claim on what is due of one tenant's agreement. */
async function leaseOf(tenant: string): Promise<Lease> {
  const now = clock.now()
  const leaseUntil = new Date(now.getTime() + 30_000)
  const leases = await service.deps.claims.claim({ kinds: ['agreement'], now, leaseUntil, count: 50, perLane: 50 })
  const lease = leases.find((candidate) => candidate.tenant === tenant)
  if (lease === undefined) throw new Error('it was not due')
  return lease
}

test('a process that dies while it hears of an agreement leaves that to another, and each step is told once', async (t) => {
  for (let units = 0; ; units += 1) {
    const { tenant, call } = await asking(t)
    const { signingUrl } = await begin(call)
    await sign(signingUrl)
    clock.advance({ minutes: 1 })
    const lease = await leaseOf(tenant)
    const died = await dies(tenant, units, (deps) => refreshAgreement(deps, lease))
    clock.advance({ seconds: 31 })
    await service.work()
    t.match((await call('GET', path)).body, { state: 'approved' }, `died after ${units}`)
    t.strictSame(await changes(tenant), [
      ['to_sign', []],
      ['approved', []],
    ])
    if (died) continue
    t.ok(units > 1)
    break
  }
})

test('an answer that is older than what has been heard since changes nothing', async (t) => {
  const { tenant, call } = await asking(t)
  const { signingUrl } = await begin(call)
  clock.advance({ minutes: 1 })
  const lease = await leaseOf(tenant)
  const [asked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const provider = service.deps.providers.get('berlin-group')
  if (provider?.agreements === undefined) throw new Error('no agreements')
  const { agreements } = provider
  const slow: Agreements = {
    ...agreements,
    state: async (ask) => {
      const answer = await agreements.state(ask)
      asked.resolve()
      await goOn.promise
      return answer
    },
  }
  const providers = new Map([['berlin-group', { ...provider, agreements: slow }]])
  const hearing = refreshAgreement({ ...service.deps, providers }, lease)
  await asked.promise
  await signed(signingUrl)
  goOn.resolve()
  await hearing.catch((error: unknown) => t.match(error, { code: 'lease_lost' }))
  t.match((await call('GET', path)).body, { state: 'approved' })
  t.strictSame(await changes(tenant), [
    ['to_sign', []],
    ['approved', []],
  ])
})

test('the page tells whoever chooses the bank whose turn it is, in every language, and the link goes on working', async (t) => {
  const { call } = await asking(t)
  const { body: session } = await call('POST', `${company}/consent-sessions`, { personId: 'anna' })
  const choose = (language: string) =>
    visit(service, session.url, { step: 'bank', institutionId: vidda }, { 'accept-language': language })
  await visit(service, session.url)
  const headings = new Set<string>()
  for (const language of languages) {
    const page = await choose(language)
    t.equal(page.status, 409)
    t.match(page.text, new RegExp(`<html lang="${language}"`))
    t.match(page.text, 'Vidda Sparebank')
    headings.add(headingOf(page))
  }
  await bank.control('/programmes/norbro/review', { reasons: [{ code: 'RANDOM_CHECK' }] }, 'PUT')
  await signed((await begin(call)).signingUrl)
  for (const language of languages) headings.add(headingOf(await choose(language)))
  t.equal(headings.size, 16, [...headings].join(' · '))
  t.match((await call('GET', `/v1/consent-sessions/${session.id}`)).body, { status: 'opened' })
  t.notOk('failure' in (await call('GET', `/v1/consent-sessions/${session.id}`)).body)
  await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO' })
  t.match((await call('GET', path)).body, { state: 'in_review' })
})

test('without the hosted page the bank is refused as well', async (t) => {
  const { call } = await asking(t)
  const body = { institutionId: vidda, page: 'none' }
  t.match((await call('POST', `${company}/consent-sessions`, body)).body, { code: 'agreement_required' })
  await signed((await begin(call)).signingUrl)
  t.equal((await call('POST', `${company}/consent-sessions`, body)).status, 201)
})

test('where no bank asks for one there is none, and a bank that asks can be named', async (t) => {
  const { call } = await registered(service)
  await call('PUT', '/v1/companies/gouda', { name: 'Gouda Kaas BV', country: 'NL' })
  t.match((await call('GET', '/v1/companies/gouda/agreement')).body, { state: 'not_needed', reasons: [], history: [] })
  t.match((await call('POST', '/v1/companies/gouda/agreement', { signatory })).body, { code: 'agreement_not_needed' })
  t.match((await call('GET', `${path}?institutionId=berlin-group.fjordbanken`)).body, { state: 'not_needed' })
  t.match((await call('GET', `${path}?institutionId=${vidda}`)).body, { state: 'missing' })
  t.equal((await call('GET', `${path}?institutionId=nobody`)).body.code, 'institution_not_found')
  t.equal((await call('GET', '/v1/companies/nobody/agreement')).body.code, 'company_not_found')
  const elsewhere = await call('POST', path, { signatory, redirectUrl: 'https://evil.example/' })
  t.equal(elsewhere.body.code, 'redirect_url_not_registered')
})

test('an agreement of one bank stands in the way of no other', async (t) => {
  const { call } = await asking(t)
  const { data } = (await call('GET', `${company}/connections`)).body
  t.match(
    data.find(({ iban }: Answer['body']) => iban !== viddaMain),
    { status: 'not_connected' },
  )
  t.equal(
    (await call('POST', `${company}/consent-sessions`, { institutionId: 'berlin-group.fjordbanken' })).status,
    201,
  )
})

test('an ended agreement keeps nobody from renewing elsewhere, and its links work again once it is signed', async (t) => {
  const { tenant, call } = await asking(t)
  await signed((await begin(call)).signingUrl)
  for (const institutionId of [vidda, 'berlin-group.fjordbanken']) {
    const { body } = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
    await service.authorise(body.url)
  }
  const [held] = await atProgramme(tenant)
  await bank.control(`/agreements/${held?.id}/terminate`, {})
  clock.advance({ days: 160 })
  await service.work()
  const renewals = await call('POST', `${company}/consent-renewals`, {})
  t.strictSame([renewals.status, renewals.body.data.length], [201, 2])
  const { url } = renewals.body.data.find(({ institutionId }: Answer['body']) => institutionId === vidda)
  await visit(service, url)
  t.equal((await visit(service, url, { step: 'agree' })).status, 409)
  await signed((await begin(call)).signingUrl)
  t.match(await toBank(service, url, vidda), /\/vidda\/authorise\//)
})

test('nobody comes back from a signing page with what is not ours', async (t) => {
  for (const named of ['', 'x', Buffer.alloc(200).toString('base64url'), 'a'.repeat(1_001)]) {
    const { status } = await visit(service, `http://bankfeed.test/agreed?of=${named}`)
    t.ok(status === 404 || status === 400, `${named.slice(0, 20)}: ${status}`)
  }
})

test('the signatory is nowhere in clear, and nowhere at all once the provider has been asked', async (t) => {
  const { tenant, call } = await asking(t)
  const { signingUrl } = await begin(call)
  await bank.control(
    '/programmes/norbro/review',
    { reasons: [{ code: 'RELATED_PERSONS', text: 'Kari Nordmann sits on the board.' }] },
    'PUT',
  )
  await signed(signingUrl)
  const rows = await service.deps.unit(tenant, async ({ agreements }) => {
    const [agreement] = await agreements.ofCompany('fjordlys')
    return agreements.sealed(agreement?.id ?? '')
  })
  t.match(rows, { asking: null, signingUrl: null })
  const log = service.logged.join('')
  const data = await databaseText(service)
  for (const personal of ['Signe', 'signe@', '401 02', 'Berit', 'Kari', 'Ola Nordmann', new URL(signingUrl).pathname]) {
    t.notOk(log.includes(personal), `logged: ${personal}`)
    t.notOk(data.includes(personal), `in clear: ${personal}`)
  }
  t.notOk(JSON.stringify(await eventsOf(service, tenant)).includes('Kari'))
})

test('with the company its agreement goes, here and at the provider', async (t) => {
  const { tenant, call } = await asking(t)
  const { signingUrl } = await begin(call)
  const [held] = await atProgramme(tenant)
  t.equal((await call('DELETE', company)).status, 204)
  t.equal((await open(signingUrl)).status, 410)
  t.match(
    (await bank.control('/agreements')).find(({ id }: { id: string }) => id === held?.id),
    { status: 'withdrawnByTpp' },
  )
  clock.advance({ hours: 2 })
  await service.work()
  await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO' })
  t.match((await call('GET', path)).body, { state: 'missing', history: [] })
})
