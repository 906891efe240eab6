// What an export of a company tells in the API's own words: each thing is read by the use case and written by the view of its slice. Like `wiring.ts`, a map
// without logic.

import { describeAgreement } from './agreements/read-agreement.ts'
import { toAgreementView } from './agreements/schema.ts'
import { getCompany, listLedgerAccounts, listPersons } from './companies/read-companies.ts'
import { toCompanyView, toLedgerAccountView, toPersonView } from './companies/schema.ts'
import { listConnections } from './connections/read-connections.ts'
import { toConnectionView } from './connections/schema.ts'
import { listSessions } from './consents/change-session.ts'
import { listConsents } from './consents/read-consents.ts'
import { toConsentView, toSessionView } from './consents/schema.ts'
import { listEntries } from './entries/read-entries.ts'
import { toEntryView } from './entries/schema.ts'
import { rowsAtOnce, type ShownPart, type Whose } from './exports/export-company.ts'
import { listMatches } from './matching/read-matches.ts'
import { getRules } from './matching/rules/matching-rules.ts'
import { toRulesView } from './matching/rules/schema.ts'
import { matchViewWith } from './matching/schema.ts'
import { parseCursor, type Page, type PageAsk } from './shared/page.ts'
import type { Clock } from './shared/clock.ts'
import type { Cipher } from './shared/crypto.ts'
import { toBalancesView, toCoverageView, toRunView } from './sync/schema.ts'
import { placeIn } from './transactions/read-transactions.ts'
import { toTransactionView } from './transactions/schema.ts'
import type { ConnectionId, TenantId } from './values/ids.ts'
import type { Stores } from './wiring.ts'

type Part = ShownPart<Stores>

const toMatchView = matchViewWith({ transaction: toTransactionView, entry: toEntryView }, 'en')
const everyMatch = {
  status: undefined,
  transactionId: undefined,
  entryId: undefined,
  rank: undefined,
  connectionId: undefined,
  isInNeed: false,
  expand: [],
}

/** Each is a page of the API's, and no more than that is held of it. What was removed is told with the rest. */
export const shownParts = ({ clock, cipher }: { readonly clock: Clock; readonly cipher: Cipher }): readonly Part[] => [
  {
    type: 'company',
    async *read(stores, whose) {
      yield [toCompanyView(await getCompany(depsOf(stores, clock), whose))]
    },
  },
  many('ledger_account', clock, listLedgerAccounts, toLedgerAccountView),
  many('person', clock, listPersons, toPersonView),
  {
    type: 'matching_rules',
    async *read(stores, whose) {
      yield [toRulesView(await getRules(depsOf(stores, clock), whose))]
    },
  },
  {
    type: 'agreement',
    async *read({ companies, institutions, agreements }, { tenant, companyId }) {
      const programmes = await institutions.programmesOf((await companies.get(companyId)).country)
      const told: object[] = []
      for (const agreement of await agreements.ofCompany(companyId)) {
        const { programmeId: id } = agreement
        const programme = programmes.find((known) => known.id === id) ?? { id, name: id }
        const described = await describeAgreement({ cipher }, { agreements }, tenant, { agreement, programme })
        // Where it is signed opens something.
        told.push(toAgreementView({ ...described, signingUrl: null, linkEndsAt: null }))
      }
      yield told
    },
  },
  many(
    'consent_session',
    clock,
    (deps, { ask, ...whose }) => listSessions(deps, { ...whose, ask: { ...ask, status: undefined } }),
    toSessionView,
  ),
  many(
    'consent',
    clock,
    (deps, ask) => listConsents(deps, { ...ask, filter: { personId: undefined, status: undefined } }),
    toConsentView,
  ),
  many(
    'connection',
    clock,
    (deps, { tenant, companyId, ask }) => listConnections(deps, { tenant, filter: { companyId, removed: true }, ask }),
    (connection) => ({
      ...toConnectionView(connection),
      ...(connection.removedAt !== null && { removedAt: connection.removedAt.toISOString() }),
    }),
  ),
  ofEachConnection('coverage', async function* ({ sync }, connectionId) {
    const { coverage } = await sync.state(connectionId)
    yield [{ connectionId, ...toCoverageView({ ...coverage, servedFrom: null }) }]
  }),
  ofEachConnection('balance', async function* ({ sync }, connectionId) {
    const { data } = toBalancesView(await sync.balances(connectionId))
    yield data.map((balance) => ({ connectionId, ...balance }))
  }),
  ofEachConnection('sync_run', async function* ({ sync }, connectionId) {
    for await (const runs of pagesOf((ask) => sync.listRuns(connectionId, ask))) yield runs.map(toRunView)
  }),
  { type: 'transaction', read: transactionPages },
  many(
    'entry',
    clock,
    (deps, { ask, ...whose }) => listEntries(deps, { ...whose, ask: { ...ask, status: undefined } }),
    toEntryView,
  ),
  many(
    'match',
    clock,
    (deps, { ask, ...whose }) => listMatches(deps, { ...whose, ask: { ...ask, ...everyMatch } }),
    toMatchView,
  ),
]

/** Within one snapshot every use case reads from its stores. */
const depsOf = (stores: Stores, clock: Clock) => ({
  unit: <Result>(_tenant: TenantId, work: (those: Stores) => Promise<Result>) => work(stores),
  clock,
})

function many<T>(
  type: string,
  clock: Clock,
  list: (deps: ReturnType<typeof depsOf>, ask: Whose & { readonly ask: PageAsk }) => Promise<Page<T>>,
  view: (thing: T) => object,
): Part {
  return {
    type,
    async *read(stores, whose) {
      const deps = depsOf(stores, clock)
      for await (const things of pagesOf((ask) => list(deps, { ...whose, ask }))) yield things.map(view)
    },
  }
}

function ofEachConnection(
  type: string,
  read: (stores: Stores, connectionId: ConnectionId) => AsyncIterable<readonly object[]>,
): Part {
  return {
    type,
    async *read(stores, { companyId }) {
      for (const { id } of await stores.connections.ofCompany(companyId, { removed: true })) yield* read(stores, id)
    },
  }
}

async function* pagesOf<T>(list: (ask: PageAsk) => Promise<Page<T>>, keyParts = 1): AsyncGenerator<readonly T[]> {
  for (let after: PageAsk['after'] = null; ;) {
    const page: Page<T> = await list({ limit: rowsAtOnce, after })
    yield page.data
    if (page.nextCursor === null) return
    after = parseCursor(page.nextCursor, keyParts)
  }
}

/** With what each said before, where it said anything else. */
async function* transactionPages(
  { connections, transactions, rules }: Stores,
  { companyId }: Whose,
): AsyncGenerator<readonly object[]> {
  const theirs = await connections.ofCompany(companyId, { removed: true })
  const place = placeIn(theirs, await rules.some([companyId]))
  for (const { id } of theirs)
    for await (const page of pagesOf((ask) => transactions.list([id], { ...ask, removed: true }), 2)) {
      const changed = page.filter(({ version }) => version > 1)
      const formerly = Map.groupBy(
        await transactions.formerly(
          changed.map((transaction) => transaction.id),
          versionsMax,
        ),
        (version) => version.id,
      )
      yield page.map((transaction) => ({
        ...toTransactionView(place(transaction)),
        ...(transaction.removed && { removed: true }),
        ...(formerly.has(transaction.id) && {
          formerly: formerly.get(transaction.id)?.map((version) => toTransactionView(place(version))),
        }),
      }))
    }
}

/** More than a bank ever changes one. */
const versionsMax = 10_000
