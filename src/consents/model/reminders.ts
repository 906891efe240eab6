// When a tenant is reminded that a consent ends, or has to be reconfirmed (UK), in whole local days of the company.

import { addDays, daysBetween, localDay, startOfLocalDay } from '../../values/day.ts'
import { endOf, type Consent } from './consent.ts'

export type Reminder = {
  readonly about: 'expiry' | 'reconfirmation'
  readonly deadline: Date
  /** The one that was asked for; `passed`: the deadline of a reconfirmation is over, and the consent rests. (That a consent has expired is told by its end.) */
  readonly daysBefore: number | 'passed'
  /** How many days are left in fact: after an outage fewer than were asked for. */
  readonly daysLeft: number
}

type Ask = { readonly daysBefore: readonly number[]; readonly timeZone: string; readonly now: Date }

/**
 * Which reminders of a consent are due, one at most of each deadline, and when to look again: null once it has ended. A reminder falls on the first instant of
 * its local day; 0 is the day itself. After an outage only the nearest to the deadline is due: that 14 days are left is no news when it is 3. None is due of a
 * day before the consent was given.
 *
 * @param ask.timeZone the company's: whose days they are
 */
export function remindersOf(
  consent: Pick<Consent, 'validFrom' | 'expiresAt' | 'reconfirmBy' | 'ended' | 'personRemovedAt'>,
  ask: Ask,
): { readonly due: readonly Reminder[]; readonly nextAt: Date | null } {
  if (endOf(consent).at <= ask.now) return { due: [], nextAt: null }
  const { validFrom: since, expiresAt, reconfirmBy } = consent
  const expiry = dueOf({ about: 'expiry', since, deadline: expiresAt }, ask)
  const later = [expiry.nextAt, expiresAt]
  if (reconfirmBy === null || expiresAt <= reconfirmBy) return { due: expiry.due, nextAt: earliest(later, ask.now) }
  const reconfirmation = dueOf({ about: 'reconfirmation', since, deadline: reconfirmBy }, ask)
  return {
    due: [...expiry.due, ...reconfirmation.due],
    nextAt: earliest([...later, reconfirmation.nextAt, reconfirmBy], ask.now),
  }
}

function dueOf(
  { about, since, deadline }: Pick<Reminder, 'about' | 'deadline'> & { readonly since: Date },
  { daysBefore, timeZone, now }: Ask,
): { readonly due: readonly Reminder[]; readonly nextAt: Date | null } {
  const lastDay = localDay(deadline, timeZone)
  if (deadline <= now) return { due: [{ about, deadline, daysBefore: 'passed', daysLeft: 0 }], nextAt: null }
  const reminders = daysBefore
    .map((days) => ({ days, at: startOfLocalDay(addDays(lastDay, -days), timeZone) }))
    .filter(({ at }) => since < at && at < deadline)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const nearest = reminders.findLast(({ at }) => at <= now)
  const daysLeft = daysBetween(localDay(now, timeZone), lastDay)
  return {
    due: nearest === undefined ? [] : [{ about, deadline, daysBefore: nearest.days, daysLeft }],
    nextAt: reminders.find(({ at }) => at > now)?.at ?? null,
  }
}

function earliest(instants: readonly (Date | null)[], now: Date): Date | null {
  const later = instants.filter((at) => at !== null && at > now).map((at) => at?.getTime() ?? 0)
  return later.length === 0 ? null : new Date(Math.min(...later))
}
