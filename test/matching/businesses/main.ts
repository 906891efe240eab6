// node test/matching/businesses/main.ts --out DIR --seed N --entries N [--countries NO,SE,…]: one company per country, as files.

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { ratesOn, type Country } from '../labelled/format.ts'
import { dayOf, isoOf } from './base/calendar.ts'
import { generate } from './generate.ts'
import { locales } from './people/names.ts'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    entries: { type: 'string', default: '3000' },
    countries: { type: 'string' },
  },
})
if (values.out === undefined) throw new Error('say where to: --out DIR')
const isCountry = (text: string): text is Country => text in locales
const wanted = values.countries?.split(',') ?? Object.keys(locales)
const countries = wanted.filter(isCountry)
if (countries.length < wanted.length) throw new Error(`countries are ${Object.keys(locales).join(', ')}`)

mkdirSync(values.out, { recursive: true })
const files = {
  companies: open('companies'),
  entries: open('entries'),
  transactions: open('transactions'),
  history: open('history'),
  truth: open('truth'),
}
for (const country of countries) {
  const made = generate({ seed: Number(values.seed), country, entries: Number(values.entries) })
  write(files.companies, [made.company])
  write(files.entries, made.entries)
  write(files.transactions, made.transactions)
  write(files.history, made.history)
  write(files.truth, made.truth)
  stdout.write(
    `${country}: ${made.entries.length} entries, ${made.transactions.length} transactions, ${made.history.length} in history\n`,
  )
}
for (const file of Object.values(files)) closeSync(file)
const rates = openSync(join(values.out, 'fxrates.json'), 'w')
const days: Record<string, Readonly<Record<string, number>>> = {}
for (let day = dayOf('2024-11-01'); day <= dayOf('2026-07-31'); day++) days[isoOf(day)] = ratesOn(isoOf(day))
writeSync(rates, JSON.stringify(days))
closeSync(rates)

function open(name: string): number {
  return openSync(join(values.out!, `${name}.jsonl`), 'w')
}

/** A few thousand lines at a time: a million at once would be one string too long. */
function write(file: number, records: readonly unknown[]): void {
  for (let at = 0; at < records.length; at += 5000)
    writeSync(
      file,
      records
        .slice(at, at + 5000)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    )
}
