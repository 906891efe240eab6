import type { DueStore, Lease } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { AgreementId, TenantId } from '../values/ids.ts'
import { withOutcome } from '../consents/model/redirect-url.ts'
import { askProvider, endReplaced, returnedFrom, type AskDeps, type Seen } from './ask-provider.ts'
import { agreementRow, isAsSeen, lookAgainAt, type Agreement } from './model.ts'
import { writeDrawnUp, writeHeard, type WriteStores } from './write-down.ts'

type Deps = AskDeps & {
  readonly unit: Unit<WriteStores & { due: Pick<DueStore, 'hold' | 'finish' | 'set'> }>
  readonly clock: Clock
}

type Which = { readonly tenant: TenantId; readonly id: AgreementId }

/** Due work: an agreement that is under way, or in force, is asked after at the provider; one whose asking was cut short is asked for. */
export async function refreshAgreement(deps: Deps, lease: Lease): Promise<void> {
  const which = { tenant: lease.tenant, id: lease.subject }
  const seen = await askProvider(deps, which)
  await deps.unit(lease.tenant, async (stores) => {
    await stores.due.hold(lease)
    const now = deps.clock.now()
    const agreement = await record(deps, stores, which, seen)
    const isFailed = seen.kind === 'failed'
    const next = agreement === undefined ? null : await nextLook(stores, agreement, { isFailed, now })
    await stores.due.finish(lease, { next, failed: isFailed })
  })
  if (seen.kind === 'drawn_up') await endReplaced(deps, which)
}

/** The signatory came back from signing: where they go on to. What happened is asked of the provider. @throws {AppError} session_not_found */
export async function afterSigning(deps: Deps, of: string): Promise<string> {
  const which = returnedFrom(deps, of)
  const seen = which === undefined ? undefined : await askProvider(deps, which)
  if (which === undefined || seen === undefined) throw notKnown()
  const agreement = await deps.unit(which.tenant, async (stores) => {
    const now = deps.clock.now()
    const found = await record(deps, stores, which, seen)
    if (found === undefined || found.redirectUrl === null) throw notKnown()
    const next = await nextLook(stores, found, { isFailed: seen.kind === 'failed', now })
    await stores.due.set({ kind: 'agreement', subject: found.id, at: next ?? now, lane: found.programmeId })
    return { redirectUrl: found.redirectUrl, state: found.state }
  })
  return withOutcome(agreement.redirectUrl, { status: agreement.state })
}

const notKnown = (): AppError => new AppError('session_not_found', 'This way back is not known.')

/** What was seen, written down, unless somebody has seen something newer; the agreement as it is then, if there is one. */
async function record(deps: Deps, stores: WriteStores, which: Which, seen: Seen): Promise<Agreement | undefined> {
  const now = deps.clock.now()
  const held = await stores.agreements.hold(which.id)
  if (held === undefined) return undefined
  switch (seen.kind) {
    case 'nothing':
      return held
    case 'drawn_up': {
      const drawn = await writeDrawnUp(deps, stores, { ...which, ...seen, now })
      if (drawn !== undefined || held.attemptId !== seen.attemptId) return drawn ?? held
      // What was to be replaced has been signed meanwhile: it stays, and the new one is ended.
      const sealed = await stores.agreements.sealed(held.id)
      const unwanted = deps.cipher.seal(seen.started.ref, agreementRow(which.tenant, which.id))
      await stores.agreements.save(held, { asking: null, formerRefs: [...(sealed?.formerRefs ?? []), unwanted] })
      return { ...held, isBeingDrawnUp: false }
    }
    case 'told':
      return isAsSeen(held, seen.seen) ? writeHeard(deps, stores, { ...which, held, answer: seen.answer, now }) : held
    case 'failed': {
      // Nobody waits for the answer of a request that was cut short; what the provider will never draw up is not asked for again.
      const isGivenUp = seen.lasting && held.isBeingDrawnUp && isAsSeen(held, seen.seen)
      if (!isGivenUp) return held
      await stores.agreements.save(held, { asking: null })
      return { ...held, isBeingDrawnUp: false }
    }
  }
}

/** Null where nothing more is to be done for it at the provider. */
async function nextLook(
  { agreements }: Pick<WriteStores, 'agreements'>,
  agreement: Agreement,
  { isFailed, now }: { readonly isFailed: boolean; readonly now: Date },
): Promise<Date | null> {
  const soon = new Date(now.getTime() + (isFailed ? 5 * 60_000 : 60_000))
  const isUnfinished = agreement.isBeingDrawnUp || ((await agreements.sealed(agreement.id))?.formerRefs.length ?? 0) > 0
  const next = lookAgainAt(agreement, now)
  return isUnfinished && (next === null || soon < next) ? soon : next
}
