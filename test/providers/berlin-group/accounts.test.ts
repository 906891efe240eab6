import { test } from 'tap'
import type { ProviderAccount } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import { aBank, errorOf, nativeId, now, psu, refTo, type FakeBank } from './bank.ts'
import { accountList, balances, cardAccountDetails, cardAccountList, consent } from './fixtures.ts'

/** The accounts of a consent at a bank that answers this for its accounts. */
async function accountsOf(bank: FakeBank, accounts: readonly unknown[]): Promise<readonly ProviderAccount[]> {
  bank.replies.set('GET /psd2/v1/consents/c-1/status', { json: { consentStatus: 'valid' } })
  bank.replies.set('GET /psd2/v1/consents/c-1', { json: consent })
  bank.replies.set('GET /psd2/v1/accounts', { json: { accounts } })
  const outcome = await bank.provider.completeConsent({ nativeId, ref: refTo('c-1'), query: {}, psu, now })
  if (outcome.kind !== 'granted') throw new Error(outcome.kind)
  return outcome.accounts
}

const account = {
  resourceId: 'r-1',
  iban: 'NO9386011117947',
  currency: 'NOK',
  name: 'Drift',
  ownerName: 'Fjellheim Bygg AS',
  cashAccountType: 'CACC',
}

test('accounts are told in our words', async (t) => {
  const bank = await aBank(t)
  t.same(await accountsOf(bank, accountList.accounts), [
    {
      ref: 'accounts/3dc3d5b3-7023-4848-9853-f5400a64e80f',
      name: 'Main Account',
      type: 'current',
      iban: 'NO9386011117947',
      currency: 'NOK',
      owner: 'Fjellheim Bygg AS',
      usage: 'business',
    },
    {
      ref: 'accounts/3dc3d5b3-7023-4848-9853-f5400a64e81e',
      name: 'US Dollar Account',
      type: 'current',
      iban: 'NO5586011859226',
      currency: 'USD',
      owner: 'Fjellheim Bygg AS',
    },
  ])
  t.notOk(
    bank.lines.some((line) => line.startsWith('GET /psd2/v1/accounts/')),
    'and their details are not asked for',
  )
})

test('what an account is, and its number, survive how banks spell them', async (t) => {
  const bank = await aBank(t)
  const numberless = { ...account, iban: undefined }
  const cases: [string, object, Record<string, unknown>][] = [
    ['savings', { ...account, cashAccountType: 'SVGS' }, { type: 'savings' }],
    ['a loan', { ...account, cashAccountType: 'LOAN' }, { type: 'loan' }],
    ['a card', { ...account, cashAccountType: 'CARD' }, { type: 'card' }],
    ['a type that we do not know', { ...account, cashAccountType: 'ZZZZ' }, { type: 'current' }],
    ['an IBAN in groups', { ...account, iban: 'no93 8601 1117 947' }, { iban: 'NO9386011117947' }],
    ['an IBAN that is none', { ...account, iban: '86011117947' }, { iban: undefined, bban: '86011117947' }],
    [
      'a card number where the IBAN should be',
      { ...account, iban: '525412******3241' },
      { iban: undefined, maskedPan: '525412******3241' },
    ],
    ['a BBAN', { ...numberless, bban: '86011117947' }, { bban: '86011117947' }],
    ['a proprietary number', { ...numberless, other: { identification: 'SAV-17' } }, { bban: 'SAV-17' }],
    [
      'only a card number',
      { ...numberless, cashAccountType: undefined, maskedPan: '525412xxxxxx3241' },
      { type: 'card', maskedPan: '525412xxxxxx3241' },
    ],
    ['a whole card number', { ...numberless, pan: '5254123456783241' }, { maskedPan: '525412******3241' }],
    ['the name that the person gave it', { ...account, displayName: 'Husleie' }, { name: 'Husleie' }],
    ['only a product', { ...account, name: ' ', product: 'Brukskonto' }, { name: 'Brukskonto' }],
    ['no name at all', { ...account, name: undefined }, { name: 'Account' }],
    ['a private one', { ...account, usage: 'PRIV' }, { usage: 'private' }],
    ['a usage that we do not know', { ...account, usage: 'ASSO' }, { usage: undefined }],
    ['a name that a database cannot hold', { ...account, name: 'A\0B\ud800C' }, { name: 'AB\ufffdC' }],
    ['an id that needs encoding', { ...account, resourceId: 'a/b ?ø' }, { ref: 'accounts/a%2Fb%20%3F%C3%B8' }],
  ]
  for (const [name, told, expected] of cases) {
    const [read] = await accountsOf(bank, [told])
    const fields = new Map<string, unknown>(Object.entries(read ?? {}))
    for (const [field, value] of Object.entries(expected)) t.equal(fields.get(field), value, `${name}: ${field}`)
  }
})

test('a closed account is left out, and so is one that only sums up others', async (t) => {
  const bank = await aBank(t)
  const sum = { ...account, resourceId: 'sum', currency: 'XXX' }
  const usd = { ...account, resourceId: 'usd', currency: 'USD' }
  const refs = async (...accounts: object[]) => (await accountsOf(bank, accounts)).map(({ ref }) => ref)
  t.same(await refs({ ...account, status: 'deleted' }, { ...usd, status: 'blocked' }), ['accounts/usd'])
  t.same(await refs(sum, account, usd), ['accounts/r-1', 'accounts/usd'])
  t.same(
    await refs(sum, { ...usd, iban: 'NO5586011859226' }),
    ['accounts/sum', 'accounts/usd'],
    'it sums up none of these',
  )
})

test('where the list is thin, details are asked for, and done without when refused', async (t) => {
  const bank = await aBank(t)
  const { ownerName: _, ...thin } = account
  bank.replies.set('GET /psd2/v1/accounts/r-1', { json: { account: { ...account, currency: 'NOK', usage: 'ORGA' } } })
  t.match(await accountsOf(bank, [thin, { ...thin, resourceId: 'r-2' }]), [
    { ref: 'accounts/r-1', owner: 'Fjellheim Bygg AS', usage: 'business' },
    { ref: 'accounts/r-2', name: 'Drift', iban: 'NO9386011117947' },
  ])
  t.match(bank.asked('GET /psd2/v1/accounts/r-1').headers, { 'consent-id': 'c-1', 'psu-ip-address': '192.0.2.7' })
  bank.replies.set('GET /psd2/v1/accounts/r-1', { status: 503 })
  t.equal((await refusalOf(accountsOf(bank, [thin]))).kind, 'temporary', 'a bank that is down is asked again later')
})

test('card accounts are found where the standard keeps them', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('GET /psd2/v1/card-accounts', { json: cardAccountList })
  bank.replies.set('GET /psd2/v1/card-accounts/3d9a81b3-a47d-4130-8765-a9c0ff861b99', { json: cardAccountDetails })
  t.same((await accountsOf(bank, [account])).at(1), {
    ref: 'card-accounts/3d9a81b3-a47d-4130-8765-a9c0ff861b99',
    name: 'Main',
    type: 'card',
    maskedPan: '525412******3241',
    currency: 'EUR',
    owner: 'Kari Testperson',
  })
})

test('a bank without card accounts says so in many ways', async (t) => {
  const bank = await aBank(t)
  for (const [status, code] of [
    [401, 'CONSENT_INVALID'],
    [403, 'SERVICE_BLOCKED'],
    [404, 'RESOURCE_UNKNOWN'],
    [405, 'SERVICE_INVALID'],
    [501, 'NONE'],
  ] as const) {
    bank.replies.set('GET /psd2/v1/card-accounts', errorOf(status, code))
    t.equal((await accountsOf(bank, [account])).length, 1, code)
  }
  bank.replies.set('GET /psd2/v1/card-accounts', { status: 500 })
  t.equal((await refusalOf(accountsOf(bank, [account]))).kind, 'temporary')
})

const balancesLine = 'GET /psd2/v1/accounts/r-1/balances'
const money = (minor: bigint) => ({ minor, currency: 'NOK' })
const ofAccount = { nativeId, ref: refTo('c-1'), accountRef: 'accounts/r-1', currency: 'NOK', now }

test('balances are those in the currency of the account, and a credit limit is no money', async (t) => {
  const bank = await aBank(t)
  bank.replies.set(balancesLine, { json: balances })
  const told = await bank.provider.fetchBalances(ofAccount)
  t.notOk('limit' in told, 'nothing was said of one')
  t.same(told.balances, [
    { type: 'closing_booked', amount: money(50_000n), referenceDate: '2026-10-25' },
    { type: 'expected', amount: money(90_050n) },
    { type: 'interim_booked', amount: money(-100_000n) },
    { type: 'interim_available', amount: money(30_000n) },
    { type: 'other', amount: money(530_000n) },
    { type: 'other', amount: money(100n) },
  ])
  t.notOk('psu-ip-address' in bank.asked(balancesLine).headers, 'nobody is there')
  await bank.provider.fetchBalances({ ...ofAccount, psu })
  t.match(bank.asked(balancesLine).headers, { 'psu-ip-address': '192.0.2.7', 'psu-user-agent': 'Mozilla/5.0 (test)' })
})

test('a card that quotes what is owed as positive is turned to the side of its holder', async (t) => {
  const bank = await aBank(t)
  const owed = { balanceType: 'interimBooked', balanceAmount: { currency: 'EUR', amount: '14355.78' } }
  for (const [debitAccounting, minor] of [
    [true, -1_435_578n],
    [false, 1_435_578n],
    [undefined, 1_435_578n],
  ] as const) {
    bank.replies.set('GET /psd2/v1/card-accounts/r-1/balances', { json: { debitAccounting, balances: [owed] } })
    const {
      balances: [balance],
    } = await bank.provider.fetchBalances({
      ...ofAccount,
      accountRef: 'card-accounts/r-1',
      currency: 'EUR',
    })
    t.equal(balance?.amount.minor, minor)
  }
})
