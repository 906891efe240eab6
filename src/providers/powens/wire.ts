// What Powens sends, spelled as API 2.0 spells it, read by `parseExact`: numbers are texts here. What we cannot do without is checked as it arrives. The rest is
// `unknown`, so that whoever reads it has to look first; fields that we never read are not named.

import { parseDay } from '../../values/day.ts'
import { asFields, asList, asText, below, nonsense, entriesOf, type Fields, type Place } from '../reading/place.ts'

/** `null` is well. */
const connectionStates = [
  'SCARequired',
  'webauthRequired',
  'additionalInformationNeeded',
  'decoupled',
  'validating',
  'actionNeeded',
  'passwordExpired',
  'wrongpass',
  'rateLimiting',
  'websiteUnavailable',
  'bug',
  'notSupported',
] as const
export type ConnectionState = (typeof connectionStates)[number]

export type WireConnector = {
  readonly uuid: string
  readonly name: string
  readonly capabilities: readonly unknown[]
  readonly hidden?: unknown
  readonly restricted?: unknown
  readonly countries?: unknown
  readonly code?: unknown
  readonly months_to_fetch?: unknown
}

export type WireConnection = {
  readonly id: string
  readonly state: ConnectionState | null
  /** When the access ends, where Powens knows. */
  readonly expire: Date | null
  readonly nextTry: Date | null
  readonly isActive: boolean
  /** All of them, those that the person did not choose too. */
  readonly accounts: readonly WireAccount[]
}

export type WireAccount = {
  readonly id: string
  /** Switched on: the person chose it. What is not is told with hardly more than its name. */
  readonly isChosen: boolean
  /** Still there at the bank. */
  readonly isListed: boolean
  /** When it was read at the bank the last time without a failure. */
  readonly lastUpdate: Date | null
  readonly type?: unknown
  readonly name?: unknown
  readonly original_name?: unknown
  readonly iban?: unknown
  readonly number?: unknown
  readonly usage?: unknown
  readonly currency?: unknown
  readonly balance?: unknown
  /** Where it stands in the answer. */
  readonly place: Place
}

/** A row of an account, whose own currency its `value` is in. */
export type WireRow = {
  readonly id: string
  readonly date: string
  readonly coming: boolean
  readonly active: boolean
  /** When the bank withdrew it. */
  readonly deleted: Date | null
  readonly type: string
  readonly value?: unknown
  readonly vdate?: unknown
  readonly original_wording?: unknown
  readonly wording?: unknown
  readonly counterparty?: unknown
  readonly original_value?: unknown
  readonly original_currency?: unknown
  readonly commission?: unknown
}

export type WirePage = {
  /** Unread yet: a page may be long. */
  readonly rows: readonly unknown[]
  /** The next page; undefined on the last. */
  readonly next: string | undefined
}

export function asNewUser(json: unknown, place: Place): { readonly id: string; readonly token: string } {
  const { auth_token, id_user, type } = asFields(json, place)
  if (type !== 'permanent') throw nonsense(below(place, 'type'), 'permanent')
  return { id: asId(id_user, below(place, 'id_user')), token: asHeader(auth_token, below(place, 'auth_token')) }
}

export function asToken(json: unknown, place: Place): string {
  const { access_token } = asFields(json, place)
  return asHeader(access_token, below(place, 'access_token'))
}

export function asCode(json: unknown, place: Place): string {
  const { code } = asFields(json, place)
  return asText(code, below(place, 'code'))
}

export function asConnectors(json: unknown, place: Place): readonly WireConnector[] {
  return entriesOf(asFields(json, place)['connectors'], below(place, 'connectors'), (connector, at) => {
    const fields = asFields(connector, at)
    return {
      ...fields,
      uuid: asText(fields['uuid'], below(at, 'uuid')),
      name: asText(fields['name'], below(at, 'name')),
      capabilities: asList(fields['capabilities'], below(at, 'capabilities')),
    }
  })
}

export function asConnections(json: unknown, place: Place): readonly WireConnection[] {
  const list = below(place, 'connections')
  return asList(asFields(json, place)['connections'], list).map((connection, index) =>
    asConnection(connection, below(list, index)),
  )
}

/** With its accounts, which are only there when they are asked for. */
export function asConnection(json: unknown, place: Place): WireConnection {
  const fields = asFields(json, place)
  const { id, expire, next_try, active, all_accounts } = fields
  const accounts = below(place, 'all_accounts')
  return {
    id: asId(id, below(place, 'id')),
    state: asState(fields, place),
    expire: asInstant(expire, below(place, 'expire')),
    nextTry: asInstant(next_try, below(place, 'next_try')),
    isActive: asFlag(active, below(place, 'active')),
    accounts: all_accounts === null ? [] : asAccounts(all_accounts, accounts),
  }
}

/** Older versions tell it as `error`. One of the two has to be there: nothing must not pass for well. */
function asState(fields: Fields, place: Place): ConnectionState | null {
  const key = fields['state'] === undefined ? 'error' : 'state'
  const told = fields[key]
  if (told === null) return null
  const state = connectionStates.find((known) => known === told)
  if (state === undefined) throw nonsense(below(place, 'state'), `null or one of ${connectionStates.join(', ')}`)
  return state
}

const asAccounts = (json: unknown, place: Place): readonly WireAccount[] =>
  asList(json, place).map((account, index) => asAccount(account, below(place, index)))

export function asAccount(json: unknown, place: Place): WireAccount {
  const fields = asFields(json, place)
  const { id, disabled, deleted, last_update } = fields
  return {
    ...fields,
    id: asId(id, below(place, 'id')),
    isChosen: asInstant(disabled, below(place, 'disabled')) === null,
    isListed: asInstant(deleted, below(place, 'deleted')) === null,
    lastUpdate: asInstant(last_update, below(place, 'last_update')),
    place,
  }
}

export function asPage(json: unknown, place: Place): WirePage {
  const { transactions, _links } = asFields(json, place)
  return { rows: asList(transactions, below(place, 'transactions')), next: nextOf(_links, below(place, '_links')) }
}

/** A link that is there but cannot be read is nonsense: a next page overlooked would be lost. */
function nextOf(links: unknown, place: Place): string | undefined {
  if (links === undefined || links === null) return undefined
  const { next } = asFields(links, place)
  if (next === undefined || next === null) return undefined
  const at = below(place, 'next')
  return asText(asFields(next, at)['href'], below(at, 'href'))
}

/** @throws {ProviderError} nonsense, for a row of another account too: a link that led astray must not mix books. */
export function asRow(json: unknown, accountId: string, place: Place): WireRow {
  const fields = asFields(json, place)
  const { id, id_account, date, coming, active, deleted, type } = fields
  if (asId(id_account, below(place, 'id_account')) !== accountId)
    throw nonsense(below(place, 'id_account'), 'the account that was asked for')
  return {
    ...fields,
    id: asId(id, below(place, 'id')),
    date: asText(date, below(place, 'date')),
    coming: asFlag(coming, below(place, 'coming')),
    active: asFlag(active, below(place, 'active')),
    deleted: asInstant(deleted, below(place, 'deleted')),
    type: asText(type, below(place, 'type')),
  }
}

/** What a page is kept as: what Powens answered, with what has to be known of the account to read it, which the answer leaves out. */
export function spooledPage(account: { readonly id: string; readonly isCard: boolean }, answer: string): string {
  return `{"account":${JSON.stringify(account)},"answer":${answer}}`
}

export function asSpooledPage(
  json: unknown,
  place: Place,
): { readonly accountId: string; readonly isCard: boolean; readonly page: WirePage } {
  const { account, answer } = asFields(json, place)
  const { id, isCard } = asFields(account, below(place, 'account'))
  return { accountId: asText(id, below(place, 'account')), isCard: isCard === true, page: asPage(answer, place) }
}

/** 64 bits, and so a text. */
function asId(json: unknown, place: Place): string {
  if (typeof json !== 'string' || !/^[1-9]\d{0,19}$/.test(json)) throw nonsense(place, 'an id')
  return json
}

function asFlag(json: unknown, place: Place): boolean {
  if (typeof json !== 'boolean') throw nonsense(place, 'true or false')
  return json
}

/** It travels in a header, where only printable ASCII may stand. */
function asHeader(json: unknown, place: Place): string {
  const text = asText(json, place)
  if (!/^[\x21-\x7e]+$/.test(text)) throw nonsense(place, 'printable ASCII')
  return text
}

/** Where Powens' clocks are: it writes dates and times without a zone. (Only the `…datetime` fields of a row, which we do not read, are UTC.) */
export const timeZone = 'Europe/Paris'

/** `2026-11-21 13:00:00` in Paris; absent or null is null. An hour that clocks go through twice is the first of the two. */
export function asInstant(json: unknown, place: Place): Date | null {
  if (json === undefined || json === null) return null
  const [, day = '', time = ''] = typeof json === 'string' ? (/^(\S{10}) (\d\d:\d\d:\d\d)$/.exec(json) ?? []) : []
  const asUtc = parseDay(day) === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(asUtc)) throw nonsense(place, 'a date and time')
  // Two hours ahead of UTC in summer, else one: what the clock showed decides.
  const [summer, winter] = [2, 1].map((hours) => new Date(asUtc - hours * hourMs))
  return summer !== undefined && asDateTime(summer) === json ? summer : (winter ?? null)
}

/** As Powens writes an instant. */
export function asDateTime(instant: Date): string {
  // Swedish writes days and times as SQL does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant)
}

const hourMs = 3_600_000
