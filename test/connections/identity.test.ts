import assert from 'node:assert/strict'
import fc from 'fast-check'
import { test } from 'tap'
import { accountIdentityOf, tieAccounts, type Tie } from '../../src/connections/model/identity.ts'
import type { ProviderAccount } from '../../src/providers/provider.ts'

type Ask = Parameters<typeof tieAccounts>[0]
type Known = Ask['connections'][number]
type Ledger = Ask['ledgerAccounts'][number]

const fjord = 'berlin-group.fjord'
const first = 'NO9386011117947'
const second = 'NO8330001234567'

let refs = 0
const account = (changes: Partial<ProviderAccount>): ProviderAccount => ({
  ref: `changes-with-every-consent-${++refs}`,
  name: 'Drift',
  type: 'current',
  currency: 'NOK',
  ...changes,
})

const connection = (id: string, changes: Partial<Known>): Known => ({
  id,
  institutionId: fjord,
  iban: null,
  bban: null,
  stableHash: null,
  maskedPan: null,
  currency: 'NOK',
  assignment: { ledgerAccountId: `books-of-${id}` },
  removedAt: null,
  ...changes,
})

const waiting = (id: string, changes: Partial<Known>) => connection(id, { institutionId: null, ...changes })

const ledger = (id: string, iban: string | null, currency = 'NOK'): Ledger => ({ id, iban, currency })

const tie = (ask: Partial<Ask>) =>
  tieAccounts({ institutionId: fjord, accounts: [], connections: [], ledgerAccounts: [], ...ask })

/** What became of each account, in a word: its connection (`+` what that absorbs, `>` what it is assigned to), or what else. */
const outcomes = (ties: readonly Tie[]) => ties.map(outcome)

function outcome(tied: Tie): string {
  const assigned = 'assigns' in tied && tied.assigns !== null ? `>${tied.assigns}` : ''
  if (tied.kind !== 'existing') return `${tied.kind}${assigned}`
  return `${tied.connectionId}${tied.absorbs === null ? '' : `+${tied.absorbs}`}${assigned}`
}

test('an account is known by its IBAN, else its BBAN, else a stable hash, else what is left of its card number at that bank', (t) => {
  const all = { iban: first, bban: '86011117947', stableHash: 'h1', maskedPan: '5413 33** **** 1234' }
  t.strictSame(accountIdentityOf(account(all), fjord), {
    currency: 'NOK',
    keys: { iban: first, bban: '86011117947', stableHash: 'h1', maskedPan: `${fjord}/541333*1234` },
  })
  t.strictSame(Object.keys(accountIdentityOf(account(all), fjord).keys), ['iban', 'bban', 'stableHash', 'maskedPan'])
  t.strictSame(accountIdentityOf(account({}), fjord).keys, {})
  t.end()
})

test('another spelling is the same account', (t) => {
  const spellings: readonly (readonly [Partial<ProviderAccount>, Partial<ProviderAccount>])[] = [
    [{ iban: 'NO93 8601 1117 947' }, { iban: 'no9386011117947' }],
    [{ bban: '8601.11.17947' }, { bban: '8601 11 17947' }],
    [{ maskedPan: '541333******1234' }, { maskedPan: '5413 33XX XXXX 1234' }],
    [{ maskedPan: '************1234' }, { maskedPan: 'XXXX1234' }],
  ]
  for (const [a, b] of spellings)
    t.strictSame(accountIdentityOf(account(a), fjord).keys, accountIdentityOf(account(b), fjord).keys)
  t.strictSame(accountIdentityOf(account({ maskedPan: '****' }), fjord).keys, {}, 'a mask alone says nothing')
  t.strictSame(accountIdentityOf(account({ iban: 'NO00' }), fjord).keys, {}, 'what is no IBAN says nothing')
  t.end()
})

test('an account finds its connection whatever the provider calls it now', (t) => {
  const cases: readonly (readonly [string, Partial<ProviderAccount>, Partial<Known>, string])[] = [
    ['IBAN', { iban: first }, { iban: first }, 'c'],
    ['IBAN of another bank’s listing', { iban: first }, { iban: first, institutionId: 'gocardless.fjord' }, 'c'],
    ['another IBAN', { iban: second }, { iban: first }, 'new'],
    ['BBAN', { bban: '86011117947' }, { bban: '86011117947' }, 'c'],
    ['IBAN now, BBAN before', { iban: first }, { bban: '86011117947' }, 'c'],
    ['BBAN now, IBAN before', { bban: '86011117947' }, { iban: first }, 'c'],
    ['BBAN that it spells otherwise beside the IBAN', { iban: first, bban: '1' }, { bban: '86011117947' }, 'c'],
    ['another IBAN, whatever its BBAN says', { iban: second, bban: '86011117947' }, { iban: first }, 'new'],
    ['hash', { stableHash: 'h1' }, { stableHash: 'h1' }, 'c'],
    ['another hash', { stableHash: 'h2' }, { stableHash: 'h1' }, 'new'],
    ['card', { maskedPan: '**** 1234' }, { maskedPan: 'XXXX1234' }, 'c'],
    ['card of another bank', { maskedPan: '**** 1234' }, { maskedPan: '**** 1234', institutionId: 'powens.x' }, 'new'],
    ['IBAN revealed', { iban: first, stableHash: 'h1' }, { stableHash: 'h1' }, 'c'],
    ['another IBAN, the same card', { iban: second, maskedPan: '*1234' }, { iban: first, maskedPan: '*1234' }, 'new'],
    [
      'another hash, the same card',
      { stableHash: 'h2', maskedPan: '*1' },
      { stableHash: 'h1', maskedPan: '*1' },
      'new',
    ],
    ['another currency', { iban: first, currency: 'EUR' }, { iban: first }, 'new'],
    ['a currency that the bank does not say', { iban: first, currency: 'XXX' }, { iban: first }, 'c'],
    ['nothing to go by', {}, {}, 'new'],
  ]
  for (const [what, told, kept, expected] of cases)
    t.strictSame(outcomes(tie({ accounts: [account(told)], connections: [connection('c', kept)] })), [expected], what)
  t.end()
})

test('accounts of one IBAN in several currencies keep apart', (t) => {
  const connections = [connection('nok', { iban: first }), connection('eur', { iban: first, currency: 'EUR' })]
  const listed = ['EUR', 'USD', 'NOK'].map((currency) => account({ iban: first, currency }))
  t.strictSame(outcomes(tie({ accounts: listed, connections })), ['eur', 'new', 'nok'])
  t.strictSame(
    outcomes(tie({ accounts: [account({ iban: first, currency: 'XXX' })], connections })),
    ['new'],
    'no guess',
  )
  const both = [account({ iban: first, currency: 'XXX' }), account({ iban: first })]
  t.strictSame(outcomes(tie({ accounts: both, connections: connections.slice(0, 1) })), ['new', 'nok'])
  t.end()
})

test('where the evidence fits more than one way nothing is guessed', (t) => {
  const card = { maskedPan: '*1234' }
  const one = connection('one', card)
  const two = connection('two', card)
  t.strictSame(outcomes(tie({ accounts: [account(card)], connections: [one, two] })), ['new'])
  t.strictSame(outcomes(tie({ accounts: [account(card), account(card)], connections: [one] })), ['new', 'new'])
  t.strictSame(outcomes(tie({ accounts: [account(card), account(card)] })), ['new', 'new'])
  const known = account({ ...card, stableHash: 'h1' })
  const kept = connection('one', { ...card, stableHash: 'h1' })
  t.strictSame(
    outcomes(tie({ accounts: [account(card), known], connections: [kept] })),
    ['new', 'one'],
    'the hash tells',
  )
  t.end()
})

test('an account that the bank lists twice is tied once', (t) => {
  const listed = [account({ iban: first }), account({ iban: first }), account({ iban: first, currency: 'EUR' })]
  t.strictSame(outcomes(tie({ accounts: listed })), ['new', 'repeated', 'new'])
  t.strictSame(outcomes(tie({ accounts: listed, connections: [connection('c', { iban: first })] })), [
    'c',
    'repeated',
    'new',
  ])
  t.end()
})

test('a removed connection stays removed', (t) => {
  const removed = connection('c', { iban: first, assignment: null, removedAt: new Date(0) })
  const ties = tie({
    accounts: [account({ iban: first })],
    connections: [removed],
    ledgerAccounts: [ledger('books', first)],
  })
  t.match(ties, [{ kind: 'removed', connectionId: 'c' }])
  t.end()
})

test('a ledger account that waits gets its bank account, and keeps its connection', (t) => {
  const kept = waiting('w', { iban: first, assignment: { ledgerAccountId: 'books' } })
  const ask = { accounts: [account({ iban: first })], connections: [kept], ledgerAccounts: [ledger('books', first)] }
  t.strictSame(outcomes(tie(ask)), ['w'])
  const byBban = waiting('w', { bban: '86011117947', assignment: { ledgerAccountId: 'books' } })
  t.strictSame(outcomes(tie({ ...ask, connections: [byBban], ledgerAccounts: [ledger('books', null)] })), ['w'])
  t.end()
})

test('a ledger account with the same IBAN assigns an account that is assigned to nothing', (t) => {
  const ledgerAccounts = [ledger('books', first), ledger('other', second)]
  const accounts = [account({ iban: first })]
  const held = (assignment: Known['assignment']) => [connection('c', { iban: first, assignment })]
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts })), ['new>books'])
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: held(null) })), ['c>books'])
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: held('none') })), ['c'])
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: held({ personId: 'carl' }) })), ['c'])
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts: [ledger('books', null)] })), ['new'])
  t.strictSame(outcomes(tie({ accounts: [account({ bban: '1' })], ledgerAccounts: [ledger('books', null)] })), ['new'])
  t.end()
})

test('the currency decides between ledger accounts of one IBAN, where both say', (t) => {
  const ledgerAccounts = [ledger('nok', first), ledger('eur', first, 'EUR')]
  const inCurrency = (currency: string) => account({ iban: first, currency })
  t.strictSame(outcomes(tie({ accounts: [inCurrency('EUR')], ledgerAccounts })), ['new>eur'])
  t.strictSame(outcomes(tie({ accounts: [inCurrency('USD')], ledgerAccounts })), ['new'])
  t.strictSame(outcomes(tie({ accounts: [inCurrency('XXX')], ledgerAccounts })), ['new'], 'no guess')
  t.strictSame(outcomes(tie({ accounts: [inCurrency('XXX')], ledgerAccounts: ledgerAccounts.slice(1) })), ['new>eur'])
  const listed = [inCurrency('XXX'), inCurrency('EUR')]
  t.strictSame(outcomes(tie({ accounts: listed, ledgerAccounts: ledgerAccounts.slice(1) })), ['new', 'new>eur'])
  t.end()
})

test('an account known by other evidence absorbs the connection that waited for it', (t) => {
  const ledgerAccounts = [ledger('books', first)]
  const accounts = [account({ iban: first, stableHash: 'h1' })]
  const kept = waiting('w', { iban: first, assignment: { ledgerAccountId: 'books' } })
  const known = connection('c', { stableHash: 'h1', assignment: null })
  const nowhere = { ...known, assignment: 'none' } as const
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: [kept, known] })), ['c+w>books'])
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: [kept, nowhere] })), ['c'], 'decided otherwise')
  t.end()
})

test('a ledger account never has two connections', (t) => {
  const taken = connection('taken', { iban: second, assignment: { ledgerAccountId: 'books' } })
  const ledgerAccounts = [ledger('books', first)]
  const accounts = [account({ iban: first })]
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: [taken] })), ['new'])
  const free = connection('c', { iban: first, assignment: null })
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: [taken, free] })), ['c'])
  const removed = { ...taken, removedAt: new Date(0) }
  t.strictSame(outcomes(tie({ accounts, ledgerAccounts, connections: [removed, free] })), ['c>books'])
  t.end()
})

// Few different values, so that most examples have accounts that look alike.
const some = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const evidence = fc.record(
  {
    iban: some(first, second),
    bban: some('86011117947', '1'),
    stableHash: some('h1', 'h2'),
    maskedPan: some('*1', '*2'),
    currency: fc.constantFrom('NOK', 'EUR', 'XXX'),
  },
  { requiredKeys: ['currency'] },
)
const defined = (those: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(those).filter(([, value]) => value !== undefined))

const anyAsk: fc.Arbitrary<Ask> = fc
  .record({
    accounts: fc.array(evidence, { maxLength: 4 }),
    connections: fc.array(
      fc.record({
        known: evidence,
        waits: fc.boolean(),
        assignment: fc.constantFrom<Known['assignment']>(
          null,
          'none',
          { ledgerAccountId: 'a' },
          { ledgerAccountId: 'b' },
        ),
        removed: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
  })
  .map((those) => ({
    institutionId: fjord,
    accounts: those.accounts.map((told) => account(defined(told))),
    connections: those.connections.map(({ known, waits, assignment, removed }, index) =>
      connection(`c${index}`, {
        ...defined(known),
        institutionId: waits ? null : fjord,
        assignment,
        removedAt: removed ? new Date(0) : null,
      }),
    ),
    ledgerAccounts: [ledger('a', first), ledger('b', first, 'EUR'), ledger('c', second)],
  }))

test('whatever the bank lists, every account comes out once, and no connection or ledger account is given twice', (t) => {
  fc.assert(
    fc.property(anyAsk, (ask) => {
      const ties = tieAccounts(ask)
      assert.deepStrictEqual(
        ties.map((one) => one.account),
        ask.accounts,
      )
      const given = ties.flatMap((one) => (one.kind === 'existing' || one.kind === 'removed' ? [one.connectionId] : []))
      const absorbed = ties.flatMap((one) => (one.kind === 'existing' && one.absorbs !== null ? [one.absorbs] : []))
      assert.equal(new Set([...given, ...absorbed]).size, given.length + absorbed.length)
      const assigned = ties.flatMap((one) => ('assigns' in one && one.assigns !== null ? [one.assigns] : []))
      assert.equal(new Set(assigned).size, assigned.length)
      for (const one of ties)
        if (one.kind === 'existing') {
          const before = ask.connections.find(({ id }) => id === one.connectionId)
          assert.equal(before?.removedAt, null)
          if (one.assigns !== null) assert.equal(before?.assignment, null)
        }
    }),
    { numRuns: 2000 },
  )
  t.end()
})

test('the order in which the bank lists its accounts decides nothing', (t) => {
  const distinct = fc.uniqueArray(fc.constantFrom(first, second, undefined), { minLength: 1 })
  fc.assert(
    fc.property(anyAsk, distinct, (ask, ibans) => {
      const listed = ibans.map((iban, index) =>
        account({ ...(iban && { iban }), maskedPan: `*${index % 2}`, currency: 'NOK' }),
      )
      const byRef = (those: readonly ProviderAccount[]) =>
        Object.fromEntries(tieAccounts({ ...ask, accounts: those }).map((one) => [one.account.ref, outcome(one)]))
      assert.deepEqual(byRef(listed.toReversed()), byRef(listed))
    }),
    { numRuns: 500 },
  )
  t.end()
})
