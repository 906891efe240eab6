// node test/matching/evaluate.ts --dir DIR --predictions FILE [--wrong N]: the figures of a set and, by story, where they come from.

import { parseArgs } from 'node:util'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { figuresOf, storiesOf, tableOf, type Group } from './figures.ts'
import type { TruthRecord } from './labelled/format.ts'

const { values } = parseArgs({
  options: { dir: { type: 'string' }, predictions: { type: 'string' }, wrong: { type: 'string', default: '0' } },
})
const records = async <Record>(path: string): Promise<Record[]> => {
  const all: Record[] = []
  for await (const line of createInterface({ input: createReadStream(path) }))
    if (line !== '') all.push(JSON.parse(line))
  return all
}
const figures = figuresOf(
  await records<TruthRecord>(`${values.dir}/truth.jsonl`),
  await records<Group>(values.predictions ?? `${values.dir}/predictions.jsonl`),
)
process.stdout.write(`${tableOf(figures)}\n\n${storiesOf(figures)}\n`)
for (const each of figures.wrong.slice(0, Number(values.wrong))) process.stdout.write(`${JSON.stringify(each)}\n`)
