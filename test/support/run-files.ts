// Runs test files, each a process of its own, two at a time, and reads the TAP they write. tap's own runner does the same with a loader in every process, for
// coverage that we do not ask for: that took half a second of each file and of each service that a test starts.

import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { stringify } from 'yaml'
import { readTap, type FileRun, type Totals } from './totals.ts'

/** A file that takes longer has failed. */
const timeoutSeconds = 420
/** Longest first, so that none is begun when all others are done. */
const first = ['test/simulation/', 'test/sync/']

export async function runFiles(ask: {
  readonly files: readonly string[]
  readonly jobs: number
  readonly env: NodeJS.ProcessEnv
  /** Where what each file wrote is kept. */
  readonly results: string
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}): Promise<Totals> {
  const { files, results, say } = ask
  const waiting = files.toSorted((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b))
  let passed = 0
  let failed = 0
  const lane = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const { tap, code } = await runFile(file, ask)
      const result = join(results, `${file}.tap`)
      await mkdir(dirname(result), { recursive: true })
      await writeFile(result, tap)
      const run = readTap(tap, code)
      passed += run.passed
      failed += run.failed
      if (run.failed > 0) say(report(file, run))
    }
  }
  await Promise.all(Array.from({ length: ask.jobs }, lane))
  return { passed, failed }
}

async function runFile(
  file: string,
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<{ tap: string; code: number | null }> {
  signal.throwIfAborted()
  const child = spawn(execPath, ['--enable-source-maps', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, TAP: '1', TAP_TIMEOUT: String(timeoutSeconds) },
    signal,
    // A file that does not end when its time is over is past asking.
    timeout: (timeoutSeconds + 10) * 1_000,
    killSignal: 'SIGKILL',
  })
  let tap = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    tap += text
  })
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done({ tap, code }))
  })
}

/** What did not hold, in a way that says where to look. */
function report(file: string, { failures, code }: FileRun): string {
  const told = failures.map(({ name, diag }) => `\n  ${name}\n${stringify(diag).replaceAll(/^/gm, '    ').trimEnd()}`)
  return `FAILED ${file} (exit code ${code ?? 'none: killed'})${told.join('')}\n\n`
}

const rankOf = (file: string): number => {
  const rank = first.findIndex((folder) => file.startsWith(folder))
  return rank === -1 ? first.length : rank
}
