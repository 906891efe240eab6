import { test } from 'tap'
import { ratesWanted, withRates } from '../../../src/matching/model/rates.ts'
import { aLine, anEntry, automaticOnes } from '../builders.ts'

const on = (bookingDate: `${number}-${number}-${number}`) => aLine('t', 116_450n, { bookingDate })

test('a line has the rates of its day, else of the last day before it within a week', (t) => {
  const friday = { day: '2026-03-13', rates: { NOK: 11.6, EUR: 1 } } as const
  const monday = { day: '2026-03-16', rates: { NOK: 11.7, EUR: 1 } } as const
  const rateOf = (day: Parameters<typeof on>[0]) => withRates([on(day)], [monday, friday])[0]?.rates?.['NOK']
  t.equal(rateOf('2026-03-12'), undefined)
  t.equal(rateOf('2026-03-13'), 11.6)
  t.equal(rateOf('2026-03-15'), 11.6)
  t.equal(rateOf('2026-03-16'), 11.7)
  t.equal(rateOf('2026-03-23'), 11.7)
  t.equal(rateOf('2026-03-24'), undefined)
  const lines = [on('2026-03-13')]
  t.equal(withRates(lines, []), lines)
  t.end()
})

test('rates are asked for where a line and an open entry are in different currencies, a week further back', (t) => {
  const euro = anEntry('e', 10_000n, { currency: 'EUR' })
  t.same(ratesWanted([on('2026-03-16'), on('2026-03-02')], [euro]), {
    from: '2026-02-23',
    to: '2026-03-16',
    currencies: new Set(['NOK', 'EUR']),
  })
  t.equal(ratesWanted([on('2026-03-16')], [anEntry('e', 1n)]), null)
  t.equal(ratesWanted([on('2026-03-16')], [{ ...euro, openAmount: 0n }]), null, 'what is settled is not paid again')
  t.equal(ratesWanted([], [euro, anEntry('f', 1n)]), null)
  t.end()
})

test('an invoice in another currency is settled at the tenant’s rate; what the bank says goes first', (t) => {
  const entries = [anEntry('e', 10_000n, { currency: 'EUR', reference: '10042000017' })]
  const line = { ...on('2026-03-16'), reference: '10042000017' }
  const days = [{ day: '2026-03-16', rates: { NOK: 11.645, EUR: 1 } }] as const
  t.same(automaticOnes({ lines: [line], entries }), [], 'without a rate there is no opinion')
  t.same(automaticOnes({ lines: withRates([line], days), entries }), ['t -> e'])
  const elsewhere = { ...line, exchange: { currency: 'EUR', rate: '5.8225' } }
  t.same(automaticOnes({ lines: withRates([elsewhere], days), entries }), [], 'the bank exchanged 200 EUR')
  t.end()
})
