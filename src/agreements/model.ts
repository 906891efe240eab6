// A company's own agreement with a programme that some banks are reached through: its states, what follows from what the provider tells, and when it is asked
// again. Whether a connection waits for it is decided in `connections/model/finding.ts`.

import type { AgreementTold, ReviewReason, ToldReason } from '../providers/provider.ts'
import type { AgreementId, CompanyId, ProgrammeId, TenantId } from '../values/ids.ts'

export { reviewReasons, type ToldReason } from '../providers/provider.ts'

/** `missing`: none has been drawn up. The others are the provider's. Only `approved` lets anybody consent. */
export const agreementStates = [
  'missing',
  'to_sign',
  'in_review',
  'approved',
  'refused',
  'declined',
  'expired',
  'ended',
] as const

export type AgreementState = (typeof agreementStates)[number]

/** Its signatory, its link and how the provider knows it are kept apart, encrypted. */
export type Agreement = {
  readonly id: AgreementId
  readonly companyId: CompanyId
  readonly programmeId: ProgrammeId
  readonly state: AgreementState
  readonly since: Date
  readonly reasons: readonly ReviewReason[]
  /** Where the signatory is sent back to. */
  readonly redirectUrl: string | null
  /** Of the asking that is under way, or was the last. */
  readonly attemptId: string
  /** The provider has still to be asked for it; until then it is what it was before. */
  readonly isBeingDrawnUp: boolean
  /** Until when the signatory's link works. */
  readonly linkEndsAt: Date | null
  readonly createdAt: Date
}

/** One line of its history. */
export type AgreementStep = {
  readonly state: AgreementState
  readonly reasons: readonly ToldReason[]
  /** The instant of the fact. */
  readonly at: Date
  readonly recordedAt: Date
}

/** What asking for another one comes to: what waits for its signature is replaced, and what is signed already stays. */
export function onAskingAnew(state: AgreementState): 'begin' | 'replace' | 'settled' {
  switch (state) {
    case 'missing':
    case 'refused':
    case 'declined':
    case 'expired':
    case 'ended':
      return 'begin'
    case 'to_sign':
      return 'replace'
    case 'in_review':
    case 'approved':
      return 'settled'
  }
}

/** The link has been made: from now on it is the signatory's turn. */
export function drawnUp(
  agreement: Agreement,
  { linkEndsAt, redirectUrl }: { readonly linkEndsAt: Date; readonly redirectUrl: string },
  now: Date,
): Agreement {
  return { ...agreement, state: 'to_sign', since: now, reasons: [], isBeingDrawnUp: false, linkEndsAt, redirectUrl }
}

/** Whether it is what it was when the provider was asked: else somebody has heard of it in between, and the answer is older than what is known. */
export const isAsSeen = (held: Agreement, seen: Agreement): boolean =>
  held.attemptId === seen.attemptId && held.state === seen.state && held.since.getTime() === seen.since.getTime()

/** What it still is to the provider when nobody here wants it any more. */
export const isOpen = ({ state }: Pick<Agreement, 'state'>): boolean =>
  state === 'to_sign' || state === 'in_review' || state === 'approved'

/**
 * What becomes of it by what the provider tells; undefined where that is no news. A link that has run out by its own time has expired, whatever is said of it; an
 * instant that the provider tells counts where it can be one: not before what was known, and not in the future.
 *
 * @param known the reasons as they were told last
 */
export function heard(
  agreement: Agreement,
  answer: AgreementTold,
  { known, now }: { readonly known: readonly ToldReason[]; readonly now: Date },
): { readonly agreement: Agreement; readonly step: AgreementStep } | undefined {
  const { state, reasons, since } = inTime(agreement, answer, now)
  const isSame = state === agreement.state
  if (isSame && sameReasons(reasons, known)) return undefined
  const at = since !== undefined && agreement.since <= since && since <= now ? since : now
  const codes = [...new Set(reasons.map(({ code }) => code))]
  return {
    agreement: { ...agreement, state, reasons: codes, since: isSame ? agreement.since : at },
    step: { state, reasons, at, recordedAt: now },
  }
}

function inTime({ linkEndsAt }: Agreement, answer: AgreementTold, now: Date): AgreementTold {
  return answer.state === 'to_sign' && linkEndsAt !== null && linkEndsAt <= now
    ? { state: 'expired', reasons: [], since: linkEndsAt }
    : answer
}

const sameReasons = (a: readonly ToldReason[], b: readonly ToldReason[]): boolean =>
  a.length === b.length && a.every(({ code, text }, index) => code === b[index]?.code && text === b[index].text)

/**
 * When the provider is asked for it again: while it is under way as long again as it has been, from a minute to an hour, and as its link ends; once a day while it
 * is in force, since a provider may end it. Null where nothing more will come of it.
 */
export function lookAgainAt({ state, since, linkEndsAt }: Agreement, now: Date): Date | null {
  switch (state) {
    case 'to_sign':
    case 'in_review': {
      const waitedMs = now.getTime() - since.getTime()
      const at = new Date(now.getTime() + Math.min(Math.max(waitedMs, 60_000), hourMs))
      return state === 'to_sign' && linkEndsAt !== null && now < linkEndsAt && linkEndsAt < at ? linkEndsAt : at
    }
    case 'approved':
      return new Date(now.getTime() + 24 * hourMs)
    case 'missing':
    case 'refused':
    case 'declined':
    case 'expired':
    case 'ended':
      return null
  }
}

const hourMs = 3_600_000

/** What stands in the way of a consent, and what to do about it; undefined once nothing does. */
export function obstacleOf(
  state: AgreementState,
): { readonly next: 'sign' | 'wait'; readonly text: string } | undefined {
  switch (state) {
    case 'approved':
      return undefined
    case 'missing':
      return { next: 'sign', text: 'The company has not signed the agreement that this bank asks for' }
    case 'to_sign':
      return { next: 'sign', text: 'The company’s agreement waits to be signed' }
    case 'in_review':
      return { next: 'wait', text: 'The company’s agreement is being reviewed, which takes some working days' }
    case 'refused':
      return { next: 'sign', text: 'The company’s agreement was refused' }
    case 'declined':
      return { next: 'sign', text: 'The company’s signatory declined the agreement' }
    case 'expired':
      return { next: 'sign', text: 'The link to the company’s agreement ended before it was signed' }
    case 'ended':
      return { next: 'sign', text: 'The company’s agreement is no longer in force' }
  }
}

/** For the people who keep the books. What the reviewer wrote may name somebody, and is told by the agreement alone. */
export const reasonWords: Readonly<Record<ReviewReason, string>> = {
  random_check: 'random check',
  newly_founded: 'newly founded company',
  politically_exposed_person: 'politically exposed person',
  financing: 'how the company is financed',
  countries: 'countries that it pays to',
  industry: 'its industry',
  people: 'people tied to the company',
  other: 'something else',
}

/** What is encrypted of an agreement is bound to this row (`shared/crypto.ts`). */
export const agreementRow = (tenant: TenantId, id: AgreementId): readonly string[] => ['agreements', tenant, id]
export const stepRow = (tenant: TenantId, id: AgreementId): readonly string[] => ['agreement_steps', tenant, id]
