import { test } from 'tap'
import { totalsOf } from './totals.ts'

// Each file's part as tap 21.8 writes it, without the diagnostics.
const whole = `# Subtest: whole.test.ts
    # Subtest: holds
        ok 1 - should be equal
        1..1
    ok 1 - holds # time=5ms
    
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
ok 1 - whole.test.ts # time=20ms
`

const files = {
  failing: `# Subtest: failing.test.ts
    # Subtest: breaks
        not ok 1 - should be equal
          ---
          diff: |
            ok 3
            not ok 4
          ...
        
        1..1
    not ok 1 - breaks # time=39ms
    
    # Subtest: holds
        ok 1 - should be equal
        1..1
    ok 2 - holds # time=1ms
    
    1..2
not ok 2 - failing.test.ts # time=51ms
`,
  killed: `# Subtest: killed.test.ts
    # Subtest: was on its way
        ok 1 - should be equal
    1..0 # no tests found
        # test count(1) != plan(null)
    TAP version 14
    1..0 # no tests found
not ok 2 - killed.test.ts # time=477ms
`,
  threwAfterItsTests: `# Subtest: threw.test.ts
    # Subtest: holds
        ok 1 - should be equal
        1..1
    ok 1 - holds # time=3ms
    
    1..1
not ok 2 - threw.test.ts # time=21ms
`,
  outOfTime: `# Subtest: slow.test.ts
    # Subtest: holds
        ok 1 - should be equal
        1..1
    ok 1 - holds # time=4ms
    
    # Subtest: hangs
        not ok 1 - timeout!
        1..1
    not ok 2 - hangs # time=3003ms
    
    1..2
not ok 2 - slow.test.ts # time=3018ms
`,
  withoutTests: `# Subtest: empty.test.ts
    1..0 # no tests found
ok 2 - empty.test.ts # SKIP no tests found
`,
}

test('each test of a file counts once, whatever it asserts; one that is skipped not at all', async (t) => {
  t.same(totalsOf(`TAP version 14\n1..1\n${whole}`), { passed: 2, failed: 0 })
})

test('a file that did not come through whole counts as a failure, once', async (t) => {
  const expected = {
    failing: { passed: 3, failed: 1 },
    killed: { passed: 2, failed: 1 },
    threwAfterItsTests: { passed: 3, failed: 1 },
    outOfTime: { passed: 3, failed: 1 },
    withoutTests: { passed: 2, failed: 1 },
  }
  for (const [name, file] of Object.entries(files))
    t.same({ [name]: totalsOf(`TAP version 14\n1..2\n${whole}${file}`) }, { [name]: Reflect.get(expected, name) })
})
