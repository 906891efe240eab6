import { test } from 'tap'
import { readTap } from './totals.ts'

// What files write by tap 21.8, without most of the diagnostics.
const holds = `    # Subtest: holds
        ok 1 - should be equal
        1..1
    ok 1 - holds # time=3ms
    `.replaceAll(/^ {4}/gm, '')

const whole = `TAP version 14
${holds}
# Subtest: holds with a part
    # Subtest: part
        ok 1 - should be equal
        ok 2 - should be equal
        1..2
    ok 1 - part # time=1ms
    
    1..1
ok 2 - holds with a part # time=5ms

ok 3 - left out # SKIP
1..3
# { total: 3, pass: 2, skip: 1 }
`

const broken = {
  failing: `TAP version 14
${holds}
# Subtest: breaks
    ok 1 - should be equal
    # Subtest: in a part
        not ok 1 - should be equal
          ---
          diff: |
            ok 3
            not ok 4
          ...
        
        1..1
    not ok 2 - in a part
    1..2
not ok 2 - breaks # time=39ms

1..2
`,
  killed: `TAP version 14
${holds}
# Subtest: was on its way
    ok 1 - should be equal
`,
  threwAfterItsTests: `TAP version 14
${holds}
1..1
`,
  outOfTime: `TAP version 14
${holds}
# Subtest: hangs
    not ok 1 - timeout!
    1..1
not ok 2 - hangs # time=3003ms

1..2
`,
  withoutTests: `TAP version 14
1..0 # no tests found
`,
  wouldNotLoad: '',
}

test('each test of a file counts once, whatever it asserts; one that is skipped not at all', async (t) => {
  t.match(readTap(whole, 0), { passed: 2, failed: 0, failures: [] })
  t.match(readTap('TAP version 14\nok 1 - cannot be seen here # SKIP\n1..1\n', 0), { passed: 0, failed: 0 })
})

test('a file that did not come through whole counts as a failure, once', async (t) => {
  const passed = { failing: 1, killed: 1, threwAfterItsTests: 1, outOfTime: 1, withoutTests: 0, wouldNotLoad: 0 }
  for (const [name, tap] of Object.entries(broken))
    t.match(readTap(tap, name === 'withoutTests' ? 0 : 1), { passed: Reflect.get(passed, name), failed: 1 }, name)
  t.match(readTap(whole, null), { passed: 2, failed: 1 }, 'all hold, and then it was killed')
})

test('a failure is told once, by the innermost test that it broke, with what it tells of itself', async (t) => {
  t.strictSame(readTap(broken.failing, 1).failures, [
    { name: 'breaks > in a part > should be equal', diag: { diff: 'ok 3\nnot ok 4\n' } },
  ])
})
