// THE port: what a provider can do for us, in our words. Each folder beside this file speaks its provider's language on one
// side and this file on the other; nobody else can tell providers or banks apart.

import type { Day } from '../values/day.ts'
import type { Money } from '../values/money.ts'

/**
 * Why a provider could not do what was asked; decides what happens next (`sync/model/next-try.ts`).
 *
 * - `consent_gone`   the consent is expired or revoked: never call with it again
 * - `needs_person`   the bank wants the person (strong authentication, reconfirmation)
 * - `rate_limited`   asked too often; `retryAt` when known
 * - `temporary`      down, slow, or broken for now
 * - `refused`        it will never answer this (account closed, right missing, our certificate wrong)
 * - `nonsense`       it answered something that its contract does not allow
 */
export type ProviderErrorKind = 'consent_gone' | 'needs_person' | 'rate_limited' | 'temporary' | 'refused' | 'nonsense'

export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly kind: ProviderErrorKind
  /** When to ask again, where the provider said so. */
  readonly retryAt: Date | undefined
  /** For `consent_gone`: which way it ended, where the provider said so. */
  readonly ended: 'expired' | 'revoked' | undefined
  /** For `refused`: the bank no longer serves the oldest days that were asked for; it may serve later ones. */
  readonly tooFarBack: boolean

  /** `message` says what we were asking and what came, without personal data: it is shown to the tenant and logged. */
  constructor(
    kind: ProviderErrorKind,
    message: string,
    options: {
      readonly cause?: unknown
      readonly retryAt?: Date
      readonly ended?: 'expired' | 'revoked'
      readonly tooFarBack?: boolean
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.retryAt = options.retryAt
    this.ended = options.ended
    this.tooFarBack = options.tooFarBack ?? false
  }
}

export type AccountType = 'current' | 'savings' | 'card' | 'fuel_card' | 'loan'

export type ProviderInstitution = {
  /** The provider's own id of it: 1–64 of `[A-Za-z0-9._~-]`. Our institution id is `<provider id>.<nativeId>`. */
  readonly nativeId: string
  readonly name: string
  readonly bic?: string
  readonly kind: 'bank' | 'card_programme'
  /** A URL (https or data:) of a square logo. */
  readonly logo?: string
  /** ISO 3166 alpha-2. */
  readonly countries: readonly string[]
  readonly accountTypes: readonly AccountType[]
  readonly psuTypes: readonly ('business' | 'private')[]
  /** How many days before today the bank serves. */
  readonly maxHistoryDays: number
  /** How long a consent may last. */
  readonly maxConsentDays: number
  /** Country and bank code as an IBAN spells them (`NO8601`, `DE37040044`, `GBNWBK`): how a ledger account's IBAN tells its bank. */
  readonly bankCodes: readonly string[]
  /** What to tell the company about who can approve there. */
  readonly approverHint?: string
  /** With whom the company has to have an agreement before anybody can consent there; one serves all institutions of that programme. */
  readonly agreement?: AgreementProgramme
}

/** `nativeId` is the provider's own id of it: 1–64 of `[A-Za-z0-9._~-]`. Our programme id is `<provider id>.<nativeId>`. */
export type AgreementProgramme = { readonly nativeId: string; readonly name: string }

/** The person's browser, when the person is there: makes a fetch attended. All or nothing. */
export type Psu = { readonly ipAddress: string; readonly userAgent: string }

export type ConsentAsk = {
  readonly nativeId: string
  /** Where the provider sends the person back, whatever happened: without a query, since some providers compare it whole. */
  readonly callbackUrl: string
  /** Our secret for this attempt, 43 of `[A-Za-z0-9_-]`. The callback must carry it: `stateIn` finds it there. */
  readonly state: string
  /** How the provider knows the consent that the same person gave there before, and that this one is to follow: one that can renew or change it in place does. */
  readonly renews?: string
  /** How the provider knows the company's agreement, where the institution asks for one. */
  readonly agreement?: string
  /** What we would like; the bank may give less. */
  readonly validDays: number
  readonly language?: string
  readonly psu: Psu
  readonly now: Date
}

export type ConsentStarted = {
  /** Where to send the person's browser. */
  readonly redirectUrl: string
  /** How the provider knows this attempt: opaque, a secret, kept encrypted. */
  readonly ref: string
}

export type SessionFailure =
  | 'cancelled_by_person'
  | 'rejected_by_bank'
  | 'insufficient_rights'
  | 'wrong_account_type'
  | 'bank_unavailable'
  | 'provider_error'
  | 'timed_out'

export type ConsentOutcome =
  | {
      readonly kind: 'granted'
      /** How the provider knows the consent from now on (may differ from the attempt's). */
      readonly ref: string
      readonly validFrom: Date
      readonly expiresAt: Date
      readonly reconfirmBy?: Date
      readonly accounts: readonly ProviderAccount[]
      /** What `ConsentAsk.renews` said, where that very consent was renewed: it is no permission of its own any more, and is not to be ended. */
      readonly renewed?: string
      /** What the provider calls this consent by when it calls us (`readHint`). */
      readonly hintsAbout?: string
    }
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'failed'
      readonly failure: SessionFailure
      readonly text: string
      /** What `ConsentAsk.renews` said, where that very consent seems to have ended there: it is asked. */
      readonly ended?: string
    }

/** Who signs for the company. */
export type Signatory = { readonly name: string; readonly email: string; readonly phone: string }

export type AgreementAsk = {
  readonly programme: string
  /** Ours, of this asking. Asked again with it, the provider answers with the agreement that it drew up then, and draws up no other. */
  readonly key: string
  readonly company: { readonly name: string; readonly country: string; readonly organisationNumber?: string }
  readonly signatory: Signatory
  /** Where the signatory is sent in the end, whatever they did: nothing is added to it. */
  readonly returnUrl: string
  readonly now: Date
}

export type AgreementStarted = {
  /** How the provider knows it: opaque, a secret, kept encrypted. */
  readonly ref: string
  /** Where it is signed. Whoever has it may sign: it is told to the tenant and to nobody else. */
  readonly signingUrl: string
  /** From then on that leads nowhere. */
  readonly linkEndsAt: Date
}

/** An agreement as the provider knows it. */
export type AgreementRef = { readonly programme: string; readonly ref: string }

/** Why somebody at the provider looks at an agreement, or has refused it. */
export const reviewReasons = [
  'random_check',
  'newly_founded',
  'politically_exposed_person',
  'financing',
  'countries',
  'industry',
  'people',
  'other',
] as const
export type ReviewReason = (typeof reviewReasons)[number]

/** `text` is the reviewer's own: it may name people. */
export type ToldReason = { readonly code: ReviewReason; readonly text?: string }

export type AgreementTold = {
  /**
   * `to_sign` waits for the signatory; `in_review` is signed, and looked at by somebody; `refused` by the provider; `declined` by the signatory; `expired`: the link
   * ended before anybody signed; `ended`: it was in force, and is no more.
   */
  readonly state: 'to_sign' | 'in_review' | 'approved' | 'refused' | 'declined' | 'expired' | 'ended'
  readonly reasons: readonly ToldReason[]
  /** Since when, where the provider says so. */
  readonly since?: Date
}

/** What a provider does that asks for agreements. */
export type Agreements = {
  /** Draws one up, for the signatory to sign. @throws {ProviderError} */
  start(ask: AgreementAsk): Promise<AgreementStarted>
  /** How it stands, asked server to server. One that is not known there any more has ended. @throws {ProviderError} */
  state(ask: AgreementRef & { readonly now: Date }): Promise<AgreementTold>
  /** Takes it back, or ends it; repeating it is harmless. @throws {ProviderError} */
  end(ask: AgreementRef): Promise<void>
}

export type ProviderAccount = {
  /** How the provider knows the account under this consent. Changes on renewal: never identity. */
  readonly ref: string
  readonly name: string
  readonly type: AccountType
  readonly iban?: string
  readonly bban?: string
  readonly maskedPan?: string
  /** A provider's hash that stays the same over consents. */
  readonly stableHash?: string
  /** ISO 4217. */
  readonly currency: string
  readonly owner?: string
  readonly usage?: 'private' | 'business'
}

/** A consent as the provider knows it, addressed with what we kept of it. */
export type ConsentRef = { readonly nativeId: string; readonly ref: string }

export type ConsentState =
  | { readonly state: 'usable'; readonly expiresAt: Date; readonly reconfirmBy?: Date }
  | { readonly state: 'expired' | 'revoked' }

export type AccountRef = ConsentRef & { readonly accountRef: string; readonly currency: string }

/** Whose page it is: what tells the holder from the other side. */
export type PageOwner = {
  readonly nativeId: string
  readonly currency: string
  readonly iban?: string
  readonly owner?: string
}

export type PageAsk = AccountRef & {
  /** Booking days asked for, both ends included. */
  readonly from: Day
  readonly to: Day
  /** The first fetch of this account under this consent: a provider that has to be asked for long history is asked for it. */
  readonly isFirst: boolean
  /** Absent for the first page, else what the page before said. */
  readonly next?: string
  readonly psu?: Psu
  readonly now: Date
}

/** A page as it came: kept encrypted, read by `readPage`. */
export type RawPage = {
  readonly body: string
  /** How to ask for the page after this one: opaque; null on the last. */
  readonly next: string | null
  readonly limit?: CallLimit
}

/** What a provider says of its own limit on asking for this resource of this account without the person. */
export type CallLimit = { readonly remaining: number; readonly resetsAt: Date }

export type ProviderBalances = { readonly balances: readonly ProviderBalance[]; readonly limit?: CallLimit }

export type BalanceType =
  'closing_booked' | 'interim_booked' | 'opening_booked' | 'interim_available' | 'expected' | 'other'

export type ProviderBalance = {
  readonly type: BalanceType
  readonly amount: Money
  /** The day that the balance is of, where the bank says so. */
  readonly referenceDate?: Day
}

/** One movement as a bank tells it, in our words. Amounts are signed from the account holder's side: credit positive. */
export type ProviderTransaction = {
  /** The ids that the bank or provider put on it: trimmed, and absent where blank or a placeholder such as NOTPROVIDED. */
  readonly ids: { readonly transactionId?: string; readonly entryReference?: string; readonly internalId?: string }
  readonly status: 'booked' | 'pending'
  readonly bookingDate: Day
  readonly valueDate?: Day
  readonly amount: Money
  /** The other side: the creditor of money out, the debtor of money in. `iban` only where it is one. */
  readonly counterparty?: { readonly name?: string; readonly iban?: string; readonly bban?: string }
  readonly remittanceInformation?: string
  /** The structured reference, normalised (`values/reference.ts`). */
  readonly reference?: string
  readonly endToEndId?: string
  /** ISO 20022 domain-family-subfamily, as `PMNT-RCDT-ESCT`. */
  readonly bankTransactionCode?: string
  /** What was instructed in another currency, and units of account currency per unit of it, as the bank wrote the rate. */
  readonly exchange?: { readonly amount?: Money; readonly currency: string; readonly rate: string }
  readonly balanceAfter?: Money
}

/** What is known of one bank, as data. The default is right for a bank that nobody has studied. */
export type BankProfile = {
  /** The id that this bank keeps for a movement for ever, if any; null trusts none. */
  readonly stableId: 'transactionId' | 'entryReference' | 'internalId' | null
  /** Balance types that can prove a day's close, best first. */
  readonly proofBalances: readonly BalanceType[]
  /** The bank is known to show one movement twice with the same stable id and different booking days. */
  readonly repeatsMovements: boolean
  /** How its rows are read where the default does not do. */
  readonly reading?: ReadingRules
  /** How many days before today it really serves, where its provider does not say so, or says otherwise. */
  readonly maxHistoryDays?: number
  /** How long a consent really lasts there, likewise. */
  readonly maxConsentDays?: number
}

/** Where a row may tell a day. */
export type DayField = 'bookingDate' | 'bookingDateTime' | 'valueDate' | 'valueDateTime' | 'transactionDate'

/** Where a row may tell something in words. */
export type TextField =
  | 'remittanceInformationUnstructured'
  | 'remittanceInformationUnstructuredArray'
  | 'remittanceInformationStructured'
  | 'additionalInformation'
  | 'proprietaryBankTransactionCode'

/**
 * What is peculiar to one bank's rows, over the default rules. Plain data, since it is part of what decides whether a day was read
 * the same way before. A `pattern` is a regular expression that begins with `^`, matched against the start of a cleaned text of at
 * most 1,000 characters without regard to case; what it is after is its first group.
 */
export type ReadingRules = {
  /** Money out comes with a plus and money in with a minus. */
  readonly debitsArePositive?: true
  /** Where the booking day stands, best first; the first field that is there decides. */
  readonly bookingDay?: readonly DayField[]
  /** The amount on the account, where a text tells it and `transactionAmount` is what was paid abroad. */
  readonly billedAmount?: { readonly from: TextField; readonly pattern: string }
  /** Which transaction ids are ids; others are as good as absent. */
  readonly transactionIdPattern?: string
  /** The ultimate creditor and debtor are whom the money is for and from; the others are a payment service or a word for the kind of payment. */
  readonly ultimateFirst?: true
  /** Where the other side's name is told when its own field is empty: the first that fits. */
  readonly payee?: readonly PayeeRule[]
  /** What stands in the structured fields are words: only what passes a check digit there is a reference. */
  readonly structuredHoldsText?: true
  /** Texts that add to the payer's own. */
  readonly alsoTold?: readonly TextField[]
  /** Texts that stand in when there is no other. */
  readonly otherwiseTold?: readonly TextField[]
  /** Lines cut at a width, wherever that is in a word; `words` are mended though an earlier line is shorter. */
  readonly cutLines?: { readonly width: number; readonly words: readonly string[] }
  /** The lines come in another order from one answer to the next. */
  readonly linesComeInAnyOrder?: true
}

/** Without a pattern the whole text is the name; with one each line is tried where there are lines. `of` money in or out only. */
export type PayeeRule = { readonly from: TextField; readonly pattern?: string; readonly of?: 'in' | 'out' }

export const defaultProfile: BankProfile = {
  stableId: null,
  proofBalances: ['closing_booked', 'interim_booked'],
  repeatsMovements: false,
}

/** A call of the provider to us, a webhook, as it came. */
export type Called = {
  readonly method: string
  /** Of the address that the provider was given, without the query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** As it came: the signature is of these bytes. */
  readonly body: string | Buffer
  readonly now: Date
}

export type Provider = {
  /** Lower-case, a folder's name: `berlin-group`. */
  readonly id: string
  /** What it cannot do is said here, not thrown from a method it should not have had. */
  readonly capabilities: {
    /** `provider`: revokeConsent ends it; `bank_only`: only the person can, at the bank. */
    readonly revoke: 'provider' | 'bank_only'
    readonly balances: boolean
  }
  /** Absent where no institution of it asks for an agreement. */
  readonly agreements?: Agreements
  /** Every institution it reaches now. @throws {ProviderError} */
  listInstitutions(): Promise<readonly ProviderInstitution[]>
  /** Asks the bank for a consent and says where to send the person. @throws {ProviderError} */
  startConsent(ask: ConsentAsk): Promise<ConsentStarted>
  /** The state that a callback carries. Pure. */
  stateIn(query: Readonly<Record<string, string>>): string | undefined
  /**
   * What became of an attempt, asked of the provider, server to server. `query` is what the callback carried: a provider may need
   * a code from it, but must not believe its verdict; `psu` is absent where nobody came back and the clock asks. Asking again after `granted` gives the same. @throws {ProviderError}
   */
  completeConsent(
    ask: ConsentRef & { readonly query: Readonly<Record<string, string>>; readonly psu?: Psu; readonly now: Date },
  ): Promise<ConsentOutcome>
  /** @throws {ProviderError} except for consent_gone, which is an answer here. */
  consentState(ask: ConsentRef): Promise<ConsentState>
  /** Ends the consent, or an attempt at one, there; repeating it is harmless. @throws {ProviderError} */
  revokeConsent(ask: ConsentRef): Promise<'ended' | 'bank_action_required'>
  /** Where the person reconfirms a consent without a bank login (UK), where the provider has a page for it. @throws {ProviderError} */
  startReconfirmation?(
    ask: ConsentRef & { readonly callbackUrl: string; readonly now: Date },
  ): Promise<{ readonly redirectUrl: string }>
  /**
   * The first booking day on which anything has changed since an instant, where the provider keeps track of that; null where nothing has. A fetch then
   * reaches back to it. @throws {ProviderError}
   */
  firstChange?(ask: AccountRef & { readonly since: Date; readonly now: Date }): Promise<Day | null>
  /**
   * Whom the provider has news of, when it calls us: nothing else of the call is believed. Null where it does not say; undefined for a call that the provider did
   * not make, or made too long ago. Absent where it never calls.
   */
  readHint?(called: Called): { readonly about: string | null } | undefined
  /** @throws {ProviderError} */
  fetchBalances(ask: AccountRef & { readonly psu?: Psu; readonly now: Date }): Promise<ProviderBalances>
  /** One page as it came. @throws {ProviderError} */
  fetchPage(ask: PageAsk): Promise<RawPage>
  /** Reads a page, pure. @throws {ProviderError} nonsense, with what was wrong and where, without personal data. */
  readPage(page: RawPage, account: PageOwner): readonly ProviderTransaction[]
  profileOf(nativeId: string): BankProfile
}
