// Connectors, connections, accounts and their rows.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authenticating } from './auth-routes.ts'
import { notFound, onlyKnown, Refusal } from './refusal.ts'
import { toSql } from './paris.ts'
import { accountView, connectionView, connectors, connectorView, rowView } from './views.ts'
import type { Account, Connection, Row, User, World } from './world.ts'

const expandOf = (query: Readonly<Record<string, unknown>>): readonly string[] =>
  typeof query['expand'] === 'string' ? query['expand'].split(',') : []

export function dataRoutes(app: FastifyInstance, world: World): void {
  const whose = authenticating(world)
  const userOf = (request: FastifyRequest): User => whose(request.headers.authorization).user

  function connectionOf(request: FastifyRequest): Connection {
    const { id } = params(request)
    const found = world.connectionsOf(userOf(request)).find((one) => String(one.id) === id)
    if (found === undefined) throw notFound('connection')
    return found
  }

  function accountsOf(user: User): readonly { readonly account: Account; readonly connection: Connection }[] {
    return world
      .connectionsOf(user)
      .flatMap((connection) => [...connection.accounts.values()].map((account) => ({ account, connection })))
  }

  function accountOf(request: FastifyRequest): { readonly account: Account; readonly connection: Connection } {
    const { id } = params(request)
    const found = accountsOf(userOf(request)).find(({ account }) => String(account.id) === id)
    if (found === undefined) throw notFound('account')
    return found
  }

  app.get('/connectors', (request) => {
    const expand = expandOf(onlyKnown(request.query, ['expand']))
    return {
      connectors: connectors.filter(({ hidden }) => !hidden).map((found) => connectorView(found, expand)),
    }
  })

  app.get('/connectors/:id', (request) => {
    const { id } = params(request)
    const found = connectors.find((one) => one.uuid === id || String(one.id) === id)
    if (found === undefined) throw notFound('connector')
    return connectorView(found, expandOf(onlyKnown(request.query, ['expand'])))
  })

  app.get('/users/me/connections', (request) => {
    const expand = expandOf(onlyKnown(request.query, ['expand']))
    return { connections: world.connectionsOf(userOf(request)).map((one) => connectionView(one, expand)) }
  })

  app.get('/users/me/connections/:id', (request) => {
    const expand = expandOf(onlyKnown(request.query, ['expand']))
    return connectionView(connectionOf(request), expand)
  })

  for (const method of ['POST', 'PUT'] as const)
    app.route({
      method,
      url: '/users/me/connections/:id',
      handler: (request) => {
        const { expand } = {
          expand: expandOf(onlyKnown(request.query, ['expand', 'background', 'psu_requested', 'source'])),
        }
        const connection = connectionOf(request)
        world.sync(connection)
        return connectionView(connection, expand)
      },
    })

  app.delete('/users/me/connections/:id', (request, reply) => {
    world.endConnection(connectionOf(request).id)
    return reply.code(204).send()
  })

  app.get('/users/me/accounts', (request) => {
    const query = onlyKnown(request.query, ['all', 'expand'])
    const found = accountsOf(userOf(request)).filter(
      ({ account }) => 'all' in query || (account.deleted === null && account.disabled === null),
    )
    if (found.length === 0) throw new Refusal(400, 'noAccount', 'No bank account is available')
    return { accounts: found.map(({ account, connection }) => accountView(account, connection)), balances: {} }
  })

  app.get('/users/me/accounts/:id', (request) => {
    onlyKnown(request.query, ['all', 'expand'])
    const { account, connection } = accountOf(request)
    return accountView(account, connection)
  })

  for (const method of ['POST', 'PUT'] as const)
    app.route({
      method,
      url: '/users/me/accounts/:id',
      handler: (request) => {
        const { disabled } = onlyKnown(request.body, ['display', 'name', 'disabled', 'bookmarked', 'usage'])
        const { account, connection } = accountOf(request)
        if (disabled === true) account.disabled = world.clock.now()
        if (disabled === false) {
          account.disabled = null
          world.sync(connection)
        }
        return accountView(account, connection)
      },
    })

  app.get('/users/me/accounts/:id/transactions', (request) => listed(request, [accountOf(request).account]))
  app.get('/users/me/connections/:id/transactions', (request) =>
    listed(request, [...connectionOf(request).accounts.values()]),
  )
  app.get('/users/me/transactions', (request) =>
    listed(
      request,
      accountsOf(userOf(request)).map(({ account }) => account),
    ),
  )

  function listed(request: FastifyRequest, accounts: readonly Account[]): object {
    const chosen = accounts.filter(({ disabled }) => disabled === null)
    if (chosen.length === 0) throw new Refusal(409, 'noAccount', 'No bank account is activated')
    const query = readQuery(onlyKnown(request.query, parameters))
    const rows = chosen
      .flatMap((account) => [...account.rows.values()].map((row) => ({ row, account })))
      .filter(({ row }) => isAsked(row, query))
      .toSorted(({ row: a }, { row: b }) => newestFirst(a, b))
    const page = rows.slice(query.offset, query.offset + query.limit)
    const days = rows.map(({ row }) => row.told.bookingDate)
    const today = toSql(world.clock.now()).slice(0, 10)
    const self = new URL(request.url, `http://${request.headers.host}`)
    const at = (offset: number) => {
      const url = new URL(self)
      url.searchParams.set('offset', String(offset))
      return { href: url.href }
    }
    const end = query.offset + query.limit
    return {
      transactions: page.map(({ row, account }) => rowView(row, account)),
      first_date: days.at(-1) ?? today,
      last_date: days[0] ?? today,
      result_min_date: page.at(-1)?.row.told.bookingDate ?? today,
      result_max_date: page[0]?.row.told.bookingDate ?? today,
      _links: {
        self: { href: self.href },
        prev: query.offset === 0 ? null : at(Math.max(0, query.offset - query.limit)),
        next: end < rows.length ? at(end) : null,
      },
    }
  }
}

const parameters = [
  'all',
  'limit',
  'offset',
  'income',
  'deleted',
  'filter',
  'min_date',
  'max_date',
  'wording',
  'search',
  'value',
  'last_update',
  'expand',
]

type Query = {
  readonly limit: number
  readonly offset: number
  readonly withDeleted: boolean
  readonly minDate: string
  readonly maxDate: string
  readonly after: string
}

function readQuery(query: Readonly<Record<string, unknown>>): Query {
  const text = (name: string, shape: RegExp, otherwise: string) => {
    const given = query[name] ?? otherwise
    if (typeof given !== 'string' || !shape.test(given)) throw new Refusal(400, 'invalidValue', `${name} is invalid`)
    return given
  }
  if (query['limit'] === undefined) throw new Refusal(400, 'missingParameter', 'limit is required')
  const limit = Number(text('limit', /^\d{1,9}$/, ''))
  if (limit < 1 || limit > 1000) throw new Refusal(400, 'invalidValue', 'limit is at most 1000')
  text('filter', /^(application_date|date)$/, 'application_date')
  return {
    limit,
    offset: Number(text('offset', /^\d{1,9}$/, '0')),
    withDeleted: 'all' in query,
    minDate: text('min_date', /^\d{4}(-\d\d){0,2}$/, '1900'),
    maxDate: text('max_date', /^\d{4}-\d\d-\d\d$/, '9999-12-31'),
    after: text('last_update', /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/, ''),
  }
}

function isAsked({ told, deleted, lastUpdate }: Row, query: Query): boolean {
  if (deleted !== null && !query.withDeleted) return false
  if (told.bookingDate < query.minDate || told.bookingDate > query.maxDate) return false
  return query.after === '' || toSql(lastUpdate) > query.after
}

function newestFirst(a: Row, b: Row): number {
  if (a.told.bookingDate !== b.told.bookingDate) return a.told.bookingDate < b.told.bookingDate ? 1 : -1
  return a.id < b.id ? 1 : -1
}

function params(request: FastifyRequest): { readonly id: string } {
  const given: unknown = request.params
  const id = typeof given === 'object' && given !== null && 'id' in given ? given.id : ''
  return { id: String(id) }
}
