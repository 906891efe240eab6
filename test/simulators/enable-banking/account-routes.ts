// What a session may read: details, balances, transactions.

import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dayIn, demandUuid, exactFields } from './asked.ts'
import { Refusal } from './refusal.ts'
import { accountView, balancesView, keyOf, pageIn, pendingView, transactionView } from './wire.ts'
import { accountAt, countCall, type World } from './world.ts'

export const slowMs = 1_500
/** With the person away a bank serves what is less than ninety days old; right after the approval it may have more. */
const historyDays = 89
const longestDays = 730

export function accountRoutes(app: FastifyInstance, world: World): void {
  const secret = randomBytes(32)

  app.get('/accounts/:uid/details', async (request, reply) => {
    const uid = demandUuid(request.params, 'uid')
    const { account } = accountAt(world, uid)
    demandPsuHeaders(world, request)
    return (await faulty(world, reply)) ?? accountView(account, uid)
  })

  app.get('/accounts/:uid/balances', async (request, reply) => {
    world.dataCalls += 1
    const { account } = accountAt(world, demandUuid(request.params, 'uid'))
    demandPsuHeaders(world, request)
    const instead = await faulty(world, reply)
    if (instead !== undefined) return instead
    if (!isAttended(request)) countCall(world, `${account.key} balances`)
    return balancesView(account, world.clock.now())
  })

  app.get('/accounts/:uid/transactions', async (request, reply) => {
    world.dataCalls += 1
    const uid = demandUuid(request.params, 'uid')
    const { session, account } = accountAt(world, uid)
    demandPsuHeaders(world, request)
    const ask = listingIn(request.query, world.clock.now())
    const instead = await faulty(world, reply)
    if (instead !== undefined) return instead
    const { continuation_key: key, ...others } = ask.told
    const question = JSON.stringify([
      session.id,
      uid,
      Object.keys(others)
        .toSorted()
        .map((name) => [name, others[name]]),
    ])
    if (key === undefined && !isAttended(request)) countCall(world, `${account.key} transactions`)
    const page = typeof key === 'string' ? pageIn(secret, question, key) : 0
    const rows = account.transactions
      .filter(({ bookingDate }) => bookingDate >= ask.from && bookingDate <= ask.to)
      .toSorted((a, b) => (a.bookingDate < b.bookingDate ? 1 : -1))
    // The second page is empty, which is allowed: the rest is on those after it.
    const from = page === 0 ? 0 : (page - 1) * world.pageSize
    const shown = page === 1 ? [] : rows.slice(from, from + world.pageSize)
    const isLast = page === 0 ? rows.length <= world.pageSize : page > 1 && from + world.pageSize >= rows.length
    const listing = randomUUID()
    const pending = page === 0 && ask.status !== 'BOOK' ? [pendingView(account, listing)] : []
    return {
      transactions: [...pending, ...shown.map((row) => transactionView(row, account, listing))],
      continuation_key: isLast ? null : keyOf(secret, question, page + 1),
    }
  })
}

/** Undefined where nothing is wrong. */
async function faulty(world: World, reply: FastifyReply): Promise<unknown> {
  switch (world.fault) {
    case 'maintenance':
      throw new Refusal('ASPSP_ERROR')
    case 'quota':
      throw new Refusal('ASPSP_RATE_LIMIT_EXCEEDED')
    case 'garbage':
      return reply.type('text/html').send('<!doctype html><title>Welcome</title><p>Please log in.</p>')
    case 'slow':
      await sleep(slowMs)
      return undefined
    case null:
      return undefined
  }
}

const psuHeadersOf = ({ headers }: FastifyRequest): readonly string[] =>
  Object.keys(headers).filter((name) => name.startsWith('psu-'))

const isAttended = (request: FastifyRequest): boolean => psuHeadersOf(request).length > 0

/** All that the bank requires, or none. */
function demandPsuHeaders({ requiredPsuHeaders }: World, request: FastifyRequest): void {
  const told = psuHeadersOf(request)
  const missing = requiredPsuHeaders.find((name) => !told.includes(name.toLowerCase()))
  if (told.length > 0 && missing !== undefined)
    throw new Refusal('PSU_HEADER_NOT_PROVIDED', `PSU header ${missing} is not provided`)
}

const parameters = ['date_from', 'date_to', 'continuation_key', 'transaction_status', 'strategy']
const statuses: readonly unknown[] = ['BOOK', 'CNCL', 'HOLD', 'OTHR', 'PDNG', 'RJCT', 'SCHD', undefined]

function listingIn(query: unknown, now: Date) {
  const told = exactFields(query, parameters)
  const [from, to, today] = [dayIn(told, 'date_from'), dayIn(told, 'date_to'), dayBefore(now, 0)]
  const { strategy = 'default', transaction_status: status } = told
  if (!statuses.includes(status)) throw new Refusal('WRONG_REQUEST_PARAMETERS', 'transaction_status')
  if (strategy !== 'default' && strategy !== 'longest') throw new Refusal('WRONG_REQUEST_PARAMETERS', 'strategy')
  if (to !== undefined && from === undefined) throw new Refusal('DATE_TO_WITHOUT_DATE_FROM')
  if (from !== undefined && from > today) throw new Refusal('DATE_FROM_IN_FUTURE')
  if (from !== undefined && to !== undefined && from > to) throw new Refusal('WRONG_DATE_INTERVAL')
  const first = dayBefore(now, strategy === 'longest' ? longestDays : historyDays)
  if (strategy === 'default' && from !== undefined && from < first) throw new Refusal('WRONG_TRANSACTIONS_PERIOD')
  return {
    told,
    status,
    from: from !== undefined && from > first ? from : first,
    to: strategy === 'longest' ? '9999-12-31' : (to ?? today),
  }
}

const dayBefore = (now: Date, days: number): string =>
  new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)
