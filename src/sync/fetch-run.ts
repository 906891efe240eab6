import { setImmediate as turn } from 'node:timers/promises'
import type { ConnectionStore } from '../connections/index.ts'
import type { ConsentStore } from '../consents/index.ts'
import { consentStatus } from '../consents/model/consent.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { consentEnded, healthChanged } from '../events/model.ts'
import {
  ProviderError,
  type AccountRef,
  type Provider,
  type ProviderBalance,
  type RawPage,
} from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Metrics } from '../shared/metrics.ts'
import type { Ids } from '../shared/ids.ts'
import { oneAhead } from '../shared/one-ahead.ts'
import { together } from '../shared/together.ts'
import type { Unit } from '../shared/unit.ts'
import { commitRun, type CommitDeps, type CommitStores } from './commit-run.ts'
import type { SyncStore } from './index.ts'
import type { Range } from './model/coverage.ts'
import { healthAfterFailure, nextTry } from './model/next-try.ts'
import { countedSince, mayFetch } from './model/quota.ts'
import { beginLater, narrowedTo, widenedTo } from './model/window.ts'
import { prepareRun, type PreparedRun, type PrepareStores } from './prepare-run.ts'
import { sealPage } from './sealed-page.ts'
import { spooledRows, type SpooledRows } from './spooled-rows.ts'

type Stores = PrepareStores &
  CommitStores & {
    consents: Pick<ConsentStore, 'find' | 'hold' | 'save'>
    connections: Pick<ConnectionStore, 'touchCompany'>
    sync: Pick<SyncStore, 'page' | 'spool' | 'addCall' | 'saveLimit' | 'saveState' | 'state'>
    due: Pick<DueStore, 'hold' | 'finish' | 'drop'>
    events: Pick<EventStore, 'append'>
  }

export type SyncDeps = {
  readonly unit: Unit<Stores>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly metrics: Pick<Metrics, 'bankCalls' | 'syncRuns'>
  /** In [0, 1): jitter, so that those who failed together do not come back together. */
  readonly random: () => number
} & Omit<CommitDeps, 'unit'>

const pagesMax = 20_000

/**
 * Fetches what is new for one connection: prepares, spools every page, commits whole days, and moves the watermark last. Every step holds the lease; a process
 * that lost it commits nothing more, and whoever has it now goes on from the last page that was spooled.
 * @throws {AppError} lease_lost
 */
export async function syncConnection(deps: SyncDeps, lease: Lease): Promise<void> {
  const prepared = await deps.unit(lease.tenant, (stores) => prepareRun(deps, stores, lease))
  if (prepared === null) return
  const provider = deps.providers.get(prepared.institution.providerId)
  try {
    if (provider === undefined)
      throw new ProviderError('refused', `the provider ${prepared.institution.providerId} is not configured`)
    const { spooled, rows } = await spoolServed(deps, provider, await reachBack(deps, provider, prepared))
    const balances = await fetchBalances(deps, provider, spooled)
    await commitRun(deps, spooled, { rows, balances, profile: provider.profileOf(spooled.institution.nativeId) })
    deps.metrics.syncRuns.inc({ outcome: 'completed' })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const failure = await confirmed(provider, prepared, error)
    deps.metrics.syncRuns.inc({ outcome: failure.kind })
    await recordFailure(deps, prepared, failure)
  }
}

/** Where a provider keeps track of changes, the run over every day on which there has been one. */
async function reachBack(deps: SyncDeps, provider: Provider, prepared: PreparedRun): Promise<PreparedRun> {
  const { run, lease, connection, plan, lastBeganAt: since } = prepared
  if (provider.firstChange === undefined || since === null || plan.window === null || run.pages > 0) return prepared
  const from = await provider.firstChange({ ...accountOf(prepared), since, now: deps.clock.now() })
  const wider = from === null ? plan : widenedTo(plan, from, connection.startDate ?? plan.window.from)
  if (wider === plan) return prepared
  return deps.unit(lease.tenant, async ({ due, sync }) => {
    await due.hold(lease)
    const widened = { ...run, window: wider.window }
    await sync.saveRun(widened)
    return { ...prepared, plan: wider, run: widened }
  })
}

/** How the provider knows the account. */
const accountOf = ({ institution, consentRef, accountRef, connection }: PreparedRun): AccountRef => ({
  nativeId: institution.nativeId,
  ref: consentRef,
  accountRef,
  currency: connection.currency,
})

/** Spools the window, or what the bank serves of it: the run as it was spooled. */
async function spoolServed(
  deps: SyncDeps,
  provider: Provider,
  prepared: PreparedRun,
): Promise<{ readonly spooled: PreparedRun; readonly rows: SpooledRows }> {
  try {
    return { spooled: prepared, rows: await spoolPages(deps, provider, prepared) }
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.tooFarBack) throw error
    const narrower = await narrow(deps, prepared)
    if (narrower === null) throw error
    return spoolServed(deps, provider, narrower)
  }
}

/** The run over fewer days; null when there is no sense in asking again, or no call left for it. */
async function narrow({ unit, clock }: SyncDeps, prepared: PreparedRun): Promise<PreparedRun | null> {
  const { run, lease } = prepared
  const from = beginLater(prepared.plan, prepared.today)
  if (from === null) return null
  return unit(lease.tenant, async ({ due, sync }) => {
    await due.hold(lease)
    if ((await sync.getRun(run.id)).pages > 0 || !(await takeCall(sync, prepared, 'transactions', clock.now())))
      return null
    const plan = narrowedTo(prepared.plan, from)
    const narrower = { ...run, window: plan.window }
    await sync.saveRun(narrower)
    return { ...prepared, plan, run: narrower }
  })
}

/** What was spooled before is read back; the rest is fetched, each page while the one before it is read. */
async function spoolPages(deps: SyncDeps, provider: Provider, prepared: PreparedRun): Promise<SpooledRows> {
  const rows = spooledRows(deps, provider, prepared)
  const { run, plan } = prepared
  for (let number = 1; number <= run.pages; number += 1) await rows.recall(number)
  if (plan.window === null || run.spooledAt !== null) return rows
  for await (const { number, page } of oneAhead(spooledPages(deps, provider, prepared, plan.window))) {
    // The next page is asked for before this one is read, which takes its time.
    await turn()
    rows.take(number, page)
  }
  return rows
}

/** The pages that are not in the spool yet. Each is put there before the next is asked for: what a bank has given is not asked for twice. */
async function* spooledPages(
  deps: SyncDeps,
  provider: Provider,
  prepared: PreparedRun,
  { from }: Range,
): AsyncGenerator<{ readonly number: number; readonly page: RawPage }, void, void> {
  const { run, lease } = prepared
  const { tenant } = lease
  const seen = new Set<string>()
  let next = prepared.nextPage
  for (let number = run.pages + 1; ; number += 1) {
    if (number > pagesMax) throw new ProviderError('nonsense', `the bank gave more than ${pagesMax} pages`)
    const page = await counted(deps, provider, () =>
      provider.fetchPage({
        ...accountOf(prepared),
        from,
        // Today's booked rows are read for the proof, and not delivered.
        to: prepared.today,
        isFirst: prepared.isFirst,
        ...(next !== null && { next }),
        ...(prepared.psu !== null && { psu: prepared.psu }),
        now: deps.clock.now(),
      }),
    )
    next = page.next
    if (next !== null && seen.has(next)) throw new ProviderError('nonsense', 'the bank’s pages go round in a circle')
    if (next !== null) seen.add(next)
    const sealed = {
      number,
      body: sealPage(deps.cipher, { tenant, runId: run.id, number }, page.body),
      next: next === null ? null : deps.cipher.seal(next, ['sync_runs', tenant, run.id]),
      at: deps.clock.now(),
    }
    // In this order: there are many pages, and each would wait for three answers. Where somebody else has the lease, the page is there.
    const [gone] = await deps.unit(tenant, ({ consents, due, sync }) =>
      together([
        next === null ? null : goneSince(consents, prepared, sealed.at),
        due.hold(lease),
        sync.spool(run, sealed),
        page.limit && sync.saveLimit(prepared.connection.id, 'transactions', page.limit, sealed.at),
      ]),
    )
    if (gone !== null) throw new ProviderError('consent_gone', `the consent is ${gone} by now`, { ended: gone })
    yield { number, page }
    if (next === null) return
  }
}

/** A run does not fail for want of balances: without them it just proves nothing. */
async function fetchBalances(
  deps: SyncDeps,
  provider: Provider,
  prepared: PreparedRun,
): Promise<readonly ProviderBalance[]> {
  const { lease, connection } = prepared
  if (!provider.capabilities.balances || prepared.plan.window === null) return []
  const isAllowed = await deps.unit(lease.tenant, async ({ consents, due, connections, sync }) => {
    await due.hold(lease)
    if ((await goneSince(consents, prepared, deps.clock.now())) !== null) return false
    // Somebody may be asking for balances in this moment: the connection is held so that the two count one after the other.
    await connections.hold(connection.id)
    return takeCall(sync, prepared, 'balances', deps.clock.now())
  })
  if (!isAllowed) return []
  try {
    const { balances, limit } = await counted(deps, provider, () =>
      provider.fetchBalances({
        ...accountOf(prepared),
        ...(prepared.psu !== null && { psu: prepared.psu }),
        now: deps.clock.now(),
      }),
    )
    if (limit !== undefined)
      await deps.unit(lease.tenant, ({ sync }) => sync.saveLimit(connection.id, 'balances', limit, deps.clock.now()))
    return balances
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    // It may be for the balances alone that the bank does not know the consent.
    const failure = await confirmed(provider, prepared, error)
    if (failure.kind === 'consent_gone') throw failure
    return []
  }
}

/** Whether the consent that a run goes by has ended since it began: then the bank is not called with it again. */
async function goneSince(
  consents: Pick<ConsentStore, 'find'>,
  { consentId }: PreparedRun,
  now: Date,
): Promise<'expired' | 'revoked' | null> {
  const consent = await consents.find(consentId)
  const status = consent === undefined ? null : consentStatus(consent, now)
  if (status === 'expired') return status
  // A removed person's still lives at the bank: what was begun with it may be finished.
  return status === 'revoked' && consent?.ended !== null ? status : null
}

/** Writes one call down before it is made; false where the bank's limit leaves none. */
async function takeCall(
  sync: Pick<SyncStore, 'unattendedUse' | 'addCall'>,
  { connection, run, psu }: PreparedRun,
  resource: 'transactions' | 'balances',
  now: Date,
): Promise<boolean> {
  const usage = await sync.unattendedUse(connection.id, resource, countedSince(now))
  if (psu === null && !mayFetch({ ...usage, now, trigger: run.trigger }).ok) return false
  await sync.addCall(connection.id, resource, { at: now, attended: psu !== null })
  return true
}

async function counted<T>({ metrics }: SyncDeps, { id }: Provider, call: () => Promise<T>): Promise<T> {
  try {
    const answer = await call()
    metrics.bankCalls.inc({ provider: id, outcome: 'ok' })
    return answer
  } catch (error) {
    metrics.bankCalls.inc({ provider: id, outcome: error instanceof ProviderError ? error.kind : 'bug' })
    throw error
  }
}

/** What the failure's kind says happens next. The watermark stands still, and what was spooled is thrown away: half an answer is none. */
async function recordFailure(deps: SyncDeps, prepared: PreparedRun, error: ProviderError): Promise<void> {
  const { lease, run, connection, company } = prepared
  await deps.unit(lease.tenant, async ({ due, sync, consents, connections, events }) => {
    await due.hold(lease)
    const now = deps.clock.now()
    const state = await sync.state(connection.id)
    const failures = state.health.state === 'ok' ? 1 : state.health.failures + 1
    const next = nextTry(
      { kind: error.kind, ...(error.retryAt !== undefined && { retryAt: error.retryAt }) },
      { connectionId: connection.id, timeZone: company.timeZone, failures, now, random: deps.random() },
    )
    const health = healthAfterFailure(state.health, { kind: error.kind, at: now, nextTryAt: next })
    await sync.saveRun({
      ...run,
      status: 'failed',
      error: { kind: error.kind, text: error.message },
      retryAt: next,
      finishedAt: now,
    })
    await sync.saveSealedPsu(run.id, null)
    await sync.dropPages(run.id)
    await sync.saveState(connection.id, { ...state, health, lastRunId: run.id })
    if (health.state !== state.health.state) events.append(healthChanged(connection, health.state, now))
    if (error.ended !== undefined) {
      // Every account of the consent finds out by itself, several at once: one of them tells.
      const consent = await consents.hold(prepared.consentId)
      if (consent.ended === null) {
        const by = error.ended === 'expired' ? 'expiry' : 'bank'
        await consents.save({ ...consent, ended: { at: now, by }, bankAccess: 'ended' })
        await due.drop({ kind: 'consent', subject: consent.id })
        events.append(consentEnded(consent, error.ended, now))
      }
      connections.touchCompany(connection.companyId)
    }
    await due.finish(lease, { next, failed: true })
  })
}

/**
 * A bank that says no more than that the consent is gone is asked whether, and which way: a person would have to come again for a consent that we gave up. One
 * that is usable after all means that the bank refused something else; and as long as the bank does not say, nothing is known.
 */
async function confirmed(
  provider: Provider | undefined,
  { institution, consentRef }: PreparedRun,
  error: ProviderError,
): Promise<ProviderError> {
  if (error.kind !== 'consent_gone' || error.ended !== undefined || provider === undefined) return error
  try {
    const { state } = await provider.consentState({ nativeId: institution.nativeId, ref: consentRef })
    if (state === 'usable') return new ProviderError('refused', error.message, { cause: error })
    return new ProviderError('consent_gone', error.message, { cause: error, ended: state })
  } catch {
    return new ProviderError('temporary', error.message, { cause: error })
  }
}
