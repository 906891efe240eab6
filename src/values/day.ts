// Calendar days, and the instants at which they begin somewhere. A day has no zone and no hour; an instant (`Date`) has no day
// until a zone is named. Between the two stand `localDay` and `startOfLocalDay`, nothing else.

/** A calendar day, `YYYY-MM-DD`, from 1900 to 9999. Days compare with `<` and sort as text. */
export type Day = `${number}-${number}-${number}`

const msPerDay = 86_400_000

/** The day that `text` spells, or undefined when there is no such day: `2026-02-29` is none. */
export function parseDay(text: string): Day | undefined {
  return isDay(text) ? text : undefined
}

/** The day `n` days after `day`, or before it when `n` is negative. @throws {RangeError} when `n` is no whole number or leads out of 1900–9999. */
export function addDays(day: Day, n: number): Day {
  if (!Number.isInteger(n)) throw new RangeError(`a number of days is whole, not ${n}`)
  return dayOf(new Date(utcMidnight(day) + n * msPerDay).toISOString().slice(0, 10))
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return (utcMidnight(to) - utcMidnight(from)) / msPerDay
}

export function firstOfMonth(day: Day): Day {
  return dayOf(`${day.slice(0, 8)}01`)
}

/** The calendar day in that zone at that instant. @throws {RangeError} for an unknown zone, an invalid date, a day outside 1900–9999. */
export function localDay(instant: Date, timeZone: string): Day {
  return dayOf(calendarOf(timeZone).format(instant))
}

/**
 * The first instant at which the zone's calendar shows `day`: usually, not always, midnight (Beirut's clocks skip it in spring).
 * Of a day that the zone left out (Apia had no 2011-12-30) it is the first instant after it, so that days always tile time. Where
 * clocks went back over midnight (St John's, until 2011) the day begins twice, and it is one of the two.
 * @throws {RangeError} for an unknown zone, and at the ends of 1900–9999.
 */
export function startOfLocalDay(day: Day, timeZone: string): Date {
  // No clock is or was 16 hours from UTC since 1900, and all that ever changed did so at a whole second.
  const midnight = utcMidnight(day) / 1000
  let before = midnight - 16 * 3600
  let since = midnight + 16 * 3600
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2)
    if (localDay(new Date(middle * 1000), timeZone) < day) before = middle
    else since = middle
  }
  return new Date(since * 1000)
}

/** Whether `text` names a zone of the IANA database. A fixed offset such as `+01:00` is none: its sign means the opposite to PostgreSQL. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    newCalendar(text)
    return true
  } catch {
    return false
  }
}

/** The zone of a country's capital, by ISO 3166 code in capitals: a company elsewhere in the country names its own. `UTC` for one that is not in the table. */
export function timeZoneOf(country: string): string {
  return zones.get(country) ?? 'UTC'
}

const zones: ReadonlyMap<string, string> = new Map([
  ['AD', 'Europe/Andorra'],
  ['AE', 'Asia/Dubai'],
  ['AL', 'Europe/Tirane'],
  ['AM', 'Asia/Yerevan'],
  ['AR', 'America/Argentina/Buenos_Aires'],
  ['AT', 'Europe/Vienna'],
  ['AU', 'Australia/Sydney'],
  ['AX', 'Europe/Mariehamn'],
  ['AZ', 'Asia/Baku'],
  ['BA', 'Europe/Sarajevo'],
  ['BE', 'Europe/Brussels'],
  ['BG', 'Europe/Sofia'],
  ['BR', 'America/Sao_Paulo'],
  ['BY', 'Europe/Minsk'],
  ['CA', 'America/Toronto'],
  ['CH', 'Europe/Zurich'],
  ['CL', 'America/Santiago'],
  ['CN', 'Asia/Shanghai'],
  ['CY', 'Asia/Nicosia'],
  ['CZ', 'Europe/Prague'],
  ['DE', 'Europe/Berlin'],
  ['DK', 'Europe/Copenhagen'],
  ['EE', 'Europe/Tallinn'],
  ['ES', 'Europe/Madrid'],
  ['FI', 'Europe/Helsinki'],
  ['FO', 'Atlantic/Faroe'],
  ['FR', 'Europe/Paris'],
  ['GB', 'Europe/London'],
  ['GE', 'Asia/Tbilisi'],
  ['GG', 'Europe/Guernsey'],
  ['GI', 'Europe/Gibraltar'],
  ['GL', 'America/Nuuk'],
  ['GR', 'Europe/Athens'],
  ['HK', 'Asia/Hong_Kong'],
  ['HR', 'Europe/Zagreb'],
  ['HU', 'Europe/Budapest'],
  ['IE', 'Europe/Dublin'],
  ['IL', 'Asia/Jerusalem'],
  ['IM', 'Europe/Isle_of_Man'],
  ['IN', 'Asia/Kolkata'],
  ['IS', 'Atlantic/Reykjavik'],
  ['IT', 'Europe/Rome'],
  ['JE', 'Europe/Jersey'],
  ['JP', 'Asia/Tokyo'],
  ['KR', 'Asia/Seoul'],
  ['LI', 'Europe/Vaduz'],
  ['LT', 'Europe/Vilnius'],
  ['LU', 'Europe/Luxembourg'],
  ['LV', 'Europe/Riga'],
  ['MC', 'Europe/Monaco'],
  ['MD', 'Europe/Chisinau'],
  ['ME', 'Europe/Podgorica'],
  ['MK', 'Europe/Skopje'],
  ['MT', 'Europe/Malta'],
  ['MX', 'America/Mexico_City'],
  ['NL', 'Europe/Amsterdam'],
  ['NO', 'Europe/Oslo'],
  ['NZ', 'Pacific/Auckland'],
  ['PL', 'Europe/Warsaw'],
  ['PT', 'Europe/Lisbon'],
  ['RO', 'Europe/Bucharest'],
  ['RS', 'Europe/Belgrade'],
  ['RU', 'Europe/Moscow'],
  ['SE', 'Europe/Stockholm'],
  ['SG', 'Asia/Singapore'],
  ['SI', 'Europe/Ljubljana'],
  ['SJ', 'Arctic/Longyearbyen'],
  ['SK', 'Europe/Bratislava'],
  ['SM', 'Europe/San_Marino'],
  ['TH', 'Asia/Bangkok'],
  ['TR', 'Europe/Istanbul'],
  ['UA', 'Europe/Kyiv'],
  ['US', 'America/New_York'],
  ['VA', 'Europe/Vatican'],
  ['XK', 'Europe/Belgrade'],
  ['ZA', 'Africa/Johannesburg'],
])

const dayShape = /^(?:19|[2-9]\d)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

function isDay(text: string): text is Day {
  // The shape lets 30 February through.
  return dayShape.test(text) && (text.slice(8) < '29' || Number(text.slice(8)) <= lastOfMonth(text))
}

function lastOfMonth(text: string): number {
  const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))]
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function dayOf(text: string): Day {
  if (!isDay(text)) throw new RangeError(`${text} is not a day from 1900-01-01 to 9999-12-31`)
  return text
}

/** A date without a time is read as UTC by ECMAScript itself, so no zone of the machine comes in. */
function utcMidnight(day: Day): number {
  return Date.parse(day)
}

/**
 * A memo, and the one module state of the values: making a formatter takes as long as two hundred uses. Zones are spelled in any
 * case, so it is kept by the lower-case name and can hold no more than there are zones.
 */
const calendars = new Map<string, Intl.DateTimeFormat>()

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const key = timeZone.toLowerCase()
  const known = calendars.get(key)
  if (known !== undefined) return known
  const made = newCalendar(timeZone)
  calendars.set(key, made)
  return made
}

/** Swedish writes days as ISO 8601 does, so that what comes out needs no taking apart; `dayOf` would notice if that ever changed. */
function newCalendar(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
}
