import fc from 'fast-check'
import { test } from 'tap'
import { blocksOf, type PageDays } from '../../../src/sync/model/blocks.ts'
import { addDays, type Day } from '../../../src/values/day.ts'

const window = { from: '2026-11-01', to: '2026-11-20' } as const
const pagesOf = (...pages: readonly Readonly<Record<string, number>>[]): ReadonlyMap<number, PageDays> =>
  new Map(pages.map((days, at) => [at + 1, new Map(Object.entries(days).map(([day, rows]) => [dayIn(day), rows]))]))
const dayIn = (text: string): Day => addDays(window.from, Number(text) - 1)

test('days are put together until there are about so many rows, and none is cut', (t) => {
  const blocks = blocksOf(pagesOf({ 3: 40, 4: 40, 5: 40, 9: 250, 10: 10 }), window, 100)
  t.strictSame(
    blocks.map(({ days, rows }) => [days.from, days.to, rows]),
    [
      ['2026-11-01', '2026-11-04', 80],
      ['2026-11-05', '2026-11-08', 40],
      ['2026-11-09', '2026-11-09', 250],
      ['2026-11-10', '2026-11-20', 10],
    ],
  )
  t.end()
})

test('rows from before the window go with the first block, and rows after it with none', (t) => {
  const [only, ...others] = blocksOf(pagesOf({ '-3': 2, 1: 1, 21: 5 }), window, 100)
  t.match(only, { days: window, reach: { from: '2026-10-28', to: '2026-11-20' }, rows: 3 })
  t.strictSame(others, [])
  t.end()
})

test('an answer without rows is one block, of days that are decided to be empty', (t) => {
  t.strictSame(blocksOf(new Map(), window, 100), [{ days: window, reach: window, pages: [], rows: 0 }])
  t.end()
})

test('blocks tile the window, have each row once, and name every page with rows of theirs', (t) => {
  const page = fc.dictionary(fc.integer({ min: -5, max: 25 }).map(String), fc.integer({ min: 1, max: 30 }))
  fc.assert(
    fc.property(fc.array(page, { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (made, size) => {
      const pages = pagesOf(...made)
      const blocks = blocksOf(pages, window, size)
      let next: Day = window.from
      for (const [at, { days, reach, pages: numbers, rows }] of blocks.entries()) {
        if (days.from !== next || reach.to !== days.to || (at > 0 && reach.from !== days.from)) return false
        next = addDays(days.to, 1)
        const within = [...pages].map(([number, ofPage]) => ({
          number,
          rows: [...ofPage].reduce(
            (sum, [day, count]) => (day >= reach.from && day <= reach.to ? sum + count : sum),
            0,
          ),
        }))
        if (rows !== within.reduce((sum, each) => sum + each.rows, 0)) return false
        if (String(numbers) !== String(within.filter((each) => each.rows > 0).map(({ number }) => number))) return false
      }
      const shown = [...pages.values()].flatMap((days) => [...days]).filter(([day]) => day <= window.to)
      const total = shown.reduce((sum, [, count]) => sum + count, 0)
      return next === addDays(window.to, 1) && blocks.reduce((sum, { rows }) => sum + rows, 0) === total
    }),
  )
  t.pass()
  t.end()
})
