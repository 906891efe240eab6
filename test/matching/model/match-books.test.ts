// What must hold for any books at all (product.md, "Matching: what must always hold"). Amounts, names and numbers are drawn from
// few, so that they collide all the time.

import fc from 'fast-check'
import { test } from 'tap'
import { sentenceOf } from '../../../src/matching/model/reasons.ts'
import type { BookEntry, Line, MatchProposal, OwnAccount } from '../../../src/matching/model/types.ts'
import { matchBooks } from '../../../src/matching/model/match-books.ts'
import { generate as labelled } from '../labelled/generate.ts'
import { toldBooks } from '../told-books.ts'
import { aLine, anEntry, proposalsFor, told } from '../builders.ts'

const ownAccounts: readonly OwnAccount[] = [
  { connectionId: 'cn-1', ledgerAccountId: 'la-1', iban: 'NO1115030123458' },
  { connectionId: 'cn-2', ledgerAccountId: 'la-2', iban: 'NO6015034567892' },
]

const name = fc.constantFrom('Brandt Elektro AS', 'BRANDT ELEKTRO', 'Ola Hansen', 'Åkerlund Måleri AB')
const iban = fc.constantFrom('NO9386011117947', 'DE89370400440532013000', 'NO1115030123458', 'NO6015034567892')
const amount = fc.constantFrom(100_00n, 200_00n, 300_00n, 98_00n, 123_45n, -100_00n, -300_00n, -123_45n)
const day = fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-10', '2026-03-14', '2026-04-14' as const)
const number = fc.constantFrom('1001', '1002', '1003', '2026-0012')
const text = fc.oneof(
  number.map((each) => `Faktura ${each}`),
  fc.constantFrom('Faktura 1001 og 1002', 'RETUR', 'Takk'),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const reference = fc.constantFrom('602243', '1234574')
const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((each) => (each === undefined ? {} : { [key]: each }))
const all = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((each) => each.reduce((whole, part) => ({ ...whole, ...part }), {}))

const line = fc
  .tuple(
    fc.uuid(),
    amount,
    all(
      maybe('connectionId', fc.constant('cn-2')),
      maybe('bookingDate', day),
      maybe('counterparty', all(maybe('name', name), maybe('iban', iban))),
      maybe('remittanceInformation', text),
      maybe('reference', reference),
      maybe('endToEndId', fc.constantFrom('A-1', 'NOTPROVIDED')),
    ),
  )
  .map(([id, minor, rest]): Line => aLine(id, minor, rest))
const entry = fc
  .tuple(
    fc.uuid(),
    amount,
    fc.boolean(),
    all(
      maybe('openAmount', fc.constantFrom(0n, 50_00n)),
      maybe('dueDate', day),
      maybe('counterparty', all(maybe('name', name), maybe('iban', iban))),
      maybe('documentNumber', number),
      maybe('reference', reference),
      maybe('endToEndId', fc.constant('A-1')),
      maybe('cashDiscount', fc.constant({ basisPoints: 200, until: '2026-03-14' })),
    ),
  )
  .map(([id, minor, isTransfer, rest]): BookEntry =>
    isTransfer && minor > 0n
      ? anEntry(id, minor, { ...rest, kind: 'transfer', fromLedgerAccountId: 'la-1', toLedgerAccountId: 'la-2' })
      : anEntry(id, minor, { ...rest, ...('openAmount' in rest && minor < 0n && { openAmount: 0n }) }),
  )
const books = fc.record({
  lines: fc.uniqueArray(line, { maxLength: 9, selector: ({ id }) => id }),
  entries: fc.uniqueArray(entry, { maxLength: 9, selector: ({ id }) => id }),
})

const runs = { numRuns: 250 }
const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n)
const lineIds = ({ links }: MatchProposal): string[] => [...new Set(links.map(({ transactionId }) => transactionId))]
const asText = (proposals: readonly MatchProposal[]): string =>
  JSON.stringify(proposals, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

test('the same books in any order give the same proposals', (t) => {
  const shuffled = books.chain((given) =>
    fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray(given.lines, { minLength: given.lines.length }),
      fc.shuffledSubarray(given.entries, { minLength: given.entries.length }),
    ),
  )
  fc.assert(
    fc.property(
      shuffled,
      ([given, lines, entries]) =>
        asText(proposalsFor({ ...given, ownAccounts })) ===
        asText(proposalsFor({ lines, entries, ownAccounts: ownAccounts.toReversed() })),
    ),
    runs,
  )
  t.end()
})

test('every proposal adds up: what its links settle and its difference are what its lines moved', (t) => {
  fc.assert(
    fc.property(books, (given) =>
      proposalsFor({ ...given, ownAccounts }).every((proposal) => {
        const moved = given.lines.filter(({ id }) => lineIds(proposal).includes(id)).map(({ amount: minor }) => minor)
        return sum(proposal.links.map(({ amount: minor }) => minor)) + (proposal.difference?.minor ?? 0n) === sum(moved)
      }),
    ),
    runs,
  )
  t.end()
})

test('automatic matches spend no more than is open, and explain each line once', (t) => {
  fc.assert(
    fc.property(books, (given) => {
      const automatic = proposalsFor({ ...given, ownAccounts }).filter((proposal) => proposal.automatic)
      const lines = automatic.flatMap(lineIds)
      const isUnspent = given.entries.every(({ id, openAmount }) => {
        const links = automatic.flatMap((proposal) => proposal.links).filter(({ entryId }) => entryId === id)
        const [into, out] = [links.filter((link) => link.amount > 0n), links.filter((link) => link.amount < 0n)]
        return [into, out].every((some) => size(sum(some.map((link) => link.amount))) <= size(openAmount))
      })
      return isUnspent && new Set(lines).size === lines.length
    }),
    runs,
  )
  t.end()
})

test('no settled entry is proposed, and no line for an entry of the other direction alone', (t) => {
  fc.assert(
    fc.property(books, (given) => {
      const entries = new Map(given.entries.map((each) => [each.id, each]))
      const lines = new Map(given.lines.map((each) => [each.id, each]))
      return proposalsFor({ ...given, ownAccounts }).every(({ links }) =>
        links.every(({ entryId, transactionId }) => {
          const linked = entryId === null ? undefined : entries.get(entryId)
          if (linked === undefined) return entryId === null
          const isAlone = links.length === 1 && linked.kind !== 'transfer'
          return (
            linked.openAmount !== 0n && (!isAlone || linked.openAmount > 0n === lines.get(transactionId)!.amount > 0n)
          )
        }),
      )
    }),
    runs,
  )
  t.end()
})

test('a line has at most three proposals, each with its own rank, and confidence is a probability', (t) => {
  fc.assert(
    fc.property(books, (given) => {
      const proposals = proposalsFor({ ...given, ownAccounts })
      const isRanked = given.lines.every(({ id }) => {
        const ranks = proposals.filter((proposal) => lineIds(proposal).includes(id)).map(({ rank }) => rank)
        return new Set(ranks).size === ranks.length && ranks.every((rank) => [1, 2, 3].includes(rank))
      })
      return isRanked && proposals.every(({ confidence }) => confidence > 0 && confidence < 1)
    }),
    runs,
  )
  t.end()
})

test('what a person refused or confirmed is never proposed again', (t) => {
  fc.assert(
    fc.property(books, (given) => {
      const [first, second] = proposalsFor({ ...given, ownAccounts })
      if (first === undefined) return true
      const rejected = [
        { transactionIds: lineIds(first), entryIds: first.links.flatMap(({ entryId }) => entryId ?? []) },
      ]
      const confirmed = second === undefined ? [] : lineIds(second)
      const again = proposalsFor({ ...given, ownAccounts, decided: { rejected, confirmed } })
      return again.every(
        (proposal) => told(proposal) !== told(first) && !lineIds(proposal).some((id) => confirmed.includes(id)),
      )
    }),
    runs,
  )
  t.end()
})

test('a cash difference is named and bounded', (t) => {
  const differing = matchBooks(toldBooks(labelled({ seed: 4, country: 'DE', entries: 500 }))).filter(
    ({ automatic, difference }) => automatic && difference !== undefined,
  )
  t.ok(differing.length > 0)
  for (const { difference, links } of differing) {
    t.not(difference!.kind, 'overpayment')
    t.ok(
      size(difference!.minor) * 20n <= size(sum(links.map(({ amount: minor }) => minor))),
      `${difference!.kind} within 5 %`,
    )
  }
  t.end()
})

test('every reason is a whole sentence', (t) => {
  const reasons = matchBooks(toldBooks(labelled({ seed: 5, country: 'BE', entries: 500 }))).flatMap(
    (proposal) => proposal.reasons,
  )
  t.ok(new Set(reasons.map(({ key }) => key)).size > 15, 'of many kinds')
  const broken = new Set(
    reasons.map((reason) => sentenceOf(reason, 'en')).filter((sentence) => !/^[A-Z][^{}]*\.$/.test(sentence)),
  )
  t.strictSame([...broken], [])
  t.end()
})

test('the runner-up is told with why it lost', (t) => {
  const customer = { name: 'Brandt Elektro AS' }
  const [proposal] = proposalsFor({
    lines: [aLine('t', 125_000n, { remittanceInformation: 'Faktura 1002', counterparty: customer })],
    entries: [
      anEntry('first', 125_000n, { documentNumber: '1001', counterparty: customer }),
      anEntry('second', 125_000n, { documentNumber: '1002', counterparty: customer }),
    ],
  })
  t.match(proposal, { links: [{ entryId: 'second' }], runnerUp: { entryIds: ['first'], transactionIds: ['t'] } })
  t.equal(sentenceOf(proposal!.runnerUp!.reasons[0]!, 'en'), 'The text names another document: 1002.')
  t.end()
})
