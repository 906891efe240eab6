// What the simulator knows: banks, what a person has at them, who may read it. All of it in memory.

import { createHash, randomUUID, type KeyObject } from 'node:crypto'
import type { Clock } from '../../../src/shared/clock.ts'
import type { Fault, SimulatedAccount } from '../simulator.ts'
import { Refusal } from './refusal.ts'

export type Aspsp = {
  readonly name: string
  readonly country: string
  readonly psuTypes: readonly string[]
  readonly maxConsentSeconds: number
  readonly bic?: string
  readonly beta?: boolean
}

/** The first is the one that the person is a customer of. */
export const aspspsAtFirst: readonly Aspsp[] = [
  {
    name: 'Skogsbanken',
    country: 'SE',
    psuTypes: ['business', 'personal'],
    maxConsentSeconds: 180 * 86_400,
    bic: 'SKOGSESS',
  },
  { name: 'Skogsbanken', country: 'FI', psuTypes: ['business'], maxConsentSeconds: 90 * 86_400, bic: 'SKOGFIHH' },
  { name: 'Säästöpankki', country: 'FI', psuTypes: ['business'], maxConsentSeconds: 180 * 86_400, bic: 'ITELFIHH' },
  { name: 'Saastopankki', country: 'FI', psuTypes: ['personal'], maxConsentSeconds: 90 * 86_400, beta: true },
  { name: 'Timbanken', country: 'NO', psuTypes: ['business'], maxConsentSeconds: 3_600 },
  { name: 'Polderbank', country: 'NL', psuTypes: ['business'], maxConsentSeconds: 90 * 86_400, bic: 'POLDNL2A' },
  { name: 'Waddenbank', country: 'NL', psuTypes: ['business'], maxConsentSeconds: 90 * 86_400, bic: 'WADDNL2A' },
]

/** What a person is asked, from POST /auth to the code that they bring back. */
export type Authorization = {
  readonly id: string
  readonly aspsp: Aspsp
  readonly psuType: string
  readonly state: string
  readonly redirectUrl: string
  readonly validUntil: string
  isLoggedIn: boolean
  outcome: 'open' | 'approved' | 'ended'
  code?: string
  codeExpiresAt?: Date
  /** Keys of the accounts that were ticked. */
  chosen: readonly string[]
  sessionId?: string
}

export type Session = {
  readonly id: string
  readonly authorization: Authorization
  /** By uid, the key of the account. */
  readonly accounts: ReadonlyMap<string, string>
  readonly createdAt: Date
  closedAt?: Date
  ended?: 'CLOSED' | 'REVOKED'
}

export type World = {
  readonly clock: Clock
  readonly applicationId: string
  readonly publicKey: KeyObject
  readonly authorizations: Map<string, Authorization>
  readonly sessions: Map<string, Session>
  /** Unattended calls, by uid's account and resource. */
  readonly calls: Map<string, readonly Date[]>
  aspsps: readonly Aspsp[]
  accounts: readonly SimulatedAccount[]
  fault: Fault | null
  dataCalls: number
  pageSize: number
  requiredPsuHeaders: readonly string[]
  /** Null lets the person be sent anywhere. */
  redirectUrls: readonly string[] | null
  /** How the bank ends a visit, whatever the person does there. */
  bankSays: { readonly error: string; readonly description?: string } | null
}

const codeLivesMs = 15 * 60_000

export function approve(world: World, authorization: Authorization, chosen: readonly string[]): string {
  const code = randomUUID()
  authorization.outcome = 'approved'
  authorization.code = code
  authorization.codeExpiresAt = new Date(world.clock.now().getTime() + codeLivesMs)
  authorization.chosen = chosen
  return code
}

/** @throws {Refusal} */
export function exchange(world: World, code: string): Session {
  const authorization = [...world.authorizations.values()].find((each) => each.code === code)
  if (authorization?.codeExpiresAt === undefined) throw new Refusal('WRONG_AUTHORIZATION_CODE')
  if (authorization.sessionId !== undefined) throw new Refusal('ALREADY_AUTHORIZED')
  if (world.clock.now() >= authorization.codeExpiresAt) throw new Refusal('EXPIRED_AUTHORIZATION_CODE')
  const session: Session = {
    id: randomUUID(),
    authorization,
    accounts: new Map(authorization.chosen.map((key) => [randomUUID(), key])),
    createdAt: world.clock.now(),
  }
  authorization.sessionId = session.id
  world.sessions.set(session.id, session)
  return session
}

export function statusOf(world: World, session: Session): 'AUTHORIZED' | 'CLOSED' | 'REVOKED' | 'EXPIRED' {
  if (session.ended !== undefined) return session.ended
  return world.clock.now() < new Date(session.authorization.validUntil) ? 'AUTHORIZED' : 'EXPIRED'
}

/** @throws {Refusal} unless the session may be used. */
export function demandOpen(world: World, session: Session): void {
  const status = statusOf(world, session)
  if (status !== 'AUTHORIZED') throw new Refusal(`${status}_SESSION`)
}

export function end(world: World, session: Session, ended: 'CLOSED' | 'REVOKED'): void {
  session.ended = ended
  session.closedAt = world.clock.now()
}

/** The account that a session calls by this id. @throws {Refusal} */
export function accountAt(
  world: World,
  uid: string,
): { readonly session: Session; readonly account: SimulatedAccount } {
  const session = [...world.sessions.values()].find(({ accounts }) => accounts.has(uid))
  if (session === undefined) throw new Refusal('ACCOUNT_DOES_NOT_EXIST')
  demandOpen(world, session)
  const account = world.accounts.find(({ key }) => key === session.accounts.get(uid))
  if (account === undefined) throw new Refusal('ASPSP_ACCOUNT_NOT_ACCESSIBLE')
  return { session, account }
}

const dayMs = 86_400_000
const unattendedMax = 4

/** Counts a call that nobody is there for. @throws {Refusal} beyond four in any 24 hours. */
export function countCall(world: World, key: string): void {
  const now = world.clock.now()
  const recent = (world.calls.get(key) ?? []).filter((at) => now.getTime() - at.getTime() < dayMs)
  if (recent.length >= unattendedMax) throw new Refusal('ASPSP_RATE_LIMIT_EXCEEDED')
  world.calls.set(key, [...recent, now])
}

/** The same for an account whoever consents to it, and whenever. */
export function hashOf({ iban, maskedPan, key, currency }: SimulatedAccount): string {
  const what = iban === undefined ? 'other' : 'iban'
  const scheme = Buffer.from(JSON.stringify([['account', 'account_id', what]])).toString('base64')
  const value = createHash('sha256').update(JSON.stringify([iban ?? maskedPan ?? key, currency]))
  return `${scheme}.${value.digest('base64')}`
}
