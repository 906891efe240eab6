// Banks that answer at once, whatever they hold: each row is computed from its number, so that what is measured is the service's own time. They speak just as much
// of the Berlin Group's standard as the service asks of them, approve every consent without asking, and fail never.

import { fastify } from 'fastify'
import { addDays, localDay, type Day } from '../src/values/day.ts'

/** An account of every consent that is given from now on: how many rows it has, spread evenly over its days, and how many more yesterday. Even numbers of both: its balance is 0. */
export type Plan = {
  readonly iban: string
  readonly held: number
  readonly from: Day
  readonly to: Day
  yesterday: number
}

const bankCount = 8
const pageRows = 1_000
const dayMs = 24 * 3_600_000

let plans: Plan[] = []
let consents = 0

const app = fastify()
app.put<{ Body: Plan[] }>('/control/plans', async ({ body }) => {
  plans = body
  return {}
})
app.post<{ Body: { rows: number; only?: number } }>('/control/yesterday', async ({ body: { rows, only } }) => {
  for (const [n, plan] of plans.entries()) if (only === undefined || only === n) plan.yesterday += rows
  return {}
})
app.post<{ Params: { bank: string }; Headers: { 'tpp-redirect-uri': string } }>(
  '/:bank/v1/consents',
  async ({ headers, params, host }, reply) => {
    consents += 1
    const callback = encodeURIComponent(headers['tpp-redirect-uri'])
    const href = `http://${host}/${params.bank}/approval?to=${callback}`
    return reply
      .code(201)
      .send({ consentStatus: 'received', consentId: `${consents}`, _links: { scaRedirect: { href } } })
  },
)
app.get<{ Querystring: { to: string } }>('/:bank/approval', async ({ query }, reply) => reply.redirect(query.to))
app.get('/:bank/v1/consents/:id', async () => ({ consentStatus: 'valid', validUntil: addDays(today(), 180) }))
app.get('/:bank/v1/consents/:id/status', async () => ({ consentStatus: 'valid' }))
app.get('/:bank/v1/accounts', async () => ({
  accounts: plans.map(({ iban }, n) => ({
    resourceId: String(n),
    iban,
    currency: 'NOK',
    name: 'Account',
    ownerName: 'Owner',
    cashAccountType: 'CACC',
  })),
}))
app.get('/:bank/v1/accounts/:account/balances', async () => ({
  balances: [
    {
      balanceType: 'closingBooked',
      referenceDate: addDays(today(), -1),
      balanceAmount: { currency: 'NOK', amount: '0.00' },
    },
  ],
}))
app.get<{ Params: { account: string }; Querystring: { dateFrom: Day; dateTo: Day; offset?: string } }>(
  '/:bank/v1/accounts/:account/transactions',
  async ({ params, query, url, host }) => {
    const plan = plans[Number(params.account)]
    if (plan === undefined) throw new Error('there is no such account')
    const { dateFrom, dateTo, offset = '0' } = query
    const first = firstOn(plan, dateFrom)
    const old = firstOn(plan, addDays(dateTo, 1)) - first
    const count = old + plan.yesterday
    const begin = Number(offset)
    const end = Math.min(begin + pageRows, count)
    const booked = Array.from({ length: end - begin }, (_, n) =>
      begin + n < old
        ? heldRow(plan, first + begin + n)
        : row(addDays(today(), -1), `y${begin + n - old}`, begin + n - old),
    )
    const next = `http://${host}${url.replace(/&offset=\d+/, '')}&offset=${end}`
    return { transactions: { booked, _links: end < count ? { next: { href: next } } : {} } }
  },
)
const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({
  url,
  banks: Array.from({ length: bankCount }, (_, n) => ({
    id: `instant-${n}`,
    name: `Instant Bank ${n}`,
    countries: ['NO'],
    bankCodes: [],
    maxHistoryDays: 730,
    maxConsentDays: 180,
    baseUrl: `${url}/bank-${n}`,
  })),
})

function today(): Day {
  return localDay(new Date(), 'Europe/Oslo')
}

/** The number of the first row on a day, or after it. */
function firstOn({ held, from, to }: Plan, day: Day): number {
  const days = daysBetween(from, to) + 1
  return Math.ceil((held * Math.min(Math.max(daysBetween(from, day), 0), days)) / days)
}

function heldRow({ held, from, to }: Plan, n: number) {
  return row(addDays(from, Math.floor((n * (daysBetween(from, to) + 1)) / held)), `h${n}`, n)
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs
}

/** Rows come in pairs that even out. */
function row(day: Day, id: string, n: number) {
  const isOut = n % 2 === 1
  const amount = `${isOut ? '-' : ''}${100 + ((n >> 1) % 5_000)}.25`
  return {
    transactionId: id,
    bookingDate: day,
    valueDate: day,
    transactionAmount: { currency: 'NOK', amount },
    [isOut ? 'creditorName' : 'debtorName']: `Company ${n % 300}`,
    remittanceInformationUnstructured: `Invoice ${n} of customer ${n % 999}`,
  }
}
