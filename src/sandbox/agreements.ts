// A company's agreement as its programme keeps it: its states, their legal moves, and why a person looks at it. Pure; routes and pages write it down.

import { type Static, Type } from 'typebox'

const reasonCodes = [
  'RANDOM_CHECK',
  'NEWLY_ESTABLISHED',
  'PEP',
  'FINANCING',
  'PAYMENT_COUNTRIES',
  'INDUSTRY',
  'RELATED_PERSONS',
  'DOCUMENTS',
] as const

const reviewReason = Type.Object(
  {
    code: Type.Enum(reasonCodes),
    /** What the reviewer says of it, to people. */
    text: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type ReviewReason = Static<typeof reviewReason>

export const reviewBody = Type.Object({ reasons: Type.Array(reviewReason) }, { additionalProperties: false })

/** The body of `POST /v1/agreements`. */
export const agreementBody = Type.Object(
  {
    /** The TPP's own: asked for again with it, the answer is the agreement that was made then. */
    externalId: Type.String({ minLength: 1, maxLength: 100 }),
    organisation: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        country: Type.String({ pattern: '^[A-Z]{2}$' }),
        registrationNumber: Type.Optional(Type.String({ maxLength: 40 })),
      },
      { additionalProperties: false },
    ),
    signatory: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        email: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }),
        phone: Type.String({ pattern: '^\\+?[0-9 ()-]{4,30}$' }),
      },
      { additionalProperties: false },
    ),
    returnUri: Type.String({ pattern: '^https?://' }),
  },
  { additionalProperties: false },
)
type AgreementBody = Static<typeof agreementBody>

export type AgreementStatus =
  | 'awaitingSignature'
  | 'underReview'
  | 'approved'
  | 'rejected'
  | 'declined'
  | 'linkExpired'
  | 'withdrawnByTpp'
  | 'terminated'

/** Instants are milliseconds since 1970. */
export type Agreement = {
  readonly id: string
  readonly programme: string
  /** Who asked for it: another TPP does not know it. */
  readonly tpp: string
  readonly key: string
  readonly organisation: AgreementBody['organisation']
  readonly signatory: AgreementBody['signatory']
  readonly returnUri: string
  /** Of the signing page. */
  readonly linkId: string
  readonly createdAt: number
  readonly linkEndsAt: number
  readonly status: AgreementStatus
  readonly statusAt: number
  readonly reasons: readonly ReviewReason[]
}

/** As it is at this instant: time alone ends a link. */
export function agreementNow(agreement: Agreement, now: Date): Agreement {
  const { status, linkEndsAt } = agreement
  return status === 'awaitingSignature' && linkEndsAt <= now.getTime()
    ? { ...agreement, status: 'linkExpired', statusAt: linkEndsAt }
    : agreement
}

export const isInForce = ({ status }: Agreement): boolean => status === 'approved'

/** What the signatory filled in beside the signature. */
export type Answers = { readonly isPep: boolean; readonly paysAbroad: boolean }

/** What is signed is approved at once, unless a person has to look at it. */
export function signed(
  agreement: Agreement,
  answers: Answers,
  { ordered, now }: { readonly ordered: readonly ReviewReason[]; readonly now: Date },
): Agreement {
  const reasons: readonly ReviewReason[] = [
    ...ordered,
    ...(answers.isPep ? [{ code: 'PEP' as const }] : []),
    ...(answers.paysAbroad ? [{ code: 'PAYMENT_COUNTRIES' as const }] : []),
  ]
  return decided(agreement, { status: reasons.length === 0 ? 'approved' : 'underReview', reasons, now })
}

export function decided(
  agreement: Agreement,
  {
    status,
    reasons,
    now,
  }: { readonly status: AgreementStatus; readonly reasons: Agreement['reasons']; readonly now: Date },
): Agreement {
  return { ...agreement, status, reasons, statusAt: now.getTime() }
}
