import type { CompanyStore } from '../companies/index.ts'
import type { Company } from '../companies/model.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import { fetches } from '../connections/model/projection.ts'
import type { ConsentStore } from '../consents/index.ts'
import { isUsable } from '../consents/model/consent.ts'
import { consentRow, coverRow } from '../consents/model/rows.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Institution } from '../institutions/model.ts'
import type { Psu } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Ids } from '../shared/ids.ts'
import { asWritten } from '../values/as-written.ts'
import { localDay, type Day } from '../values/day.ts'
import type { ConsentId } from '../values/ids.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { IdKind } from '../transactions/model/sides.ts'
import type { SyncStore } from './index.ts'
import { nextDailySlot } from './model/next-try.ts'
import { countedSince, mayFetch } from './model/quota.ts'
import { doubtedFrom, wantsReread } from './model/reread.ts'
import { noCounts, type SyncRun } from './model/run.ts'
import { narrowedTo, planFetch, widenedTo, type FetchPlan } from './model/window.ts'

export type PrepareStores = {
  companies: Pick<CompanyStore, 'get'>
  connections: Pick<ConnectionStore, 'find' | 'touch'>
  consents: Pick<ConsentStore, 'find' | 'sealedRef' | 'sealedAccountRef'>
  institutions: Pick<InstitutionStore, 'find'>
  transactions: Pick<TransactionStore, 'missingFrom'>
  sync: Pick<
    SyncStore,
    | 'state'
    | 'someRuns'
    | 'lastCompleted'
    | 'unfinishedRun'
    | 'addRun'
    | 'saveRun'
    | 'saveSealedPsu'
    | 'sealedParts'
    | 'dropPages'
    | 'unattendedUse'
    | 'addCall'
    | 'agreedDays'
  >
  due: Pick<DueStore, 'hold' | 'finish'>
}

/** A run that may go ahead, with all that fetching and committing it needs. */
export type PreparedRun = {
  readonly lease: Lease
  readonly run: SyncRun
  readonly connection: Connection
  readonly company: Company
  readonly institution: Institution
  readonly consentId: ConsentId
  readonly plan: FetchPlan
  /** It reads days again because of a mismatch. */
  readonly isReread: boolean
  /** When the last run that was completed began. */
  readonly lastBeganAt: Date | null
  /** The bank may have more for us than it gave to the last run. */
  readonly isFirst: boolean
  /** The company's local day. */
  readonly today: Day
  readonly consentRef: string
  readonly accountRef: string
  readonly psu: Psu | null
  /** How to ask for the next page, where some are spooled already. */
  readonly nextPage: string | null
  /** The kinds of id that this bank has lost our trust with. */
  readonly distrusted: readonly IdKind[]
  /** The days on which nothing was left to decide, with the digest of what was shown: whoever has the lease, and nobody else, decides anew. */
  readonly agreed: ReadonlyMap<Day, string>
}

type Deps = { readonly cipher: Cipher; readonly clock: Clock; readonly ids: Ids }

/**
 * Decides whether a claimed connection may be fetched now, and plans it; null where it may not: the lease is then finished, with the instant of the next try
 * if there is one. A run that was begun earlier today is taken up where its pages end; one of another day is planned anew.
 */
export async function prepareRun(deps: Deps, stores: PrepareStores, lease: Lease): Promise<PreparedRun | null> {
  await stores.due.hold(lease)
  const now = deps.clock.now()
  const connection = await stores.connections.find(lease.subject)
  if (connection === undefined) return giveUp(stores, lease, null)
  const { projection } = connection
  const begun = await stores.sync.unfinishedRun(connection.id)
  if (!fetches(projection, connection) || projection.effectiveConsentId === null || connection.startDate === null) {
    if (begun !== undefined) await abandon(stores, begun, projection.reason, now)
    return giveUp(stores, lease, null)
  }
  const consent = await stores.consents.find(projection.effectiveConsentId)
  const institution =
    connection.institutionId === null ? undefined : await stores.institutions.find(connection.institutionId)
  const accountRef = await stores.consents.sealedAccountRef(projection.effectiveConsentId, connection.id)
  if (consent === undefined || institution === undefined || accountRef === undefined || !isUsable(consent, now)) {
    // Time has run past the projection: it is derived anew when this commits, and then is right.
    stores.connections.touch(connection.id)
    return giveUp(stores, lease, new Date(now.getTime() + 1_000))
  }

  const company = await stores.companies.get(connection.companyId)
  const today = localDay(now, company.timeZone)
  const { tenant } = lease
  const resumes = begun !== undefined && begun.plannedOn === today && begun.consentId === consent.id
  const { psu, nextPage } =
    begun === undefined ? { psu: null, nextPage: null } : await stores.sync.sealedParts(begun.id)
  const openPsu =
    psu === null || begun === undefined ? null : psuIn(deps.cipher.open(psu, ['sync_runs', tenant, begun.id]))
  const attended = openPsu !== null
  const trigger = begun?.trigger ?? (lease.attempts > 0 ? 'retry' : 'schedule')
  const usage = await stores.sync.unattendedUse(connection.id, 'transactions', countedSince(now))
  const isFirstCall = !resumes || begun.pages === 0
  const allowance = attended || !isFirstCall ? { ok: true as const } : mayFetch({ ...usage, now, trigger })
  if (!allowance.ok) {
    if (begun !== undefined) await stores.sync.saveRun({ ...begun, retryAt: allowance.retryAt })
    const next =
      begun?.trigger === 'api'
        ? allowance.retryAt
        : later(allowance.retryAt, nextDailySlot({ connectionId: connection.id, timeZone: company.timeZone }, now))
    return giveUp(stores, lease, next)
  }

  const state = await stores.sync.state(connection.id)
  const [last] = state.lastRunId === null ? [] : await stores.sync.someRuns([state.lastRunId])
  const proven = last?.status === 'completed' ? last : await stores.sync.lastCompleted(connection.id)
  const unproven = proven !== null && wantsReread(proven, state.reread) ? proven : null
  const mayHaveMore = mayServeMore(last, connection, consent.id)
  const plan = planFetch(state.coverage, {
    startDate: connection.startDate,
    today,
    maxHistoryDays: institution.maxHistoryDays,
    farGaps: mayHaveMore,
    doubtedFrom: doubtedFrom({
      missingFrom: await stores.transactions.missingFrom(connection.id),
      unproven,
    }),
    lastWindow: proven?.window ?? null,
  })
  const run: SyncRun = resumes
    ? { ...begun, status: 'running', retryAt: null }
    : {
        id: begun?.id ?? deps.ids.uuid(),
        connectionId: connection.id,
        companyId: connection.companyId,
        status: 'running',
        trigger,
        attended,
        consentId: consent.id,
        plannedOn: today,
        window: plan.window,
        pages: 0,
        spooledAt: null,
        committedThrough: null,
        counts: noCounts,
        proof: null,
        error: null,
        retryAt: null,
        queuedAt: begun?.queuedAt ?? now,
        startedAt: begun?.startedAt ?? now,
        finishedAt: null,
      }
  if (begun === undefined) await stores.sync.addRun(run)
  else {
    await stores.sync.saveRun(run)
    if (!resumes) await stores.sync.dropPages(run.id)
  }
  if (run.window !== null && run.spooledAt === null && isFirstCall)
    await stores.sync.addCall(connection.id, 'transactions', { at: now, attended })
  return {
    lease,
    run,
    connection,
    company,
    institution,
    consentId: consent.id,
    plan: asBegun(plan, run, connection.startDate),
    isReread: unproven !== null,
    lastBeganAt: proven?.startedAt ?? null,
    isFirst: mayHaveMore,
    today,
    consentRef: deps.cipher
      .open(await stores.consents.sealedRef(consent.id), consentRow(tenant, consent.id))
      .toString('utf8'),
    accountRef: deps.cipher
      .open(accountRef, coverRow(tenant, { consentId: consent.id, connectionId: connection.id }))
      .toString('utf8'),
    psu: openPsu,
    nextPage:
      resumes && nextPage !== null ? deps.cipher.open(nextPage, ['sync_runs', tenant, run.id]).toString('utf8') : null,
    distrusted: state.distrusted,
    agreed: await stores.sync.agreedDays(connection.id),
  }
}

/** The plan of a run that may have been begun already, with another first day than it would have now. */
const asBegun = (plan: FetchPlan, { window }: SyncRun, startDate: Day): FetchPlan =>
  window === null ? { ...plan, window: null } : widenedTo(narrowedTo(plan, window.from), window.from, startDate)

/** Whether the bank may have more for us than it gave to the last run: since then the person was there, or somebody wants more. */
const mayServeMore = (last: SyncRun | undefined, { activatedAt }: Connection, consentId: ConsentId): boolean =>
  last?.status !== 'completed' || last.consentId !== consentId || (activatedAt !== null && last.queuedAt <= activatedAt)

async function giveUp({ due }: PrepareStores, lease: Lease, next: Date | null): Promise<null> {
  await due.finish(lease, { next, failed: false })
  return null
}

async function abandon({ sync }: PrepareStores, run: SyncRun, reason: string, now: Date): Promise<void> {
  await sync.saveRun({ ...run, status: 'failed', error: { kind: 'refused', text: reason }, finishedAt: now })
  await sync.saveSealedPsu(run.id, null)
  await sync.dropPages(run.id)
}

/** What `requestSync` sealed. */
const psuIn = (text: Buffer): Psu => asWritten(JSON.parse(text.toString('utf8')))

const later = (a: Date, b: Date): Date => (a > b ? a : b)
