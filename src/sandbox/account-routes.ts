// `/v1/accounts` and, where a bank has its cards apart, `/v1/card-accounts`: the same resources in two spellings.

import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addDays, type Day } from '../values/day.ts'
import type { Account } from './accounts.ts'
import type { BalanceType } from './banks.ts'
import { type Branch, currentStatus, headerOf, openAccounts, quirksOf, statementAt, today, tppOf } from './branch.ts'
import type { Consent, Right } from './consents.ts'
import { allow } from './guard.ts'
import type { Movement } from './ledger/movement.ts'
import { counted, isExceeded } from './quota.ts'
import { uuidOf } from './random.ts'
import { Refusal } from './refusal.ts'
import { bookedBalance, closingBalance } from './statement.ts'
import { type Ask, askOf, pageOf } from './transaction-pages.ts'
import {
  accountOnWire,
  balanceOnWire,
  cardTransactionOnWire,
  hrefOf,
  offBy,
  referenceTo,
  type Row,
  transactionOnWire,
} from './wire.ts'

/** The names of one resource family in the specification. */
export type Spelling = {
  readonly path: 'accounts' | 'card-accounts'
  readonly list: 'accounts' | 'cardAccounts'
  readonly account: 'account' | 'cardAccount'
  readonly report: 'transactions' | 'cardTransactions'
  readonly row: (movement: Movement, row: Row) => unknown
  /** What else answers about a card account say. */
  readonly also: { readonly debitAccounting?: boolean }
  readonly has: (account: Account) => boolean
}

export function spellingsOf({ bank }: Branch): readonly Spelling[] {
  const isApart = ({ role }: Account) => role === 'card' && bank.cards === 'card-accounts'
  const accounts: Spelling = {
    path: 'accounts',
    list: 'accounts',
    account: 'account',
    report: 'transactions',
    row: transactionOnWire,
    also: {},
    has: (account) => !isApart(account),
  }
  const cardAccounts: Spelling = {
    path: 'card-accounts',
    list: 'cardAccounts',
    account: 'cardAccount',
    report: 'cardTransactions',
    row: cardTransactionOnWire,
    also: { debitAccounting: false },
    has: isApart,
  }
  return bank.cards === 'card-accounts' ? [accounts, cardAccounts] : [accounts]
}

type Call = FastifyRequest<{ Params: { accountId: string }; Querystring: Record<string, string> }>

export function accountRoutes(scope: FastifyInstance, branch: Branch, spelling: Spelling): void {
  const { bank, world } = branch
  const { path } = spelling

  scope.get(`/${path}`, async (request: Call) => {
    const consent = usableConsent(branch, request)
    await countCall(branch, request, consent, '', path)
    const isAsked = request.query['withBalance'] === 'true'
    const covered = openAccounts(branch).filter(
      (account) => spelling.has(account) && consent.granted[account.id] !== undefined,
    )
    return { [spelling.list]: covered.map((account) => described(branch, spelling, account, consent, isAsked)) }
  })

  scope.get(`/${path}/:accountId`, async (request: Call) => {
    const { consent, account } = coveredAccount(branch, spelling, request)
    await countCall(branch, request, consent, account.id, 'details')
    return {
      [spelling.account]: described(branch, spelling, account, consent, request.query['withBalance'] === 'true'),
    }
  })

  scope.get(`/${path}/:accountId/balances`, async (request: Call) => {
    const { consent, account } = coveredAccount(branch, spelling, request, 'balances')
    await countCall(branch, request, consent, account.id, 'balances')
    return { [spelling.account]: referenceTo(account), ...spelling.also, balances: balancesOf(branch, account) }
  })

  scope.get(`/${path}/:accountId/transactions`, async (request: Call, reply) => {
    const { consent, account } = coveredAccount(branch, spelling, request, 'transactions')
    const fresh = { now: world.clock.now(), list: randomUUID().replaceAll('-', '') }
    const ask = askOf(request.query, fresh, { today: today(branch), servedFrom: servedFrom(branch, consent) })
    // Further pages belong to a list that was counted when it began.
    if (ask.isFirstPage) await countCall(branch, request, consent, account.id, 'transactions')
    const { next, previous, ...rows } = pageOf(branch, account, consent.id, ask, spelling.row)
    await forgetEmptyOnce(branch, account)
    const resource = `/${path}/${resourceIdOf(branch, account, consent)}`
    const pageLink = (page: string) => hrefOf(bank, world.origin(), `${resource}/transactions?${pageQuery(ask, page)}`)
    if (next !== undefined) addLinkHeader(reply, pageLink(next).href)
    const mayShowBalances =
      request.query['withBalance'] === 'true' && consent.granted[account.id]?.includes('balances') === true
    return {
      [spelling.account]: referenceTo(account),
      ...spelling.also,
      [spelling.report]: {
        ...rows,
        _links: {
          [spelling.account]: hrefOf(bank, world.origin(), resource),
          ...(previous === undefined ? {} : { previous: pageLink(previous) }),
          ...(next === undefined ? {} : { next: pageLink(next) }),
        },
      },
      ...(mayShowBalances ? { balances: balancesOf(branch, account) } : {}),
    }
  })

  allow(scope, `/${path}`, 'GET')
  allow(scope, `/${path}/:accountId`, 'GET')
  allow(scope, `/${path}/:accountId/balances`, 'GET')
  allow(scope, `/${path}/:accountId/transactions`, 'GET')
}

/** @throws {Refusal} for a consent that is missing, somebody else's, not authorised, or over. */
function usableConsent(branch: Branch, request: Call): Consent {
  const id = headerOf(request, 'consent-id')
  if (id === undefined) throw new Refusal('FORMAT_ERROR', 'Consent-ID is missing', { path: 'Consent-ID' })
  const consent = branch.world.store.state().consents[id]
  if (consent?.bankId !== branch.bank.id || consent.tpp !== tppOf(request)) {
    throw new Refusal('CONSENT_UNKNOWN', 'no such consent', { path: 'Consent-ID', status: 400 })
  }
  const status = currentStatus(branch, consent)
  if (status === 'expired') throw new Refusal('CONSENT_EXPIRED', 'the consent has expired')
  if (status !== 'valid') throw new Refusal('CONSENT_INVALID', `the consent is ${status}`)
  return consent
}

/** @throws {Refusal} for an account that this consent does not know, or that it does not give this right to. */
function coveredAccount(
  branch: Branch,
  spelling: Spelling,
  request: Call,
  right?: Right,
): { consent: Consent; account: Account } {
  const consent = usableConsent(branch, request)
  const account = openAccounts(branch).find(
    (candidate) =>
      spelling.has(candidate) &&
      consent.granted[candidate.id] !== undefined &&
      resourceIdOf(branch, candidate, consent) === request.params.accountId,
  )
  if (account === undefined) throw new Refusal('RESOURCE_UNKNOWN', 'no such account under this consent')
  if (right !== undefined && consent.granted[account.id]?.includes(right) !== true) {
    throw new Refusal('CONSENT_INVALID', `the consent does not cover the account's ${right}`)
  }
  return { consent, account }
}

/** Counts a call that the person did not ask for, which is told by the missing address. @throws {Refusal} beyond what was consented to. */
async function countCall(
  { world }: Branch,
  request: Call,
  consent: Consent,
  accountId: string,
  resource: string,
): Promise<void> {
  const psuIpAddress = headerOf(request, 'psu-ip-address')
  if (psuIpAddress !== undefined) {
    if (isIP(psuIpAddress) === 0)
      throw new Refusal('FORMAT_ERROR', 'PSU-IP-Address is no IP address', { path: 'PSU-IP-Address' })
    return
  }
  const call = { consentId: consent.id, accountId, resource }
  const now = world.clock.now()
  if (isExceeded(world.store.state().calls, call, consent.frequencyPerDay, now)) {
    throw new Refusal('ACCESS_EXCEEDED', `more than ${consent.frequencyPerDay} calls in 24 hours without the person`)
  }
  await world.store.change((state) => ({ ...state, calls: counted(state.calls, call, now) }))
}

function resourceIdOf({ bank, world }: Branch, account: Account, consent: Consent): string {
  return uuidOf(world.seed, 'resource', account.id, bank.accountIds === 'per_consent' ? consent.id : '')
}

/** The first booking day on offer: less of it when the bank wants the person back for what is older than 90 days. */
function servedFrom(branch: Branch, consent: Consent): Day {
  const { bank, world } = branch
  const authorisedAt = consent.authorisation.finalisedAt ?? 0
  const isFresh =
    bank.longHistoryMinutes === null || world.clock.now().getTime() <= authorisedAt + bank.longHistoryMinutes * 60_000
  return addDays(today(branch), -(isFresh ? bank.maxHistoryDays : Math.min(90, bank.maxHistoryDays)))
}

function described(branch: Branch, spelling: Spelling, account: Account, consent: Consent, withBalance: boolean) {
  const { bank, world } = branch
  const id = resourceIdOf(branch, account, consent)
  const granted = consent.granted[account.id] ?? []
  const links = (['balances', 'transactions'] as const)
    .filter((right) => granted.includes(right))
    .map((right) => [right, hrefOf(bank, world.origin(), `/${spelling.path}/${id}/${right}`)] as const)
  return {
    ...accountOnWire(bank, account, id, Object.fromEntries(links)),
    ...spelling.also,
    ...(withBalance && granted.includes('balances') ? { balances: balancesOf(branch, account) } : {}),
  }
}

/** Yesterday's close, what is booked by now, and that with what is pending: those of them that this bank tells. */
function balancesOf(branch: Branch, account: Account) {
  const { bank, world } = branch
  const statement = statementAt(branch, account, world.clock.now().getTime())
  const off = offBy(quirksOf(branch, account).balanceOff, account.currency)
  const yesterday = addDays(today(branch), -1)
  const booked = bookedBalance(statement)
  const amounts: Readonly<Record<BalanceType, bigint>> = {
    closingBooked: closingBalance(statement, yesterday),
    interimBooked: booked,
    interimAvailable: statement.pending.reduce((sum, { amount }) => sum + amount, booked),
  }
  return bank.balances.map((type) => {
    const referenceDate = type === 'closingBooked' ? yesterday : undefined
    return balanceOnWire(bank, type, amounts[type] + off, account.currency, referenceDate)
  })
}

async function forgetEmptyOnce(branch: Branch, account: Account): Promise<void> {
  const { emptyOnce, ...rest } = quirksOf(branch, account)
  if (emptyOnce !== true) return
  await branch.world.store.change((state) => ({ ...state, quirks: { ...state.quirks, [account.id]: rest } }))
}

function pageQuery({ bookingStatus, from, to }: Ask, page: string): string {
  return new URLSearchParams({ bookingStatus, dateFrom: from, dateTo: to, page }).toString()
}

/** RFC 8288, beside the body's own link. */
function addLinkHeader(reply: FastifyReply, next: string): void {
  reply.header('link', `<${next}>; rel="next"`)
}
