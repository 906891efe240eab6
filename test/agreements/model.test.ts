import { test } from 'tap'
import {
  agreementStates,
  drawnUp,
  heard,
  isAsSeen,
  lookAgainAt,
  obstacleOf,
  onAskingAnew,
  type Agreement,
  type AgreementState,
} from '../../src/agreements/model.ts'
import type { AgreementTold } from '../../src/providers/provider.ts'

const at = (text: string) => new Date(`2026-11-${text}Z`)
const since = at('10T09:00:00')
const now = at('12T09:00:00')

const agreement = (state: AgreementState, changes: Partial<Agreement> = {}): Agreement => ({
  id: 'a',
  companyId: 'fjordlys',
  programmeId: 'berlin-group.norbro',
  state,
  since,
  reasons: [],
  redirectUrl: null,
  attemptId: 'one',
  isBeingDrawnUp: false,
  linkEndsAt: at('24T09:00:00'),
  createdAt: since,
  ...changes,
})
const told = (state: AgreementTold['state'], changes: Partial<AgreementTold> = {}): AgreementTold => ({
  state,
  reasons: [],
  ...changes,
})

test('only an approved agreement lets anybody consent; of every other it is said what to do', (t) => {
  const next = Object.fromEntries(agreementStates.map((state) => [state, obstacleOf(state)?.next]))
  t.strictSame(next, {
    missing: 'sign',
    to_sign: 'sign',
    in_review: 'wait',
    approved: undefined,
    refused: 'sign',
    declined: 'sign',
    expired: 'sign',
    ended: 'sign',
  })
  t.end()
})

test('what has been signed is not asked for anew, what waits is replaced, and what is over is begun again', (t) => {
  const answers = Object.fromEntries(agreementStates.map((state) => [state, onAskingAnew(state)]))
  t.strictSame(answers, {
    missing: 'begin',
    to_sign: 'replace',
    in_review: 'settled',
    approved: 'settled',
    refused: 'begin',
    declined: 'begin',
    expired: 'begin',
    ended: 'begin',
  })
  t.end()
})

test('what the provider tells is a step when it is news', (t) => {
  const random = { code: 'random_check' as const }
  const industry = { code: 'industry' as const, text: 'Which goods?' }
  const cases: [
    string,
    Agreement,
    AgreementTold,
    (typeof random | typeof industry)[],
    [string, Date, string[]] | null,
  ][] = [
    ['nothing new', agreement('to_sign'), told('to_sign'), [], null],
    ['signed', agreement('to_sign'), told('approved'), [], ['approved', now, []]],
    [
      'with its instant',
      agreement('to_sign'),
      told('approved', { since: at('11T08:00:00') }),
      [],
      ['approved', at('11T08:00:00'), []],
    ],
    [
      'an instant in the future',
      agreement('to_sign'),
      told('approved', { since: at('13T08:00:00') }),
      [],
      ['approved', now, []],
    ],
    [
      'an instant before it was known',
      agreement('to_sign'),
      told('approved', { since: at('09T08:00:00') }),
      [],
      ['approved', now, []],
    ],
    [
      'reviewed',
      agreement('to_sign'),
      told('in_review', { reasons: [random] }),
      [],
      ['in_review', now, ['random_check']],
    ],
    ['the same reasons', agreement('in_review'), told('in_review', { reasons: [random] }), [random], null],
    [
      'another reason',
      agreement('in_review'),
      told('in_review', { reasons: [random, industry] }),
      [random],
      ['in_review', since, ['random_check', 'industry']],
    ],
    [
      'more said of one',
      agreement('in_review'),
      told('in_review', { reasons: [{ ...industry, text: 'Which, and whose?' }] }),
      [industry],
      ['in_review', since, ['industry']],
    ],
    [
      'refused',
      agreement('in_review'),
      told('refused', { reasons: [industry] }),
      [random],
      ['refused', now, ['industry']],
    ],
    [
      'a link past its end',
      agreement('to_sign', { linkEndsAt: at('12T08:00:00') }),
      told('to_sign'),
      [],
      ['expired', at('12T08:00:00'), []],
    ],
    [
      'signed at the last moment',
      agreement('to_sign', { linkEndsAt: at('12T08:00:00') }),
      told('approved'),
      [],
      ['approved', now, []],
    ],
    ['ended', agreement('approved'), told('ended'), [], ['ended', now, []]],
  ]
  for (const [name, held, answer, known, expected] of cases) {
    const news = heard(held, answer, { known, now })
    const seen = news && [news.agreement.state, news.agreement.since, news.agreement.reasons]
    t.strictSame(seen ?? null, expected, name)
    if (news !== undefined)
      t.strictSame(news.step.reasons, answer.state === news.agreement.state ? answer.reasons : [], name)
  }
  t.end()
})

test('it is asked after as long again as it has been under way, from a minute to an hour, and as its link ends', (t) => {
  const cases: [string, Agreement, Date, Date | null][] = [
    ['at once', agreement('to_sign'), since, at('10T09:01:00')],
    ['after ten minutes', agreement('to_sign'), at('10T09:10:00'), at('10T09:20:00')],
    ['after days', agreement('in_review'), now, at('12T10:00:00')],
    ['as its link ends', agreement('to_sign', { linkEndsAt: at('12T09:30:00') }), now, at('12T09:30:00')],
    ['its link has ended', agreement('to_sign', { linkEndsAt: at('12T08:30:00') }), now, at('12T10:00:00')],
    ['a review has no link', agreement('in_review', { linkEndsAt: at('12T09:30:00') }), now, at('12T10:00:00')],
    ['in force', agreement('approved'), now, at('13T09:00:00')],
    ...(['missing', 'refused', 'declined', 'expired', 'ended'] as const).map(
      (state): [string, Agreement, Date, null] => [state, agreement(state), now, null],
    ),
  ]
  for (const [name, held, instant, expected] of cases) t.strictSame(lookAgainAt(held, instant), expected, name)
  t.end()
})

test('what was drawn up waits for its signature, whatever it was before', (t) => {
  const before = agreement('refused', { reasons: ['industry'], isBeingDrawnUp: true })
  const link = { linkEndsAt: at('26T09:00:00'), redirectUrl: 'https://acme.example/done' }
  t.match(drawnUp(before, link, now), { state: 'to_sign', since: now, reasons: [], isBeingDrawnUp: false, ...link })
  t.end()
})

test('an answer to a question from before counts only while nothing else was heard', (t) => {
  const seen = agreement('to_sign')
  t.ok(isAsSeen(agreement('to_sign', { redirectUrl: 'https://acme.example/done' }), seen))
  t.notOk(isAsSeen(agreement('to_sign', { attemptId: 'two' }), seen))
  t.notOk(isAsSeen(agreement('approved'), seen))
  t.notOk(isAsSeen(agreement('to_sign', { since: now }), seen))
  t.end()
})
