// Writes labelled books to a folder: node test/matching/labelled/main.ts --out DIR --seed N --entries N [--countries NO,SE]

import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { ratesOn, type Country, type LabelledCompany } from './format.ts'
import { generate } from './generate.ts'
import { dayOf, iso } from './kit.ts'
import { isCountry, lands } from './lands/index.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    entries: { type: 'string', default: '3000' },
    countries: { type: 'string' },
  },
})
if (values.out === undefined) throw new Error('--out DIR: where to write to')
await writeAll({
  out: values.out,
  seed: Number(values.seed),
  entries: Number(values.entries),
  countries: (values.countries?.split(',') ?? Object.keys(lands)).filter(isCountry),
})

async function writeAll(asked: {
  out: string
  seed: number
  entries: number
  countries: readonly Country[]
}): Promise<void> {
  const { out, seed, entries, countries } = asked
  await mkdir(out, { recursive: true })
  let flags: 'w' | 'a' = 'w'
  for (const country of countries) {
    const made = generate({ seed, country, entries })
    for (const [name, records] of filesOf(made)) await writeLines(join(out, `${name}.jsonl`), records, flags)
    flags = 'a'
  }
  const from = dayOf('2024-12-01')
  const days = Array.from({ length: dayOf('2026-07-31') - from }, (_, at) => iso(from + at))
  const rates = Object.fromEntries(days.map((day) => [day, ratesOn(day)]))
  await pipeline(Readable.from([JSON.stringify(rates)]), createWriteStream(join(out, 'fxrates.json')))
}

function filesOf({ company, entries, transactions, history, truth }: LabelledCompany): [string, readonly object[]][] {
  return [
    ['companies', [company]],
    ['entries', entries],
    ['transactions', transactions],
    ['history', history],
    ['truth', truth],
  ]
}

async function writeLines(path: string, records: readonly object[], flags: 'w' | 'a'): Promise<void> {
  await pipeline(Readable.from(chunks(records)), createWriteStream(path, { flags }))
}

function* chunks(records: readonly object[]): Generator<string> {
  for (let at = 0; at < records.length; at += 1_000) {
    yield records
      .slice(at, at + 1_000)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('')
  }
}
