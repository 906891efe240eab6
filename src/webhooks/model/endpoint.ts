import type { EventType } from '../../events/model.ts'
import type { EndpointId, EventId, TenantId } from '../../values/ids.ts'

/** Where a tenant's events are sent. */
export type Endpoint = {
  readonly id: EndpointId
  readonly url: string
  /** None: all. */
  readonly types: readonly EventType[]
  /** Everything up to here has been tried at least once; what has not arrived of it is among the deliveries. */
  readonly position: bigint
  /** Since when nothing at all has arrived, in how many goes, and until when nothing is tried. */
  readonly failingSince: Date | null
  readonly failures: number
  readonly pausedUntil: Date | null
  readonly disabled: { readonly at: Date; readonly reason: DisabledReason } | null
  readonly lastAttempt: LastAttempt | null
  readonly deliveredAt: Date | null
  readonly missedBefore: Date | null
  readonly formerSecretUntil: Date | null
  readonly createdAt: Date
}

export const disabledReasons = ['gone', 'failing'] as const
export type DisabledReason = (typeof disabledReasons)[number]

/** How an attempt ended: `refused` is any answer but a 2xx, the others are no answer at all. */
export const attemptOutcomes = ['delivered', 'refused', 'timeout', 'connection_failed', 'address_not_allowed'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

export type LastAttempt = {
  readonly at: Date
  readonly eventId: EventId
  readonly outcome: AttemptOutcome
  readonly status: number | null
}

export const endpointsMax = 50

/** Nothing is held against it any more: what waits is tried at once. */
export const restarted = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  failingSince: null,
  failures: 0,
  pausedUntil: null,
  disabled: null,
})

/** The row that an endpoint's secret is sealed for (`shared/crypto.ts`). */
export const secretRow = (tenant: TenantId, id: EndpointId): readonly string[] => ['webhook_endpoints', tenant, id]
