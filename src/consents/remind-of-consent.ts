import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { consentExpiring, reconfirmationDue, type NewEvent } from '../events/model.ts'
import type { Clock } from '../shared/clock.ts'
import type { Unit } from '../shared/unit.ts'
import type { TenantStore } from '../tenants/index.ts'
import type { ConsentStore } from './index.ts'
import type { Consent } from './model/consent.ts'
import { remindersOf, type Reminder } from './model/reminders.ts'

type Stores = {
  tenants: Pick<TenantStore, 'find'>
  companies: Pick<CompanyStore, 'get'>
  consents: Pick<ConsentStore, 'find' | 'remind'>
  connections: Pick<ConnectionStore, 'isAnyServedBy'>
  due: Pick<DueStore, 'finish'>
  events: Pick<EventStore, 'append'>
}

/**
 * Due work: reminds the tenant of a consent's end, or of its reconfirmation, on the days that it wants to be. Only of the consent that is in use: where another
 * one serves all its accounts, nobody has to do anything.
 */
export function remindOfConsent(
  { unit, clock }: { readonly unit: Unit<Stores>; readonly clock: Clock },
  lease: Lease,
): Promise<void> {
  return unit(lease.tenant, async ({ tenants, companies, consents, connections, due, events }) => {
    const now = clock.now()
    const consent = await consents.find(lease.subject)
    if (consent === undefined) return due.finish(lease, { next: null, failed: false })
    const { reminderDays: daysBefore } = await tenants.find()
    const { timeZone } = await companies.get(consent.companyId)
    const reminders = remindersOf(consent, { daysBefore, timeZone, now })
    const isInUse = reminders.due.length > 0 && (await connections.isAnyServedBy(consent))
    for (const reminder of reminders.due)
      if ((isInUse || reminder.daysBefore === 'passed') && (await consents.remind(consent.id, reminder, now)))
        events.append(eventOf(consent, reminder, now))
    return due.finish(lease, { next: reminders.nextAt, failed: false })
  })
}

function eventOf(consent: Consent, { about, deadline, daysBefore, daysLeft }: Reminder, now: Date): NewEvent {
  if (about === 'expiry') return consentExpiring(consent, daysLeft, now)
  const status = daysBefore === 'passed' ? 'reconfirmation_due' : 'usable'
  return reconfirmationDue(consent, { by: deadline, daysLeft, status }, now)
}
