// npm run bench [-- NAME…]: how fast the service is. Seconds depend on the machine and on what else it does, so each figure is set
// against something else of the same run. It prints and asserts nothing. docs/benchmarks.md tells what each figure means.

import { argv, exit } from 'node:process'
import { measureConnections } from './connections.ts'
import { measureDue } from './due.ts'
import type { Figure } from './figure.ts'
import { measureFew, measureImport } from './imports.ts'
import { measureMillion } from './million.ts'
import { measureNormalise } from './normalise.ts'
import { measurePeer } from './peer.ts'
import { measurePure } from './pure.ts'
import { measureRematch } from './rematch.ts'
import { measureStart } from './start.ts'
import { openWorld } from './world.ts'

/** Each leaves what it started to `cleanup`. */
const measures: Readonly<Record<string, (cleanup: AsyncDisposableStack) => Promise<readonly Figure[]>>> = {
  import: async (cleanup) => measureImport(await openWorld(cleanup)),
  few: async (cleanup) => measureFew(await openWorld(cleanup)),
  connections: async (cleanup) => measureConnections(await openWorld(cleanup), cleanup),
  due: measureDue,
  rematch: measureRematch,
  start: measureStart,
  pure: measurePure,
  normalise: measureNormalise,
}

/** Those that take minutes, and one that needs npm's registry: measured only when they are named, and given longer. */
const onlyByName: typeof measures = {
  million: measureMillion,
  peer: measurePeer,
}

const wanted = argv.slice(2)
const all = { ...measures, ...onlyByName }
const unknown = wanted.filter((name) => all[name] === undefined)
if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`)
const secondsMax = wanted.some((name) => onlyByName[name] !== undefined) ? 900 : 420

let cleanup = new AsyncDisposableStack()
const leave = (code: number): void => void cleanup.disposeAsync().then(() => exit(code))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => leave(130))
setTimeout(() => {
  process.stderr.write(`given up after ${secondsMax} s\n`)
  leave(1)
}, secondsMax * 1000).unref()

const figures: Figure[] = []
for (const [name, measure] of Object.entries(wanted.length > 0 ? all : measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  cleanup = new AsyncDisposableStack()
  try {
    const measured = await measure(cleanup)
    for (const figure of measured) process.stdout.write(`${lineOf(figure)}\n`)
    figures.push(...measured)
  } finally {
    await cleanup.disposeAsync()
  }
}
process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), node: process.version, figures })}\n`)
exit(0)

function lineOf({ name, value, unit, goal, note }: Figure): string {
  const shown =
    unit === undefined
      ? value.toFixed(2)
      : `${unit === 's' ? value.toFixed(2) : Math.round(value).toLocaleString('en')} ${unit}`
  return `${name.padEnd(64)} ${shown.padStart(14)}   ${(goal ?? '').padEnd(8)} ${note ?? ''}`
}
