// What the routes of one bank stand on: the bank with its customers, and what all banks of one server share.

import type { FastifyRequest } from 'fastify'
import type { Clock } from '../shared/clock.ts'
import { type Day, localDay } from '../values/day.ts'
import type { Account, Person } from './accounts.ts'
import type { Bank } from './banks.ts'
import { type Consent, type ConsentStatus, statusOf } from './consents.ts'
import { type Edits, noEdits } from './edits.ts'
import { heldAccount, holderOf } from './holdings.ts'
import type { Quirks } from './quirks.ts'
import { uuidOf } from './random.ts'
import type { Statement, Statements } from './statement.ts'
import type { State, Store } from './state.ts'

export type Branch = {
  readonly bank: Bank
  readonly timeZone: string
  /** Those of the first day. */
  readonly accounts: readonly Account[]
  readonly persons: readonly Person[]
  readonly world: World
}

export type World = {
  readonly clock: Clock
  readonly seed: string
  readonly store: Store
  readonly statements: Statements
  /** `http://host:port`, known once the server listens. */
  readonly origin: () => string
  readonly tally: Tally
}

/** How often balances or transactions were asked for, whatever came of it. */
export type Tally = { dataCalls: number }

export function today({ world, timeZone }: Branch): Day {
  return localDay(world.clock.now(), timeZone)
}

/** All that anybody has at the bank. */
export function allAccounts(branch: Branch): readonly Account[] {
  return [...branch.accounts, ...branch.persons.flatMap((person) => heldBy(branch, person) ?? [])]
}

/** Without those that control removed. */
export function openAccounts(branch: Branch): readonly Account[] {
  return allAccounts(branch).filter((account) => isOpen(branch, account))
}

/** The open ones that this person may share. */
export function ownAccounts(branch: Branch, person: Person): readonly Account[] {
  const own = heldBy(branch, person) ?? branch.accounts.filter(({ id }) => person.accountIds.includes(id))
  return own.filter((account) => isOpen(branch, account))
}

/** What control gave the person, in place of what they had on the first day. */
function heldBy({ bank, world }: Branch, { login }: Person): readonly Account[] | undefined {
  const holder = holderOf(bank.id, login)
  return world.store.state().holdings[holder]?.map((holding) => heldAccount(holder, holding))
}

function isOpen(branch: Branch, account: Account): boolean {
  return quirksOf(branch, account).removed !== true
}

export function quirksOf({ world }: Branch, account: Pick<Account, 'id'>): Quirks {
  return world.store.state().quirks[account.id] ?? {}
}

export function editsOf(account: Account, state: State): Edits {
  return state.edits[account.id] ?? noEdits
}

/** What the bank shows of the account; `instant` in milliseconds since 1970. */
export function statementAt(branch: Branch, account: Account, instant: number): Statement {
  return branch.world.statements.at(branch.bank, account, editsOf(account, branch.world.store.state()), instant)
}

export function currentStatus({ world, timeZone }: Branch, consent: Consent): ConsentStatus {
  return statusOf(consent, world.clock.now(), timeZone)
}

export async function saveConsents({ world }: Branch, ...consents: readonly Consent[]): Promise<void> {
  await world.store.change((state) => ({
    ...state,
    consents: { ...state.consents, ...Object.fromEntries(consents.map((consent) => [consent.id, consent])) },
  }))
}

/**
 * Who is asking. A bank reads it from the client's certificate; here the optional certificate header stands for that, and
 * everybody without one is the same TPP.
 */
export function tppOf(request: FastifyRequest): string {
  return uuidOf('tpp', headerOf(request, 'tpp-signature-certificate') ?? '')
}

/** A request header, trimmed; undefined when it is missing or blank. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = [request.headers[name] ?? []].flat().join(',').trim()
  return value === '' ? undefined : value
}
