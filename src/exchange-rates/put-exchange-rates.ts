import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { Day } from '../values/day.ts'
import type { TenantId } from '../values/ids.ts'
import type { ExchangeRateStore } from './index.ts'
import { faultsIn, type DayRates } from './model.ts'

type Stores = { exchangeRates: Pick<ExchangeRateStore, 'save' | 'find'> }

/** Replaces a day's rates; matching reckons with them from its next run on. @throws {AppError} invalid_request */
export async function putExchangeRates(
  { unit, clock }: { readonly unit: Unit<Stores>; readonly clock: Clock },
  { tenant, ...dayRates }: DayRates & { readonly tenant: TenantId },
): Promise<DayRates> {
  const faults = faultsIn(dayRates.rates)
  if (faults.length > 0)
    throw new AppError('invalid_request', 'The rates do not make sense: see errors.', {
      errors: faults.map(({ path, message }) => ({ path: `/body/rates${path}`, message })),
    })
  await unit(tenant, ({ exchangeRates }) => exchangeRates.save(dayRates, clock.now()))
  return dayRates
}

/** @throws {AppError} exchange_rates_not_found */
export async function getExchangeRates(
  { unit }: { readonly unit: Unit<Stores> },
  { tenant, day }: { readonly tenant: TenantId; readonly day: Day },
): Promise<DayRates> {
  const found = await unit(tenant, ({ exchangeRates }) => exchangeRates.find(day))
  if (found === undefined) throw new AppError('exchange_rates_not_found', `There are no rates of ${day}.`)
  return found
}
