import type { TenantId } from '../values/ids.ts'

/** A bookkeeping product that calls the API. */
export type Tenant = {
  readonly id: TenantId
  readonly name: string
  /** Where people may be sent back to: compared letter by letter. */
  readonly redirectUrls: readonly string[]
  readonly defaultRedirectUrl: string | null
  /** Of two ways to one bank, the provider named first is offered first. */
  readonly preferredProviders: readonly string[]
  /** How many days before expiry to remind; 0 is the day itself. */
  readonly reminderDays: readonly number[]
}
