// The tenant's exchange rates, for a company that has something in another currency than its bank accounts.

import type { EntryStore } from '../entries/index.ts'
import type { ExchangeRateStore } from '../exchange-rates/index.ts'
import type { TransactionStore } from '../transactions/index.ts'
import { addDays } from '../values/day.ts'
import type { CompanyId, TransactionId } from '../values/ids.ts'
import type { Circumstances } from './circumstances.ts'
import type { MatchStore } from './index.ts'
import type { HeldBooks } from './model/held-books.ts'
import { ratesDaysMax, ratesWanted, type RatesOfDay } from './model/rates.ts'

/** Handed over beside the lines, which are compared as they were gathered when the run commits. */
export async function ratesFor(
  { exchangeRates }: { exchangeRates: Pick<ExchangeRateStore, 'between'> },
  lines: HeldBooks['lines'],
  entries: HeldBooks['entries'],
): Promise<readonly RatesOfDay[]> {
  const wanted = ratesWanted(lines, entries)
  if (wanted === null) return []
  return (await exchangeRates.between(wanted)).map(({ day, rates }) => ({
    day,
    rates: Object.fromEntries(
      Object.entries({ ...rates, EUR: '1' }).flatMap(([currency, rate]) =>
        wanted.currencies.has(currency) ? [[currency, Number(rate)]] : [],
      ),
    ),
  }))
}

export type RateStores = {
  transactions: Pick<TransactionStore, 'unmatchedIds'>
  entries: Pick<EntryStore, 'hasOpenOutside'>
  matches: Pick<MatchStore, 'lastRunAt'>
  exchangeRates: Pick<ExchangeRateStore, 'changedSince'>
}

/** Rates that were written while the last run began may not have been there for it. */
const marginMs = 60_000

/** The lines that rates which came since the last run may explain. */
export async function repricedLines(
  { transactions, entries, matches, exchangeRates }: RateStores,
  companyId: CompanyId,
  { delivered, currencies }: Circumstances,
): Promise<readonly TransactionId[]> {
  const ranAt = await matches.lastRunAt(companyId)
  if (ranAt === null) return []
  const days = await exchangeRates.changedSince(new Date(ranAt.getTime() - marginMs))
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  if (currencies.length < 2 && !(await entries.hasOpenOutside(companyId, currencies))) return []
  return transactions.unmatchedIds(delivered, { from: first, to: addDays(last, ratesDaysMax) })
}
