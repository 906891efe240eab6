import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import type { Selectable } from 'kysely'
import { asWritten } from '../values/as-written.ts'
import { parseDay, type Day } from '../values/day.ts'
import type { DayRates, Rates } from './model.ts'

export const exchangeRateStore = ({ tenant, sql }: TenantDb) => ({
  async find(day: Day): Promise<DayRates | undefined> {
    const [found] = await this.between({ from: day, to: day })
    return found
  },

  /** Both ends included, in order. */
  async between({ from, to }: { readonly from: Day; readonly to: Day }): Promise<readonly DayRates[]> {
    const rows = await sql
      .selectFrom('exchange_rates')
      .select(['day', 'rates'])
      .where('tenant_id', '=', tenant)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .orderBy('day')
      .execute()
    return rows.map(toDayRates)
  },

  /** The days of which the rates were put since then, in order. */
  async changedSince(at: Date): Promise<readonly Day[]> {
    const rows = await sql
      .selectFrom('exchange_rates')
      .select('day')
      .where('tenant_id', '=', tenant)
      .where('updated_at', '>=', at)
      .orderBy('day')
      .execute()
    return rows.map((row) => dayOf(row.day))
  },

  async save({ day, rates }: DayRates, now: Date): Promise<void> {
    const written = { rates: JSON.stringify(rates), updated_at: now }
    await sql
      .insertInto('exchange_rates')
      .values({ tenant_id: tenant, day, ...written })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'day']).doUpdateSet(written))
      .execute()
  },
})

export type ExchangeRateStore = ReturnType<typeof exchangeRateStore>

/** Rates are as `save` wrote them. */
const toDayRates = (row: Pick<Selectable<Tables['exchange_rates']>, 'day' | 'rates'>): DayRates => ({
  day: dayOf(row.day),
  rates: asWritten<Rates>(row.rates),
})

function dayOf(text: string): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error('exchange_rates.day is not a day')
  return day
}
