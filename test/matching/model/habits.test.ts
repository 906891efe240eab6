import { test } from 'tap'
import { habitsOf, lessonsOf, usualDays, verdictOf, type Lesson } from '../../../src/matching/model/habits.ts'
import { nameOf } from '../../../src/matching/model/names.ts'

const name = nameOf('Kjell Ermann Handel')
const line = { account: '86011117947', valueDay: 20_000, ...(name !== undefined && { name }) }
const lesson = (rest: Partial<Lesson> = {}): Lesson => ({
  kind: 'account',
  seen: '86011117947',
  party: 'C-17',
  isNot: false,
  ...rest,
})
const known = (lessons: readonly Lesson[]) =>
  habitsOf(lessons)
    .partiesOf(line)
    .map(({ party, kind, times, of }) => `${party} ${kind} ${times}/${of}`)

const late = (...days: readonly number[]) =>
  habitsOf(days.map((seen) => lesson({ kind: 'days', seen: String(seen) }))).daysLateOf('C-17')

test('a decision teaches under which account and name somebody pays, and how late', (t) => {
  t.same(lessonsOf([line], [{ party: 'C-17', expectedDay: 19_995 }]), [
    lesson(),
    lesson({ kind: 'name', seen: 'ERMANN HANDEL KJELL' }),
    lesson({ kind: 'days', seen: '5' }),
  ])
  t.same(
    lessonsOf([{ opening: 'REMA 1000', valueDay: 1 }], [{ party: 'C-17' }], true),
    [lesson({ kind: 'text', seen: 'REMA 1000', isNot: true })],
    'a refusal says nothing of days',
  )
  t.same(lessonsOf([line], [{ party: 'C-17' }, { party: 'C-18' }]), [], 'whose the line is was not said')
  t.same(lessonsOf([line], [{}]), [], 'nor with an entry of nobody')
  t.same(lessonsOf([line], []), [])
  t.end()
})

test('of several parties the one that was named oftener comes first, with its share', (t) => {
  t.same(known([lesson({ party: 'B' }), lesson({ party: 'A' }), lesson({ party: 'A' })]), [
    'A account 2/3',
    'B account 1/3',
  ])
  t.same(known([lesson({ seen: 'another' })]), [])
  t.end()
})

test('a refusal takes a confirmation back; two more refusals than confirmations say that it is not so', (t) => {
  const no = lesson({ isNot: true })
  t.same(known([lesson(), no]), [])
  t.same(known([no]), [], 'one may have been of the entry')
  t.same(known([no, no]), ['C-17 account -2/0'])
  t.same(known([no, no, lesson({ party: 'B' })]), ['B account 1/1', 'C-17 account -2/1'])
  t.same(known([no, no, lesson(), lesson()]), [])
  for (const [times, refusals, verdict] of [
    [1, 0, 'for'],
    [1, 1, 'none'],
    [0, 1, 'none'],
    [0, 2, 'against'],
    [3, 2, 'for'],
  ] as const)
    t.equal(verdictOf({ times, refusals }), verdict)
  t.end()
})

test('three payments that lie close together say when somebody pays', (t) => {
  t.equal(late(9, 11, 10), 10)
  t.equal(late(9, 11), undefined)
  t.equal(late(1, 2, 30), undefined)
  t.equal(late(-3, -2, -2), -2)
  t.same(usualDays([4, 30, 5]), { usual: 5, least: 4, most: 30, isRule: false })
  t.equal(usualDays([]), undefined)
  t.end()
})
