// What every language has to say.

import type { SessionFailure } from '../../../providers/provider.ts'

/** What the person is told when there is nothing more to do here. */
export type Notice =
  /** No session has this link. */
  | 'link_unknown'
  | 'link_expired'
  | 'link_withdrawn'
  /** The session was completed with it. */
  | 'link_used'
  /** The person came back from the bank, and the bank has not said yet what became of it. */
  | 'unconfirmed'
  /** More requests than a person makes. */
  | 'too_many_requests'
  /** A fault of ours. */
  | 'went_wrong'

/** Parameters named `tenant`, `company` and `bank` are names as people know them: no language may have to inflect them. `days` is a whole number from 1. */
export type Texts = {
  readonly agree: string
  readonly cancel: string
  readonly tryAgain: string
  readonly checkAgain: string
  readonly returnTo: (tenant: string) => string
  /** Stands for the tenant's name where the session is not known. */
  readonly theSender: string

  readonly welcome: {
    readonly heading: (tenant: string) => string
    readonly intro: (tenant: string, company: string) => string
    readonly bankHeading: string
    readonly sharedHeading: string
    readonly shared: readonly string[]
    readonly receiver: (tenant: string, company: string) => string
    readonly safeHeading: string
    readonly safe: string
    readonly durationHeading: string
    readonly durationAtBank: (days: number) => string
    readonly durationUnknown: string
    readonly withdrawHeading: string
    readonly withdraw: (tenant: string) => string
    readonly nextAtBank: (bank: string) => string
    readonly nextChoose: string
  }

  readonly accountsHeading: string
  readonly accountsIntro: string

  readonly chooseBank: {
    readonly heading: string
    readonly intro: string
    readonly searchLabel: string
    readonly search: string
    readonly listHeading: string
    readonly upToDays: (days: number) => string
    readonly more: string
    readonly noneFound: (search: string) => string
    readonly none: string
    readonly showAll: string
  }

  readonly bankUnavailable: {
    readonly heading: (bank: string) => string
    readonly text: string
    readonly chooseAnother: string
  }
  /** The bank answers, and does not let the person begin. */
  readonly bankRefused: { readonly heading: (bank: string) => string; readonly text: (tenant: string) => string }

  /** The company's agreement, which the bank asks for, has still to be signed, or its review to be waited for. */
  readonly agreementNeeded: Readonly<
    Record<
      'sign' | 'wait',
      {
        readonly heading: (company: string) => string
        readonly text: (bank: string, company: string, tenant: string) => string
      }
    >
  >

  /** For whoever opens a link whose last attempt came to nothing: what happened, and what to do. */
  readonly lastAttempt: Readonly<
    Record<SessionFailure, { readonly heading: string; readonly text: (tenant: string) => string }>
  >
  /** Above the accounts that the company's account policy has refused. */
  readonly refusedIntro: string

  readonly notices: Readonly<Record<Notice, { readonly heading: string; readonly text: (tenant: string) => string }>>
}
