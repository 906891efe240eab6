// Every word that a person reads on the page, one object per language. To add a language: its code in `spoken`, its object in `tables`.

import { negotiateLanguage, type Language, type LanguageWish } from './language.ts'

const spoken = ['en'] as const satisfies readonly [Language, ...Language[]]

/** A language that the page is written in. */
export type SpokenLanguage = (typeof spoken)[number]

export function chooseLanguage(wish: LanguageWish): SpokenLanguage {
  return negotiateLanguage<SpokenLanguage>(wish, spoken)
}

export const textsIn = (language: SpokenLanguage): Texts => tables[language]

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
  /** A fault of ours. */
  | 'went_wrong'

/** Parameters named `tenant`, `company` and `bank` are names as people know them; `days` is a whole number from 1. */
type Texts = {
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

  readonly notices: Readonly<Record<Notice, { readonly heading: string; readonly text: (tenant: string) => string }>>
}

const daysInEnglish = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

const en: Texts = {
  agree: 'Agree and continue',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  checkAgain: 'Check again',
  returnTo: (tenant) => `Return to ${tenant}`,
  theSender: 'the person who sent you the link',

  welcome: {
    heading: (tenant) => `${tenant} asks to read bank accounts`,
    intro: (tenant, company) =>
      `${company} keeps its books with ${tenant}. To fetch the bank transactions, ${tenant} needs your permission.`,
    bankHeading: 'The bank',
    sharedHeading: 'What will be shared',
    shared: ['Balances', 'Booked transactions', 'Account names, numbers and owners'],
    receiver: (tenant, company) => `${tenant} receives it, for the books of ${company}.`,
    safeHeading: 'What it does not allow',
    safe: 'Nobody can move money with it. You log in on your bank’s own page, and your login stays there.',
    durationHeading: 'For how long',
    durationAtBank: (count) =>
      `For up to ${daysInEnglish(count)} from your approval. Then it ends by itself, unless you renew it.`,
    durationUnknown:
      'For as long as your bank allows: the next page says how many days. Then it ends by itself, unless you renew it.',
    withdrawHeading: 'If you change your mind',
    withdraw: (tenant) => `You can withdraw your permission at any time, at your bank or by telling ${tenant}.`,
    nextAtBank: (bank) => `Next, you log in at ${bank} and approve.`,
    nextChoose: 'Next, you choose your bank, log in there and approve.',
  },

  accountsHeading: 'Accounts to tick at the bank',
  accountsIntro: 'If the bank asks which accounts to share, choose these:',

  chooseBank: {
    heading: 'Choose your bank',
    intro: 'You log in and approve on the bank’s own page, and then come back.',
    searchLabel: 'Name of the bank',
    search: 'Search',
    listHeading: 'Banks',
    upToDays: (count) => `up to ${daysInEnglish(count)}`,
    more: 'There are more banks. Search by name to find yours.',
    noneFound: (search) => `No bank matches “${search}”. Try a part of its name.`,
    none: 'There is no bank to choose here yet. You may close this window.',
    showAll: 'Show all banks',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} does not answer`,
    text: 'Nothing has been shared. Wait a few minutes, and try again.',
    chooseAnother: 'Choose another bank',
  },

  notices: {
    link_unknown: {
      heading: 'This link does not work',
      text: (tenant) => `Check that the whole link was copied. If it was, ask ${tenant} for a new one.`,
    },
    link_expired: {
      heading: 'This link has expired',
      text: (tenant) => `Nothing more can be approved with it. Ask ${tenant} for a new one.`,
    },
    link_withdrawn: {
      heading: 'This link was withdrawn',
      text: (tenant) => `You need not do anything. If you expected to use it, ask ${tenant} for a new one.`,
    },
    link_used: {
      heading: 'This link has been used',
      text: (tenant) =>
        `Access was approved with it; you need not do anything more. To add a bank or an account, ask ${tenant} for a new link.`,
    },
    unconfirmed: {
      heading: 'Your bank has not confirmed yet',
      text: (tenant) =>
        `This page asks again by itself. You may also close it: what you approved is not lost, and ${tenant} is told as soon as the bank confirms. If somebody else at your company has to approve too, it waits for them.`,
    },
    went_wrong: {
      heading: 'Something went wrong',
      text: (tenant) =>
        `The fault is ours. Wait a minute, and open the link again. If this comes back, tell ${tenant}.`,
    },
  },
}

const tables: Readonly<Record<SpokenLanguage, Texts>> = { en }
