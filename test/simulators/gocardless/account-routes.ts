// Accounts: what is known of them here, and what is fetched from their bank: details, balances, transactions.

import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fault, SimulatedAccount } from '../simulator.ts'
import type { Scope } from './institutions.ts'
import { checkQuota, count, quotaRefusal } from './quota.ts'
import { fieldRefusal, isUuid, notFound, onlyKnown, Refusal, refusal, type Told } from './refusal.ts'
import { balancesOf, detailsOf, metadataOf, transactionsOf } from './statements.ts'
import { dayMs, isInForce, type Agreement, type LinkedAccount, type Trouble, type World } from './world.ts'

type WithId = { Params: { id: string }; Querystring: Record<string, string> }

export type DataDesk = {
  fault: Fault | null
  readonly slowMs: number
  dataCalls: number
}

/** Ten failures in a row suspend an account. */
const failuresMax = 10

export function accountRoutes(scope: FastifyInstance, world: World, desk: DataDesk): void {
  // The vendor's own client leaves the slash at the end out here, and only here.
  for (const end of ['', '/']) {
    scope.get<WithId>(`/accounts/:id${end}`, async ({ params, query }) => {
      onlyKnown(query, [], 'query parameters')
      const account = find(world, params.id)
      const requisition = world.requisitions.get(account.requisitionId)
      const institutionId = requisition?.institutionId ?? account.requisitionId
      return metadataOf(account, institutionId, stateOf(world, account))
    })
    for (const resource of ['details', 'balances', 'transactions'] as const)
      scope.get<WithId>(`/accounts/:id/${resource}${end}`, async (request, reply) =>
        fetchFromBank(world, desk, resource, request, reply),
      )
  }
}

function find(world: World, id: string): LinkedAccount {
  if (!isUuid(id)) throw refusal(400, 'Invalid Account ID', `${id} is not a valid Account UUID. `)
  const account = world.accounts.get(id)
  if (account === undefined) throw notFound()
  return account
}

function stateOf(world: World, account: LinkedAccount): string {
  const now = world.clock.now()
  const agreement = agreementOf(world, account)
  if (agreement === undefined || !isInForce(agreement, account.id, now)) return 'EXPIRED'
  if (account.failures >= failuresMax) return 'SUSPENDED'
  if (now < account.readyAt) return 'PROCESSING'
  return account.failures > 0 ? 'ERROR' : 'READY'
}

function agreementOf(world: World, { requisitionId }: LinkedAccount): Agreement | undefined {
  return world.agreements.get(world.requisitions.get(requisitionId)?.agreementId ?? '')
}

async function fetchFromBank(
  world: World,
  desk: DataDesk,
  scope: Scope,
  request: FastifyRequest<WithId>,
  reply: FastifyReply,
): Promise<unknown> {
  if (scope !== 'details') desk.dataCalls += 1
  const { id } = request.params
  if (isUuid(id) && !world.accounts.has(id))
    throw refusal(404, `Account ID ${id} not found`, 'Please check whether you specified a valid Account ID')
  const account = find(world, id)
  const now = world.clock.now()
  const agreement = permitted(world, account, scope, now)
  const days = scope === 'transactions' ? daysIn(request.query, agreement, now) : undefined
  if (days === undefined) onlyKnown(request.query, [], 'query parameters')
  checkQuota(account, scope, now)
  if (scope !== 'details' && desk.fault !== null) {
    const faulty = await meet(desk, scope)
    if (faulty !== undefined) return reply.type('text/html; charset=utf-8').send(faulty)
  }
  const held = atBank(world, account, scope)
  count(account, scope, now, reply)
  account.failures = 0
  account.lastAccessed = now
  if (scope === 'details') return { account: detailsOf(held, world.settings.omits) }
  if (scope === 'balances') return { balances: balancesOf(held, dayOf(now)) }
  return { transactions: transactionsOf(held, days ?? { from: '', to: '' }), last_updated: now.toISOString() }
}

/** What GoCardless itself checks, before the bank is asked. */
function permitted(world: World, account: LinkedAccount, scope: Scope, now: Date): Agreement {
  const agreement = agreementOf(world, account)
  if (agreement === undefined)
    throw refusal(
      403,
      'No valid End User Agreement',
      'Account exists but there is no valid End User Agreement permitting you to access it',
    )
  if (!isInForce(agreement, account.id, now)) throw expired(agreement, now)
  if (!agreement.accessScope.includes(scope))
    throw refusal(
      403,
      'End User Agreement (EUA) access scope error',
      `EUA doesn't allow access to account ${scope}. Check EUA access scope. Or create new EUA with correct access scope`,
    )
  if (account.failures >= failuresMax) throw suspended()
  if (now < account.readyAt)
    throw refusal(409, 'Account processing', 'Account is being processed.', 'AccountProcessing')
  return agreement
}

function expired(agreement: Agreement, now: Date): Refusal {
  return refusal(
    401,
    `End User Agreement (EUA) ${agreement.id} has expired`,
    `EUA was valid for ${agreement.accessValidForDays} days and it expired at ${now.toISOString()}. The end user must connect the account once more with new EUA and Requisition`,
  )
}

const suspended = () =>
  refusal(
    409,
    'Account suspended',
    'This account or its requisition was suspended due to numerous errors that occurred while accessing it.',
  )

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10)

/** What is further back than was agreed is not refused: it is left out. */
function daysIn(
  query: Readonly<Record<string, string>>,
  agreement: Agreement,
  now: Date,
): { from: string; to: string } {
  onlyKnown(query, ['date_from', 'date_to'], 'query parameters')
  const today = dayOf(now)
  const earliest = dayOf(new Date(now.getTime() - agreement.maxHistoricalDays * dayMs))
  const given = Object.entries(query)
  const malformed = given.filter(([, day]) => !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
  if (malformed.length > 0)
    throw fieldRefusal(
      Object.fromEntries(
        malformed.map(([field]) => [field, ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.']]),
      ),
    )
  const future = given.filter(([, day]) => day > today)
  if (future.length > 0)
    throw fieldRefusal(Object.fromEntries(future.map(([field, day]) => [field, inFuture(day, today)])))
  const { date_from: from = earliest, date_to: to = today } = query
  if (from > to)
    throw refusal(
      400,
      'Incorrect date range',
      `Starting date '${from}' is greater than end date '${to}'. When specifying date range, starting date must precede the end date`,
    )
  return { from: from < earliest ? earliest : from, to }
}

function inFuture(day: string, today: string): Told {
  return {
    summary: "Date can't be in future",
    detail: `'${day}' can't be greater than ${today}. Specify correct date range`,
  }
}

const couldNot = (scope: Scope) => `Couldn't update account ${scope}`

/** The bank's answer. Failures of its own count towards suspension, a pause does not. */
function atBank(world: World, account: LinkedAccount, scope: Scope): SimulatedAccount {
  const failed = (status: number, detail: string, type: string): Refusal => {
    account.failures += 1
    return refusal(status, couldNot(scope), detail, type)
  }
  if (account.isRevoked)
    throw failed(
      401,
      'Access has expired or it has been revoked. To restore access reconnect the account.',
      'AccessExpiredError',
    )
  const held = world.held.get(account.key)
  if (held === undefined)
    throw failed(401, 'Account has been deactivated or it no longer exists.', 'AccountInactiveError')
  const { trouble, scopes = [] } = world.settings.troubles.get(account.key) ?? {}
  if (trouble !== undefined && scopes.includes(scope)) throw troubleOf(trouble, account, failed)
  return held
}

function troubleOf(
  trouble: Trouble,
  account: LinkedAccount,
  failed: (status: number, detail: string, type: string) => Refusal,
): Refusal {
  switch (trouble) {
    case 'AccountAccessForbidden':
      return failed(
        403,
        'Access to account is forbidden. The user might not have the necessary permissions.',
        'AccountAccessForbidden',
      )
    case 'AccountResourceUnavailable':
      return failed(
        403,
        'The requested resource is unavailable for this account. Certain resources may be restricted or unsupported for specific accounts.',
        'AccountResourceUnavailable',
      )
    case 'UnknownRequestError':
      return failed(500, 'Request to Institution returned an error', 'UnknownRequestError')
    case 'ConnectionError':
      return failed(503, "Couldn't connect to Institution", 'ConnectionError')
    case 'AccountStateError':
      return new Refusal(409, {
        id: account.id,
        created: account.created.toISOString(),
        last_accessed: account.lastAccessed?.toISOString() ?? null,
        iban: account.known.iban ?? '',
        aspsp_identifier: 'BANK',
        status: 'ERROR',
      })
    case 'suspended':
      account.failures = failuresMax
      return suspended()
  }
}

/** A page of HTML to send in place of the answer, or nothing. @throws {Refusal} */
async function meet(desk: DataDesk, scope: Scope): Promise<string | undefined> {
  switch (desk.fault) {
    case 'maintenance':
      throw refusal(503, couldNot(scope), 'Institution service unavailable', 'ServiceError')
    case 'quota':
      throw quotaRefusal(43_200)
    case 'garbage':
      return '<!doctype html><title>Just a moment</title><p>Please wait.</p>'
    case 'slow':
      await sleep(desk.slowMs)
      return undefined
    case null:
      return undefined
  }
}
