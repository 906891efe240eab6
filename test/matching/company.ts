// A company with a bank account, what the bank has booked on it, and a clock that runs its matching.

import type { Lease } from '../../src/due/index.ts'
import { runMatching } from '../../src/matching/run-matching.ts'
import type { ProviderTransaction } from '../../src/providers/provider.ts'
import { runSql } from '../support/database.ts'
import { startService, type Answer, type Service } from '../support/service.ts'

type Call = ReturnType<Service['client']>

export type Company = {
  readonly service: Service
  readonly tenant: string
  readonly call: Call
  readonly connectionId: string
  /** Books rows at the bank, and answers their ids. */
  readonly book: (...rows: readonly Row[]) => Promise<readonly string[]>
  /** The bank says something else of it now. */
  readonly modify: (id: string, row: Row) => Promise<void>
  /** The bank has withdrawn them. */
  readonly withdraw: (...ids: readonly string[]) => Promise<void>
  /** Sends entries, which must be fine. */
  readonly enter: (...entries: readonly EntryRow[]) => Promise<void>
  /** Asks for a run, does it, and answers it as it ended. */
  readonly run: () => Promise<Answer['body']>
  readonly matches: (query?: string) => Promise<readonly Answer['body'][]>
  readonly transaction: (id: string | undefined) => Promise<Answer['body']>
  /** The types of what has been told about matches, the oldest first. */
  readonly events: () => Promise<readonly string[]>
}

export type Row = Partial<Omit<ProviderTransaction, 'amount'>> & {
  readonly minor: bigint
  readonly currency?: string
  readonly alreadyBooked?: boolean
  readonly connectionId?: string
}
export type EntryRow = { readonly entryId: string; readonly amount: string } & Readonly<Record<string, unknown>>

const companyUrl = '/v1/companies/nordlys'

/** One service for a file: each company is a tenant's of its own, begins at the same instant, and nothing else is due. */
export async function companiesOn(file: Parameters<typeof startService>[0]): Promise<() => Promise<Company>> {
  const service = await startService(file)
  const begin = service.clock.now()
  let begun = 0
  return async () => {
    begun += 1
    service.clock.set(begin)
    await runSql(service.ownerUrl, 'delete from due_work')
    return startCompany(file, `tenant-${begun}`, service)
  }
}

export async function startCompany(
  t: Parameters<typeof startService>[0],
  tenant = 'acme',
  given?: Service,
): Promise<Company> {
  const service = given ?? (await startService(t))
  const { deps, clock } = service
  const call = service.client(tenant)
  await call('PUT', companyUrl, { name: 'Nordlys Kaffe AS', country: 'NO' })
  await call('PUT', `${companyUrl}/ledger-accounts/1920`, { name: 'Drift', currency: 'NOK', iban: 'NO9386011117947' })
  const connections = await call('GET', `${companyUrl}/connections`)
  const connectionId: string = connections.body.data[0].id
  let booked = 0

  return {
    service,
    tenant,
    call,
    connectionId,
    book: (...rows) =>
      deps.unit(tenant, async ({ transactions }) => {
        const made = rows.map(({ connectionId: onto = connectionId, alreadyBooked = false, ...row }) => ({
          connectionId: onto,
          id: deps.ids.uuid(),
          row: rowOf(row),
          fingerprint: `row ${(booked += 1)}`,
          occurrence: 1,
          suspect: null,
          alreadyBooked,
          countedOn: null,
        }))
        for (const [onto, those] of Map.groupBy(made, (each) => each.connectionId)) {
          const origin = { connectionId: onto, companyId: 'nordlys', runId: deps.ids.uuid(), at: clock.now() }
          await transactions.add(origin, those)
          transactions.announce(
            'added',
            'nordlys',
            those.map(({ id }) => ({ id, version: 1 })),
            clock.now(),
          )
        }
        return made.map(({ id }) => id)
      }),
    modify: (id, row) =>
      deps.unit(tenant, async ({ transactions }) => {
        const version = { id, row: rowOf(row), fingerprint: `row ${(booked += 1)}`, occurrence: 1, suspect: null }
        const origin = { connectionId, companyId: 'nordlys', runId: deps.ids.uuid(), at: clock.now() }
        transactions.announce('modified', 'nordlys', await transactions.modify(origin, [version]), clock.now())
      }),
    withdraw: (...ids) =>
      deps.unit(tenant, async ({ transactions }) => {
        transactions.announce('removed', 'nordlys', await transactions.remove(ids, clock.now()), clock.now())
      }),
    async enter(...rows) {
      const entries = rows.map((row) => ({
        kind: row.amount.startsWith('-') ? 'purchase_bill' : 'sales_invoice',
        currency: 'NOK',
        ...row,
      }))
      const { body } = await call('POST', `${companyUrl}/entries/batch`, { entries })
      const refused = body.data.filter(({ status }: { status: string }) => status !== 'saved')
      if (refused.length > 0) throw new Error(JSON.stringify(refused))
    },
    async run() {
      const { body } = await call('POST', `${companyUrl}/matching-runs`)
      await runMatching(deps, await claim(service))
      return (await call('GET', `/v1/matching-runs/${body.id}`)).body
    },
    async matches(query = '') {
      return (await call('GET', `${companyUrl}/matches?limit=100&${query}`)).body.data
    },
    async transaction(id) {
      return (await call('GET', `/v1/transactions/${id}`)).body
    },
    async events() {
      const rows = await runSql(
        service.ownerUrl,
        `select type from events where tenant_id = '${tenant}' and type like 'match.%' order by position`,
      )
      return rows.map(({ type }) => String(type))
    },
  }
}

function rowOf({ minor, currency = 'NOK', ...row }: Omit<Row, 'connectionId' | 'alreadyBooked'>): ProviderTransaction {
  return { ids: {}, status: 'booked', bookingDate: '2026-11-10', ...row, amount: { minor, currency } }
}

/** The due matching of the one company, leased for half a minute. */
export async function claim({ deps, clock }: Service): Promise<Lease> {
  const now = clock.now()
  const leaseUntil = new Date(now.getTime() + 30_000)
  const [lease] = await deps.claims.claim({ kinds: ['match'], now, leaseUntil, count: 1, perLane: 1 })
  if (lease === undefined) throw new Error('no matching is due')
  return lease
}

/** Enough other customers and suppliers that a name or an amount means something. */
export const others: readonly EntryRow[] = Array.from({ length: 24 }, (_, at) => ({
  entryId: `other-${at}`,
  amount: `${at % 2 === 0 ? '' : '-'}${3_017 + at * 211}.5${at % 10}`,
  documentNumber: `8${8_000 + at * 7}`,
  dueDate: '2026-11-20',
  counterparty: { name: `Annen Part ${String.fromCodePoint(65 + at)}${at} AS` },
}))
