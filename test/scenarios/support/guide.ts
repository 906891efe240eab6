// What keeps a guide true. A story makes the calls that the guide shows through `show`, each under a name of its own; `docs/guides/<name>.md` says where each
// stands with `<!-- call: that-name -->`, and what follows the marker, the request and its answer, has to be what went over the wire.
// `npm run guides` writes what follows the markers.

import { readFile, writeFile } from 'node:fs/promises'
import { STATUS_CODES } from 'node:http'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { Test } from 'tap'
import type { Answer, Service } from '../../support/service.ts'
import { createStandIns } from './stand-ins.ts'

type Call = ReturnType<Service['client']>

/** What of a long answer is shown; the first line of the block says so. What is left out is not checked. */
export type Excerpt = {
  /** Only these fields, of each row where the answer is a list; `match.status` is a field of a field. */
  readonly fields?: readonly string[]
  /** Only so many rows of a list. How many there were is shown, and checked. */
  readonly rows?: number
}

export type Guide = {
  /** Makes a call that the guide shows. */
  readonly show: (name: string, method: string, url: string, body?: unknown, excerpt?: Excerpt) => Promise<Answer>
  /** That the guide shows each of these calls as it was, and no other. After all of them. */
  readonly isTrue: (t: Test) => Promise<void>
}

export function openGuide(name: string, call: Call): Guide {
  const file = new URL(`../../../docs/guides/${name}.md`, import.meta.url)
  const standIns = createStandIns()
  const shown = new Map<string, string>()
  return {
    async show(marker, method, url, body, excerpt = {}) {
      if (shown.has(marker)) throw new Error(`the guide ${name} has two calls that are named ${marker}`)
      const answer = await call(method, url, body)
      // In the order in which they are read, so that each stand-in is numbered as it is met.
      const request = { url: standIns.ofUrl(url), body: standIns.of(body, url) }
      const reply = standIns.of(excerptOf(answer.body, excerpt), url)
      shown.set(
        marker,
        [
          fenced('http', `${method} ${request.url}`, await pretty(request.body)),
          fenced('json', statusLine(answer, excerpt), await pretty(reply)),
        ].join('\n'),
      )
      return answer
    },
    async isTrue(t) {
      const found = await readFile(file, 'utf8').catch(() => '')
      const isAsked = env['GUIDES'] === 'write'
      const text = isAsked ? await tidy(rewritten(found, shown), fileURLToPath(file)) : found
      if (isAsked) await writeFile(file, text)
      const written = blocksOf(text)
      t.strictSame(
        [...written.keys()].toSorted(),
        [...shown.keys()].toSorted(),
        'the guide shows the calls of its story',
      )
      for (const [marker, block] of shown) t.equal(written.get(marker), block, `${marker}, as it went over the wire`)
    },
  }
}

const fence = /^<!-- call: ([a-z0-9-]+) -->\n((?:\n*```(?:http|json)\n[^]*?\n```\n){0,2})/gm

function blocksOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(fence)].map(([, marker = '', block = '']) => [marker, block.replace(/^\n+/, '')]))
}

/** A call without a marker comes last, for somebody to give it its place. */
function rewritten(text: string, shown: ReadonlyMap<string, string>): string {
  const written = blocksOf(text)
  const placed = text.replace(fence, (whole, marker: string) => {
    const block = shown.get(marker)
    return block === undefined ? whole : `<!-- call: ${marker} -->\n\n${block}`
  })
  const missing = [...shown].filter(([marker]) => !written.has(marker))
  return placed + missing.map(([marker, block]) => `\n<!-- call: ${marker} -->\n\n${block}`).join('')
}

const fenced = (language: string, first: string, rest: string): string =>
  `\`\`\`${language}\n${first}\n${rest === '' ? '' : `${language === 'http' ? '\n' : ''}${rest}`}\`\`\`\n`

function statusLine({ status, body }: Answer, { fields, rows }: Excerpt): string {
  const count = Object(body).data?.length
  const left = [
    ...(fields === undefined ? [] : ['some fields']),
    ...(rows === undefined || count <= rows ? [] : [`the first ${rows} of ${count} rows`]),
  ]
  return `// ${status} ${STATUS_CODES[status]}${left.length === 0 ? '' : ` · ${left.join(', ')}`}`
}

const tidy = async (text: string, filepath: string): Promise<string> =>
  format(text, { ...(await resolveConfig(filepath)), filepath })

/** As prettier has it in the guide, so that neither has anything to put right in the other's. */
async function pretty(value: unknown): Promise<string> {
  return value === undefined || value === null ? '' : format(JSON.stringify(value), { parser: 'json', printWidth: 120 })
}

function excerptOf(body: unknown, { fields, rows }: Excerpt): unknown {
  const only = (value: unknown) => (fields === undefined ? value : picked(value, fields))
  if (!isRecord(body) || !Array.isArray(body['data'])) return only(body)
  return { ...body, data: body['data'].slice(0, rows).map(only) }
}

function picked(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => picked(each, fields))
  if (!isRecord(value)) return value
  const found = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (fields.includes(key)) return [[key, inner]]
    const below = fields.filter((field) => field.startsWith(`${key}.`)).map((field) => field.slice(key.length + 1))
    return below.length === 0 ? [] : [[key, picked(inner, below)]]
  })
  return Object.fromEntries(found)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
