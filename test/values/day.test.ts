import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { test } from 'tap'
import {
  addDays,
  type Day,
  daysBetween,
  firstOfMonth,
  isTimeZone,
  localDay,
  parseDay,
  startOfLocalDay,
  timeZoneOf,
} from '../../src/values/day.ts'

const hour = 3_600_000
const aDay = fc.integer({ min: 0, max: daysBetween('1900-01-01', '9999-12-31') }).map((n) => addDays('1900-01-01', n))

test('only real calendar days from 1900 to 9999 are days', async (t) => {
  for (const text of ['1900-01-01', '2024-02-29', '2000-02-29', '2026-11-21', '2026-12-31', '9999-12-31'])
    t.equal(parseDay(text), text)
  // prettier-ignore
  const none = [
    '2026-02-29', '1900-02-29', '2026-02-30', '2026-04-31', '2026-00-10', '2026-13-01', '2026-01-00', '2026-01-32',
    '0000-01-01', '1899-12-31', '10000-01-01', '+002026-01-01', '-2026-01-01', '2026-1-1', '20261121', '2026/11/21', '21.11.2026',
    '', ' 2026-11-21', '2026-11-21\n', '2026-11-21T00:00:00Z', '٢٠٢٦-١١-٢١', 'today',
  ]
  for (const text of none) t.equal(parseDay(text), undefined, JSON.stringify(text))
})

test('adding days crosses months, leap days and centuries', async (t) => {
  const cases: [Day, number, Day][] = [
    ['2026-11-21', 0, '2026-11-21'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['1900-02-28', 1, '1900-03-01'],
    ['2026-11-21', -90, '2026-08-23'],
    ['1900-01-01', daysBetween('1900-01-01', '9999-12-31'), '9999-12-31'],
  ]
  for (const [day, n, expected] of cases) t.equal(addDays(day, n), expected, `${day} + ${n}`)
})

test('a day that does not exist or a part of a day is refused, not rounded', async (t) => {
  t.throws(() => addDays('9999-12-31', 1), RangeError)
  t.throws(() => addDays('1900-01-01', -1), RangeError)
  for (const n of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])
    t.throws(() => addDays('2026-01-01', n), RangeError)
})

test('daysBetween undoes addDays, and days sort as they follow', async () => {
  fc.assert(
    fc.property(aDay, aDay, (from, to) => {
      const n = daysBetween(from, to)
      return addDays(from, n) === to && Math.sign(n) === (from < to ? -1 : from > to ? 1 : 0) * -1
    }),
  )
})

test('every day of sixty years is the one after the day before', async (t) => {
  let day: Day = '1990-01-01'
  for (let ms = Date.UTC(1990, 0, 1); ms < Date.UTC(2050, 0, 1); ms += 24 * hour) {
    if (day !== new Date(ms).toISOString().slice(0, 10)) t.fail(day)
    day = addDays(day, 1)
  }
  t.equal(day, '2050-01-01')
})

test('the first of the month is in the same month', async (t) => {
  t.equal(firstOfMonth('2026-11-21'), '2026-11-01')
  t.equal(firstOfMonth('2026-11-01'), '2026-11-01')
})

test('a day begins when clocks in that zone say so, through every kind of change', async (t) => {
  const cases: [string, Day, string][] = [
    ['UTC', '2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['Europe/Oslo', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Oslo', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Europe/Oslo', '2026-10-26', '2026-10-25T23:00:00.000Z'],
    ['Europe/London', '2026-03-29', '2026-03-29T00:00:00.000Z'],
    ['Europe/London', '2026-03-30', '2026-03-29T23:00:00.000Z'],
    ['Europe/London', '2026-10-25', '2026-10-24T23:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
    // Lord Howe Island moves its clocks by half an hour.
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-06', '2026-04-05T13:30:00.000Z'],
    // Samoa went from one side of the date line to the other.
    ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    // Midnight itself was skipped: the day began at 01:00, and in Toronto in 1919 at 00:30.
    ['Asia/Beirut', '2025-03-30', '2025-03-29T22:00:00.000Z'],
    ['America/Toronto', '1919-03-31', '1919-03-31T04:30:00.000Z'],
    // Liberia was the last country whose clocks were not set to whole minutes.
    ['Africa/Monrovia', '1971-06-01', '1971-06-01T00:44:30.000Z'],
    // The furthest clocks on either side.
    ['Pacific/Kiritimati', '2026-11-21', '2026-11-20T10:00:00.000Z'],
    ['Etc/GMT+12', '2026-11-21', '2026-11-21T12:00:00.000Z'],
  ]
  for (const [zone, day, instant] of cases) t.equal(startOfLocalDay(day, zone).toISOString(), instant, `${day} ${zone}`)
})

test('a day that a zone left out begins where the next one does', async (t) => {
  t.same(startOfLocalDay('2011-12-30', 'Pacific/Apia'), startOfLocalDay('2011-12-31', 'Pacific/Apia'))
  t.equal(localDay(new Date('2011-12-30T09:59:59.999Z'), 'Pacific/Apia'), '2011-12-29')
  t.equal(localDay(new Date('2011-12-30T10:00:00.000Z'), 'Pacific/Apia'), '2011-12-31')
})

test('the start of a local day is in that day, and the millisecond before it is not', async () => {
  const zones = [
    'Europe/Oslo',
    'Europe/London',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kathmandu',
    'Africa/Cairo',
  ]
  const days = fc.integer({ min: 0, max: daysBetween('1970-01-01', '2040-01-01') }).map((n) => addDays('1970-01-01', n))
  fc.assert(
    fc.property(fc.constantFrom(...zones), days, (zone, day) => {
      fc.pre(!(zone === 'Pacific/Apia' && day === '2011-12-30'))
      const start = startOfLocalDay(day, zone)
      return localDay(start, zone) === day && localDay(new Date(start.getTime() - 1), zone) < day
    }),
    { numRuns: 400 },
  )
})

test('an instant lies between the start of its local day and the start of the next', async () => {
  const zones = ['Europe/Oslo', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date('2005-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
      (zone, instant) => {
        const day = localDay(instant, zone)
        return startOfLocalDay(day, zone) <= instant && instant < startOfLocalDay(addDays(day, 1), zone)
      },
    ),
    { numRuns: 400 },
  )
})

test("the machine's own zone plays no part", async (t) => {
  const asked = `
    import { addDays, daysBetween, localDay, parseDay, startOfLocalDay } from '${new URL('../../src/values/day.ts', import.meta.url).href}'
    const instant = new Date('2026-11-21T23:30:00Z')
    const start = startOfLocalDay('2026-11-22', 'Europe/Oslo').toISOString()
    console.log(parseDay('2024-02-29'), addDays('2026-03-28', 2), daysBetween('2026-03-28', '2026-03-30'), localDay(instant, 'Europe/Oslo'), start)`
  for (const machine of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Oslo']) {
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', asked], {
      env: { TZ: machine },
      encoding: 'utf8',
    })
    t.equal(answer.trim(), '2024-02-29 2026-03-30 2 2026-11-22 2026-11-21T23:00:00.000Z', machine)
  }
})

test('an instant without a day is refused', async (t) => {
  t.throws(() => localDay(new Date(Number.NaN), 'Europe/Oslo'), RangeError)
  t.throws(() => localDay(new Date('+010000-06-01T00:00:00Z'), 'Europe/Oslo'), RangeError)
  t.throws(() => localDay(new Date('1800-01-01'), 'Europe/Oslo'), RangeError)
  t.throws(() => localDay(new Date(0), 'Europe/Nowhere'), RangeError)
})

test('a time zone is a name of the IANA database', async (t) => {
  for (const zone of ['Europe/Oslo', 'UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])
    t.equal(isTimeZone(zone), true, zone)
  for (const zone of ['', 'Europe/Nowhere', 'Mars', '+01:00', '-05:00', ' UTC', 'Europe/Oslo\0', '1'])
    t.equal(isTimeZone(zone), false, zone)
})

test("a country's zone is its capital's", async (t) => {
  t.equal(timeZoneOf('NO'), 'Europe/Oslo')
  t.equal(timeZoneOf('US'), 'America/New_York')
  t.equal(timeZoneOf('ES'), 'Europe/Madrid')
  t.equal(timeZoneOf('ZZ'), 'UTC')
  t.equal(timeZoneOf('constructor'), 'UTC')
  const european =
    'AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK'
  for (const country of european.split(' ')) {
    t.not(timeZoneOf(country), 'UTC', country)
    t.ok(isTimeZone(timeZoneOf(country)), country)
  }
})
