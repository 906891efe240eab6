// Systima's bank integration, for companies in Norway: several banks at once, an agreement that the company signs once with BankID, business accounts only, and
// consents that are personal.

import { t as file, test } from 'tap'
import { decideAtBank, headingOf, toBank, visit } from '../consents/journey.ts'
import { sign } from '../sandbox/browser.ts'
import { startBankedService } from '../support/bank.ts'
import { openGuide } from './support/guide.ts'

const service = await startBankedService(file, { now: '2026-11-23T08:00:00Z' })
const { bank, clock } = service
const call = service.client('systima')
const guide = openGuide('systima', call)
const { show } = guide

const company = '/v1/companies/fjordlys'
const agreement = `${company}/agreement`
const fonn = { institution: 'berlin-group.fonnbanken', iban: 'NO4998202015689', main: 'fonnbanken-main' }
const vidda = { institution: 'berlin-group.vidda', iban: 'NO7598302957495', main: 'vidda-main' }
const programme = '/programmes/norbro/review'

const connections = async () => (await call('GET', `${company}/connections`)).body.data
const connectionOf = async ({ iban }: { iban: string }) =>
  (await connections()).find((connection: { iban?: string }) => connection.iban === iban)
const persons = async () =>
  Object.fromEntries(
    (await call('GET', `${company}/persons`)).body.data.map((person: Record<string, string>) => [
      person['personId'],
      person['consentStatus'],
    ]),
  )
const bankData = async () => (await call('GET', company)).body.bankData

/** From the link in the mail to the end of the signatory's way. */
const signs = async (url: string, about: readonly string[] = []) =>
  (await visit(service, await sign(url, { about }))).location

/** A person at a bank, with the accounts that they tick, and back with us. */
async function consents(link: string, at: { institution: string }, login: string, ...ticked: readonly string[]) {
  const back = await decideAtBank(await toBank(service, link, at.institution), {
    login,
    ...(ticked.length > 0 && { ticked }),
  })
  return (await visit(service, back)).location
}

const booked = ({ body }: { body: { data: { type: string; amount: string }[] } }) =>
  Number(body.data.find(({ type }) => type === 'interim_booked')?.amount)

await call('PUT', '/v1/tenant', {
  name: 'Systima',
  redirectUrls: ['https://systima.example/bank'],
  defaultRedirectUrl: 'https://systima.example/bank',
})
await show('company', 'PUT', company, {
  name: 'Fjordlys Handel AS',
  country: 'NO',
  organisationNumber: '923609016',
  accountPolicy: 'business_only',
})
await call('PUT', `${company}/ledger-accounts/1920`, { name: 'Driftskonto', currency: 'NOK', iban: fonn.iban })
await call('PUT', `${company}/ledger-accounts/1921`, { name: 'Driftskonto Vidda', currency: 'NOK', iban: vidda.iban })
await call('PUT', `${company}/persons/daglig-leder`, { name: 'Anna Berg', email: 'anna@fjordlys.example' })
await call('PUT', `${company}/persons/okonomi`, { name: 'Dina Moen' })
await call('PUT', `${company}/persons/regnskapsforer`, { name: 'Rolf Regnskap' })

test('all Norwegian banks are there, and some want the company to sign first', async (t) => {
  const { body } = await show('banks', 'GET', '/v1/institutions?country=NO', undefined, {
    fields: ['id', 'name', 'agreementWith'],
  })
  t.strictSame(
    body.data.map(({ name, agreementWith }: Record<string, string>) => [name, agreementWith]),
    [
      ['Fjordbanken', undefined],
      ['Fonnbanken', 'Norbro'],
      ['Nordlys Sparebank', undefined],
      ['Vidda Sparebank', 'Norbro'],
    ],
  )
  const waiting = await show('before', 'GET', `${company}/connections`, undefined, {
    fields: ['id', 'name', 'status', 'reason', 'repair'],
    rows: 1,
  })
  for (const connection of waiting.body.data)
    t.match(connection, { status: 'agreement_pending', repair: [{ action: 'sign', method: 'POST', href: agreement }] })
  t.match((await call('GET', agreement)).body, { state: 'missing', agreementWith: 'Norbro' })
})

test('nobody can consent before the company has signed, and whoever tries is told what to do', async (t) => {
  const tooEarly = await show(
    'too-early',
    'POST',
    `${company}/consent-sessions`,
    {
      personId: 'daglig-leder',
      institutionId: fonn.institution,
    },
    { fields: ['status', 'code', 'detail'] },
  )
  t.match(tooEarly, { status: 409, body: { code: 'agreement_required' } })
  // A link without a bank may be sent all the same; on the page the person reads it in Norwegian, and nothing is lost.
  const { body } = await call('POST', `${company}/consent-sessions`, { personId: 'daglig-leder', language: 'nb' })
  await visit(service, body.url)
  const told = await visit(service, body.url, { step: 'bank', institutionId: fonn.institution })
  t.equal(headingOf(told), 'Fjordlys Handel AS må først signere en avtale')
  t.match((await call('GET', `/v1/consent-sessions/${body.id}`)).body, { status: 'opened' })
  await call('DELETE', `/v1/consent-sessions/${body.id}`)
})

test('the accountant fills in who signs, with e-mail and mobile number, and the customer signs with BankID', async (t) => {
  await bank.control(
    programme,
    { reasons: [{ code: 'NEWLY_ESTABLISHED', text: 'Eierne er ikke i alle offentlige registre enda.' }] },
    'PUT',
  )
  const drawn = await show('sign', 'POST', agreement, {
    signatory: { name: 'Anna Berg', email: 'anna@fjordlys.example', phone: '+47 400 00 000' },
  })
  t.match(drawn, { status: 201, body: { state: 'to_sign', linkEndsAt: '2026-12-07T08:00:00.000Z' } })
  t.match((await connectionOf(fonn)).repair, [{ action: 'sign', method: 'GET' }])
  // The box for politically exposed persons is ticked by mistake.
  t.equal(await signs(drawn.body.signingUrl, ['pep']), 'https://systima.example/bank?status=in_review')
})

test('what needs manual review says why, takes some working days, and asks nothing of anybody', async (t) => {
  const { body } = await show('review', 'GET', agreement)
  t.match(body, { state: 'in_review', reasons: [{ code: 'newly_founded' }, { code: 'politically_exposed_person' }] })
  const waiting = await show('review-connections', 'GET', `${company}/connections`, undefined, {
    fields: ['id', 'name', 'status', 'reason', 'repair'],
    rows: 1,
  })
  for (const connection of waiting.body.data)
    t.match(connection, { status: 'agreement_pending', repair: [{ action: 'wait', method: 'GET', href: agreement }] })

  const [{ id }] = await bank.control('/agreements')
  const codes = {
    RANDOM_CHECK: 'random_check',
    NEWLY_ESTABLISHED: 'newly_founded',
    PEP: 'politically_exposed_person',
    FINANCING: 'financing',
    PAYMENT_COUNTRIES: 'countries',
    INDUSTRY: 'industry',
    RELATED_PERSONS: 'people',
  }
  await bank.control(`/agreements/${id}/review`, { reasons: Object.keys(codes).map((code) => ({ code })) })
  clock.set('2026-11-24T12:00:00Z')
  await service.work()
  const reasons = (await call('GET', agreement)).body.reasons
  t.strictSame(
    reasons.map(({ code }: { code: string }) => code),
    Object.values(codes),
    'each of the seven reasons',
  )

  await bank.control(`/agreements/${id}/approve`, {})
  clock.set('2026-11-25T12:00:00Z')
  await service.work()
  const approved = await show('approved', 'GET', agreement)
  t.match(approved.body, { state: 'approved', reasons: [] })
  const told = await show('told', 'GET', '/v1/events?type=agreement.changed', undefined, {
    fields: ['type', 'at', 'companyId', 'data'],
  })
  t.strictSame(
    told.body.data.map(({ data }: { data: { state: string } }) => data.state),
    ['to_sign', 'in_review', 'in_review', 'approved'],
  )
  await bank.control(programme, undefined, 'DELETE')
  t.match(await connectionOf(fonn), { status: 'not_connected', repair: [{ action: 'authorise' }] })
})

test('several banks are connected at once, by the one agreement', async (t) => {
  const activate = { startDate: '2026-10-01' }
  const links = []
  for (const [name, at, ledgerAccountId] of [
    ['consent', fonn, '1920'],
    ['consent-second', vidda, '1921'],
  ] as const) {
    const session = await show(
      name,
      'POST',
      `${company}/consent-sessions`,
      {
        personId: 'daglig-leder',
        institutionId: at.institution,
        ledgerAccountIds: [ledgerAccountId],
        activate,
      },
      { fields: ['id', 'status', 'url', 'expiresAt'] },
    )
    t.equal(session.status, 201)
    links.push({ at, url: session.body.url })
  }
  for (const { at, url } of links) t.match(await consents(url, at, 'anna', at.main), /status=completed$/)
  await service.work()
  const { body } = await show('connected', 'GET', `${company}/connections`, undefined, {
    fields: ['id', 'name', 'iban', 'status', 'reason', 'lastSync.status', 'lastSync.added'],
  })
  t.match(body.data, [{ status: 'active' }, { status: 'active' }])
  t.strictSame((await call('GET', agreement)).body.history.length, 4, 'nothing was signed again')
})

test('bank data is on for the company, and consent is each person’s own', async (t) => {
  const on = await show('company-on', 'GET', company, undefined, { fields: ['companyId', 'name', 'bankData'] })
  t.equal(on.body.bankData, 'on')
  const people = await show('persons', 'GET', `${company}/persons`, undefined, {
    fields: ['personId', 'name', 'consentStatus'],
  })
  t.strictSame(
    people.body.data.map(({ consentStatus }: { consentStatus: string }) => consentStatus),
    ['usable', 'none', 'none'],
    'the accountant needs none',
  )
  // And reads what the manager's consent brings.
  const { id } = await connectionOf(fonn)
  t.ok((await call('GET', `/v1/connections/${id}/transactions`)).body.data.length > 10)
})

test('who lacks the rights at the bank is told so, and nothing comes of it', async (t) => {
  const { body: session } = await call('POST', `${company}/consent-sessions`, {
    personId: 'okonomi',
    institutionId: fonn.institution,
    language: 'nb',
  })
  t.match(await consents(session.url, fonn, 'carl'), /status=failed$/)
  const refused = await show('no-rights', 'GET', `/v1/consent-sessions/${session.id}`, undefined, {
    fields: ['id', 'personId', 'status', 'failure', 'failureText'],
  })
  t.match(refused.body, { status: 'failed', failure: 'insufficient_rights' })
  const page = await visit(service, session.url)
  t.match(page.text, 'Den innloggingen kan ikke dele noen av selskapets kontoer.')
  t.equal((await persons())['okonomi'], 'none')
  // The link still works, for somebody with the rights.
  t.match(await consents(session.url, fonn, 'dina', fonn.main), /status=completed$/)
  t.equal((await persons())['okonomi'], 'usable')
})

test('business accounts only: a private account is refused, with its reason, and nothing of it is kept', async (t) => {
  const { body: session } = await call('POST', `${company}/consent-sessions`, {
    personId: 'regnskapsforer',
    institutionId: vidda.institution,
  })
  t.match(await consents(session.url, vidda, 'bob'), /status=failed$/)
  const refused = await show('private', 'GET', `/v1/consent-sessions/${session.id}`, undefined, {
    fields: ['id', 'status', 'failure', 'refusedAccounts'],
  })
  t.match(refused.body, {
    failure: 'wrong_account_type',
    refusedAccounts: [{ maskedIban: /^NO36/, reason: /private account/ }, {}],
  })
  t.equal((await connections()).length, 2)
})

test('the balance is live: asked for while somebody looks, it is the bank’s of this moment', async (t) => {
  const { id } = await connectionOf(fonn)
  const psu = { ipAddress: '192.0.2.44', userAgent: 'Mozilla/5.0' }
  const before = await show('balance', 'POST', `/v1/connections/${id}/balances/refresh`, { psu })
  t.equal(before.status, 200)
  clock.advance({ minutes: 5 })
  await bank.control(`/accounts/${fonn.main}/transactions`, { amount: '-1000.00', text: 'Kontant' })
  const after = await call('POST', `/v1/connections/${id}/balances/refresh`, { psu })
  t.equal(Math.round((booked(before) - booked(after)) * 100), 100_000)
})

test('bank transactions meet the books by themselves', async (t) => {
  const { id } = await connectionOf(fonn)
  const rows = (await call('GET', `/v1/connections/${id}/transactions?limit=100`)).body.data
  const paid = rows.find(
    ({ amount, reference }: { amount: string; reference?: string }) => Number(amount) > 0 && reference !== undefined,
  )
  await show(
    'invoice',
    'PUT',
    `${company}/entries/faktura-1001`,
    {
      kind: 'sales_invoice',
      amount: paid.amount,
      currency: 'NOK',
      dueDate: paid.bookingDate,
      reference: paid.reference,
      counterparty: { name: paid.counterparty.name },
    },
    { fields: ['entryId', 'kind', 'amount', 'reference', 'dueDate'] },
  )
  clock.advance({ minutes: 1 })
  await service.work()
  const matches = await show('match', 'GET', `${company}/matches?entryId=faktura-1001`, undefined, {
    fields: ['id', 'status', 'origin', 'links', 'reasons'],
  })
  t.match(matches.body.data, [{ status: 'confirmed', origin: 'automatic', links: [{ transactionId: paid.id }] }])
})

test('what was booked before the day of activation is free of charge', async (t) => {
  const activated = '2026-11-25'
  const bookingDays = async () => {
    const rows = []
    for (const { id } of await connections())
      rows.push(...(await call('GET', `/v1/connections/${id}/transactions?limit=100`)).body.data)
    return rows.map(({ bookingDate }: { bookingDate: string }) => bookingDate)
  }
  t.match((await call('GET', `${company}/usage?month=2026-11`)).body, { transactions: 0, activeConnections: 2 })
  t.ok((await bookingDays()).length > 100, 'though there is a history of weeks')
  clock.set('2026-11-30T12:00:00Z')
  await service.work()
  const usage = await show('usage', 'GET', `${company}/usage?month=2026-11`)
  const since = (await bookingDays()).filter((day: string) => day >= activated).length
  t.ok(since > 0)
  t.equal(usage.body.transactions, since)
})

test('one usable consent in the company is enough, for the accounts that it covers', async (t) => {
  const { data } = (await call('GET', `${company}/consents?personId=daglig-leder`)).body
  const at = ({ institution }: { institution: string }) =>
    data.find(
      ({ institutionId, status }: Record<string, string>) => institutionId === institution && status === 'usable',
    )
  await call('DELETE', `/v1/consents/${at(fonn).id}`)
  t.match(await connectionOf(fonn), { status: 'active' }, 'Dina’s covers it too')
  await call('DELETE', `/v1/consents/${at(vidda).id}`)
  t.match(await connectionOf(vidda), { status: 'revoked', repair: [{ action: 'authorise' }] })
  t.strictSame([await bankData(), (await persons())['daglig-leder']], ['on', 'revoked'])
  const [theirs] = (await call('GET', `${company}/consents?personId=okonomi&status=usable`)).body.data
  await call('DELETE', `/v1/consents/${theirs.id}`)
  t.equal(await bankData(), 'off')
  t.match(await connectionOf(fonn), { status: 'revoked' })
})

test('the guide shows what went over the wire', (t) => guide.isTrue(t))
