import { test } from 'tap'
import type { Match } from '../../../src/matching/model/match.ts'
import { planRun, type Draft } from '../../../src/matching/model/plan.ts'

const now = new Date('2026-11-21T09:00:00Z')
const before = new Date('2026-11-20T09:00:00Z')

function draft(transactionId: string, entryId: string, rest: Partial<Draft> = {}): Draft {
  return {
    automatic: false,
    links: [{ transactionId, entryId, amount: { minor: 100n, currency: 'NOK' }, entryAmount: null }],
    difference: null,
    rank: 1,
    confidence: 0.5,
    reasons: [{ signal: 'amount', strength: 1, key: 'amount.exact', params: { amount: '1.00', b: 2 } }],
    runnerUp: null,
    ...rest,
  }
}

function standing({ automatic, ...from }: Draft, rest: Partial<Match> = {}): Match {
  const status = automatic ? 'confirmed' : 'suggested'
  return {
    ...from,
    id: `old-${from.links[0]?.entryId}`,
    companyId: 'c',
    status,
    origin: 'automatic',
    decidedBy: null,
    decidedAt: null,
    attention: null,
    supersededBy: null,
    createdAt: before,
    ...rest,
  }
}

const namesOf = (matches: readonly Match[]) => matches.map(({ id, status }) => `${id} ${status}`)

function planned(drafts: readonly Draft[], stood: readonly Match[], unsure: readonly string[] = []) {
  let made = 0
  const plan = planRun({
    companyId: 'c',
    drafts,
    standing: stood,
    unsure: new Set(unsure),
    now,
    newId: () => `new-${(made += 1)}`,
  })
  return { ...plan, told: { added: namesOf(plan.added), changed: namesOf(plan.changed), kept: namesOf(plan.kept) } }
}

test('what is new is added: confirmed where it is certain, else suggested', async (t) => {
  const { added, told } = planned([draft('t', 'A', { automatic: true }), draft('u', 'B')], [])
  t.same(told, { added: ['new-1 confirmed', 'new-2 suggested'], changed: [], kept: [] })
  t.same(
    added.map(({ decidedAt, createdAt }) => [decidedAt, createdAt]),
    [
      [now, now],
      [null, now],
    ],
  )
})

test('what says the same stays as it is, whatever order the database gives its params in', async (t) => {
  const stood = standing(
    draft('t', 'A', {
      reasons: [{ signal: 'amount', strength: 1, key: 'amount.exact', params: { b: 2, amount: '1.00' } }],
    }),
  )
  const { kept, told } = planned([draft('t', 'A')], [stood])
  t.same(told, { added: [], changed: [], kept: ['old-A suggested'] })
  t.equal(kept[0], stood)
})

test('new evidence is the same suggestion; certainty confirms it', async (t) => {
  const stood = [standing(draft('t', 'A')), standing(draft('u', 'B'))]
  const { changed, told } = planned([draft('t', 'A', { confidence: 0.6 }), draft('u', 'B', { automatic: true })], stood)
  t.same(told, { added: [], changed: ['old-A suggested', 'old-B confirmed'], kept: [] })
  t.match(changed, [
    { confidence: 0.6, createdAt: before, decidedAt: null },
    { createdAt: before, decidedAt: now },
  ])
})

test('another amount or another difference is another suggestion, and what is not found again is superseded', async (t) => {
  const stood = [standing(draft('t', 'A')), standing(draft('u', 'B', { difference: { minor: 1n, kind: 'fee' } }))]
  const other = draft('t', 'A', {
    links: [{ transactionId: 't', entryId: 'A', amount: { minor: 99n, currency: 'NOK' }, entryAmount: null }],
  })
  const { told } = planned([other, draft('u', 'B', { difference: { minor: 1n, kind: 'rounding' } })], stood)
  t.same(told, {
    added: ['new-1 suggested', 'new-2 suggested'],
    changed: ['old-A superseded', 'old-B superseded'],
    kept: [],
  })
})

test('what the run is no longer sure of is left as it is', async (t) => {
  const { told } = planned([], [standing(draft('t', 'A')), standing(draft('u', 'B'))], ['t'])
  t.same(told, { added: [], changed: ['old-B superseded'], kept: ['old-A suggested'] })
})
