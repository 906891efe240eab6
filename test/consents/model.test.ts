import fc from 'fast-check'
import { test } from 'tap'
import { applyAccountPolicy, refusedAccount } from '../../src/consents/model/account-policy.ts'
import {
  bankDataOfCompany,
  consentStatus,
  consentStatusOfPerson,
  formerOf,
  isLive,
  isUsable,
  lastToExpire,
  lookAgainAt,
  reconfirmed,
  renewFrom,
  type Consent,
  type ConsentStatus,
} from '../../src/consents/model/consent.ts'
import { remindersOf } from '../../src/consents/model/reminders.ts'
import {
  linkWorks,
  moveOfFailure,
  moveSession,
  sessionMoves,
  sessionStatuses,
  unopenedFrom,
  type SessionMove,
  type SessionStatus,
} from '../../src/consents/model/session.ts'
import { supersededBy } from '../../src/consents/model/supersession.ts'
import type { ProviderAccount } from '../../src/providers/provider.ts'

const start = new Date('2026-01-01T00:00:00Z')
const day = (n: number) => new Date(start.getTime() + n * 86_400_000)
const plus = (instant: Date, ms: number) => new Date(instant.getTime() + ms)

/** Anna's, from day 0 to day 90. */
const consent = (changes: Partial<Consent> = {}): Consent => ({
  id: 'consent-1',
  companyId: 'acme',
  personId: 'anna',
  personRemovedAt: null,
  reconfirmAskedAt: null,
  institutionId: 'berlin-group.fjord',
  sessionId: 'session-1',
  validFrom: start,
  expiresAt: day(90),
  reconfirmBy: null,
  ended: null,
  bankAccess: 'live',
  ...changes,
})

// The whole matrix: every move from every status is here, or it is refused.
const legal: Readonly<Record<SessionStatus, Partial<Record<SessionMove, SessionStatus | 'unchanged'>>>> = {
  created: { open: 'opened', redirect: 'redirected', expire: 'expired', withdraw: 'withdrawn' },
  opened: {
    open: 'unchanged',
    redirect: 'redirected',
    fail: 'failed',
    cancel: 'cancelled',
    expire: 'expired',
    withdraw: 'withdrawn',
  },
  redirected: {
    open: 'unchanged',
    redirect: 'redirected',
    complete: 'completed',
    fail: 'failed',
    cancel: 'cancelled',
    expire: 'expired',
    withdraw: 'withdrawn',
  },
  completed: { complete: 'unchanged' },
  failed: { open: 'opened', fail: 'unchanged', withdraw: 'withdrawn' },
  cancelled: { open: 'opened', cancel: 'unchanged', withdraw: 'withdrawn' },
  expired: { expire: 'unchanged' },
  withdrawn: { withdraw: 'unchanged' },
}

test('a session makes the legal moves and no other', (t) => {
  for (const from of sessionStatuses)
    for (const move of sessionMoves) {
      const to = legal[from][move]
      const expected =
        to === undefined ? { kind: 'refused' } : to === 'unchanged' ? { kind: to } : { kind: 'moved', to }
      t.strictSame(moveSession(from, move), expected, `${from}: ${move}`)
    }
  t.end()
})

test('whatever happens in whatever order, a session that has ended for good stays so, and nothing completes but from the bank', (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...sessionMoves), { maxLength: 20 }), (moves) => {
      const path: SessionStatus[] = ['created']
      for (const move of moves) {
        const transition = moveSession(path.at(-1) ?? 'created', move)
        if (transition.kind === 'moved') path.push(transition.to)
      }
      const final = path.findIndex((status) => ['completed', 'expired', 'withdrawn'].includes(status))
      const completed = path.indexOf('completed')
      return (final === -1 || final === path.length - 1) && (completed === -1 || path[completed - 1] === 'redirected')
    }),
  )
  t.end()
})

test('a link works until completion, withdrawal or expiry, and after a failure too', (t) => {
  const expiresAt = day(3)
  const works = sessionStatuses.filter((status) => linkWorks({ status, expiresAt }, plus(expiresAt, -1)))
  t.strictSame(works, ['created', 'opened', 'redirected', 'failed', 'cancelled'])
  for (const ms of [0, 1])
    t.notOk(sessionStatuses.some((status) => linkWorks({ status, expiresAt }, plus(expiresAt, ms))))
  t.end()
})

test('what the person called off is cancelled, whatever else went wrong has failed', (t) => {
  t.equal(moveOfFailure('cancelled_by_person'), 'cancel')
  t.equal(moveOfFailure('rejected_by_bank'), 'fail')
  t.end()
})

test('a consent is what its facts say at that instant', (t) => {
  const at = day(50)
  const cases: readonly (readonly [string, Partial<Consent>, ConsentStatus])[] = [
    ['fresh', {}, 'usable'],
    ['ran out', { expiresAt: at }, 'expired'],
    ['ran out early', { ended: { at, by: 'expiry' } }, 'expired'],
    ['withdrawn at the bank', { ended: { at, by: 'bank' } }, 'revoked'],
    ['revoked by us', { ended: { at, by: 'api' } }, 'revoked'],
    ['superseded', { ended: { at, by: 'superseded' } }, 'superseded'],
    ['person removed', { personRemovedAt: at }, 'revoked'],
    ['to be reconfirmed', { reconfirmBy: at }, 'reconfirmation_due'],
    ['to be reconfirmed, and revoked since', { reconfirmBy: day(40), ended: { at, by: 'bank' } }, 'revoked'],
    ['revoked at the instant at which it ran out', { expiresAt: at, ended: { at, by: 'api' } }, 'expired'],
    ['revoked after it had run out', { expiresAt: day(49), ended: { at, by: 'api' } }, 'expired'],
    ['superseded after the bank had ended it', { ended: { at: day(49), by: 'bank' }, expiresAt: at }, 'revoked'],
  ]
  for (const [what, changes, status] of cases) {
    t.equal(consentStatus(consent(changes), at), status, what)
    t.equal(isUsable(consent(changes), at), status === 'usable', what)
  }
  for (const [what, changes] of cases.slice(1, 8)) t.ok(isUsable(consent(changes), plus(at, -1)), `${what}: −1 ms`)
  t.notOk(isUsable(consent(), plus(start, -1)))
  t.ok(isUsable(consent(), start))
  t.end()
})

test('a consent lives at the bank until it runs out or somebody ends it, though its person is removed', (t) => {
  t.ok(isLive(consent(), day(50)))
  t.ok(isLive(consent({ personRemovedAt: day(20), reconfirmBy: day(20) }), day(50)))
  t.ok(isLive(consent({ bankAccess: 'unknown' }), day(50)))
  t.notOk(isLive(consent({ bankAccess: 'ended' }), day(50)))
  t.notOk(isLive(consent({ ended: { at: day(50), by: 'api' } }), day(50)))
  t.notOk(isLive(consent(), day(90)))
  t.end()
})

test('the one that expires last is the same for everybody', (t) => {
  const those = [
    consent({ id: 'a' }),
    consent({ id: 'c', validFrom: day(-1) }),
    consent({ id: 'b' }),
    consent({ id: 'z', expiresAt: day(89) }),
  ]
  t.equal(lastToExpire(those)?.id, 'b')
  t.equal(lastToExpire(those.toReversed())?.id, 'b')
  t.equal(lastToExpire([]), undefined)
  t.end()
})

test('a person’s consents come to one status', (t) => {
  const now = day(50)
  const other = { id: 'consent-2', institutionId: 'powens.fjord' }
  const cases: readonly (readonly [string, readonly Partial<Consent>[], string])[] = [
    ['gave none', [], 'none'],
    ['one that is fine', [{}], 'usable'],
    ['due for renewal', [{ expiresAt: day(70) }], 'expiring'],
    ['due for renewal from now', [{ expiresAt: day(75) }], 'expiring'],
    [
      'due for renewal, and renewed',
      [{ expiresAt: day(70) }, { id: 'consent-2', validFrom: day(49), expiresAt: day(139) }],
      'usable',
    ],
    ['due for renewal at one of two banks', [{}, { ...other, expiresAt: day(70) }], 'expiring'],
    ['ran out at one of two banks', [{}, { ...other, expiresAt: day(40) }], 'usable'],
    ['ran out', [{ expiresAt: day(40) }], 'expired'],
    ['to be reconfirmed', [{ reconfirmBy: day(40) }], 'expired'],
    ['withdrawn', [{ ended: { at: day(40), by: 'bank' } }], 'revoked'],
    [
      'withdrawn, then given anew, which ran out',
      [{ ended: { at: day(10), by: 'bank' } }, { id: 'consent-2', expiresAt: day(40) }],
      'expired',
    ],
    ['not valid for another minute', [{ validFrom: plus(now, 60_000) }], 'usable'],
  ]
  for (const [what, changes, status] of cases) t.equal(consentStatusOfPerson(changes.map(consent), now), status, what)
  t.end()
})

test('a company’s bank data is on while anybody’s consent is usable', (t) => {
  t.equal(bankDataOfCompany([], day(50)), 'off')
  t.equal(bankDataOfCompany([consent({ expiresAt: day(50) }), consent()], day(50)), 'on')
  t.equal(bankDataOfCompany([consent()], day(90)), 'off')
  t.end()
})

test('renewal falls due 30 days before the end, or after two thirds of a short consent', (t) => {
  t.strictSame(renewFrom(consent()), day(60))
  t.strictSame(renewFrom(consent({ expiresAt: day(180) })), day(150))
  t.strictSame(renewFrom(consent({ expiresAt: day(30) })), day(20))
  t.end()
})

const covering = (changes: Partial<Consent>, ...connections: readonly string[]) => ({
  ...consent(changes),
  accounts: connections.map((connectionId) => ({ connectionId, supersededAt: null })),
})

const pairs = (...those: readonly (readonly [string, string])[]) =>
  those.map(([consentId, connectionId]) => ({ consentId, connectionId }))

test('a provider is asked for a reconfirmation ever more rarely, and a later deadline is what tells of it', (t) => {
  const asked = consent({ expiresAt: day(180), reconfirmBy: day(90), reconfirmAskedAt: day(85) })
  const minutes = (after: number) =>
    (lookAgainAt(asked, plus(day(85), after * 60_000)).getTime() - day(85).getTime()) / 60_000 - after
  t.strictSame([0, 1, 10, 200, 3_000].map(minutes), [1, 1, 10, 200, 360])
  t.strictSame(lookAgainAt(asked, plus(day(180), -1)), day(180), 'and no more when it has ended')
  t.strictSame(lookAgainAt(consent({ reconfirmBy: day(80) }), day(70)), day(90), 'where nobody is expected')
  t.equal(reconfirmed(asked, undefined), asked)
  t.equal(reconfirmed(asked, day(90)), asked)
  const after = reconfirmed(asked, day(176))
  t.match(after, { reconfirmBy: day(176), reconfirmAskedAt: null })
  t.equal(consentStatus(asked, day(100)), 'reconfirmation_due')
  t.equal(consentStatus(after, day(100)), 'usable', 'late is fine')
  t.end()
})

test('a new consent follows the newest one of the same person there that nobody has ended', (t) => {
  const where = { institutionId: 'berlin-group.fjord', personId: 'anna' }
  const later = consent({ id: 'later', validFrom: day(30) })
  const former = (consents: readonly Consent[], of = where) => formerOf(consents, of)?.id
  t.equal(former([consent(), later]), 'later')
  t.equal(former([consent(), consent({ ...later, ended: { at: day(40), by: 'expiry' } })]), 'later', 'one that ran out')
  for (const by of ['bank', 'api', 'superseded'] as const)
    t.equal(former([consent(), consent({ ...later, ended: { at: day(40), by } })]), 'consent-1', by)
  t.equal(former([consent({ personRemovedAt: day(1) })]), undefined)
  t.equal(former([consent({ personId: 'bo' }), consent({ institutionId: 'berlin-group.other' })]), undefined)
  t.equal(formerOf([consent({ personId: null })], { ...where, personId: null }), undefined, 'nobody in particular')
  t.end()
})

test('a new consent takes over account by account', (t) => {
  const renewal = { consent: consent({ id: 'new', validFrom: day(50) }), covered: ['a', 'b'], at: day(50) }
  t.strictSame(supersededBy(renewal, [covering({ id: 'old' }, 'a', 'b')]), {
    accounts: pairs(['old', 'a'], ['old', 'b']),
    consents: ['old'],
  })
  t.strictSame(
    supersededBy(renewal, [covering({ id: 'old' }, 'a', 'c')]),
    { accounts: pairs(['old', 'a']), consents: [] },
    'what is not ticked again is still served by the old one',
  )
  t.strictSame(
    supersededBy({ ...renewal, covered: ['card'] }, [covering({ id: 'old' }, 'a')]),
    { accounts: [], consents: [] },
    'adding a card loses nothing',
  )
  const partly = {
    ...covering({ id: 'old' }),
    accounts: [
      { connectionId: 'c', supersededAt: day(40) },
      { connectionId: 'a', supersededAt: null },
    ],
  }
  t.strictSame(supersededBy(renewal, [partly]), { accounts: pairs(['old', 'a']), consents: ['old'] })
  t.end()
})

test('only what the same person gave at the same bank, and still stands, is superseded', (t) => {
  const nothing = { accounts: [], consents: [] }
  const renewal = { consent: consent({ id: 'new', validFrom: day(50) }), covered: ['a'], at: day(50) }
  const others: readonly Partial<Consent>[] = [
    { personId: 'bo' },
    { personId: null },
    { institutionId: 'powens.fjord' },
    { ended: { at: day(50), by: 'bank' } },
    { expiresAt: day(50) },
    { id: 'new' },
  ]
  for (const changes of others)
    t.strictSame(supersededBy(renewal, [covering({ id: 'old', ...changes }, 'a')]), nothing, JSON.stringify(changes))
  const byLink = { ...renewal, consent: consent({ id: 'new', personId: null }) }
  t.strictSame(
    supersededBy(byLink, [covering({ id: 'old', personId: null }, 'a')]).consents,
    ['old'],
    'renewed by link',
  )
  t.strictSame(supersededBy(renewal, [covering({ id: 'old' })]), nothing, 'it covered nothing')
  const resting = covering({ id: 'old', reconfirmBy: day(40) }, 'a')
  t.strictSame(supersededBy(renewal, [resting]).consents, ['old'], 'one that waits to be reconfirmed still stands')
  t.end()
})

test('reminders fall on the company’s local days', (t) => {
  // Expires on 1 April at 00:30 in Oslo, while it is still 31 March in UTC; Oslo's clocks went forward on 29 March.
  const expiring = consent({ expiresAt: new Date('2026-03-31T22:30:00Z') })
  const ask = { daysBefore: [14, 7, 3, 1, 0], timeZone: 'Europe/Oslo' }
  const at = (instant: string) => remindersOf(expiring, { ...ask, now: new Date(instant) })
  const cases: readonly (readonly [string, number | null, number | null, string | null])[] = [
    ['2026-03-17T22:59:59.999Z', null, null, '2026-03-17T23:00:00.000Z'],
    ['2026-03-17T23:00:00.000Z', 14, 14, '2026-03-24T23:00:00.000Z'],
    ['2026-03-24T23:00:00.000Z', 7, 7, '2026-03-28T23:00:00.000Z'],
    ['2026-03-28T23:00:00.000Z', 3, 3, '2026-03-30T22:00:00.000Z'],
    // After an outage only the nearest to expiry, with the days that are left in fact.
    ['2026-03-30T12:00:00.000Z', 3, 2, '2026-03-30T22:00:00.000Z'],
    ['2026-03-30T22:00:00.000Z', 1, 1, '2026-03-31T22:00:00.000Z'],
    ['2026-03-31T22:00:00.000Z', 0, 0, '2026-03-31T22:30:00.000Z'],
    ['2026-03-31T22:30:00.000Z', null, null, null],
  ]
  for (const [instant, daysBefore, daysLeft, next] of cases) {
    const { due, nextAt } = at(instant)
    const expected = { about: 'expiry', deadline: expiring.expiresAt, daysBefore, daysLeft }
    t.strictSame(due, daysBefore === null ? [] : [expected], instant)
    t.equal(nextAt?.toISOString() ?? null, next, instant)
  }
  const zone = { ...ask, timeZone: 'America/New_York', now: new Date('2026-03-17T03:59:59Z') }
  t.strictSame(remindersOf(expiring, zone).nextAt, new Date('2026-03-17T04:00:00Z'))
  t.end()
})

test('no reminder is due of a time before the consent, of one that has ended, or when none are wanted', (t) => {
  const ask = { daysBefore: [14, 7, 3, 1, 0], timeZone: 'UTC' }
  const short = consent({ expiresAt: day(5) })
  t.strictSame(remindersOf(short, { ...ask, now: start }), { due: [], nextAt: day(2) })
  t.strictSame(remindersOf(short, { ...ask, now: day(4) }).nextAt, day(5), 'it expires as the day begins')
  t.strictSame(remindersOf(consent({ expiresAt: day(7) }), { ...ask, now: start }).due, [], 'given as the day begins')
  const ended = consent({ ended: { at: day(80), by: 'superseded' } })
  t.match(remindersOf(ended, { ...ask, now: day(79) }).due, [{ daysBefore: 14 }])
  t.strictSame(remindersOf(ended, { ...ask, now: day(80) }), { due: [], nextAt: null })
  t.strictSame(remindersOf(consent(), { ...ask, daysBefore: [], now: day(89) }), { due: [], nextAt: day(90) })
  t.end()
})

test('a reconfirmation is reminded of as an end is, and told when it is missed; a later deadline is another one', (t) => {
  const ask = { daysBefore: [14, 1], timeZone: 'UTC' }
  const british = consent({ expiresAt: day(180), reconfirmBy: day(90) })
  const about = 'reconfirmation'
  const at = (now: Date) => remindersOf(british, { ...ask, now })
  t.strictSame(at(day(75)), { due: [], nextAt: day(76) })
  t.strictSame(at(day(76)), { due: [{ about, deadline: day(90), daysBefore: 14, daysLeft: 14 }], nextAt: day(89) })
  t.strictSame(at(day(89)).nextAt, day(90))
  t.strictSame(at(day(95)), {
    due: [{ about, deadline: day(90), daysBefore: 'passed', daysLeft: 0 }],
    nextAt: day(166),
  })
  t.strictSame(remindersOf({ ...british, reconfirmBy: day(180) }, { ...ask, now: day(175) }).due.length, 1, 'one end')
  t.end()
})

test('that a link was not opened is told a day before its end, or half-way through a short life, once', (t) => {
  const link = { status: 'created', page: 'hosted', linkHours: 72, expiresAt: day(3), unopenedAt: null } as const
  t.strictSame(unopenedFrom(link), day(2))
  t.strictSame(unopenedFrom({ ...link, linkHours: 2 }), plus(day(3), -3_600_000))
  for (const changes of [{ status: 'opened' }, { page: 'none' }, { unopenedAt: day(2) }] as const)
    t.equal(unopenedFrom({ ...link, ...changes }), null, JSON.stringify(changes))
  t.end()
})

const account = (changes: Partial<ProviderAccount>): ProviderAccount => ({
  ref: 'r',
  name: 'Lønn',
  type: 'current',
  currency: 'NOK',
  ...changes,
})

test('business_only refuses what the bank calls private, says why, and keeps no more than a masked number', (t) => {
  const ours = account({ usage: 'business' })
  const silent = account({})
  const hers = account({ usage: 'private', iban: 'NO9386011117947', owner: 'Anna' })
  const { accepted, refused } = applyAccountPolicy('business_only', [ours, hers, silent])
  t.strictSame(accepted, [ours, silent])
  t.match(refused, [{ maskedIban: 'NO93 •••• 7947', reason: /private/ }])
  t.notMatch(JSON.stringify(refused), /Anna|86011/)
  t.strictSame(applyAccountPolicy('any', [ours, hers]), { accepted: [ours, hers], refused: [] })
  t.strictSame(refusedAccount(account({ maskedPan: '**** 1234' }), 'why'), { maskedIban: '**** 1234', reason: 'why' })
  t.strictSame(refusedAccount(account({}), 'why'), { maskedIban: null, reason: 'why' })
  t.end()
})
