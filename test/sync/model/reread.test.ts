import { test } from 'tap'
import type { Proof } from '../../../src/sync/model/proof.ts'
import { doubtedFrom, rereadAfter, wantsReread } from '../../../src/sync/model/reread.ts'
import type { Day } from '../../../src/values/day.ts'

const nok = (minor: bigint) => ({ minor, currency: 'NOK' })
const close = (day: Day) => ({ day, amount: nok(0n), type: 'closing_booked' as const })
const run = (
  verdict: 'verified' | 'mismatch',
  { opening = '2026-11-01', difference = 100n }: { opening?: Day; difference?: bigint } = {},
) => {
  const proof: Proof = {
    verdict,
    opening: close(opening),
    closing: close('2026-11-20'),
    moved: nok(0n),
    difference: nok(difference),
  }
  return { proof }
}

test('what is read again begins with the oldest doubt', (t) => {
  t.equal(doubtedFrom({ missingFrom: null, unproven: null }), null)
  t.equal(doubtedFrom({ missingFrom: '2026-11-05', unproven: null }), '2026-11-05')
  t.equal(doubtedFrom({ missingFrom: null, unproven: run('mismatch') }), '2026-11-02', 'the day after the opening')
  t.equal(doubtedFrom({ missingFrom: '2026-10-05', unproven: run('mismatch') }), '2026-10-05')
  t.equal(doubtedFrom({ missingFrom: null, unproven: { proof: null } }), null)
  t.end()
})

test('each mismatch is read again for once', (t) => {
  const mismatch = run('mismatch')
  t.notOk(wantsReread(run('verified'), null))
  t.notOk(wantsReread({ proof: { verdict: 'unverifiable', because: 'days_missing' } }, null))
  t.ok(wantsReread(mismatch, null))
  const waiting = rereadAfter(mismatch, null, false)
  t.ok(wantsReread(mismatch, waiting), 'a run that read no more than usual has not done it')
  const done = rereadAfter(mismatch, waiting, true)
  t.notOk(wantsReread(mismatch, done))
  t.notOk(wantsReread(mismatch, rereadAfter(mismatch, done, false)), 'nor is it asked for again by the next run')
  t.ok(wantsReread(run('mismatch', { difference: 250n }), done), 'another difference is another mismatch')
  t.ok(wantsReread(run('mismatch', { opening: '2026-11-03' }), done))
  t.ok(
    wantsReread(mismatch, rereadAfter(run('verified'), done, false)),
    'one that was over and is there again is another',
  )
  t.end()
})
