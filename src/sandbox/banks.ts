// The banks of the sandbox, as data: whose they are like, what they serve, and where they read the specification in their own way.
// Made-up names and bank codes. Nothing here is known to the adapter but what `SandboxBank` in server.ts hands out, as a real
// bank's documentation would.

import type { Country, Role } from './vocabulary.ts'

/** How a bank names its movements to a TPP. The last five are no bank's habit here; control switches an account to them. */
export type IdManner =
  /** transactionId and entryReference, kept for ever. */
  | 'stable'
  /** Only entryReference, kept for ever. */
  | 'entry_reference'
  /** A transactionId that another consent sees differently. */
  | 'per_consent'
  /** entryReference is the day and the place in that day's list: a late booking moves it. */
  | 'positional'
  /** No ids at all. */
  | 'none'
  | 'random'
  | 'reused'
  | 'constant'
  | 'blank'

export type BalanceType = 'closingBooked' | 'interimBooked' | 'interimAvailable'

export type Bank = {
  readonly id: string
  readonly name: string
  readonly bic: string
  readonly country: Country
  readonly bankCode: string
  /** Of the logo. */
  readonly colour: string
  /** Days before today that it serves. */
  readonly maxHistoryDays: number
  readonly maxConsentDays: number
  /** What is older than 90 days is served only so many minutes after the person authorised; null: always. */
  readonly longHistoryMinutes: number | null
  readonly ids: IdManner
  /** Whether resourceId is the account's own, or made for each consent. */
  readonly accountIds: 'stable' | 'per_consent'
  /** Where a payment reference goes: its own field, or the text with everything else. */
  readonly references: 'structured' | 'text'
  /** Whether rows carry balanceAfterTransaction. */
  readonly runningBalance: boolean
  /** Whether some rows appear days after the booking date they bear. */
  readonly lateBookings: boolean
  readonly newestFirst: boolean
  readonly balances: readonly BalanceType[]
  /** Amounts as `5768.20`, or without needless zeros as the specification also allows: `5768.2`. */
  readonly amounts: 'padded' | 'short'
  /** `_links` as whole URLs or as paths. */
  readonly links: 'url' | 'path'
  /** Card accounts are among the accounts, or have the specification's own endpoints. */
  readonly cards: 'accounts' | 'card-accounts'
  readonly ibans: Readonly<Record<Exclude<Role, 'card'>, string>>
  readonly maskedPan: string
  /** The programme that lets TPPs in here, and only for companies that have signed its agreement (programmes.ts). */
  readonly programme?: string
}

const all: readonly BalanceType[] = ['closingBooked', 'interimBooked', 'interimAvailable']

export const banks: readonly Bank[] = [
  // The bank of the demo: a company that logs in as `anna` has two NOK current accounts (main and second), a savings account, a
  // EUR account and a card. What happens on `main` every month is in ledger/standing.ts.
  {
    id: 'fjordbanken',
    name: 'Fjordbanken',
    bic: 'FJORNO22',
    country: 'NO',
    bankCode: 'NO8601',
    colour: '#0b5c6b',
    maxHistoryDays: 90,
    maxConsentDays: 180,
    longHistoryMinutes: null,
    ids: 'stable',
    accountIds: 'per_consent',
    references: 'structured',
    runningBalance: false,
    lateBookings: true,
    newestFirst: true,
    balances: all,
    amounts: 'padded',
    links: 'path',
    cards: 'accounts',
    ibans: {
      main: 'NO9386011117947',
      second: 'NO5586011859226',
      savings: 'NO9086015740827',
      foreign: 'NO6686016283004',
      private: 'NO9586010194956',
      'private-savings': 'NO2786010736082',
    },
    maskedPan: '541275******3241',
  },
  {
    id: 'nordlys',
    name: 'Nordlys Sparebank',
    bic: 'NLYSNO22',
    country: 'NO',
    bankCode: 'NO9710',
    colour: '#1f7a4d',
    maxHistoryDays: 730,
    maxConsentDays: 180,
    longHistoryMinutes: 15,
    ids: 'per_consent',
    accountIds: 'per_consent',
    references: 'structured',
    runningBalance: false,
    lateBookings: true,
    newestFirst: true,
    balances: all,
    amounts: 'padded',
    links: 'url',
    cards: 'card-accounts',
    ibans: {
      main: 'NO1397106384944',
      second: 'NO4797104465769',
      savings: 'NO2297105659125',
      foreign: 'NO0697106638822',
      private: 'NO0797100844412',
      'private-savings': 'NO9297108895822',
    },
    maskedPan: '541299******8120',
  },
  {
    id: 'svea-testbank',
    name: 'Svea Testbank',
    bic: 'SVTBSE22',
    country: 'SE',
    bankCode: 'SE990',
    colour: '#f2b705',
    maxHistoryDays: 365,
    maxConsentDays: 180,
    longHistoryMinutes: 15,
    ids: 'positional',
    accountIds: 'stable',
    references: 'text',
    runningBalance: false,
    lateBookings: true,
    newestFirst: false,
    balances: all,
    amounts: 'padded',
    links: 'path',
    cards: 'accounts',
    ibans: {
      main: 'SE9599005377474420853451',
      second: 'SE1599027711118176359350',
      savings: 'SE9799071900034996440844',
      foreign: 'SE1499005808185385896122',
      private: 'SE9899049678499079962191',
      'private-savings': 'SE0999068874205587639891',
    },
    maskedPan: '544012******0077',
  },
  {
    id: 'suomen-testipankki',
    name: 'Suomen Testipankki',
    bic: 'STPKFI22',
    country: 'FI',
    bankCode: 'FI799',
    colour: '#3456a5',
    maxHistoryDays: 365,
    maxConsentDays: 180,
    longHistoryMinutes: null,
    ids: 'entry_reference',
    accountIds: 'stable',
    references: 'structured',
    runningBalance: true,
    lateBookings: false,
    newestFirst: true,
    balances: all,
    amounts: 'padded',
    links: 'url',
    cards: 'accounts',
    ibans: {
      main: 'FI3279956459379425',
      second: 'FI5779919276801013',
      savings: 'FI5179998602168057',
      foreign: 'FI3779951300987526',
      private: 'FI8179908542518972',
      'private-savings': 'FI2779992170011286',
    },
    maskedPan: '492018******5531',
  },
  {
    id: 'polder-bank',
    name: 'Polder Bank',
    bic: 'PLDRNL2A',
    country: 'NL',
    bankCode: 'NLPLDR',
    colour: '#e2711d',
    maxHistoryDays: 540,
    maxConsentDays: 180,
    longHistoryMinutes: 15,
    ids: 'entry_reference',
    accountIds: 'per_consent',
    references: 'structured',
    runningBalance: true,
    lateBookings: false,
    newestFirst: false,
    balances: ['interimBooked', 'interimAvailable'],
    amounts: 'padded',
    links: 'url',
    cards: 'accounts',
    ibans: {
      main: 'NL14PLDR0316672572',
      second: 'NL24PLDR0920655890',
      savings: 'NL26PLDR0588229482',
      foreign: 'NL88PLDR0932945511',
      private: 'NL45PLDR0464475279',
      'private-savings': 'NL43PLDR0381900282',
    },
    maskedPan: '531044******9902',
  },
  {
    id: 'vlaams-testbank',
    name: 'Vlaams Testbank',
    bic: 'VLTBBEBB',
    country: 'BE',
    bankCode: 'BE979',
    colour: '#5a3e85',
    maxHistoryDays: 90,
    maxConsentDays: 180,
    longHistoryMinutes: null,
    ids: 'none',
    accountIds: 'per_consent',
    references: 'text',
    runningBalance: false,
    lateBookings: true,
    newestFirst: true,
    balances: ['closingBooked'],
    amounts: 'short',
    links: 'path',
    cards: 'accounts',
    ibans: {
      main: 'BE08979645099313',
      second: 'BE93979728990367',
      savings: 'BE16979884249274',
      foreign: 'BE69979994441678',
      private: 'BE10979211207704',
      'private-savings': 'BE74979013328007',
    },
    maskedPan: '545721******1188',
  },
  {
    id: 'hansebank',
    name: 'Hansebank',
    bic: 'HNSBDEHH',
    country: 'DE',
    bankCode: 'DE20099900',
    colour: '#9b1c31',
    maxHistoryDays: 90,
    maxConsentDays: 90,
    longHistoryMinutes: null,
    ids: 'none',
    accountIds: 'stable',
    references: 'text',
    runningBalance: true,
    lateBookings: false,
    newestFirst: true,
    balances: all,
    amounts: 'padded',
    links: 'path',
    cards: 'card-accounts',
    ibans: {
      main: 'DE87200999004277729372',
      second: 'DE69200999000615716050',
      savings: 'DE35200999007264366322',
      foreign: 'DE20200999000432554257',
      private: 'DE16200999005693904072',
      'private-savings': 'DE15200999006340658962',
    },
    maskedPan: '525412******4419',
  },
  {
    id: 'highstreet',
    name: 'High Street Bank',
    bic: 'HGSTGB2L',
    country: 'GB',
    bankCode: 'GBHGST',
    colour: '#24324a',
    maxHistoryDays: 365,
    maxConsentDays: 180,
    longHistoryMinutes: 15,
    ids: 'stable',
    accountIds: 'stable',
    references: 'text',
    runningBalance: false,
    lateBookings: true,
    newestFirst: true,
    balances: ['interimBooked', 'interimAvailable'],
    amounts: 'padded',
    links: 'url',
    cards: 'accounts',
    ibans: {
      main: 'GB98HGST04991288554098',
      second: 'GB58HGST04991290611703',
      savings: 'GB30HGST04991261861989',
      foreign: 'GB86HGST04991293551075',
      private: 'GB54HGST04991206354762',
      'private-savings': 'GB96HGST04991294081097',
    },
    maskedPan: '475117******6630',
  },
  // Both are reached through Norbro, which lets nobody in whose company has not signed.
  {
    id: 'fonnbanken',
    name: 'Fonnbanken',
    bic: 'FONNNO22',
    country: 'NO',
    bankCode: 'NO9820',
    colour: '#4a5d8f',
    maxHistoryDays: 90,
    maxConsentDays: 180,
    longHistoryMinutes: null,
    ids: 'stable',
    accountIds: 'stable',
    references: 'structured',
    runningBalance: false,
    lateBookings: false,
    newestFirst: true,
    balances: all,
    amounts: 'padded',
    links: 'url',
    cards: 'accounts',
    ibans: {
      main: 'NO4998202015689',
      second: 'NO5798202928994',
      savings: 'NO8698203842309',
      foreign: 'NO5198204755612',
      private: 'NO1098205668926',
      'private-savings': 'NO0798206582235',
    },
    maskedPan: '541288******9021',
    programme: 'norbro',
  },
  {
    id: 'vidda',
    name: 'Vidda Sparebank',
    bic: 'VIDDNO22',
    country: 'NO',
    bankCode: 'NO9830',
    colour: '#7b3f61',
    maxHistoryDays: 365,
    maxConsentDays: 180,
    longHistoryMinutes: null,
    ids: 'entry_reference',
    accountIds: 'stable',
    references: 'structured',
    runningBalance: true,
    lateBookings: false,
    newestFirst: true,
    balances: all,
    amounts: 'padded',
    links: 'url',
    cards: 'accounts',
    ibans: {
      main: 'NO7598302957495',
      second: 'NO1898303870806',
      savings: 'NO6998304784113',
      foreign: 'NO2898305697427',
      private: 'NO3698306610732',
      'private-savings': 'NO5998307524058',
    },
    maskedPan: '541288******3377',
    programme: 'norbro',
  },
]
