// What it takes to match one new line, or one new entry, in a company that has many of both, against matching everything.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { median, type Figure } from './figure.ts'
import { openWorld, settle, type Call, type World } from './world.ts'

const entryCount = 30_000
const lineCount = 16_000
/** Of the lines, one in so many pays an entry by its reference; the others are what no entry explains, of shops and customers. */
const payingShare = 4
const customers = 1_500
const shops = 300
const rounds = 5
const doneUrl = 'http://localhost:8080/done'
const path = '/v1/companies/rematch'

export async function measureRematch(cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const world = await openWorld(cleanup)
  const call = patient(await world.callAs('rematch'))
  const connectionId = await openCompany(call)
  for (let from = 0; from < entryCount; from += 1_000)
    await call('POST', `${path}/entries/batch`, {
      entries: Array.from({ length: 1_000 }, (_, at) => entry(from + at)),
    })
  await book(
    world,
    connectionId,
    Array.from({ length: lineCount }, (_, at) => line(at)),
  )
  await matched(world, call)
  const whole: number[] = []
  for (let round = 1; round <= 3; round += 1) {
    // As if the company had never been matched: everything is looked at.
    await world.owner.query('delete from matching_states')
    whole.push(await matched(world, call))
  }
  const [ofLine, ofEntry, ofNothing]: number[][] = [[], [], []]
  for (let round = 1; round <= rounds; round += 1) {
    await book(world, connectionId, [line(lineCount + round * payingShare)])
    ofLine?.push(await matched(world, call))
    await call('PUT', `${path}/entries/new-${round}`, { ...entry(entryCount + round), entryId: undefined })
    ofEntry?.push(await matched(world, call))
    ofNothing?.push(await matched(world, call))
  }
  const all = median(whole)
  const about = (name: string, seconds: readonly number[] = []): Figure => ({
    name,
    value: median(seconds) / all,
    note: `${Math.round(median(seconds) * 1000)} ms against ${Math.round(all * 1000)} ms`,
  })
  return [
    about(`matching one new line among ${lineCount}, with ${entryCount} entries, against matching all`, ofLine),
    about('matching one new entry, against matching all', ofEntry),
    about('a run when nothing has changed, against matching all', ofNothing),
    { name: 'rows of keys', value: await keyRows(world), unit: 'rows' },
  ]
}

async function openCompany(call: Call): Promise<string> {
  await call('PUT', '/v1/tenant', { name: 'Bench', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl })
  await call('PUT', path, { name: 'Rematch', country: 'NO' })
  await call('PUT', `${path}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: 'NO9386011117947' })
  return (await call('GET', `${path}/connections`)).data[0].id
}

/** Spread over its range, and the same on every machine. */
const spread = (n: number, range: number): number => (Math.imul(n + 1, 2_654_435_761) >>> 0) % range
const customer = (n: number): string => `${word(n)} ${word(n + 7_919)} AS`
const word = (n: number): string =>
  Array.from({ length: 6 }, (_, at) => String.fromCodePoint(65 + (spread(n * 31 + at, 2_600) % 26))).join('')
const cents = (n: number): number => 10_000 + spread(n, 4_000_000)
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + (n % 300))).toISOString().slice(0, 10)

const entry = (n: number) => ({
  entryId: `e-${n}`,
  kind: 'sales_invoice',
  amount: (cents(n) / 100).toFixed(2),
  currency: 'NOK',
  documentNumber: String(1_000_000 + n),
  reference: `${1_000_000 + n}0017`,
  issueDate: day(n),
  dueDate: day(n + 14),
  description: 'Levering etter avtale',
  counterparty: { name: customer(n % customers) },
})

type BookedLine = {
  readonly minor: number
  readonly day: string
  readonly name: string | null
  readonly text: string
  readonly reference: string | null
}

function line(n: number): BookedLine {
  const about = n / payingShare
  if (Number.isInteger(about))
    return {
      minor: cents(about),
      day: day(about + 14),
      name: customer(about % customers).toUpperCase(),
      text: `Faktura ${1_000_000 + about}`,
      reference: `${1_000_000 + about}0017`,
    }
  return n % 2 === 0
    ? { minor: cents(n * 7), day: day(n), name: customer(n % customers), text: 'Betaling', reference: null }
    : {
        minor: -cents(n * 3),
        day: day(n),
        name: null,
        text: `Varekjop ${word(100_000 + (n % shops))}`,
        reference: null,
      }
}

/** As an import leaves them: rows, and their place in the feed. */
async function book({ owner }: World, connectionId: string, lines: readonly BookedLine[]): Promise<void> {
  const ids = lines.map(() => randomUUID())
  const {
    rows: [{ last }],
  } = await owner.query(
    `insert into feed_positions values ('rematch', $1) on conflict (tenant_id) do update set last = feed_positions.last + $1 returning last::int`,
    [lines.length],
  )
  await owner.query(
    `insert into transactions (tenant_id, transaction_id, connection_id, company_id, booking_date, amount_minor, currency, counterparty_name,
       remittance_information, reference, fingerprint, occurrence, run_id, changed_at)
     select 'rematch', i, $2, 'rematch', d::date, m, 'NOK', c, t, r, i::text, 1, $2, now()
     from unnest($1::uuid[], $3::int8[], $4::text[], $5::text[], $6::text[], $7::text[]) as l (i, m, d, c, t, r)`,
    [
      ids,
      connectionId,
      lines.map(({ minor }) => minor),
      lines.map((each) => each.day),
      lines.map(({ name }) => name),
      lines.map(({ text }) => text),
      lines.map(({ reference }) => reference),
    ],
  )
  for (let from = 0; from < ids.length; from += 1_000) {
    const some = ids.slice(from, from + 1_000)
    await owner.query(
      `insert into transaction_changes values ('rematch', $1, 'rematch', 'added', $2, array_fill(1, array[$3::int]), now())`,
      [last - ids.length + from + some.length, some, some.length],
    )
  }
}

/** The seconds of a run, from when a worker took it until it was written; and then until nothing more is due. */
async function matched(world: World, call: Call): Promise<number> {
  await settle(world)
  const { id } = await call('POST', `${path}/matching-runs`)
  for (;;) {
    const { rows } = await world.owner.query(
      'select status, extract(epoch from finished_at - started_at)::float8 as seconds from matching_runs where run_id = $1',
      [id],
    )
    const [{ status, seconds }] = rows
    if (status === 'failed') throw new Error('the run failed')
    if (status === 'completed') {
      await settle(world)
      return seconds
    }
    await pause(50)
  }
}

/** Asks again where the service is busy: what it is busy with is what is measured. */
const patient =
  (call: Call): Call =>
  async (method, url, body) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await call(method, url, body)
      } catch (error) {
        if (tries === 60 || !String(error).includes(': 503 ')) throw error
        await pause(500)
      }
    }
  }

async function keyRows({ owner }: World): Promise<number> {
  const { rows } = await owner.query(
    'select ((select count(*) from entry_keys) + (select count(*) from line_keys))::int as count',
  )
  return rows[0].count
}
