import { test } from 'tap'
import type { ProviderAccount } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import { account, anApi, attemptRef, nativeId, now, psu, session, sessionRef, type FakeApi } from './api.ts'

let codes = 0

const known = (identification: string, scheme_name: string) => ({ identification, scheme_name, issuer: null })

/** The accounts of a session that tells this of its accounts. */
async function accountsOf(
  { provider, replies }: FakeApi,
  accounts: readonly unknown[],
): Promise<readonly ProviderAccount[]> {
  replies.set('POST /sessions', { json: { ...session, accounts } })
  codes += 1
  const ask = { nativeId, ref: attemptRef(`a-${codes}`), query: { code: 'c' }, psu, now }
  const outcome = await provider.completeConsent(ask)
  if (outcome.kind !== 'granted') throw new Error(outcome.kind)
  return outcome.accounts
}

test('what an account is, and its number, survive how banks spell them', async (t) => {
  const api = await anApi(t)
  const numberless = { ...account, account_id: null, all_account_ids: [] }
  const other = (identification: string, scheme_name: string) => ({
    ...numberless,
    account_id: { iban: null, other: known(identification, scheme_name) },
  })
  const cases: [string, object, Record<string, unknown>][] = [
    ['savings', { ...account, cash_account_type: 'SVGS' }, { type: 'savings' }],
    ['a loan', { ...account, cash_account_type: 'LOAN' }, { type: 'loan' }],
    ['a card', { ...account, cash_account_type: 'CARD' }, { type: 'card' }],
    ['cash', { ...account, cash_account_type: 'CASH' }, { type: 'current' }],
    ['a type that we do not know', { ...account, cash_account_type: 'ZZZZ' }, { type: 'current' }],
    [
      'an IBAN in groups',
      { ...account, account_id: { iban: 'fi21 1234 5600 0007 85' } },
      { iban: 'FI2112345600000785' },
    ],
    ['an IBAN among the others', { ...account, account_id: null }, { iban: 'FI2112345600000785' }],
    ['an IBAN that is none', { ...numberless, account_id: { iban: '39390058811110' } }, { bban: '39390058811110' }],
    ['a BBAN', other('50401007804', 'BBAN'), { iban: undefined, bban: '50401007804' }],
    ['a bankgiro', other('5050-1055', 'BGNR'), { bban: '5050-1055' }],
    ['a plusgiro', other('28 65 43-4', 'PGNR'), { bban: '28 65 43-4' }],
    [
      'both',
      { ...account, all_account_ids: [known('393900', 'BBAN')] },
      { iban: 'FI2112345600000785', bban: '393900' },
    ],
    [
      'only a card number',
      { ...other('525412******3241', 'CPAN'), cash_account_type: 'OTHR' },
      { type: 'card', maskedPan: '525412******3241', bban: undefined },
    ],
    ['a whole card number', other('5254123456783241', 'CPAN'), { maskedPan: '525412******3241' }],
    ['a masked IBAN', other('FI21************10', 'MIBN'), { iban: undefined, bban: undefined, maskedPan: undefined }],
    [
      'the number of a person',
      other('010101-123N', 'NIDN'),
      { bban: undefined, stableHash: account.identification_hash },
    ],
    [
      'the name that the person gave it',
      { ...account, details: 'My account nickname' },
      { name: 'My account nickname' },
    ],
    ['no name at all', { ...account, product: null }, { name: 'Account' }],
    ['nobody’s', { ...account, name: null }, { owner: undefined }],
    ['a company’s', { ...account, usage: 'ORGA' }, { usage: 'business' }],
    ['a usage that we do not know', { ...account, usage: 'ASSO' }, { usage: undefined }],
    ['no hash', { ...account, identification_hash: null }, { stableHash: undefined }],
    ['several currencies', { ...account, currency: 'XXX' }, { currency: 'XXX' }],
  ]
  for (const [name, told, expected] of cases) {
    const [read] = await accountsOf(api, [told])
    const fields = new Map<string, unknown>(Object.entries(read ?? {}))
    for (const [field, value] of Object.entries(expected)) t.equal(fields.get(field), value, `${name}: ${field}`)
  }
  const nameless = { ...numberless, identification_hash: null }
  t.match(await refusalOf(accountsOf(api, [nameless])), {
    kind: 'nonsense',
    message: 'Enable Banking, new session: $.accounts[0] should be an account with a number',
  })
})

test('an account that cannot be asked for is left out', async (t) => {
  const api = await anApi(t)
  const blocked = { ...account, uid: null }
  const { uid: _, ...closed } = account
  t.same(
    (await accountsOf(api, [blocked, account, closed])).map(({ ref }) => ref),
    [account.uid],
  )
  t.same(await accountsOf(api, [blocked]), [])
})

const line = 'GET /accounts/u%2F1/balances'
const ofAccount = { nativeId, ref: sessionRef(), accountRef: 'u/1', currency: 'EUR', now }

function balance(balance_type: string, amount: string, more: object = {}) {
  return {
    name: 'Some balance',
    balance_amount: { currency: 'EUR', amount },
    balance_type,
    last_change_date_time: null,
    reference_date: null,
    last_committed_transaction: null,
    ...more,
  }
}

test('balances are told in our words, those in the currency of the account', async (t) => {
  const { provider, replies } = await anApi(t)
  const dollars = { balance_amount: { currency: 'USD', amount: '1.00' } }
  const nowhere = { balance_amount: { currency: 'XXX', amount: '1.00' } }
  replies.set(line, {
    json: {
      balances: [
        // The two that nocfo/enablebanking-python-sdk has in its test data, at 327bf1b8.
        balance('ITAV', '2107.45'),
        balance('ITBD', '2107.45'),
        balance('CLBD', '-12.500', { reference_date: '2026-11-20' }),
        balance('PRCD', '1', { reference_date: '2026-11-19' }),
        balance('OPBD', '2', { reference_date: '2026-11-21T00:00:00Z' }),
        balance('XPCD', '3'),
        ...['CLAV', 'FWAV', 'INFO', 'OPAV', 'OTHR', 'VALU', 'NEWS'].map((type) => balance(type, '4')),
        balance('ITBD', '5', dollars),
        balance('ITBD', '5', nowhere),
      ],
    },
  })
  const { balances, limit } = await provider.fetchBalances(ofAccount)
  t.equal(limit, undefined)
  t.same(
    balances.map(({ type, amount, referenceDate }) => [type, amount.minor, referenceDate]),
    [
      ['interim_available', 210_745n, undefined],
      ['interim_booked', 210_745n, undefined],
      ['closing_booked', -1_250n, '2026-11-20'],
      ['closing_booked', 100n, '2026-11-19'],
      ['opening_booked', 200n, '2026-11-21'],
      ['expected', 300n, undefined],
      ...Array.from({ length: 7 }, () => ['other', 400n, undefined]),
    ],
  )
})

test('balances that cannot be read are nonsense, and where', async (t) => {
  const { provider, replies } = await anApi(t)
  const cases: [unknown, RegExp][] = [
    [{}, /\$\.balances should be a list/],
    [{ balances: [balance('', '1')] }, /\$\.balances\[0\]\.balance_type should be a text/],
    [{ balances: [balance('ITBD', '1,5')] }, /\$\.balances\[0\]\.balance_amount\.amount should be a decimal number/],
    [{ balances: [{ balance_type: 'ITBD' }] }, /\$\.balances\[0\]\.balance_amount should be an object/],
  ]
  for (const [json, message] of cases) {
    replies.set(line, { json })
    t.match(await refusalOf(provider.fetchBalances(ofAccount)), { kind: 'nonsense', message })
  }
})
