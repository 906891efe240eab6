import { test } from 'tap'
import { isBillable, isOver, monthOf, parseMonth } from '../../src/usage/model.ts'

test('a month is over once no company anywhere can be in it, an hour after the last zone has left it', (t) => {
  const cases: readonly (readonly [instant: string, isOver: boolean])[] = [
    ['2026-11-15T00:00:00Z', false],
    ['2026-12-01T00:00:00Z', false],
    ['2026-12-01T11:59:59Z', false],
    ['2026-12-01T12:59:59Z', false],
    ['2026-12-01T13:00:00Z', true],
    ['2027-01-01T00:00:00Z', true],
  ]
  for (const [instant, expected] of cases) t.equal(isOver('2026-11', new Date(instant)), expected, instant)
  t.equal(isOver('2026-12', new Date('2027-01-01T13:00:00Z')), true, 'over New Year')
  t.end()
})

test('what is older than the first activation is free, and so is what the books had closed', (t) => {
  const connection = { firstActivatedOn: '2026-11-10' } as const
  t.equal(isBillable({ bookingDate: '2026-11-09', alreadyBooked: false }, connection), false)
  t.equal(isBillable({ bookingDate: '2026-11-10', alreadyBooked: false }, connection), true)
  t.equal(isBillable({ bookingDate: '2026-11-10', alreadyBooked: true }, connection), false)
  t.equal(isBillable({ bookingDate: '2026-11-10', alreadyBooked: false }, { firstActivatedOn: null }), false)
  t.end()
})

test('months are spelled one way', (t) => {
  t.equal(monthOf('2026-11-30'), '2026-11')
  t.equal(parseMonth('2026-11'), '2026-11')
  for (const text of ['2026-13', '2026-00', '2026-1', '2026-11-01', '26-11', '']) t.equal(parseMonth(text), undefined)
  t.end()
})
