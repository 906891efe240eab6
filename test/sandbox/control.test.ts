import { test } from 'tap'
import { approve, open } from './browser.ts'
import { attended, linkOf, refusalOf, type Row, sandboxFor, type Tpp } from './harness.ts'

const main = 'NO9386011117947'
const account = '/accounts/fjordbanken-main'
const window = 'bookingStatus=both&dateFrom=2026-02-20'

async function rowsOf(tpp: Tpp): Promise<{ booked: Row[]; pending: Row[] }> {
  return tpp.transactions(await tpp.account(main), window)
}

async function listOf(tpp: Tpp): Promise<string> {
  return `${linkOf(await tpp.account(), 'transactions')}?${window}`
}

function isKiosk({ creditorName }: Row): boolean {
  return creditorName === 'Kiosk'
}

test('the person revokes a consent at the bank', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  t.equal((await bank.control('POST', `/consents/${tpp.consentId}/revoke`)).status, 204)
  t.equal(await tpp.status(), 'revokedByPsu')
  t.equal(refusalOf(await tpp.get('/v1/accounts')), '401 CONSENT_INVALID')
})

test('a consent is expired before its time', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  t.equal((await bank.control('POST', `/consents/${tpp.consentId}/expire`)).status, 204)
  t.equal(await tpp.status(), 'expired')
  t.equal(refusalOf(await tpp.get('/v1/accounts')), '401 CONSENT_EXPIRED')
})

test('a person revokes all that they ever allowed at a bank, and nobody else does', async (t) => {
  const bank = await sandboxFor(t)
  const annas = await bank.consent('fjordbanken', 'anna')
  const once = await bank.consent('fjordbanken', 'anna', { body: { recurringIndicator: false, frequencyPerDay: 1 } })
  const dinas = await bank.consent('fjordbanken', 'dina')
  const elsewhere = await bank.consent('nordlys', 'anna')
  const { body: asked } = await bank.ask('fjordbanken')
  t.equal((await bank.control('POST', '/banks/fjordbanken/persons/anna/revoke')).status, 204)
  t.same(await Promise.all([annas, once, dinas, elsewhere].map((tpp) => tpp.status())), [
    'revokedByPsu',
    'revokedByPsu',
    'valid',
    'valid',
  ])
  t.equal(
    (await bank.call('fjordbanken', 'GET', `/v1/consents/${asked.consentId}/status`)).body.consentStatus,
    'received',
    'what nobody has approved yet is nobody’s',
  )
})

test('the next calls fail as ordered, and then no more', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  await bank.control('POST', '/faults', {
    times: 2,
    status: 503,
    headers: { 'retry-after': '7' },
    body: '{"tppMessages":[]}',
  })
  for (let n = 0; n < 2; n += 1) {
    const failed = await tpp.get('/v1/accounts')
    t.equal(failed.status, 503)
    t.equal(failed.headers.get('retry-after'), '7')
    t.equal(failed.text, '{"tppMessages":[]}')
  }
  t.equal((await tpp.get('/v1/accounts')).status, 200)
})

test('a fault can be for one path of one bank alone', async (t) => {
  const bank = await sandboxFor(t)
  const here = await bank.consent('fjordbanken', 'anna')
  const there = await bank.consent('hansebank', 'anna')
  await bank.control('POST', '/faults', { times: 1, bank: 'fjordbanken', path: '/transactions', status: 500 })
  t.equal((await there.get(await listOf(there))).status, 200)
  t.equal((await here.get('/v1/accounts')).status, 200)
  t.equal(refusalOf(await here.get(await listOf(here))), '500 INTERNAL_SERVER_ERROR')
  t.equal((await here.get(await listOf(here))).status, 200)
})

test('calls fail until further notice, in the bank’s own words where a code is ordered', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const list = await listOf(tpp)
  await bank.control('POST', '/faults', { path: '/transactions', code: 'ACCESS_EXCEEDED' })
  await bank.control('POST', '/faults', {
    path: '/balances',
    code: 'SERVICE_UNAVAILABLE',
    headers: { 'retry-after': '9' },
  })
  for (let n = 0; n < 3; n += 1) t.equal(refusalOf(await tpp.get(list)), '429 ACCESS_EXCEEDED')
  const closed = await tpp.get(list.replace(/transactions.*/, 'balances'))
  t.equal(refusalOf(closed), '503 SERVICE_UNAVAILABLE')
  t.equal(closed.headers.get('retry-after'), '9')
  t.equal((await tpp.get('/v1/accounts')).status, 200)
  await bank.control('DELETE', '/faults')
  t.equal((await tpp.get(list)).status, 200)
})

test('it is counted how often balances and transactions are asked for, whatever comes of it', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const list = await listOf(tpp)
  t.equal(bank.sandbox.dataCalls(), 0)
  await tpp.get(list)
  await tpp.get(list.replace(/transactions.*/, 'balances'))
  await bank.control('PUT', '/banks/fjordbanken/maintenance')
  await tpp.get(list)
  await bank.control('DELETE', '/banks/fjordbanken/maintenance')
  await bank.control('POST', '/faults', { times: 1, status: 500 })
  await tpp.get(list)
  t.equal(bank.sandbox.dataCalls(), 4)
})

test('faults that were ordered can be called off', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  await bank.control('POST', '/faults', { times: 10, status: 500 })
  await bank.control('DELETE', '/faults')
  t.equal((await tpp.get('/v1/accounts')).status, 200)
})

test('an answer is late as ordered, and is the answer all the same', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  await bank.control('POST', '/faults', { times: 1, delayMs: 150 })
  const start = performance.now()
  t.equal((await tpp.get('/v1/accounts')).body.accounts?.length, 5)
  t.ok(performance.now() - start >= 145)
})

test('half an answer: a body cut in two, or a line that goes dead in the middle', async (t) => {
  const bank = await sandboxFor(t)
  const { consentId } = await bank.consent('fjordbanken', 'anna')
  const headers = { 'x-request-id': '99391c7e-ad88-49ec-a2ad-99ddcb1f7721', 'consent-id': consentId, ...attended }
  const get = () => fetch(`${bank.sandbox.url}/fjordbanken/v1/accounts`, { headers })
  await bank.control('POST', '/faults', { times: 1, cut: 'body' })
  const cut = await get()
  t.equal(cut.status, 200)
  const half = await cut.text()
  t.match(half, '{"accounts":[{')
  t.throws(() => JSON.parse(half))
  await bank.control('POST', '/faults', { times: 1, cut: 'connection' })
  await t.rejects(get().then((response) => response.text()))
  t.equal((await get()).status, 200)
})

test('an added transaction shows, and is in the balance', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const before = await bank.truth('fjordbanken-main')
  const added = await bank.control('POST', `${account}/transactions`, {
    bookingDate: '2026-03-06',
    valueDate: '2026-03-05',
    amount: '1250.50',
    counterpartyName: 'Eksempel AS',
    counterpartyIban: 'NO5690419924686',
    text: 'Faktura 17',
    reference: '1234567897',
    endToEndId: 'E2E-17',
    bankTransactionCode: 'PMNT-RCDT-DMCT',
  })
  t.equal(added.status, 201)
  const found = (await rowsOf(tpp)).booked.find(({ debtorName }) => debtorName === 'Eksempel AS')
  t.match(found, {
    bookingDate: '2026-03-06',
    valueDate: '2026-03-05',
    transactionAmount: { currency: 'NOK', amount: '1250.50' },
    debtorAccount: { iban: 'NO5690419924686' },
    remittanceInformationUnstructured: 'Faktura 17',
    remittanceInformationStructured: { reference: '1234567897' },
    endToEndId: 'E2E-17',
    bankTransactionCode: 'PMNT-RCDT-DMCT',
  })
  const after = await bank.truth('fjordbanken-main')
  t.equal((Number(after.bookedBalance) - Number(before.bookedBalance)).toFixed(2), '1250.50')
  t.equal(after.transactions.find(({ key }) => key === added.body.key)?.amount, '1250.50')
})

test('an added transaction is of today unless it says otherwise, and one of tomorrow waits for tomorrow', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  await bank.control('POST', `${account}/transactions`, { amount: '-1.00', counterpartyName: 'Nå' })
  await bank.control('POST', `${account}/transactions`, {
    amount: '-2.00',
    counterpartyName: 'Siden',
    bookingDate: '2026-03-11',
  })
  const names = async () => (await rowsOf(tpp)).booked.map(({ creditorName }) => creditorName)
  t.equal((await rowsOf(tpp)).booked.find(({ creditorName }) => creditorName === 'Nå')?.bookingDate, '2026-03-10')
  t.notOk((await names()).includes('Siden'))
  bank.at('2026-03-10T22:59:00Z')
  t.notOk((await names()).includes('Siden'))
  bank.at('2026-03-10T23:00:00Z')
  t.ok((await names()).includes('Siden'))
})

test('a transaction bears the ids that control gives it, or none', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const add = (counterpartyName: string, ids: object) =>
    bank.control('POST', `${account}/transactions`, { amount: '-1.00', counterpartyName, ...ids })
  await add('A', { transactionId: 'T-1', entryReference: null })
  await add('B', { transactionId: null, entryReference: ' ' })
  const idsOf = async (name: string) => {
    const row = (await rowsOf(tpp)).booked.find(({ creditorName }) => creditorName === name)
    return [row?.transactionId, row?.entryReference]
  }
  t.same(await idsOf('A'), ['T-1', undefined])
  t.same(await idsOf('B'), [undefined, ' '])
})

test('a transaction that the bank changes keeps its id, and the balance follows', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const [before] = (await rowsOf(tpp)).booked
  const { transactions } = await bank.truth('fjordbanken-main')
  const { key, amount } = transactions.findLast(
    ({ status, bookingDate }) => status === 'booked' && bookingDate === before?.bookingDate,
  )!
  const balance = async () => Number((await bank.truth('fjordbanken-main')).bookedBalance)
  const was = await balance()
  t.equal(
    (await bank.control('PATCH', `${account}/transactions/${key}`, { amount: '-77.00', text: 'Rettet' })).status,
    204,
  )
  t.equal(
    (await bank.control('PATCH', `${account}/transactions/${key}`, { counterpartyName: 'Rettet AS' })).status,
    204,
  )
  const [after] = (await rowsOf(tpp)).booked
  t.equal(after?.transactionId, before?.transactionId)
  t.match(after, {
    creditorName: 'Rettet AS',
    remittanceInformationUnstructured: 'Rettet',
    transactionAmount: { amount: '-77.00' },
  })
  t.equal(((await balance()) - was).toFixed(2), (-77 - Number(amount)).toFixed(2))
})

test('a transaction that the bank withdraws is gone, and the balance follows', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const before = await rowsOf(tpp)
  const { transactions, bookedBalance } = await bank.truth('fjordbanken-main')
  const { key, amount } = transactions.findLast(({ status }) => status === 'booked')!
  t.equal((await bank.control('DELETE', `${account}/transactions/${key}`)).status, 204)
  t.equal((await rowsOf(tpp)).booked.length, before.booked.length - 1)
  const after = await bank.truth('fjordbanken-main')
  t.equal((Number(after.bookedBalance) + Number(amount)).toFixed(2), bookedBalance)
  t.equal((await bank.control('DELETE', `${account}/transactions/${key}`)).status, 404)
})

test('a pending transaction is booked, under another id', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const fields = { amount: '-42.00', counterpartyName: 'Kiosk', status: 'pending' }
  const { body } = await bank.control('POST', `${account}/transactions`, fields)
  const pending = await rowsOf(tpp)
  t.notOk(pending.booked.some(isKiosk))
  const id = pending.pending.find(isKiosk)?.transactionId
  bank.later(24 * 60)
  await bank.control('PATCH', `${account}/transactions/${body.key}`, {
    status: 'booked',
    bookingDate: '2026-03-11',
    amount: '-43.00',
  })
  const booked = await rowsOf(tpp)
  t.notOk(booked.pending.some(isKiosk))
  const row = booked.booked.find(isKiosk)
  t.equal(row?.transactionAmount.amount, '-43.00')
  t.equal(row?.bookingDate, '2026-03-11')
  t.not(row?.transactionId, id)
})

test('ids are absent, new on every call, shared, constant or blank, as ordered', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const ids = async (manner: string) => {
    await bank.control('PUT', `${account}/quirks`, { ids: manner })
    return (await rowsOf(tpp)).booked.map(({ transactionId }) => transactionId)
  }
  t.same(new Set(await ids('none')), new Set([undefined]))
  const random = await ids('random')
  t.equal(new Set(random).size, random.length)
  t.notOk((await ids('random')).some((id) => random.includes(id)))
  t.same(new Set(await ids('constant')), new Set(['NOTPROVIDED']))
  t.same(new Set(await ids('blank')), new Set([' ']))
  const reused = await ids('reused')
  t.ok(new Set(reused).size <= 10 && reused.length > 20)
  t.same(await ids('reused'), reused)
})

test('rows come in another order for each list, and its pages fit together', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const plain = (await rowsOf(tpp)).booked.map(({ transactionId }) => transactionId)
  await bank.control('PUT', `${account}/quirks`, { shuffle: true, pageSize: 7 })
  const mixed = async () => (await rowsOf(tpp)).booked.map(({ transactionId }) => transactionId)
  const [one, other] = [await mixed(), await mixed()]
  t.same(new Set(one), new Set(plain))
  t.equal(one.length, plain.length)
  t.notSame(one, plain)
  t.notSame(one, other)
})

test('every row comes twice as ordered, pages or not', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const plain = (await rowsOf(tpp)).booked
  await bank.control('PUT', `${account}/quirks`, { doubled: true, pageSize: 5 })
  t.same(
    (await rowsOf(tpp)).booked,
    plain.flatMap((row) => [row, row]),
  )
})

test('a list is empty once, and then it is not', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const plain = await rowsOf(tpp)
  await bank.control('PUT', `${account}/quirks`, { emptyOnce: true, pageSize: 20 })
  const empty = await rowsOf(tpp)
  t.same(empty.booked, [])
  t.same((await rowsOf(tpp)).booked, plain.booked)
})

test('balances are off by what was ordered', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const balances = async () => {
    const { body } = await tpp.get(linkOf(await tpp.account(main), 'balances'))
    return body.balances?.map(({ balanceAmount }) => Number(balanceAmount.amount)) ?? []
  }
  const before = await balances()
  await bank.control('PUT', `${account}/quirks`, { balanceOff: '-0.50' })
  t.same(
    (await balances()).map((amount, n) => (amount - before[n]!).toFixed(2)),
    ['-0.50', '-0.50', '-0.50'],
  )
})

test('an account that is removed is gone from consents old and new, until it is put back', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const { resourceId } = await tpp.account(main)
  await bank.control('PUT', `${account}/quirks`, { removed: true })
  t.equal((await tpp.accounts()).length, 4)
  t.equal(refusalOf(await tpp.get(`/v1/accounts/${resourceId}`)), '404 RESOURCE_UNKNOWN')
  t.equal((await (await bank.consent('fjordbanken', 'dina')).accounts()).length, 3)
  await bank.control('PUT', `${account}/quirks`, {})
  t.equal((await tpp.accounts()).length, 5)
})

const annas = '/banks/fjordbanken/persons/anna/accounts'
const rent = { key: 'rent', bookingDate: '2025-12-30', amount: '-250.00', transactionId: 'T-1', text: 'Leie' }
const held = {
  key: 'drift',
  name: 'Driftskonto',
  owner: 'Eksempel AS',
  usage: 'ORGA',
  currency: 'NOK',
  iban: 'NO5690419924686',
  balance: '1000.00',
  transactions: [
    rent,
    { key: 'sale', bookingDate: '2026-03-10', amount: '400.00', counterpartyName: 'Kunde AS' },
    { key: 'soon', bookingDate: '2026-03-11', amount: '5.00' },
  ],
}
const card = {
  key: 'kort',
  name: 'Kort',
  owner: 'Eksempel AS',
  usage: 'PRIV',
  currency: 'KWD',
  maskedPan: '541275******0001',
  balance: '-1.005',
  transactions: [],
}

test('a person has what control gives them, and nothing else moves on it', async (t) => {
  const bank = await sandboxFor(t)
  const former = await bank.consent('fjordbanken', 'anna')
  t.equal((await bank.control('PUT', annas, [held, card])).status, 204)
  t.equal((await former.accounts()).length, 5, 'what others have too stays as it was')
  const tpp = await bank.consent('fjordbanken', 'anna')
  t.match(await tpp.accounts(), [
    { iban: held.iban, name: 'Driftskonto', ownerName: 'Eksempel AS', usage: 'ORGA', cashAccountType: 'CACC' },
    { maskedPan: card.maskedPan, usage: 'PRIV', cashAccountType: 'CARD', currency: 'KWD' },
  ])
  const drift = await tpp.account(held.iban)
  const since = 'bookingStatus=both&dateFrom=2025-12-20'
  const { booked, pending } = await tpp.transactions(drift, since)
  t.match(booked, [
    { bookingDate: '2026-03-10', transactionAmount: { amount: '400.00' }, debtorName: 'Kunde AS' },
    { bookingDate: '2025-12-30', transactionAmount: { amount: '-250.00' }, transactionId: 'T-1' },
  ])
  t.same(pending, [])
  const balances = async (number: string) =>
    (await tpp.get(linkOf(await tpp.account(number), 'balances'))).body.balances?.map(
      ({ balanceType, balanceAmount }) => `${balanceType} ${balanceAmount.amount}`,
    )
  t.same(await balances(held.iban), ['closingBooked 600.00', 'interimBooked 1000.00', 'interimAvailable 1000.00'])
  t.same(await balances(card.maskedPan), ['closingBooked -1.005', 'interimBooked -1.005', 'interimAvailable -1.005'])
  bank.at('2026-03-11T11:00:00Z')
  t.equal((await tpp.transactions(drift, since)).booked.length, 3, 'what is booked tomorrow shows tomorrow')
  const { accounts = [] } = (await bank.control('GET', '/')).body
  t.match(accounts.filter(({ persons }) => persons.includes('anna') && !persons.includes('dina')).slice(0, 2), [
    { id: 'fjordbanken-anna-drift' },
    { id: 'fjordbanken-anna-kort' },
  ])
  t.equal((await bank.control('POST', '/accounts/fjordbanken-anna-drift/transactions', { amount: '7.00' })).status, 201)
  t.equal((await tpp.transactions(drift, since)).booked.length, 4)
})

test('an account that the person no longer has is closed, and one that stays is the same', async (t) => {
  const bank = await sandboxFor(t)
  await bank.control('PUT', annas, [held, card])
  const tpp = await bank.consent('fjordbanken', 'anna')
  const [drift, other] = await tpp.accounts()
  const more = [...held.transactions, { key: 'late', bookingDate: '2026-03-09', amount: '1.00' }]
  await bank.control('PUT', annas, [{ ...held, transactions: more }])
  t.same(
    (await tpp.accounts()).map(({ resourceId }) => resourceId),
    [drift?.resourceId],
  )
  t.equal(refusalOf(await tpp.get(`/v1/accounts/${other?.resourceId}/balances`)), '404 RESOURCE_UNKNOWN')
  const { booked } = await tpp.transactions(drift!, 'bookingStatus=booked&dateFrom=2025-12-20')
  t.equal(booked.length, 3)
  t.equal(booked.find(({ bookingDate }) => bookingDate === '2025-12-30')?.transactionId, 'T-1')
  await bank.control('PUT', annas, [])
  t.same(await tpp.accounts(), [])
  const { body } = await bank.ask('fjordbanken')
  await t.rejects(approve(linkOf(body, 'scaRedirect'), 'anna'), 'nobody can share what they do not have')
  t.equal((await bank.control('DELETE', annas)).status, 204)
  t.equal((await (await bank.consent('fjordbanken', 'anna')).accounts()).length, 5)
})

test('a bank in maintenance answers nothing else, and other banks do not notice', async (t) => {
  const bank = await sandboxFor(t)
  const here = await bank.consent('fjordbanken', 'anna')
  const there = await bank.consent('nordlys', 'anna')
  const { body } = await bank.ask('fjordbanken')
  await bank.control('PUT', '/banks/fjordbanken/maintenance')
  const closed = await here.get('/v1/accounts')
  t.equal(refusalOf(closed), '503 SERVICE_UNAVAILABLE')
  t.equal(closed.headers.get('retry-after'), '600')
  t.equal((await open(linkOf(body, 'scaRedirect'))).status, 503)
  t.equal((await there.get('/v1/accounts')).status, 200)
  await bank.control('DELETE', '/banks/fjordbanken/maintenance')
  t.equal((await here.get('/v1/accounts')).status, 200)
})

test('as many rows as are wanted, evenly over the days, in pages of up to five thousand', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const second = await tpp.account('NO5586011859226')
  t.equal(
    (
      await bank.control('POST', '/accounts/fjordbanken-second/bulk', {
        count: 12_000,
        from: '2026-01-01',
        to: '2026-02-28',
      })
    ).status,
    204,
  )
  await bank.control('PUT', '/accounts/fjordbanken-second/quirks', { pageSize: 5000 })
  const query = 'bookingStatus=booked&dateFrom=2026-01-01&dateTo=2026-02-28'
  const { booked, pages } = await tpp.transactions(second, query)
  t.equal(pages, 3)
  const ofBulk = booked.filter(({ transactionId }) => transactionId !== undefined)
  t.equal(new Set(ofBulk.map(({ transactionId }) => transactionId)).size, booked.length)
  const own = (await bank.truth('fjordbanken-second')).transactions.filter(
    ({ bookingDate }) => bookingDate >= '2026-01-01' && bookingDate <= '2026-02-28',
  )
  t.equal(booked.length, own.length)
  t.ok(booked.length >= 12_000 && booked.length < 12_010)
  const perDay = Map.groupBy(booked, ({ bookingDate }) => bookingDate)
  t.equal(perDay.size, 59)
  t.ok([...perDay.values()].every((rows) => rows.length >= 203 && rows.length <= 207))
})

test('GET shows banks, persons, accounts, consents and what is ordered', async (t) => {
  const bank = await sandboxFor(t)
  const { consentId } = await bank.consent('fjordbanken', 'anna')
  await bank.control('POST', '/faults', { times: 3, path: '/x', status: 500 })
  await bank.control('PUT', '/banks/nordlys/maintenance')
  const { body } = await bank.control('GET', '/')
  t.equal(body.accounts?.length, 70)
  t.same(body.accounts?.find(({ id }) => id === 'fjordbanken-main')?.persons, ['anna', 'dina'])
  t.match(body.consents, [{ id: consentId, status: 'valid', person: 'anna' }])
  t.same(body.faults, [{ times: 3, path: '/x', status: 500 }])
  t.same(body.maintenance, ['nordlys'])
})

test('a reset leaves nothing of what was', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const before = await bank.truth('fjordbanken-main')
  await bank.control('POST', `${account}/transactions`, { amount: '1.00' })
  await bank.control('POST', '/faults', { times: 3, status: 500 })
  await bank.control('PUT', '/banks/fjordbanken/maintenance')
  t.equal((await bank.control('POST', '/reset')).status, 204)
  t.equal(refusalOf(await tpp.get('/v1/accounts')), '400 CONSENT_UNKNOWN')
  t.same(await bank.truth('fjordbanken-main'), before)
})

test('control says what it did not understand', async (t) => {
  const bank = await sandboxFor(t)
  const cases: [status: number, method: string, path: string, body?: unknown][] = [
    [404, 'GET', '/accounts/nonsense'],
    [404, 'POST', '/accounts/nonsense/transactions', { amount: '1.00' }],
    [404, 'PATCH', `${account}/transactions/nonsense`, { amount: '1.00' }],
    [404, 'POST', '/consents/nonsense/revoke'],
    [404, 'PUT', '/banks/nonsense/maintenance'],
    [404, 'GET', '/nonsense'],
    [400, 'POST', `${account}/transactions`, {}],
    [400, 'POST', `${account}/transactions`, { amount: 12.5 }],
    [400, 'POST', `${account}/transactions`, { amount: '1.00', colour: 'red' }],
    [400, 'POST', `${account}/transactions`, { amount: '1.00', bookingDate: '2026-02-30' }],
    [400, 'POST', `${account}/bulk`, { count: 1, from: '2026-02-02', to: '2026-02-01' }],
    [400, 'PUT', `${account}/quirks`, { pageSize: 5001 }],
    [400, 'POST', '/faults', { times: 0, status: 500 }],
    [400, 'POST', '/faults', { code: 'NO_SUCH_CODE' }],
    [404, 'PUT', '/banks/nonsense/persons/anna/accounts', []],
    [404, 'PUT', '/banks/fjordbanken/persons/nobody/accounts', []],
    [404, 'DELETE', '/banks/fjordbanken/persons/nobody/accounts'],
    [404, 'POST', '/banks/fjordbanken/persons/nobody/revoke'],
    [400, 'PUT', annas, {}],
    [400, 'PUT', annas, [{ ...held, colour: 'red' }]],
    [400, 'PUT', annas, [held, held]],
    [400, 'PUT', annas, [{ ...held, iban: undefined }]],
    [400, 'PUT', annas, [{ ...held, balance: '1.001' }]],
    [400, 'PUT', annas, [{ ...held, transactions: [{ key: 'a', amount: '1.00' }] }]],
    [400, 'PUT', annas, [{ ...held, transactions: [rent, rent] }]],
    [400, 'POST', '/faults', '{'],
  ]
  for (const [status, method, path, body] of cases) {
    t.equal((await bank.control(method, path, body)).status, status, `${method} ${path} ${JSON.stringify(body)}`)
  }
})
