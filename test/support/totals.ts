import { Parser, type Result } from 'tap-parser'

export type Totals = { readonly passed: number; readonly failed: number }

/**
 * Counts what tap's runner wrote: each `test()` of a file is one. What keeps a file from counting whole (it crashed, ran out of time, would not
 * load, holds no test) is one failure more, unless one of its tests has failed already.
 */
export function totalsOf(tap: string): Totals {
  let passed = 0
  let failed = 0
  let failedInFile = 0
  const count = (test: Result): void => {
    if (test.skip || test.todo) return
    if (test.ok) passed++
    else failedInFile++
  }
  const whole = new Parser()
  whole.on('child', (file: Parser) => file.on('assert', count))
  whole.on('assert', (file: Result) => {
    const isWhole = file.ok && !file.skip
    failed += Math.max(failedInFile, isWhole ? 0 : 1)
    failedInFile = 0
  })
  whole.end(tap)
  return { passed, failed }
}
