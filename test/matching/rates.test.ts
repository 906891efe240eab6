import { t as file, test } from 'tap'
import { companiesOn, others, type Row } from './company.ts'

const aCompany = await companiesOn(file)

const invoice = {
  entryId: 'EUR-1',
  amount: '100.00',
  currency: 'EUR',
  reference: '10042000017',
  issueDate: '2026-11-01',
  dueDate: '2026-11-10',
}
const payment: Row = { minor: 116_450n, reference: '10042000017', bookingDate: '2026-11-10' }

test('a payment in another currency than its invoice is matched by the tenant’s rate of the day, or of the week before', async (t) => {
  const days = { '2026-11-10': true, '2026-11-03': true, '2026-11-02': false, '2026-11-11': false }
  for (const [day, isKnown] of Object.entries(days)) {
    const company = await aCompany()
    await company.enter(...others, invoice)
    const [paid] = await company.book(payment)
    t.match(await company.run(), { counts: { automatic: 0 } }, 'without a rate there is no opinion')
    t.equal((await company.call('PUT', `/v1/exchange-rates/${day}`, { rates: { NOK: '11.645' } })).status, 200)
    t.match(await company.run(), { counts: { automatic: isKnown ? 1 : 0 } }, day)
    if (!isKnown) continue
    const [match] = await company.matches('status=confirmed')
    t.match(match.links, [
      {
        transactionId: paid,
        entryId: 'EUR-1',
        amount: '1164.50',
        currency: 'NOK',
        entryAmount: '100.00',
        entryCurrency: 'EUR',
      },
    ])
    t.match(await company.run(), { status: 'completed', counts: { automatic: 0, suggested: 0 } })
  }
})

test('what the bank says of the exchange goes before the tenant’s rate', async (t) => {
  const company = await aCompany()
  await company.call('PUT', '/v1/exchange-rates/2026-11-10', { rates: { NOK: '11.645' } })
  await company.enter(...others, invoice)
  await company.book({ ...payment, exchange: { currency: 'EUR', rate: '5.8225' } })
  t.match(await company.run(), { counts: { automatic: 0 } }, 'the bank exchanged 200 EUR')
})

test('another tenant’s rates are nobody’s', async (t) => {
  const [theirs, company] = [await aCompany(), await aCompany()]
  await theirs.call('PUT', '/v1/exchange-rates/2026-11-10', { rates: { NOK: '11.645' } })
  await company.enter(...others, invoice)
  await company.book(payment)
  t.match(await company.run(), { counts: { automatic: 0 } })
})
