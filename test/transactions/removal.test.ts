import { test } from 'tap'
import { fingerprintOf } from '../../src/transactions/model/fingerprint.ts'
import { decideRemovals, type RemovalProof } from '../../src/transactions/model/removal.ts'
import type { HeldTransaction } from '../../src/transactions/model/sides.ts'
import { row } from './ledger.ts'

const noProof: RemovalProof = { kept: 'unverifiable', removed: 'unverifiable' }
const goneByProof: RemovalProof = { kept: 'mismatch', removed: 'verified' }
const thereByProof: RemovalProof = { kept: 'verified', removed: 'mismatch' }

function missing(count: number, missed = 0): readonly HeldTransaction[] {
  return Array.from({ length: count }, (_, at) => {
    const each = row({ amount: -at })
    return { id: `t${at}`, row: each, fingerprint: fingerprintOf(each), occurrence: 1, removed: false, missed }
  })
}

test('what is missing is removed on the evidence that this table says, and no other', (t) => {
  const cases = [
    { name: 'nothing is missing', missing: missing(0), shown: 100, held: 100, removed: 0, quarantine: null },
    { name: 'missing once', missing: missing(1), shown: 99, held: 100, removed: 0, quarantine: null, missed: 1 },
    { name: 'missing twice', missing: missing(1, 1), shown: 99, held: 100, removed: 1, quarantine: null },
    {
      name: 'the balance agrees only without it',
      missing: missing(1),
      shown: 99,
      held: 100,
      proof: goneByProof,
      removed: 1,
      quarantine: null,
    },
    {
      name: 'the balance agrees only with it',
      missing: missing(1, 1),
      shown: 99,
      held: 100,
      proof: thereByProof,
      removed: 0,
      quarantine: 'balance_disagrees',
      missed: 1,
    },
    {
      name: 'the balance agrees either way',
      missing: missing(1),
      shown: 99,
      held: 100,
      proof: { kept: 'verified', removed: 'verified' } as const,
      removed: 0,
      quarantine: null,
      missed: 1,
    },
    {
      name: 'the balance never agrees',
      missing: missing(1),
      shown: 99,
      held: 100,
      proof: { kept: 'mismatch', removed: 'mismatch' } as const,
      removed: 0,
      quarantine: null,
      missed: 1,
    },
    {
      name: 'an empty answer, again',
      missing: missing(3, 1),
      shown: 0,
      held: 3,
      removed: 0,
      quarantine: 'empty_answer',
      missed: 1,
    },
    {
      name: 'an empty answer that the balance explains',
      missing: missing(1),
      shown: 0,
      held: 1,
      proof: goneByProof,
      removed: 1,
      quarantine: null,
    },
    { name: 'five of six, twice', missing: missing(5, 1), shown: 1, held: 6, removed: 5, quarantine: null },
    { name: 'six of six hundred, twice', missing: missing(6, 1), shown: 594, held: 600, removed: 6, quarantine: null },
    {
      name: 'six of a hundred, twice',
      missing: missing(6, 1),
      shown: 94,
      held: 100,
      removed: 0,
      quarantine: 'too_many',
      missed: 2,
    },
    {
      name: 'six of a hundred, four times',
      missing: missing(6, 3),
      shown: 94,
      held: 100,
      removed: 6,
      quarantine: 'too_many',
    },
    {
      name: 'an empty answer, for the tenth time',
      missing: missing(6, 9),
      shown: 0,
      held: 100,
      removed: 0,
      quarantine: 'empty_answer',
      missed: 9,
    },
    {
      name: 'exactly the twentieth part, twice',
      missing: missing(10, 1),
      shown: 190,
      held: 200,
      removed: 10,
      quarantine: null,
    },
    {
      name: 'many that the balance explains',
      missing: missing(60),
      shown: 40,
      held: 100,
      proof: goneByProof,
      removed: 60,
      quarantine: null,
    },
  ]
  for (const each of cases) {
    const verdict = decideRemovals({
      missing: each.missing,
      shownCount: each.shown,
      heldCount: each.held,
      proof: each.proof ?? noProof,
    })
    t.equal(verdict.removed.length, each.removed, each.name)
    t.equal(verdict.kept.length, each.missing.length - each.removed, `${each.name}: the others are kept`)
    t.equal(verdict.quarantine, each.quarantine, `${each.name}: quarantine`)
    for (const { missed } of verdict.kept) t.equal(missed, each.missed, `${each.name}: runs that lacked it`)
  }
  t.end()
})
