import { test } from 'tap'
import { lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import type { Hypothesis } from '../../../src/matching/model/hypothesis.ts'
import { standingsOf, type Standing } from '../../../src/matching/model/standing.ts'
import { aLine } from '../builders.ts'

const own = ownAccountsOf([])
const lines = new Map(['t1', 't2'].map((id) => [id, lineFeatures(aLine(id, 600n), own)]))

function aClaim(lineId: string, entryId: string, bits: number, amount = 1_000n): Hypothesis {
  return {
    lines: [lines.get(lineId)!],
    entries: [Number(entryId.slice(1))],
    spends: [amount],
    traits: {},
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
  t.equal(only!.confidence, 8 / 9)
  t.equal(only!.margin, 3)
  t.notOk(only!.runnerUp)
  t.end()
})

test('two explanations of one line share its probability', (t) => {
  const [better, worse] = stand(aClaim('t1', 'e1', 5), aClaim('t1', 'e2', 4))
  t.ok(Math.abs(better!.confidence - 32 / 49) < 1e-12)
  t.ok(Math.abs(worse!.confidence - 16 / 49) < 1e-12)
  t.equal(better!.margin, 1)
  t.equal(better!.runnerUp?.hypothesis.entries[0], 2)
  t.end()
})

test('two lines that each seem certain of one entry are each right in half the cases', (t) => {
  const [first, second] = stand(aClaim('t1', 'e1', 20), aClaim('t2', 'e1', 20))
  t.ok(Math.abs(first!.confidence - 0.5) < 1e-5)
  t.equal(first!.confidence, second!.confidence)
  t.equal(first!.runnerUp?.hypothesis.lines[0]?.line.id, 't2')
  t.end()
})

test('a rival that would be believed alone leaves no margin, however much clearer the other is', (t) => {
  const [clearer] = stand(aClaim('t1', 'e1', 30), aClaim('t2', 'e1', 8))
  t.ok(clearer!.confidence > 0.999)
  t.equal(clearer!.margin, 0)
  const [unrivalled] = stand(aClaim('t1', 'e1', 30), aClaim('t2', 'e1', -2))
  t.equal(unrivalled!.margin, 30, 'a rival that is itself unlikely counts by its odds')
  t.end()
})

test('two instalments that fit together are no rivals', (t) => {
  const [first] = stand(aClaim('t1', 'e1', 6, 400n), aClaim('t2', 'e1', 6, 600n))
  t.equal(first!.confidence, 64 / 65)
  const [tooMuch] = stand(aClaim('t1', 'e1', 6, 500n), aClaim('t2', 'e1', 6, 600n))
  t.ok(tooMuch!.confidence < 0.5)
  t.end()
})
