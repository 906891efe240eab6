import { test } from 'tap'
import { lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import type { Hypothesis } from '../../../src/matching/model/hypothesis.ts'
import { standingsOf, type Standing } from '../../../src/matching/model/standing.ts'
import { aLine } from '../builders.ts'

const own = ownAccountsOf([])
const lines = new Map(['t1', 't2'].map((id) => [id, lineFeatures(aLine(id, 600n), own)]))
lines.set('later', lineFeatures(aLine('later', 600n, { bookingDate: '2026-03-20' }), own))

const ofAnother = lineFeatures(
  aLine('other', 600n, { bookingDate: '2026-03-20', counterparty: { name: 'Somebody Else' } }),
  own,
)
/** Known by its party only. */
const likely = (claim: Hypothesis): Hypothesis => ({ ...claim, identity: 'party' })

function aClaim(lineId: string, entryId: string, bits: number, amount = 1_000n): Hypothesis {
  return {
    lines: [lines.get(lineId)!],
    entries: [Number(entryId.slice(1))],
    spends: [amount],
    traits: [],
    bits,
    identity: 'document',
    isContradicted: false,
    explain: () => ({ links: [], reasons: [] }),
  }
}

function stand(...claims: readonly Hypothesis[]): Standing[] {
  return standingsOf(claims, () => 1_000n)
}

test('alone, it is weighed against that the books do not know the line', (t) => {
  const [only] = stand(aClaim('t1', 'e1', 3))
  t.strictSame(only!.place, { own: 3, earlier: 0, later: 0 })
  t.notOk(only!.runnerUp)
  t.end()
})

test('two explanations of one line share its probability', (t) => {
  const [better, worse] = stand(aClaim('t1', 'e1', 5), aClaim('t1', 'e2', 4))
  t.equal(better!.place.own, Math.log2(32 / 17))
  t.equal(worse!.place.own, Math.log2(16 / 33))
  t.ok(better!.confidence > worse!.confidence)
  t.equal(better!.runnerUp?.hypothesis.entries[0], 2)
  t.end()
})

test('of two lines that claim one entry, each has the other against it, and the later one has an earlier', (t) => {
  const [alike] = stand(aClaim('t1', 'e1', 20), aClaim('t2', 'e1', 20))
  t.ok(Math.abs(alike!.place.later - 20) < 0.001)
  t.equal(alike!.runnerUp?.hypothesis.lines[0]?.line.id, 't2')
  const [first, second] = stand(aClaim('t1', 'e1', 20), likely(aClaim('later', 'e1', 20)))
  t.ok(Math.abs(first!.place.later - 20) < 0.001 && first!.place.earlier === 0)
  t.ok(Math.abs(second!.place.earlier - 20) < 0.001 && second!.place.later === 0)
  t.ok(first!.confidence > second!.confidence)
  t.end()
})

test('who pays twice has paid with the first: the second says nothing against it', (t) => {
  const [first, second] = stand(aClaim('t1', 'e1', 20), aClaim('later', 'e1', 20))
  t.ok(first!.place.later === 0 && first!.place.isPaidAgain === true)
  t.ok(Math.abs(second!.place.earlier - 20) < 0.001 && second!.place.isPaidAgain === undefined)
  t.ok(first!.confidence > second!.confidence)
  const [rivalled] = stand(aClaim('t1', 'e1', 20), { ...aClaim('later', 'e1', 20), lines: [ofAnother] })
  t.notOk(rivalled!.place.isPaidAgain, 'somebody else pays it too')
  t.end()
})

test('a rival that is itself unlikely counts by its odds', (t) => {
  const [rivalled] = stand(aClaim('t1', 'e1', 30), aClaim('t2', 'e1', -2))
  t.equal(rivalled!.place.later, Math.log2(1.25))
  t.end()
})

test('two instalments that fit together are no rivals', (t) => {
  const [first] = stand(aClaim('t1', 'e1', 6, 400n), aClaim('t2', 'e1', 6, 600n))
  t.equal(first!.place.later, 0)
  const [tooMuch] = stand(aClaim('t1', 'e1', 6, 500n), aClaim('t2', 'e1', 6, 600n))
  t.ok(tooMuch!.place.later > 5)
  t.end()
})
