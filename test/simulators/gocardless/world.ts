// What there is: agreements, requisitions, and the accounts that requisitions led to. It all lives in memory and by one clock.

import type { Clock } from '../../../src/shared/clock.ts'
import type { SimulatedAccount } from '../simulator.ts'
import { institutions, type Institution, type Scope } from './institutions.ts'

export const dayMs = 24 * 60 * 60 * 1000

export type Status = 'CR' | 'GC' | 'UA' | 'RJ' | 'SA' | 'GA' | 'LN' | 'EX' | 'SU' | 'ER'

export type Reconfirmation = {
  readonly id: string
  readonly created: Date
  redirect: string | null
  lastAccessed: Date | null
  lastSubmitted: Date | null
  /** By account. */
  readonly decisions: Map<string, { readonly reconfirmed: Date | null; readonly rejected: Date | null }>
}

export type Agreement = {
  readonly id: string
  readonly created: Date
  readonly institutionId: string
  readonly maxHistoricalDays: number
  readonly accessValidForDays: number
  readonly accessScope: readonly Scope[]
  readonly reconfirmation: boolean
  accepted: Date | null
  reconfirmed: Reconfirmation | null
}

export type Requisition = {
  readonly id: string
  readonly created: Date
  readonly redirect: string
  readonly institutionId: string
  readonly agreementId: string
  readonly reference: string
  readonly userLanguage: string
  readonly accountSelection: boolean
  readonly redirectImmediate: boolean
  status: Status
  /** By id. */
  readonly accounts: string[]
}

/** A bank account as one requisition sees it. */
export type LinkedAccount = {
  readonly id: string
  readonly requisitionId: string
  /** What it is at the bank. */
  readonly key: string
  readonly created: Date
  /** What is known of it here, whatever becomes of it at the bank. */
  readonly known: SimulatedAccount
  readonly readyAt: Date
  lastAccessed: Date | null
  /** In a row. Ten suspend it. */
  failures: number
  /** The person has ended the permission at the bank. */
  isRevoked: boolean
  readonly calls: Map<Scope, Date[]>
}

/** Trouble with one account, as its bank has it. */
export type Trouble =
  | 'AccountAccessForbidden'
  | 'AccountResourceUnavailable'
  | 'UnknownRequestError'
  | 'ConnectionError'
  | 'AccountStateError'
  | 'suspended'

export type Settings = {
  /** Whether the company's contract includes reconfirmation. */
  mayReconfirm: boolean
  requisitionsMax: number
  /** What goes wrong when the person comes to the bank. */
  failsAtBank: 'InstitutionTechnicalError' | 'GoCardlessTechnicalError' | null
  /** By key, and where it shows. */
  readonly troubles: Map<string, { readonly trouble: Trouble; readonly scopes: readonly Scope[] }>
  /** Account fields that this bank leaves out of its details. */
  omits: readonly string[]
}

export type World = {
  readonly clock: Clock
  readonly institutions: ReadonlyMap<string, Institution>
  readonly agreements: Map<string, Agreement>
  readonly requisitions: Map<string, Requisition>
  readonly accounts: Map<string, LinkedAccount>
  /** By key: what the person has at the bank now. */
  readonly held: Map<string, SimulatedAccount>
  readonly settings: Settings
  /** `http://host:port`, known once it listens. */
  origin: string
}

export function newWorld(clock: Clock): World {
  return {
    clock,
    institutions: new Map(institutions.map((institution) => [institution.id, institution])),
    agreements: new Map(),
    requisitions: new Map(),
    accounts: new Map(),
    held: new Map(),
    settings: {
      mayReconfirm: true,
      requisitionsMax: Number.POSITIVE_INFINITY,
      failsAtBank: null,
      troubles: new Map(),
      omits: [],
    },
    origin: '',
  }
}

export function endOf(agreement: Agreement): Date | null {
  return agreement.accepted === null
    ? null
    : new Date(agreement.accepted.getTime() + agreement.accessValidForDays * dayMs)
}

/** Whether the agreement, and the last reconfirmation of this account where one is due, still hold. */
export function isInForce(agreement: Agreement, accountId: string, now: Date): boolean {
  const end = endOf(agreement)
  if (end === null || agreement.accepted === null || end <= now) return false
  if (!agreement.reconfirmation) return true
  const { reconfirmed, rejected } = agreement.reconfirmed?.decisions.get(accountId) ?? {
    reconfirmed: null,
    rejected: null,
  }
  if (rejected !== null && (reconfirmed === null || reconfirmed < rejected)) return false
  return now.getTime() < Math.max(agreement.accepted.getTime(), reconfirmed?.getTime() ?? 0) + 90 * dayMs
}

/** A linked requisition expires with its agreement; nothing happens then, it is only seen. */
export function statusOf(world: World, requisition: Requisition): Status {
  const agreement = world.agreements.get(requisition.agreementId)
  const end = agreement === undefined ? null : endOf(agreement)
  if (requisition.status === 'LN' && end !== null && end <= world.clock.now()) requisition.status = 'EX'
  return requisition.status
}
