import { test } from 'tap'
import { attended, linkOf, refusalOf, type Row, sandboxFor, type Truth } from './harness.ts'

const unattended = {}
const main = 'NO9386011117947'

test('the accounts are those that the person shared, each by what identifies it', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  t.same(
    (await tpp.accounts()).map(({ iban, maskedPan, currency, cashAccountType, usage }) => [
      iban ?? maskedPan,
      currency,
      cashAccountType,
      usage,
    ]),
    [
      [main, 'NOK', 'CACC', 'ORGA'],
      ['NO5586011859226', 'NOK', 'CACC', 'ORGA'],
      ['NO9086015740827', 'NOK', 'SVGS', 'ORGA'],
      ['NO6686016283004', 'EUR', 'CACC', 'ORGA'],
      ['541275******3241', 'NOK', 'CARD', 'ORGA'],
    ],
  )
  const bobs = await bank.consent('fjordbanken', 'bob')
  t.same(
    (await bobs.accounts()).map(({ usage }) => usage),
    ['PRIV', 'PRIV'],
  )
})

test('two persons of one company share the same accounts, each by their own consent', async (t) => {
  const bank = await sandboxFor(t)
  const annas = await bank.consent('fjordbanken', 'anna')
  const dinas = await bank.consent('fjordbanken', 'dina')
  const query = 'bookingStatus=booked&dateFrom=2026-02-01'
  t.same(
    (await dinas.accounts()).map(({ iban }) => iban),
    (await annas.accounts()).slice(0, 4).map(({ iban }) => iban),
  )
  t.same(
    (await dinas.transactions(await dinas.account(main), query)).booked,
    (await annas.transactions(await annas.account(main), query)).booked,
  )
})

test('resource ids change with the consent at some banks and stay at others', async (t) => {
  const bank = await sandboxFor(t)
  const idsAt = async (id: string) =>
    (await (await bank.consent(id, 'anna')).accounts()).map(({ resourceId }) => resourceId)
  t.notSame(await idsAt('fjordbanken'), await idsAt('fjordbanken'))
  t.same(await idsAt('hansebank'), await idsAt('hansebank'))
})

test('cards that a bank keeps apart have the endpoints of their own', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('hansebank', 'anna')
  t.notOk((await tpp.accounts()).some(({ maskedPan }) => maskedPan !== undefined))
  const [card] = (await tpp.get('/v1/card-accounts?withBalance=true')).body.cardAccounts ?? []
  t.equal(card?.maskedPan, '525412******4419')
  t.equal((await tpp.get(`/v1/card-accounts/${card?.resourceId}`)).body.cardAccount?.maskedPan, card?.maskedPan)
  t.equal((await tpp.get(linkOf(card!, 'balances'))).status, 200)
  const { booked } = await tpp.transactions(card!, 'bookingStatus=both&dateFrom=2025-12-15')
  t.ok(booked.length > 5)
  t.equal(refusalOf(await tpp.get(`/v1/accounts/${card?.resourceId}`)), '404 RESOURCE_UNKNOWN')
  const fjord = await bank.consent('fjordbanken', 'anna')
  t.equal(refusalOf(await fjord.get('/v1/card-accounts', attended)), '404 RESOURCE_UNKNOWN')
})

test('calls without a usable consent are refused, each for its own reason', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const unauthorised = (await bank.ask('fjordbanken')).body.consentId ?? ''
  const revoked = await bank.consent('fjordbanken', 'dina')
  const { resourceId } = await tpp.account(main)
  await bank.control('POST', `/consents/${revoked.consentId}/revoke`)
  for (const path of ['/v1/accounts', `/v1/accounts/${resourceId}`, `/v1/accounts/${resourceId}/transactions`]) {
    const refusal = async (headers: Record<string, string>, at = 'fjordbanken') =>
      refusalOf(await bank.call(at, 'GET', path, { headers }))
    t.equal(await refusal({}), '400 FORMAT_ERROR', 'no Consent-ID')
    t.equal(await refusal({ 'consent-id': 'nonsense' }), '400 CONSENT_UNKNOWN')
    t.equal(await refusal({ 'consent-id': tpp.consentId }, 'nordlys'), '400 CONSENT_UNKNOWN', "another bank's")
    t.equal(
      await refusal({ 'consent-id': tpp.consentId, 'tpp-signature-certificate': 'other' }),
      '400 CONSENT_UNKNOWN',
      "another TPP's",
    )
    t.equal(await refusal({ 'consent-id': unauthorised }), '401 CONSENT_INVALID', 'not authorised')
    t.equal(await refusal({ 'consent-id': revoked.consentId }), '401 CONSENT_INVALID', 'revoked')
  }
})

test('an account that the consent does not cover is unknown, whether it exists or not', async (t) => {
  const bank = await sandboxFor(t)
  const annas = await bank.consent('hansebank', 'anna')
  const bobs = await bank.consent('hansebank', 'bob')
  const [foreign] = await bobs.accounts()
  for (const id of [foreign?.resourceId, 'nonsense']) {
    t.equal(refusalOf(await annas.get(`/v1/accounts/${id}/balances`)), '404 RESOURCE_UNKNOWN')
  }
})

test("balances: yesterday's close with its day, and what is booked and available now", async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  await bank.control('POST', '/accounts/fjordbanken-main/transactions', { amount: '-10.00' })
  await bank.control('POST', '/accounts/fjordbanken-main/transactions', { amount: '-3.00', status: 'pending' })
  const balances = (await tpp.get(linkOf(await tpp.account(main), 'balances'))).body.balances ?? []
  const { transactions, openingBalance } = await bank.truth('fjordbanken-main')
  const booked = transactions.filter(({ status }) => status === 'booked')
  const pending = transactions.filter(({ status }) => status === 'pending')
  t.same(
    balances.map(({ balanceType, referenceDate, balanceAmount }) => [balanceType, referenceDate, balanceAmount.amount]),
    [
      [
        'closingBooked',
        '2026-03-09',
        sum(
          openingBalance,
          booked.filter(({ bookingDate }) => bookingDate < '2026-03-10'),
        ),
      ],
      ['interimBooked', undefined, sum(openingBalance, booked)],
      ['interimAvailable', undefined, sum(openingBalance, [...booked, ...pending])],
    ],
  )
})

test('balances and transactions agree at every bank that tells both', async (t) => {
  const bank = await sandboxFor(t)
  for (const { id } of bank.sandbox.banks) {
    const tpp = await bank.consent(id, 'anna')
    for (const account of await tpp.accounts()) {
      const balances = (await tpp.get(linkOf(account, 'balances'))).body.balances ?? []
      const closing = balances.find(({ balanceType }) => balanceType === 'closingBooked')?.balanceAmount.amount
      const booked = balances.find(({ balanceType }) => balanceType === 'interimBooked')?.balanceAmount.amount
      if (closing === undefined || booked === undefined) continue
      const today = await tpp.transactions(account, 'bookingStatus=booked&dateFrom=2026-03-10')
      t.equal(
        sum(
          closing,
          today.booked.map(({ transactionAmount }) => transactionAmount),
        ),
        Number(booked).toFixed(2),
      )
    }
  }
})

test('where rows bear a balance, each is the one before and its amount', async (t) => {
  const bank = await sandboxFor(t)
  for (const id of ['suomen-testipankki', 'polder-bank', 'hansebank']) {
    const tpp = await bank.consent(id, 'anna')
    const { booked } = await tpp.transactions(await tpp.account(), 'bookingStatus=booked&dateFrom=2025-12-15')
    const rows = booked[0]!.bookingDate! <= booked.at(-1)!.bookingDate! ? booked : booked.toReversed()
    t.ok(rows.length > 100)
    const balances = rows.map(({ balanceAfterTransaction }) => balanceAfterTransaction?.balanceAmount.amount ?? '')
    const wrong = rows.slice(1).filter((row, n) => sum(balances[n]!, [row.transactionAmount]) !== balances[n + 1])
    t.same(wrong, [], id)
  }
})

test('amounts are written as the bank writes them', async (t) => {
  const bank = await sandboxFor(t)
  const fields = [{ amount: '1056.00' }, { amount: '-5768.20' }, { amount: '0.05' }, { amount: '100.00' }]
  const amountsAt = async (id: string, number: string) => {
    for (const movement of fields) await bank.control('POST', `/accounts/${id}-foreign/transactions`, movement)
    const tpp = await bank.consent(id, 'anna')
    const { booked } = await tpp.transactions(await tpp.account(number), 'bookingStatus=booked&dateFrom=2026-03-10')
    return booked.map(({ transactionAmount }) => transactionAmount.amount).toSorted()
  }
  t.same(await amountsAt('vlaams-testbank', 'BE69979994441678'), ['-5768.2', '0.05', '100', '1056'])
  t.same(await amountsAt('fjordbanken', 'NO6686016283004'), ['-5768.20', '0.05', '100.00', '1056.00'])
})

test('a list of transactions takes exactly the booking days that were asked for, both included', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const { transactions } = await bank.truth('fjordbanken-main')
  const account = await tpp.account(main)
  for (const [from, to] of [
    ['2026-02-03', '2026-02-03'],
    ['2026-02-02', '2026-02-13'],
    ['2025-12-11', '2026-12-31'],
  ]) {
    const { booked } = await tpp.transactions(account, `bookingStatus=booked&dateFrom=${from}&dateTo=${to}`)
    const expected = transactions.filter(
      ({ status, bookingDate }) => status === 'booked' && bookingDate >= from! && bookingDate <= to!,
    )
    t.ok(expected.length > 0)
    t.same(booked.map(lineOfRow).toSorted(), expected.map(lineOfTruth).toSorted())
  }
})

test('pages of a hundred, one after the other, hold every row once and in order', async (t) => {
  const bank = await sandboxFor(t)
  for (const [id, isNewestFirst] of [
    ['nordlys', true],
    ['svea-testbank', false],
  ] as const) {
    const tpp = await bank.consent(id, 'anna')
    const { booked, pages } = await tpp.transactions(await tpp.account(), 'bookingStatus=booked&dateFrom=2025-04-01')
    const { transactions } = await bank.truth(`${id}-main`)
    const expected = transactions.filter(
      ({ status, bookingDate }) => status === 'booked' && bookingDate >= '2025-04-01',
    )
    t.equal(booked.length, expected.length)
    t.equal(pages, Math.ceil(booked.length / 100))
    t.ok(pages > 3)
    const days = booked.map(({ bookingDate = '' }) => bookingDate)
    t.same(days, isNewestFirst ? days.toSorted().toReversed() : days.toSorted())
  }
})

test('a page leads to the one before, and says the next in a Link header too', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('nordlys', 'anna')
  const first = await tpp.get(`${linkOf(await tpp.account(), 'transactions')}?bookingStatus=booked&dateFrom=2025-06-01`)
  const next = linkOf(first.body.transactions!, 'next')
  t.equal(first.headers.get('link'), `<${next}>; rel="next"`)
  t.notOk(first.body.transactions?.['_links']['previous'])
  const second = await tpp.get(next)
  const back = await tpp.get(linkOf(second.body.transactions!, 'previous'))
  t.same(back.body.transactions?.booked, first.body.transactions?.booked)
})

test('what is booked while somebody turns the pages neither repeats a row nor hides one', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('suomen-testipankki', 'anna')
  const first = await tpp.get(`${linkOf(await tpp.account(), 'transactions')}?bookingStatus=booked&dateFrom=2025-10-01`)
  const whole = await tpp.transactions(await tpp.account(), 'bookingStatus=booked&dateFrom=2025-10-01')
  bank.later(3 * 24 * 60)
  const second = await tpp.get(linkOf(first.body.transactions!, 'next'))
  t.same(second.body.transactions?.booked, whole.booked.slice(100, 200))
})

test('a list that cannot be is refused', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const href = linkOf(await tpp.account(main), 'transactions')
  const cases: [query: string, refusal: string][] = [
    ['dateFrom=2026-03-01', '400 FORMAT_ERROR'],
    ['bookingStatus=some&dateFrom=2026-03-01', '400 FORMAT_ERROR'],
    ['bookingStatus=information&dateFrom=2026-03-01', '400 PARAMETER_NOT_SUPPORTED'],
    ['bookingStatus=booked', '400 FORMAT_ERROR'],
    ['bookingStatus=booked&dateFrom=2026-02-30', '400 FORMAT_ERROR'],
    ['bookingStatus=booked&dateFrom=2026-03-01&dateTo=tomorrow', '400 FORMAT_ERROR'],
    ['bookingStatus=booked&dateFrom=2026-03-05&dateTo=2026-03-04', '400 PERIOD_INVALID'],
    ['bookingStatus=booked&dateFrom=2026-03-11', '400 PERIOD_INVALID'],
    ['bookingStatus=booked&dateFrom=2025-12-09', '400 PERIOD_INVALID'],
    ['bookingStatus=booked&dateFrom=2026-03-01&deltaList=true', '400 PARAMETER_NOT_SUPPORTED'],
    ['bookingStatus=booked&dateFrom=2026-03-01&entryReferenceFrom=1', '400 PARAMETER_NOT_SUPPORTED'],
    ['bookingStatus=booked&dateFrom=2026-03-01&page=2', '400 FORMAT_ERROR'],
  ]
  for (const [query, refusal] of cases)
    t.equal(refusalOf(await tpp.get(`${href}?${query}`, unattended)), refusal, query)
  const served = await tpp.get(`${href}?bookingStatus=booked&dateFrom=2025-12-10`)
  t.equal(served.status, 200, 'the ninetieth day before today is served')
})

test('a refused call is not counted', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna', { body: { frequencyPerDay: 1 } })
  const href = linkOf(await tpp.account(main), 'transactions')
  for (let n = 0; n < 6; n += 1) await tpp.get(`${href}?bookingStatus=booked&dateFrom=2020-01-01`, unattended)
  t.equal((await tpp.get(`${href}?bookingStatus=booked&dateFrom=2026-03-01`, unattended)).status, 200)
})

test('what is older than 90 days is served for a quarter of an hour after the person authorised', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('nordlys', 'anna')
  const href = linkOf(await tpp.account(), 'transactions')
  const from = async (day: string) => refusalOf(await tpp.get(`${href}?bookingStatus=booked&dateFrom=${day}`))
  t.equal(await from('2024-03-10'), '200 undefined', '730 days')
  t.equal(await from('2024-03-09'), '400 PERIOD_INVALID')
  bank.later(15)
  t.equal(await from('2024-03-10'), '200 undefined')
  bank.later(1)
  t.equal(await from('2025-12-09'), '400 PERIOD_INVALID')
  t.equal(await from('2025-12-10'), '200 undefined', '90 days')
  const patient = await bank.consent('suomen-testipankki', 'anna')
  bank.later(60 * 24)
  t.equal(
    (await patient.transactions(await patient.account(), 'bookingStatus=booked&dateFrom=2025-04-01')).pages > 1,
    true,
  )
})

test('without the person each resource of each account answers four times in any 24 hours', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const [first, second] = await tpp.accounts()
  const transactions = `${linkOf(first!, 'transactions')}?bookingStatus=booked&dateFrom=2026-01-01`
  const calls = [
    '/v1/accounts',
    `/v1/accounts/${first?.resourceId}`,
    linkOf(first!, 'balances'),
    linkOf(second!, 'balances'),
    transactions,
  ]
  for (let hour = 0; hour < 4; hour += 1) {
    for (const path of calls) t.equal((await tpp.get(path, unattended)).status, 200)
    bank.later(60)
  }
  for (const path of calls) t.equal(refusalOf(await tpp.get(path, unattended)), '429 ACCESS_EXCEEDED')
  t.equal((await tpp.get(transactions, attended)).status, 200, 'the person is there')
  bank.later(20 * 60)
  for (const path of calls) {
    t.equal((await tpp.get(path, unattended)).status, 200, 'the first of the four is 24 hours ago')
    t.equal(refusalOf(await tpp.get(path, unattended)), '429 ACCESS_EXCEEDED', 'the other three are not')
  }
})

test('further pages of a list are not counted', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('nordlys', 'anna', { body: { frequencyPerDay: 1 } })
  const first = await tpp.get(
    `${linkOf(await tpp.account(), 'transactions')}?bookingStatus=booked&dateFrom=2025-06-01`,
    unattended,
  )
  const second = await tpp.get(linkOf(first.body.transactions!, 'next'), unattended)
  t.equal(second.status, 200)
  t.equal((await tpp.get(linkOf(second.body.transactions!, 'next'), unattended)).status, 200)
})

test('an address of the person that is none is refused', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  t.equal(refusalOf(await tpp.get('/v1/accounts', { 'psu-ip-address': 'yes' })), '400 FORMAT_ERROR')
})

test('a card purchase shows as pending, then as booked', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const card = await tpp.account('541275******3241')
  const rows = (status: string) => tpp.transactions(card, `bookingStatus=${status}&dateFrom=2026-02-20`)
  let seen: Row | undefined
  for (let day = 0; day < 12 && seen === undefined; day += 1) {
    bank.later(24 * 60)
    seen = (await rows('pending')).pending[0]
  }
  t.ok(seen, 'within days somebody buys something')
  t.notOk(seen?.bookingDate)
  t.same((await rows('pending')).booked, [])
  t.same((await rows('booked')).pending, [])
  const isSeen = (row: Row) =>
    row.transactionAmount.amount === seen?.transactionAmount.amount && row.valueDate === seen?.valueDate
  t.notOk((await rows('both')).booked.some(isSeen))
  bank.later(6 * 24 * 60)
  t.ok((await rows('both')).booked.some(isSeen))
  t.notOk((await rows('both')).pending.some(isSeen))
})

test('money comes in as the clock goes on, and what was stays', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('hansebank', 'anna')
  const account = await tpp.account()
  const query = 'bookingStatus=booked&dateFrom=2026-02-01&dateTo=2026-03-09'
  const before = await tpp.transactions(account, query)
  bank.later(10 * 24 * 60)
  t.same((await tpp.transactions(account, query)).booked, before.booked)
  t.ok((await tpp.transactions(account, 'bookingStatus=booked&dateFrom=2026-03-11')).booked.length > 3)
})

test('rows bear ids in the manner of their bank', async (t) => {
  const bank = await sandboxFor(t)
  const rowsAt = async (id: string) => {
    const tpp = await bank.consent(id, 'anna')
    return (await tpp.transactions(await tpp.account(), 'bookingStatus=booked&dateFrom=2026-02-02&dateTo=2026-02-13'))
      .booked
  }
  const [stable, again] = [await rowsAt('fjordbanken'), await rowsAt('fjordbanken')]
  t.same(ids(stable), ids(again))
  t.equal(new Set(stable.map(({ transactionId }) => transactionId)).size, stable.length)
  const [reissued, renewed] = [await rowsAt('nordlys'), await rowsAt('nordlys')]
  t.same(reissued.map(lineOfRow), renewed.map(lineOfRow))
  t.notOk(
    ids(reissued).some(([id]) => ids(renewed).some(([other]) => id === other)),
    'another consent, other ids',
  )
  t.ok(
    (await rowsAt('polder-bank')).every((row) => row.transactionId === undefined && row.entryReference !== undefined),
  )
  t.ok((await rowsAt('hansebank')).every((row) => row.transactionId === undefined && row.entryReference === undefined))
  const positional = await rowsAt('svea-testbank')
  const [firstDay] = positional
  t.same(
    positional
      .filter(({ bookingDate }) => bookingDate === firstDay?.bookingDate)
      .map(({ entryReference }) => entryReference),
    positional
      .filter(({ bookingDate }) => bookingDate === firstDay?.bookingDate)
      .map((_, place) => `${firstDay?.bookingDate}.${place}`),
  )
})

test('a payment reference is where its bank puts it', async (t) => {
  const bank = await sandboxFor(t)
  const rowsAt = async (id: string) => {
    const tpp = await bank.consent(id, 'anna')
    return (await tpp.transactions(await tpp.account(), 'bookingStatus=booked&dateFrom=2026-02-02')).booked
  }
  const norwegian = await rowsAt('fjordbanken')
  t.ok(
    norwegian.some(
      ({ remittanceInformationStructured }) => remittanceInformationStructured?.reference === '10042260314',
    ),
  )
  const belgian = await rowsAt('vlaams-testbank')
  t.ok(belgian.every(({ remittanceInformationStructured }) => remittanceInformationStructured === undefined))
  t.ok(
    belgian.some(({ remittanceInformationUnstructured = '' }) =>
      /^\+\+\+\d{3}\/\d{4}\/\d{5}\+\+\+$/.test(remittanceInformationUnstructured),
    ),
  )
})

test('a bill in another currency tells the rate, and what was paid', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const { booked } = await tpp.transactions(await tpp.account(main), 'bookingStatus=booked&dateFrom=2026-02-01')
  const bill = booked.find(({ creditorName }) => creditorName === 'Overseas Parts Ltd')
  const [exchange] = bill?.currencyExchange ?? []
  t.match(exchange, { sourceCurrency: 'EUR', unitCurrency: 'EUR', targetCurrency: 'NOK' })
  const [, paid = '', rate = ''] = /^EUR (-[\d.]+) @ ([\d.]+)$/.exec(bill?.additionalInformation ?? '') ?? []
  t.equal(rate, exchange?.exchangeRate)
  t.ok(Math.abs(Number(paid) * Number(rate) - Number(bill?.transactionAmount.amount)) < 0.01)
})

test('accounts can be listed with their balances, where these may be seen', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  t.ok((await tpp.get('/v1/accounts?withBalance=true')).body.accounts?.every(({ balances }) => balances?.length === 3))
  t.ok((await tpp.get('/v1/accounts')).body.accounts?.every(({ balances }) => balances === undefined))
  const blind = await bank.consent('fjordbanken', 'anna', { body: { access: { accounts: [], transactions: [] } } })
  t.ok(
    (await blind.get('/v1/accounts?withBalance=true')).body.accounts?.every(({ balances }) => balances === undefined),
  )
  const list = await tpp.get('/v1/accounts')
  t.equal(list.status, 401, 'and the newer consent ended the former')
})

function ids(rows: readonly Row[]): (string | undefined)[][] {
  return rows.map(({ transactionId, entryReference }) => [transactionId, entryReference])
}

function lineOfRow({ bookingDate, transactionAmount, creditorName, debtorName }: Row): string {
  return [bookingDate, transactionAmount.amount, creditorName ?? debtorName ?? ''].join(' ')
}

function lineOfTruth({ bookingDate, amount, counterpartyName }: Truth): string {
  return [bookingDate, amount, counterpartyName ?? ''].join(' ')
}

/** Decimal strings of two decimals at most, added without floating point. */
function sum(start: string, rows: readonly { readonly amount: string }[]): string {
  const total = rows.reduce((so, { amount }) => so + cents(amount), cents(start))
  const digits = String(Math.abs(total)).padStart(3, '0')
  return `${total < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function cents(amount: string): number {
  const [whole = '', decimals = ''] = amount.replace('-', '').split('.')
  return Number(whole + decimals.padEnd(2, '0')) * (amount.startsWith('-') ? -1 : 1)
}
