// node test/matching/held-out/main.ts --out DIR --seed N --entries N [--countries NO,SE,…]

import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ratesOn, type Country } from '../labelled/format.ts'
import { dayOf, iso } from './amounts.ts'
import { generate } from './generate.ts'

const COUNTRIES: readonly Country[] = ['NO', 'SE', 'DK', 'FI', 'NL', 'BE', 'DE', 'GB', 'FR']

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    entries: { type: 'string', default: '3000' },
    countries: { type: 'string' },
  },
})
const { out } = values
if (out === undefined) throw new Error('--out DIR is missing')
mkdirSync(out, { recursive: true })

const chosen = COUNTRIES.filter(
  (country) => values.countries === undefined || values.countries.split(',').includes(country),
)
const names = ['companies', 'entries', 'transactions', 'history', 'truth'] as const
const files = Object.fromEntries(names.map((name) => [name, createWriteStream(join(out, `${name}.jsonl`))]))

for (const country of chosen) {
  const made = generate({ seed: Number(values.seed), country, entries: Number(values.entries) })
  const rows = {
    companies: [made.company],
    entries: made.entries,
    transactions: made.transactions,
    history: made.history,
    truth: made.truth,
  }
  for (const name of names) await write(name, rows[name])
}
for (const name of names) {
  files[name]!.end()
  await once(files[name]!, 'finish')
}
const rates: Record<string, ReturnType<typeof ratesOn>> = {}
for (let day = dayOf('2024-06-01'); day <= dayOf('2026-07-31'); day++) rates[iso(day)] = ratesOn(iso(day))
writeFileSync(join(out, 'fxrates.json'), `${JSON.stringify(rates)}\n`)

/** A thousand rows at a time, waiting for the disk where it is slower. */
async function write(name: (typeof names)[number], rows: readonly unknown[]): Promise<void> {
  const file = files[name]!
  for (let at = 0; at < rows.length; at += 1000) {
    const text = rows.slice(at, at + 1000).map((row) => `${JSON.stringify(row)}\n`)
    if (!file.write(text.join(''))) await once(file, 'drain')
  }
}
