import { Parser, type Result } from 'tap-parser'

export type Totals = { readonly passed: number; readonly failed: number }

/** What came of a test file. */
export type FileRun = Totals & {
  readonly code: number | null
  /** Each assertion that did not hold: its tests' names and what it tells of itself. */
  readonly failures: readonly { readonly name: string; readonly diag: unknown }[]
}

/**
 * Reads what a test file wrote: each `test()` of it is one. What keeps the file from counting whole (it crashed, ran out of time, would not load, holds no
 * test) is one failure more, unless one of its tests has failed already.
 */
export function readTap(tap: string, code: number | null): FileRun {
  let passed = 0
  let failed = 0
  let leftOut = 0
  const failures: FileRun['failures'][number][] = []
  const file = new Parser()
  file.on('assert', ({ ok, skip, todo }: Result) => {
    if (skip || todo) leftOut += 1
    else if (ok) passed += 1
    else failed += 1
  })
  collect(file)
  file.end(tap)
  const isWhole = code === 0 && file.ok && passed + failed + leftOut > 0
  return { passed, failed: Math.max(failed, isWhole ? 0 : 1), code, failures }

  /** A test that failed for one of its parts is told by that part. */
  function collect(parser: Parser): void {
    let told = failures.length
    parser.on('child', (child: Parser) => {
      told = failures.length
      collect(child)
    })
    parser.on('assert', ({ ok, skip, todo, fullname, diag }: Result) => {
      if (!ok && !skip && !todo && failures.length === told) failures.push({ name: fullname, diag: diag ?? {} })
      told = failures.length
    })
  }
}
