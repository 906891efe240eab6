import type { CompanyStore } from '../../companies/index.ts'
import type { DueStore } from '../../due/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { AppError } from '../../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../../shared/page.ts'
import type { Unit } from '../../shared/unit.ts'
import type { CompanyId, HabitId, TenantId } from '../../values/ids.ts'
import type { KeyStore, LessonStore } from '../index.ts'
import { habitsIn, isBehind, placeOf, type Habit } from '../model/learning.ts'

/** What matching has learned of whom a company trades with, by party: of all that a run would reckon with, and no more. @throws {AppError} company_not_found */
export function listHabits(
  { unit }: { readonly unit: Unit<{ companies: Pick<CompanyStore, 'get'>; lessons: Pick<LessonStore, 'newest'> }> },
  { tenant, companyId, ask }: { tenant: TenantId; companyId: CompanyId; ask: PageAsk },
): Promise<Page<Habit>> {
  return unit(tenant, async ({ companies, lessons }) => {
    await companies.get(companyId)
    const habits = habitsIn(await lessons.newest(companyId)).filter((habit) => isBehind(habit, ask.after))
    return pageOf(habits, ask, placeOf)
  })
}

type ForgetStores = {
  companies: Pick<CompanyStore, 'hold'>
  lessons: Pick<LessonStore, 'forget'>
  keys: Pick<KeyStore, 'mark'>
  due: Pick<DueStore, 'setBy'>
}

/**
 * Forgets one habit, or all of them (null); the next run is due at once. What people decided stands: only what was learned from it is gone.
 * @throws {AppError} company_not_found, habit_not_found
 */
export function forgetHabits(
  { unit, clock }: { readonly unit: Unit<ForgetStores>; readonly clock: Clock },
  { tenant, companyId, habitId }: { tenant: TenantId; companyId: CompanyId; habitId: HabitId | null },
): Promise<void> {
  return unit(tenant, async ({ companies, lessons, keys, due }) => {
    await companies.hold(companyId)
    const forgotten = await lessons.forget(companyId, habitId)
    if (habitId !== null && forgotten === 0n)
      throw new AppError('habit_not_found', 'Nothing is learned under this habitId.')
    await keys.mark(companyId, { isWhole: true })
    await due.setBy({ kind: 'match', subject: companyId, at: clock.now() })
  })
}
