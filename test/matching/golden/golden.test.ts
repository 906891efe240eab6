import { test } from 'tap'
import { automaticOnes, otherEntries, proposalsFor, told } from '../builders.ts'
import { goldenCases } from './cases.ts'

// A bookkeeper's judgement must not depend on how large the books are, so each case stands alone and among others.
for (const size of [0, 400]) {
  for (const { name, entries, automatic, suggested = [], never = [], ...rest } of goldenCases) {
    test(`${name} (among ${size} other entries)`, (t) => {
      const given = { ...rest, entries: [...entries, ...otherEntries(size)] }
      if (automatic !== undefined) t.strictSame(automaticOnes(given), automatic)
      const proposals = proposalsFor(given)
      const first = proposals.filter(({ rank }) => rank === 1).map(told)
      for (const expected of suggested) t.ok(first.includes(expected), `suggests ${expected}`)
      const all = proposals.map(told)
      for (const refused of never) t.notOk(all.includes(refused), `does not propose ${refused}`)
      t.end()
    })
  }
}
