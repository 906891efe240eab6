// What GoCardless sends, spelled as the Bank Account Data API v2 spells it. What we cannot do without is checked here, as it arrives. The rest is `unknown`,
// so that whoever reads it has to look first; fields that we never read are not named.

import { asAmount, type WireAmount } from '../reading/amounts.ts'
import {
  asFields,
  asList,
  asText,
  below,
  isFields,
  nonsense,
  entriesOf,
  type Fields,
  type Place,
} from '../reading/place.ts'

const requisitionStatuses = ['CR', 'ID', 'LN', 'RJ', 'ER', 'SU', 'EX', 'GC', 'UA', 'GA', 'SA'] as const

/**
 * Created, giving consent at GoCardless, undergoing authentication at the bank, selecting accounts, granting access, linked, expired; rejected; suspended. `ID`
 * and `ER` are in the specification and nowhere explained.
 */
export type RequisitionStatus = (typeof requisitionStatuses)[number]

export type WireToken = { readonly token: string; readonly seconds: number }
export type WireTokens = { readonly access: WireToken; readonly refresh: WireToken }

export type WireInstitution = {
  readonly id: string
  readonly name: string
  readonly countries: readonly string[]
  readonly bic?: unknown
  readonly logo?: unknown
  readonly transaction_total_days?: unknown
  readonly max_access_valid_for_days?: unknown
  readonly max_access_valid_for_days_reconfirmation?: unknown
  readonly supported_features?: unknown
  /** Where it stands in the answer. */
  readonly place: Place
}

/** What we ask the person to agree to. */
export type WireAgreementAsk = {
  readonly institution_id: string
  readonly max_historical_days: number
  readonly access_valid_for_days: number
  readonly access_scope: readonly string[]
  readonly reconfirmation?: true
}

export type WireAgreement = {
  readonly validDays: number
  /** When the person accepted it; where that is not told, when it was made, which was before. */
  readonly since: Date
  readonly reconfirms: boolean
}

export type WireRequisition = { readonly status: RequisitionStatus; readonly accounts: readonly string[] }

export type WireAccount = {
  readonly status?: unknown
  readonly institution_id?: unknown
  readonly iban?: unknown
  readonly bban?: unknown
  readonly owner_name?: unknown
  readonly name?: unknown
}

export type WireDetails = {
  readonly resourceId?: unknown
  readonly iban?: unknown
  readonly bban?: unknown
  /** Sort code and account number, from British banks. */
  readonly scan?: unknown
  readonly maskedPan?: unknown
  readonly currency?: unknown
  readonly ownerName?: unknown
  readonly name?: unknown
  readonly displayName?: unknown
  readonly product?: unknown
  readonly cashAccountType?: unknown
  readonly usage?: unknown
  readonly status?: unknown
}

export type WireBalance = {
  readonly balanceAmount: WireAmount
  readonly balanceType: string
  readonly referenceDate?: unknown
  readonly creditLimitIncluded?: unknown
}

/** When the person last said yes or no for each account. */
export type WireReconfirmation = {
  readonly accounts: readonly { readonly reconfirmed: Date | undefined; readonly rejected: Date | undefined }[]
}

export function asTokens(json: unknown, place: Place): WireTokens {
  const { refresh, refresh_expires: seconds } = asFields(json, place)
  return {
    access: asAccessToken(json, place),
    refresh: {
      token: asHeader(refresh, below(place, 'refresh')),
      seconds: asCount(seconds, below(place, 'refresh_expires')),
    },
  }
}

export function asAccessToken(json: unknown, place: Place): WireToken {
  const { access, access_expires: seconds } = asFields(json, place)
  return { token: asHeader(access, below(place, 'access')), seconds: asCount(seconds, below(place, 'access_expires')) }
}

/** There are thousands: a list of none is no answer, and would withdraw every one. */
export function asInstitutions(json: unknown, place: Place): readonly WireInstitution[] {
  if (asList(json, place).length === 0) throw nonsense(place, 'a list of at least one institution')
  return entriesOf(json, place, asInstitution)
}

export function asInstitution(json: unknown, place: Place): WireInstitution {
  const institution = asFields(json, place)
  const countries = below(place, 'countries')
  return {
    ...institution,
    id: asText(institution['id'], below(place, 'id')),
    name: asText(institution['name'], below(place, 'name')),
    countries: asList(institution['countries'], countries).map((country, index) =>
      asText(country, below(countries, index)),
    ),
    place,
  }
}

export function asId(json: unknown, place: Place): string {
  return asText(asFields(json, place)['id'], below(place, 'id'))
}

/** Where the person is to be sent. */
export function asLink(json: unknown, field: 'link' | 'reconfirmation_url', place: Place): string {
  const text = asText(asFields(json, place)[field], below(place, field))
  const url = URL.parse(text)
  // Not a path, and no `javascript:`.
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw nonsense(below(place, field), 'a web address')
  return url.href
}

export function asAgreement(json: unknown, place: Place): WireAgreement {
  const { access_valid_for_days: days, accepted, created, reconfirmation } = asFields(json, place)
  const since =
    accepted === null || accepted === undefined
      ? asInstant(created, below(place, 'created'))
      : asInstant(accepted, below(place, 'accepted'))
  return { validDays: asCount(days, below(place, 'access_valid_for_days')), since, reconfirms: reconfirmation === true }
}

export function asRequisition(json: unknown, place: Place): WireRequisition {
  const requisition = asFields(json, place)
  const status = requisitionStatuses.find((known) => known === requisition['status'])
  if (status === undefined) throw nonsense(below(place, 'status'), `one of ${requisitionStatuses.join(', ')}`)
  const accounts = below(place, 'accounts')
  const ids = asList(requisition['accounts'], accounts).map((id, index) => asText(id, below(accounts, index)))
  return { status, accounts: [...new Set(ids)] }
}

export function asAccount(json: unknown, place: Place): WireAccount {
  return asFields(json, place)
}

export function asDetails(json: unknown, place: Place): WireDetails {
  return asFields(asFields(json, place)['account'], below(place, 'account'))
}

export function asBalances(json: unknown, place: Place): readonly WireBalance[] {
  const list = below(place, 'balances')
  return asList(asFields(json, place)['balances'], list).map((told, index) => {
    const at = below(list, index)
    const balance = asFields(told, at)
    return {
      ...balance,
      balanceAmount: asAmount(balance['balanceAmount'], below(at, 'balanceAmount')),
      balanceType: asText(balance['balanceType'], below(at, 'balanceType')),
    }
  })
}

/** The specification demands `booked` even when it is empty: an answer without it says nothing, and nothing must not pass for no movements. */
export function asBooked(json: unknown, place: Place): readonly unknown[] {
  const transactions = below(place, 'transactions')
  const { booked } = asFields(asFields(json, place)['transactions'], transactions)
  return asList(booked, below(transactions, 'booked'))
}

export function asReconfirmation(json: unknown, place: Place): WireReconfirmation {
  const accounts = below(place, 'accounts')
  return {
    accounts: Object.values(asFields(asFields(json, place)['accounts'], accounts)).map((told, index) => {
      // Its key is the account's id, which no message is to tell.
      const at = below(accounts, index)
      const { reconfirmed, rejected } = asFields(told, at)
      return {
        reconfirmed: instantIfAny(reconfirmed, below(at, 'reconfirmed')),
        rejected: instantIfAny(rejected, below(at, 'rejected')),
      }
    }),
  }
}

/** What has not happened yet is told as an empty text. */
function instantIfAny(json: unknown, place: Place): Date | undefined {
  return json === '' || json === null || json === undefined ? undefined : asInstant(json, place)
}

/** Without an offset it is UTC; between day and time there may be a blank. */
const instantShape = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?$/

function asInstant(json: unknown, place: Place): Date {
  const [, day, time, offset = 'Z'] = (typeof json === 'string' ? instantShape.exec(json) : null) ?? []
  const instant = new Date(`${day}T${time}${offset}`)
  if (Number.isNaN(instant.getTime())) throw nonsense(place, 'an instant')
  return instant
}

function asCount(json: unknown, place: Place): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json) || json <= 0) throw nonsense(place, 'a positive number')
  return json
}

/** Tokens travel in a header, where only printable ASCII may stand. */
function asHeader(json: unknown, place: Place): string {
  const text = asText(json, place)
  if (!/^[\x21-\x7e]+$/.test(text)) throw nonsense(place, 'printable ASCII')
  return text
}

/** One thing that GoCardless refuses with. */
export type WireRefusal = {
  /** The field of ours that it is about, where it is about one. */
  readonly field?: string
  readonly summary: string
  readonly detail: string
}

/**
 * All that a body of refusal says: a summary and a detail, as texts or as lists of texts, and for each field one such pair, or a list of pairs, or of texts. None
 * from a body that is something else, such as a maintenance page.
 */
export function refusalsIn(body: Fields): readonly WireRefusal[] {
  const { summary, detail } = body
  const own = textsOf(summary ?? detail).map((text, index) => ({
    summary: text,
    detail: textsOf(detail)[index] ?? '',
  }))
  const ofFields = Object.entries(body).flatMap(([field, told]) =>
    notFields.has(field)
      ? []
      : [told].flat().flatMap((one: unknown) => {
          if (typeof one === 'string') return Array.isArray(told) ? [{ field, summary: one, detail: '' }] : []
          if (!isFields(one)) return []
          return [{ field, summary: textsOf(one['summary']).join(' '), detail: textsOf(one['detail']).join(' ') }]
        }),
  )
  return [...own, ...ofFields]
}

const notFields: ReadonlySet<string> = new Set(['summary', 'detail', 'type', 'status_code'])

function textsOf(json: unknown): readonly string[] {
  return [json].flat().filter((one): one is string => typeof one === 'string')
}
