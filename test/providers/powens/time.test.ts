import { test } from 'tap'
import { asDateTime, asInstant } from '../../../src/providers/powens/wire.ts'
import { answerTo } from '../../../src/providers/reading/place.ts'

const place = answerTo('Powens, test')

test('dates and times without a zone are Paris’, in summer, in winter and over the changes', async (t) => {
  const cases = [
    ['2026-11-21 13:00:00', '2026-11-21T12:00:00.000Z'],
    ['2026-07-01 00:00:00', '2026-06-30T22:00:00.000Z'],
    ['2026-01-01 00:30:00', '2025-12-31T23:30:00.000Z'],
    ['2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29 03:00:00', '2026-03-29T01:00:00.000Z'],
    // An hour that clocks leave out.
    ['2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    // An hour that they go through twice.
    ['2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25 03:00:00', '2026-10-25T02:00:00.000Z'],
  ] as const
  for (const [written, instant] of cases) t.equal(asInstant(written, place)?.toISOString(), instant, written)
  t.equal(asInstant(null, place), null)
  t.equal(asInstant(undefined, place), null)
  for (const wrong of [
    '2026-02-30 00:00:00',
    '2026-11-21',
    '2026-11-21T13:00:00',
    '2026-11-21 25:00:00',
    '',
    7,
    {},
    '0000-00-00 00:00:00',
  ])
    t.throws(
      () => asInstant(wrong, place),
      { kind: 'nonsense', message: /should be a date and time/ },
      JSON.stringify(wrong),
    )
})

test('an instant is written as it is read', async (t) => {
  for (let hour = 0; hour < 24 * 366; hour += 1) {
    const instant = new Date(Date.UTC(2026, 0, 1, hour, 17, 5))
    const back = asInstant(asDateTime(instant), place)
    // But for the hour that comes twice.
    const isSecond = instant.toISOString().startsWith('2026-10-25T01')
    const expected = isSecond ? instant.getTime() - 3_600_000 : instant.getTime()
    if (back?.getTime() !== expected) t.fail(instant.toISOString())
  }
  t.equal(asDateTime(new Date('2026-11-21T12:00:00Z')), '2026-11-21 13:00:00')
})
