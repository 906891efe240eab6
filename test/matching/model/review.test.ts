import { test } from 'tap'
import { readEntry, type Entry, type EntryInput } from '../../../src/entries/model.ts'
import type { Match } from '../../../src/matching/model/match.ts'
import { spendingsOf } from '../../../src/matching/model/open-amount.ts'
import { reviewed } from '../../../src/matching/model/review.ts'

function entry(rest: Partial<EntryInput> = {}): Entry {
  const reading = readEntry('c', 'E', { kind: 'sales_invoice', amount: '100.00', currency: 'NOK', ...rest })
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.errors))
  return reading.entry
}

const match = (id: string, status: Match['status'], minor: bigint): Match => ({
  id,
  companyId: 'c',
  status,
  origin: 'automatic',
  rank: 1,
  confidence: 0.5,
  links: [{ transactionId: `line of ${id}`, entryId: 'E', amount: { minor, currency: 'NOK' }, entryAmount: null }],
  difference: null,
  reasons: [],
  runnerUp: null,
  decidedBy: null,
  decidedAt: null,
  createdAt: new Date('2026-11-20T09:00:00Z'),
  attention: null,
  supersededBy: null,
})

const outcomes = (standing: readonly Match[], after: Entry | null, before = entry()) =>
  reviewed(standing, new Map([['E', before]]), {
    entries: new Map(after === null ? [] : [['E', after]]),
    spendings: standing.filter(({ status }) => status === 'confirmed').flatMap(spendingsOf),
  }).map(({ id, status, attention }) => `${id} ${attention ?? status}`)

test('a suggestion stands while the entry has room for it, and leaves of it nothing open where it left nothing', (t) => {
  const [whole, part] = [match('whole', 'suggested', 10_000n), match('part', 'suggested', 4_000n)]
  const cases: readonly (readonly [string, Entry | null, readonly string[]])[] = [
    ['the same', entry(), []],
    ['said otherwise', entry({ description: 'Kaffe', dueDate: '2026-12-01' }), []],
    ['part of it paid', entry({ openAmount: '60.00' }), ['whole superseded']],
    ['nearly all paid', entry({ openAmount: '30.00' }), ['whole superseded', 'part superseded']],
    ['settled', entry({ openAmount: '0.00' }), ['whole superseded', 'part superseded']],
    ['raised', entry({ amount: '150.00' }), ['whole superseded']],
    ['in another currency', entry({ currency: 'SEK' }), ['whole superseded', 'part superseded']],
    ['the other way', entry({ amount: '-100.00' }), ['whole superseded', 'part superseded']],
    ['gone', null, ['whole superseded', 'part superseded']],
  ]
  for (const [name, after, expected] of cases) t.same(outcomes([whole, part], after), expected, name)
  t.end()
})

test('what the books take up of a match that holds leaves the suggestion of the rest', (t) => {
  const standing = [match('held', 'confirmed', 6_000n), match('rest', 'suggested', 4_000n)]
  t.same(outcomes(standing, entry({ openAmount: '40.00', appliedMatchIds: ['held'] })), [])
  t.same(outcomes(standing, entry({ openAmount: '40.00' })), ['held entry_overspent', 'rest superseded'])
  t.end()
})

test('what holds stays, and says what no longer agrees', (t) => {
  const [held, other] = [match('held', 'confirmed', 6_000n), match('other', 'confirmed', 4_000n)]
  const cases: readonly (readonly [string, Entry | null, readonly string[]])[] = [
    ['the same', entry(), []],
    ['raised', entry({ amount: '150.00' }), []],
    ['lowered', entry({ amount: '90.00' }), ['held entry_overspent', 'other entry_overspent']],
    ['settled, naming one', entry({ openAmount: '0.00', appliedMatchIds: ['held'] }), ['other entry_overspent']],
    ['settled, naming both', entry({ openAmount: '0.00', appliedMatchIds: ['held', 'other'] }), []],
    ['in another currency', entry({ currency: 'SEK' }), ['held entry_changed', 'other entry_changed']],
    ['the other way', entry({ amount: '-100.00' }), ['held entry_changed', 'other entry_changed']],
    ['gone', null, ['held entry_deleted', 'other entry_deleted']],
  ]
  for (const [name, after, expected] of cases) t.same(outcomes([held, other], after), expected, name)
  t.same(outcomes([{ ...held, attention: 'entry_deleted' }], entry()), ['held confirmed'], 'until it agrees again')
  t.end()
})

test('the halves of a transfer have two signs', (t) => {
  const move = entry({ kind: 'transfer', amount: '100.00', fromLedgerAccountId: '1920', toLedgerAccountId: '1921' })
  const halves = [match('out', 'confirmed', -10_000n), match('in', 'suggested', 10_000n)]
  t.same(outcomes(halves, move, move), [])
  t.same(outcomes(halves, { ...move, openMinor: 0n }, move), ['out entry_overspent', 'in superseded'])
  t.end()
})
