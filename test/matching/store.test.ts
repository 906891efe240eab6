import { test } from 'tap'
import type { Match } from '../../src/matching/model/match.ts'
import { startCompany, type Company } from './company.ts'

/** A match with only what a test is about. */
function aMatch({ service }: Company, rest: Partial<Match>): Match {
  return {
    id: service.deps.ids.uuid(),
    companyId: 'nordlys',
    status: 'suggested',
    origin: 'automatic',
    rank: 1,
    confidence: 0.1 + 0.2,
    links: [],
    difference: null,
    reasons: [],
    runnerUp: null,
    decidedBy: null,
    decidedAt: null,
    attention: null,
    supersededBy: null,
    createdAt: service.clock.now(),
    ...rest,
  }
}

const nok = (minor: bigint) => ({ minor, currency: 'NOK' })
const settles = (transactionId: string | undefined, entryId: string | null, minor: bigint): Match['links'][number] => ({
  transactionId: transactionId ?? '',
  entryId,
  amount: nok(minor),
  entryAmount: null,
})

test('a match is read as it was written, to the last digit', async (t) => {
  const company = await startCompany(t)
  const [one, two] = await company.book({ minor: 1n }, { minor: 2n })
  const reason = {
    signal: 'amount',
    strength: -0.1,
    key: 'amount.sum',
    params: { count: 2, difference: '0.00' },
  } as const
  const match = aMatch(company, {
    links: [
      { ...settles(one, 'E', 999_999_999_999_999_999n), entryAmount: { minor: -1n, currency: 'JPY' } },
      settles(two, null, -2n),
      settles(two, 'F', 3n),
    ],
    difference: { minor: -7n, kind: 'fx' },
    reasons: [reason],
    runnerUp: { transactionIds: [one ?? ''], entryIds: [], confidence: 1 / 3, reasons: [reason] },
    decidedBy: 'anna',
    decidedAt: new Date('2026-11-20T10:00:00.123Z'),
  })
  const plain = aMatch(company, { links: [settles(one, 'E', 1n)] })
  await company.service.deps.unit('acme', async ({ matches }) => {
    await matches.add([match, plain])
    t.same(await matches.get(match.id), match)
    t.same(await matches.suggested('nordlys'), [match, plain])
    const saved: Match = {
      ...plain,
      status: 'rejected',
      confidence: 0.5,
      rank: 3,
      reasons: [reason],
      decidedBy: 'anna',
      decidedAt: company.service.clock.now(),
    }
    await matches.save([saved])
    t.same(await matches.get(plain.id), saved)
    t.same(await matches.refused('nordlys'), [{ matchId: plain.id, transactionIds: [one], entryIds: ['E'] }])
  })
})

test('a transaction is shown with what holds, else with the best suggestion', async (t) => {
  const company = await startCompany(t)
  const [one, two, three] = await company.book({ minor: 1n }, { minor: 2n }, { minor: 3n })
  const link = (id: string | undefined) => ({ links: [settles(id, 'E', 1n)] })
  const best = aMatch(company, { ...link(one), rank: 1 })
  const second = aMatch(company, { links: [settles(one, 'F', 1n), settles(two, 'F', 2n)], rank: 2 })
  const holds = aMatch(company, { ...link(two), rank: 3, status: 'confirmed' })
  const past = (['rejected', 'superseded', 'undone'] as const).map((status) =>
    aMatch(company, { ...link(three), status }),
  )
  await company.service.deps.unit('acme', async ({ matches }) => {
    await matches.add([second, best, holds, ...past])
    const shown = await matches.shownWith([one ?? '', two ?? '', three ?? ''])
    t.same(
      [...shown],
      [
        [one, { id: best.id, status: 'suggested' }],
        [two, { id: holds.id, status: 'confirmed' }],
      ],
    )
  })
})

test('what is spent of an entry is what confirmed matches of its company spend, in its currency', async (t) => {
  const company = await startCompany(t)
  const [one, two] = await company.book({ minor: 1n }, { minor: 2n })
  const confirmed = aMatch(company, {
    status: 'confirmed',
    links: [
      { ...settles(one, 'E', 1_164n), entryAmount: { minor: 100n, currency: 'EUR' } },
      settles(one, 'F', 5n),
      settles(two, null, 7n),
    ],
  })
  const others = (['suggested', 'rejected', 'superseded', 'undone'] as const).map((status) =>
    aMatch(company, { status, links: [settles(two, 'E', 9n)] }),
  )
  await company.service.deps.unit('acme', async ({ companies, matches }) => {
    await companies.save({ ...(await companies.get('nordlys')), id: 'second' }, company.service.clock.now())
    await matches.add([
      confirmed,
      ...others,
      aMatch(company, { companyId: 'second', status: 'confirmed', links: [settles(two, 'E', 9n)] }),
    ])
    t.same(await matches.spendings('nordlys', ['E', 'nobody']), [{ matchId: confirmed.id, entryId: 'E', minor: 100n }])
  })
})

test('a company has one unfinished run', async (t) => {
  const { service } = await startCompany(t)
  const run = {
    id: service.deps.ids.uuid(),
    companyId: 'nordlys',
    status: 'queued',
    counts: { automatic: 0, suggested: 0, unmatched: 0 },
    error: null,
    queuedAt: service.clock.now(),
    startedAt: null,
    finishedAt: null,
  } as const
  await service.deps.unit('acme', async ({ matches }) => {
    await matches.addRun(run)
    t.same(await matches.unfinishedRun('nordlys'), run)
    const finished = {
      ...run,
      status: 'completed',
      counts: { automatic: 1, suggested: 2, unmatched: 3 },
      finishedAt: service.clock.now(),
    } as const
    await matches.saveRun(finished)
    t.same(await matches.getRun(run.id), finished)
    t.equal(await matches.unfinishedRun('nordlys'), undefined)
    await matches.addRun({ ...run, id: service.deps.ids.uuid() })
  })
  await t.rejects(service.deps.unit('acme', ({ matches }) => matches.addRun({ ...run, id: service.deps.ids.uuid() })))
})
