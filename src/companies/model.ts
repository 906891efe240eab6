import type { CompanyId, InstitutionId, LedgerAccountId, PersonId } from '../values/ids.ts'
import type { Day } from '../values/day.ts'

/** One legal entity whose books are kept. */
export type Company = {
  readonly id: CompanyId
  readonly name: string
  readonly country: string
  readonly organisationNumber: string | null
  /** IANA name: whose days "yesterday" and "expires in 7 days" are. */
  readonly timeZone: string
  /** Companies that are billed together. */
  readonly groupId: string | null
  readonly accountPolicy: 'any' | 'business_only'
}

/** A bank account in the company's books. */
export type LedgerAccount = {
  readonly id: LedgerAccountId
  readonly companyId: CompanyId
  readonly name: string
  readonly currency: string
  readonly iban: string | null
  readonly bban: string | null
  readonly institutionId: InstitutionId | null
  /** The books are closed through this day: what is booked up to it is delivered marked, and left alone. */
  readonly bookedThrough: Day | null
  /** When it came, or got another IBAN. */
  readonly ibanChangedAt: Date
}

/** Somebody who may authorise access at a bank, or who holds a card. */
export type Person = {
  readonly id: PersonId
  readonly companyId: CompanyId
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
}
