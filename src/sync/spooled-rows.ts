// The rows of a run's pages. They stay in memory from the moment they come until they are committed, packed, since a few hundred thousand may wait; those beyond
// a limit are read back from the spool when their days are decided, while the days before are committed, so that what a run takes does not grow with what a bank
// serves.

import { createHash, type Hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Connection } from '../connections/model/connection.ts'
import type { Lease } from '../due/index.ts'
import type { Institution } from '../institutions/model.ts'
import type { Provider, ProviderTransaction, RawPage } from '../providers/provider.ts'
import { digestOf, type Cipher } from '../shared/crypto.ts'
import type { Unit } from '../shared/unit.ts'
import { rowsOfWholes, wholesOf } from '../transactions/model/whole.ts'
import type { Day } from '../values/day.ts'
import type { SyncStore } from './index.ts'
import type { Block, PageDays } from './model/blocks.ts'
import type { ShownDay } from './model/passing.ts'
import type { SyncRun } from './model/run.ts'
import { openPage } from './sealed-page.ts'
import { pack, unpack } from './packing.ts'

export type SpooledRows = {
  /** Reads a page that has just come. @throws {ProviderError} nonsense when it cannot be read */
  readonly take: (number: number, page: RawPage) => void
  /** Reads a page that is in the spool. @throws {ProviderError} nonsense */
  readonly recall: (number: number) => Promise<void>
  /** What each page has. A bank that gives the same page twice has said nothing twice: the second is not among them. */
  readonly pages: ReadonlyMap<number, PageDays>
  readonly count: () => number
  /** What all pages together have of a day. */
  readonly shownOn: (day: Day) => ShownDay
  /** What was booked on the company's local day already, in minor units. */
  readonly bookedToday: () => bigint
  /** The rows of a block, page by page. */
  readonly rowsOf: (block: Block) => Promise<readonly (readonly ProviderTransaction[])[]>
}

/** Of a `PreparedRun`. */
type Whose = {
  readonly run: Pick<SyncRun, 'id'>
  readonly lease: Pick<Lease, 'tenant'>
  readonly connection: Pick<Connection, 'currency' | 'iban' | 'owner' | 'startDate'>
  readonly institution: Pick<Institution, 'nativeId'>
  readonly today: Day
  readonly agreed: ReadonlyMap<Day, unknown>
}

type Deps = { readonly unit: Unit<{ sync: Pick<SyncStore, 'page'> }>; readonly cipher: Cipher }

/** Of packed rows, which take 20 to 50 bytes each: more than a hundred thousand of them. */
const keptBytesMax = 4 * 1024 * 1024

type Growing = { readonly hash: Hash; readonly balances: number[] }

/** Rises when the same rows are to be decided differently from before: no day is then taken as decided. */
const digestVersion = 1

/** Only booked rows, and none from before the start date: those are not asked for, and not wanted. */
export function spooledRows(
  deps: Deps,
  provider: Pick<Provider, 'readPage' | 'profileOf'>,
  { run, lease, connection, institution, today, agreed }: Whose,
  bytesMax = keptBytesMax,
): SpooledRows {
  const seen = new Set<string>()
  const pages = new Map<number, PageDays>()
  const kept = new Map<number, Buffer>()
  const beginning = `${digestVersion} ${JSON.stringify(provider.profileOf(institution.nativeId))}`
  const growing = new Map<Day, Growing>()
  const shown = new Map<Day, ShownDay>()
  let count = 0
  let bookedToday = 0n
  let room = bytesMax

  function take(number: number, page: RawPage): void {
    const digest = digestOf(page.body).toString('base64')
    if (seen.has(digest)) return
    seen.add(digest)
    const rows = read(page)
    const days = new Map<Day, number>()
    const texts: string[] = []
    for (const stretch of stretchesOf(rows)) {
      const day = stretch[0]?.bookingDate ?? today
      const text = wholesOf(stretch)
      const ofDay = growingOn(day)
      ofDay.hash.update(text)
      texts.push(text)
      days.set(day, (days.get(day) ?? 0) + stretch.length)
      shown.delete(day)
      for (const { amount, balanceAfter } of stretch) {
        if (balanceAfter !== undefined) ofDay.balances.push(markOf(amount.minor, balanceAfter.minor))
        if (day === today) bookedToday += amount.minor
      }
    }
    pages.set(number, days)
    count += rows.length
    // Most days that were agreed upon pass undecided: nobody asks for their rows again.
    if (rows.length > 0 && ![...days.keys()].every((day) => agreed.has(day))) keep(number, texts.join(''))
  }

  function growingOn(day: Day): Growing {
    let ofDay = growing.get(day)
    if (ofDay === undefined) {
      ofDay = { hash: createHash('sha256').update(beginning), balances: [] }
      growing.set(day, ofDay)
    }
    return ofDay
  }

  function keep(number: number, wholes: string): void {
    if (room <= 0) return
    const packed = pack(wholes)
    if (packed.length > room) return
    // Memory of its own: what comes of packing is a part of 64 KiB that it shares with what is soon forgotten, and would keep all of them.
    kept.set(number, Buffer.from(new Uint8Array(packed).buffer))
    room -= packed.length
  }

  function shownOn(day: Day): ShownDay {
    let found = shown.get(day)
    if (found === undefined) {
      const { hash, balances } = growing.get(day) ?? { hash: createHash('sha256').update(beginning), balances: [] }
      found = { digest: hash.copy().digest('base64'), balances }
      shown.set(day, found)
    }
    return found
  }

  function read(page: RawPage): readonly ProviderTransaction[] {
    const { currency, iban, owner } = connection
    const account = { nativeId: institution.nativeId, currency, ...(iban && { iban }), ...(owner && { owner }) }
    return provider
      .readPage(page, account)
      .filter(({ status, bookingDate }) => status === 'booked' && bookingDate >= (connection.startDate ?? bookingDate))
  }

  async function spooled(number: number): Promise<RawPage> {
    const sealed = await deps.unit(lease.tenant, ({ sync }) => sync.page(run.id, number))
    const body = openPage(deps.cipher, { tenant: lease.tenant, runId: run.id, number }, sealed)
    return { body: body.toString(), next: null }
  }

  return {
    take,
    recall: async (number) => take(number, await spooled(number)),
    pages,
    count: () => count,
    shownOn,
    bookedToday: () => bookedToday,
    async rowsOf({ pages: numbers, reach }) {
      const found: (readonly ProviderTransaction[])[] = []
      for (const number of numbers) {
        // The block before is being committed: its statements are sent between two pages.
        await turn()
        const packed = kept.get(number)
        const isWanted = (day: Day) => day >= reach.from && day <= reach.to
        found.push(
          packed === undefined
            ? read(await spooled(number)).filter(({ bookingDate }) => isWanted(bookingDate))
            : rowsOfWholes(unpack(packed).toString(), isWanted),
        )
      }
      return found
    },
  }
}

/** Rows that follow each other and are of one day, together. */
function stretchesOf(rows: readonly ProviderTransaction[]): readonly (readonly ProviderTransaction[])[] {
  const stretches: ProviderTransaction[][] = []
  for (const row of rows) {
    const last = stretches.at(-1)
    if (last?.[0]?.bookingDate === row.bookingDate) last.push(row)
    else stretches.push([row])
  }
  return stretches
}

/** One number for two, small enough to be kept of every row. That two pairs have one by chance, or by rounding, does no harm. */
const markOf = (amount: bigint, balance: bigint): number => Number(balance) * 1_000_003 + Number(amount)
