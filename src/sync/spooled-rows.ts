// The rows of a run's pages. Those of an everyday run stay in memory from the moment they come until they are committed; those beyond a limit are read back
// from the spool when their days are decided, while the days before are committed, so that what a run takes does not grow with what a bank serves.

import { createHash, type Hash } from 'node:crypto'
import type { Connection } from '../connections/model/connection.ts'
import type { Lease } from '../due/index.ts'
import type { Institution } from '../institutions/model.ts'
import type { Provider, ProviderTransaction, RawPage } from '../providers/provider.ts'
import { digestOf, type Cipher } from '../shared/crypto.ts'
import type { Unit } from '../shared/unit.ts'
import { wholeOf } from '../transactions/model/content.ts'
import type { Day } from '../values/day.ts'
import type { SyncStore } from './index.ts'
import type { Block, PageDays } from './model/blocks.ts'
import type { ShownDay } from './model/passing.ts'
import type { SyncRun } from './model/run.ts'
import { openPage } from './sealed-page.ts'

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
}

type Deps = { readonly unit: Unit<{ sync: Pick<SyncStore, 'page'> }>; readonly cipher: Cipher }

const keptRowsMax = 10_000

/** Rises when the same rows are to be decided differently from before: no day is then taken as decided. */
const digestVersion = 1

/** Only booked rows, and none from before the start date: those are not asked for, and not wanted. */
export function spooledRows(
  deps: Deps,
  provider: Pick<Provider, 'readPage' | 'profileOf'>,
  { run, lease, connection, institution, today }: Whose,
): SpooledRows {
  const seen = new Set<string>()
  const pages = new Map<number, PageDays>()
  const kept = new Map<number, readonly ProviderTransaction[]>()
  const beginning = `${digestVersion} ${JSON.stringify(provider.profileOf(institution.nativeId))}`
  const growing = new Map<Day, { readonly hash: Hash; readonly balances: number[] }>()
  const shown = new Map<Day, ShownDay>()
  let count = 0
  let bookedToday = 0n
  let room = keptRowsMax

  function take(number: number, page: RawPage): void {
    const digest = digestOf(page.body).toString('base64')
    if (seen.has(digest)) return
    seen.add(digest)
    const rows = read(page)
    const days = new Map<Day, number>()
    for (const [day, ofDay] of Map.groupBy(rows, ({ bookingDate }) => bookingDate)) {
      days.set(day, ofDay.length)
      addShown(day, ofDay)
      if (day === today) for (const { amount } of ofDay) bookedToday += amount.minor
    }
    pages.set(number, days)
    count += rows.length
    if (rows.length > room) return
    kept.set(number, rows)
    room -= rows.length
  }

  function addShown(day: Day, rows: readonly ProviderTransaction[]): void {
    let ofDay = growing.get(day)
    if (ofDay === undefined) {
      ofDay = { hash: createHash('sha256').update(beginning), balances: [] }
      growing.set(day, ofDay)
    }
    ofDay.hash.update(rows.map(wholeOf).join(''))
    for (const { amount, balanceAfter } of rows)
      if (balanceAfter !== undefined) ofDay.balances.push(markOf(amount.minor, balanceAfter.minor))
    shown.delete(day)
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
        const rows = kept.get(number) ?? read(await spooled(number))
        found.push(rows.filter(({ bookingDate }) => bookingDate >= reach.from && bookingDate <= reach.to))
      }
      return found
    },
  }
}

/** One number for two, small enough to be kept of every row. That two pairs have one by chance, or by rounding, does no harm. */
const markOf = (amount: bigint, balance: bigint): number => Number(balance) * 1_000_003 + Number(amount)
