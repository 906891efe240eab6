// What was heard of an agreement, written down: as it is now, a step of its history, and an event. Whoever has heard of it writes it so, and says
// when to ask again.

import type { ConnectionStore } from '../connections/index.ts'
import type { EventStore } from '../events/index.ts'
import { agreementChanged } from '../events/model.ts'
import type { AgreementStarted, AgreementTold } from '../providers/provider.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { TenantId } from '../values/ids.ts'
import type { AgreementStore } from './index.ts'
import type { SealedParts } from './store.ts'
import { agreementRow, drawnUp, heard, onAskingAnew, type Agreement, type AgreementStep } from './model.ts'
import { sealReasons, toldReasons } from './read-agreement.ts'

export type WriteStores = {
  agreements: Pick<AgreementStore, 'hold' | 'save' | 'sealed' | 'addStep' | 'steps'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  events: Pick<EventStore, 'append'>
}

type WriteDeps = { readonly cipher: Cipher }

/**
 * The provider has drawn up what attempt `attemptId` asked for. Undefined where that is not wanted any more: another attempt has replaced it, what was there before has
 * been signed meanwhile, or the company is gone.
 */
export async function writeDrawnUp(
  { cipher }: WriteDeps,
  stores: WriteStores,
  ask: {
    readonly tenant: TenantId
    readonly id: string
    readonly attemptId: string
    readonly started: AgreementStarted
    readonly redirectUrl: string
    readonly now: Date
  },
): Promise<Agreement | undefined> {
  const { tenant, id, started, redirectUrl, now } = ask
  const held = await stores.agreements.hold(id)
  if (held === undefined || held.attemptId !== ask.attemptId) return undefined
  // The clock, or the request that it stood in for, was quicker; the provider made one and no more.
  if (!held.isBeingDrawnUp) return held
  if (onAskingAnew(held.state) === 'settled') return undefined
  const sealed = await stores.agreements.sealed(id)
  const replaced = held.state === 'to_sign' ? (sealed?.providerRef ?? null) : null
  const agreement = drawnUp(held, { linkEndsAt: started.linkEndsAt, redirectUrl }, now)
  await write({ cipher }, stores, tenant, {
    before: held,
    agreement,
    step: { state: 'to_sign', reasons: [], at: now, recordedAt: now },
    sealed: {
      asking: null,
      providerRef: cipher.seal(started.ref, agreementRow(tenant, id)),
      signingUrl: cipher.seal(started.signingUrl, agreementRow(tenant, id)),
      ...(replaced !== null && { formerRefs: [...(sealed?.formerRefs ?? []), replaced] }),
    },
  })
  return agreement
}

/** What the provider says of it now. The agreement as it is then. */
export async function writeHeard(
  { cipher }: WriteDeps,
  stores: WriteStores,
  ask: {
    readonly tenant: TenantId
    readonly held: Agreement
    readonly answer: AgreementTold
    readonly now: Date
  },
): Promise<Agreement> {
  const { tenant, held, now } = ask
  const [last] = await stores.agreements.steps(held.id, 1)
  const known = toldReasons(cipher, tenant, held.id, last?.told ?? null)
  const news = heard(held, ask.answer, { known, now })
  if (news === undefined) return held
  const { agreement, step } = news
  // Its link leads nowhere any more.
  const sealed = agreement.state === 'to_sign' ? {} : { signingUrl: null }
  await write({ cipher }, stores, tenant, { before: held, agreement, step, sealed })
  return agreement
}

async function write(
  { cipher }: WriteDeps,
  { agreements, connections, events }: WriteStores,
  tenant: TenantId,
  {
    before,
    agreement,
    step,
    sealed,
  }: {
    readonly before: Agreement
    readonly agreement: Agreement
    readonly step: AgreementStep
    readonly sealed: Partial<SealedParts>
  },
): Promise<void> {
  const { id, companyId } = agreement
  await agreements.save(agreement, sealed)
  const told = sealReasons(cipher, tenant, id, step.reasons)
  await agreements.addStep(id, { ...step, reasons: agreement.reasons, told })
  events.append(agreementChanged(agreement, before.state, step.recordedAt))
  connections.touchCompany(companyId)
}
