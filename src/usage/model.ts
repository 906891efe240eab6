// What counts, and when: the numbers by which a tenant bills its own customers. A transaction counts once, in the month of the company's local day on which it
// was delivered first; nothing that happens later takes it back or moves it.

import { localDay, type Day } from '../values/day.ts'
import type { CompanyId } from '../values/ids.ts'

/** `YYYY-MM`. */
export type Month = `${number}-${number}`

/** What a company, or a group of them, has used in a month. */
export type Used = {
  /** Booked on or after their connection's first activation, and delivered: free are older ones, and those of closed books. */
  readonly transactions: number
  /** Fetched for the books at least once. */
  readonly activeConnections: number
}

export type CompanyUsage = Used & { readonly companyId: CompanyId; readonly groupId: string | null }
/** Of companies without a group where that is null. */
export type GroupUsage = Used & { readonly groupId: string | null; readonly activeCompanies: number }

export function parseMonth(text: string): Month | undefined {
  return isMonth(text) ? text : undefined
}

export function monthOf(day: Day): Month {
  const month = day.slice(0, 7)
  if (!isMonth(month)) throw new RangeError(`${day} is in no month`)
  return month
}

const isMonth = (text: string): text is Month => /^(19|[2-9]\d)\d\d-(0[1-9]|1[0-2])$/.test(text)

/** The last place of the earth where a month ends is twelve hours behind; an hour more for what is being written, and for clocks that differ. */
const lastZone = 'Etc/GMT+12'
const settlingMs = 3_600_000

/** Whether nothing can be counted in it any more, wherever a company is. */
export const isOver = (month: Month, now: Date): boolean =>
  monthOf(localDay(new Date(now.getTime() - settlingMs), lastZone)) > month

/** Whether a delivered transaction counts: what is older than the first activation is free of charge, and so is what the books had closed already. */
export const isBillable = (
  { bookingDate, alreadyBooked }: { readonly bookingDate: Day; readonly alreadyBooked: boolean },
  { firstActivatedOn }: { readonly firstActivatedOn: Day | null },
): boolean => !alreadyBooked && firstActivatedOn !== null && bookingDate >= firstActivatedOn
