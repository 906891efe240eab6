// One bank's way of writing a movement: which fields it fills, how long, in which letters, and what it glues together.

import type { Chance } from '../../random.ts'
import { broken, inAlphabet, type Alphabet } from '../base/text.ts'
import { codeOf, type Movement, type Shown } from './movement.ts'

export type Told = {
  readonly movement: Movement
  readonly cents: number
  readonly currency: string
  readonly day: number
  readonly chance: Chance
}

export type Feed = {
  readonly id: string
  readonly name: 'always' | 'in only' | 'never'
  readonly nameMax: number
  readonly iban: 'always' | 'in only' | 'out only' | 'never'
  readonly reference: 'field' | 'text' | 'both'
  readonly endToEnd: 'kept' | 'dropped' | 'NOTPROVIDED'
  readonly code: 'full' | 'coarse' | 'none'
  readonly upper: boolean
  readonly alphabet: Alphabet
  readonly breakAt?: { readonly width: number; readonly by: string }
  readonly textMax: number
  readonly valueDate: boolean
  readonly text: (told: Told) => readonly (string | null)[]
  readonly joint: string
}

export function show(feed: Feed, told: Told): Shown {
  const { movement } = told
  const held = movement.anonymous === true ? null : movement.name
  const name = isTold(feed.name, movement) ? held : null
  const iban = movement.anonymous !== true && isTold(feed.iban, movement) ? movement.iban : null
  const hasReference = movement.reference !== null
  const inText = hasReference && feed.reference !== 'field'
  const pieces = feed.text(inText ? told : { ...told, movement: { ...movement, reference: null } })
  const text = pieces.filter((piece) => piece !== null && piece !== '').join(feed.joint)
  return {
    counterpartyName: name === null ? null : lettered(feed, name).slice(0, feed.nameMax).trim() || null,
    counterpartyIban: iban,
    remittanceInformation: textShown(feed, text),
    structuredReference: hasReference && feed.reference !== 'text' ? movement.reference : null,
    endToEndId: endToEnd(feed, movement),
    bankTransactionCode: codeShown(feed, movement),
  }
}

function isTold(rule: Feed['name'] | Feed['iban'], { out, channel }: Movement): boolean {
  if (channel === 'card' || channel === 'fee' || channel === 'interest' || channel === 'cash' || channel === 'batch')
    return false
  return rule === 'always' || (rule === 'in only' && !out) || (rule === 'out only' && out)
}

function lettered(feed: Feed, text: string): string {
  const written = inAlphabet(text, feed.alphabet)
  return feed.upper ? written.toUpperCase() : written
}

function textShown(feed: Feed, text: string): string | null {
  const whole = lettered(feed, text).slice(0, feed.textMax)
  const rows = feed.breakAt === undefined ? whole : broken(whole, feed.breakAt.width, feed.breakAt.by)
  return rows.trim() === '' ? null : rows.trim()
}

function endToEnd(feed: Feed, movement: Movement): string | null {
  if (feed.endToEnd === 'dropped') return null
  const is =
    movement.channel === 'credit' ||
    movement.channel === 'debit' ||
    movement.channel === 'instant' ||
    movement.channel === 'batch'
  if (!is && movement.endToEndId === null) return null
  return movement.endToEndId ?? (feed.endToEnd === 'NOTPROVIDED' ? 'NOTPROVIDED' : null)
}

function codeShown(feed: Feed, movement: Movement): string | null {
  if (feed.code === 'none') return null
  if (feed.code === 'full') return codeOf(movement)
  return movement.out ? 'PMNT-ICDT-OTHR' : 'PMNT-RCDT-OTHR'
}
