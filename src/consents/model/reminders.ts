import { addDays, localDay, startOfLocalDay } from '../../values/day.ts'
import { endOf, type Consent } from './consent.ts'

export type Reminder = {
  readonly daysBefore: number
  readonly at: Date
  /** The same for the same reminder of one consent, whoever works it out: a reminder whose key was sent is not sent again. */
  readonly key: string
}

/**
 * Which reminder of a consent's expiry is due, and when the next one will be. A reminder falls on the first instant of its local day; 0 is the day
 * on which it expires (that it has expired is an event of its own). After an outage only the nearest to expiry is due: that 14 days are left is no
 * news when it is 3. None is due of a day before the consent was given, nor once it has ended.
 *
 * @param timeZone the company's: whose days they are
 */
export function reminderDue(
  consent: Consent,
  {
    daysBefore,
    timeZone,
    now,
  }: { readonly daysBefore: readonly number[]; readonly timeZone: string; readonly now: Date },
): { readonly due: Reminder | null; readonly nextAt: Date | null } {
  if (endOf(consent).at <= now) return { due: null, nextAt: null }
  const lastDay = localDay(consent.expiresAt, timeZone)
  const reminders = daysBefore
    .map((days) => ({
      daysBefore: days,
      at: startOfLocalDay(addDays(lastDay, -days), timeZone),
      key: `${lastDay}/${days}`,
    }))
    .filter(({ at }) => consent.validFrom < at && at < consent.expiresAt)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return {
    due: reminders.findLast(({ at }) => at <= now) ?? null,
    nextAt: reminders.find(({ at }) => at > now)?.at ?? null,
  }
}
