import type { AccountType, ProviderInstitution } from '../providers/provider.ts'
import type { InstitutionId, ProgrammeId } from '../values/ids.ts'
import { foldText, isCleanText, tokensOf } from '../values/text.ts'

/** A bank or card programme that can be reached, through one provider. */
export type Institution = {
  /** `<provider id>.<the provider's own id>` */
  readonly id: InstitutionId
  readonly providerId: string
  readonly nativeId: string
  readonly name: string
  readonly bic: string | null
  readonly kind: 'bank' | 'card_programme'
  readonly logo: string | null
  readonly countries: readonly string[]
  readonly accountTypes: readonly AccountType[]
  readonly psuTypes: readonly ('business' | 'private')[]
  /** How many days before today it serves. */
  readonly maxHistoryDays: number
  readonly maxConsentDays: number
  readonly bankCodes: readonly string[]
  readonly approverHint: string | null
  /** With whom the company has to have an agreement before anybody can consent there. */
  readonly agreement: Programme | null
}

/** Who stands before several institutions, and opens them to companies that have an agreement. */
export type Programme = { readonly id: ProgrammeId; readonly name: string }

const institutionIdOf = (providerId: string, nativeId: string): InstitutionId => `${providerId}.${nativeId}`

/** Of an institution or a programme: a provider's id has no dot in it. */
export const providerOf = (id: InstitutionId | ProgrammeId): string => id.slice(0, id.indexOf('.'))

/**
 * What a provider lists, as it is offered here. What people could not use is left out of it (a logo that is no picture, a BIC that is
 * none); undefined where nothing is left to offer, so that one odd entry does not cost the other thousands.
 */
export function institutionOf(providerId: string, listed: ProviderInstitution): Institution | undefined {
  const { nativeId, kind, accountTypes, psuTypes, bankCodes, maxHistoryDays, maxConsentDays } = listed
  const name = textOf(listed.name, nameMax)
  const isUsable = /^[A-Za-z0-9._~-]{1,64}$/.test(nativeId) && isDays(maxHistoryDays) && isDays(maxConsentDays)
  if (name === null || !isUsable) return undefined
  return {
    id: institutionIdOf(providerId, nativeId),
    providerId,
    nativeId,
    name,
    kind,
    bic: bicOf(listed.bic),
    logo: logoOf(listed.logo),
    countries: listed.countries.filter((country) => /^[A-Z]{2}$/.test(country)),
    accountTypes,
    psuTypes,
    maxHistoryDays: Math.min(maxHistoryDays, daysMax),
    maxConsentDays: Math.min(maxConsentDays, daysMax),
    bankCodes: bankCodes.filter((code) => /^[A-Z]{2}[A-Z0-9]{1,30}$/.test(code)),
    approverHint: textOf(listed.approverHint, hintMax),
    agreement: programmeOf(providerId, listed.agreement),
  }
}

/** One without a usable id or name could not be signed with: its banks refuse then. */
function programmeOf(providerId: string, told: ProviderInstitution['agreement']): Programme | null {
  const name = textOf(told?.name, nameMax)
  if (told === undefined || name === null || !/^[A-Za-z0-9._~-]{1,64}$/.test(told.nativeId)) return null
  return { id: `${providerId}.${told.nativeId}`, name }
}

/** A card at a programme that has nothing but fuel cards is one, whatever its provider calls it. */
export const typeAt = ({ accountTypes }: Pick<Institution, 'accountTypes'>, type: AccountType): AccountType =>
  type === 'card' && !accountTypes.includes('card') && accountTypes.includes('fuel_card') ? 'fuel_card' : type

const nameMax = 200
const hintMax = 500
/** A century: as far back as anything is kept. */
const daysMax = 36_525
const isDays = (days: number): boolean => Number.isInteger(days) && days > 0

function textOf(text: string | undefined, lengthMax: number): string | null {
  if (text === undefined || !isCleanText(text)) return null
  return text.replace(/\s+/g, ' ').trim().slice(0, lengthMax).toWellFormed() || null
}

function bicOf(text: string | undefined): string | null {
  const bic = text?.trim().toUpperCase() ?? ''
  return /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(bic) ? bic : null
}

/** It goes into pages and into other people's: a picture that it carries itself, or one that is fetched in private. */
function logoOf(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^data:image\/[a-z0-9.+-]+[;,]/i.test(text))
    return text.length <= pictureMax && !/[\s\0"<>]/.test(text) ? text : null
  const url = text.length <= urlMax ? URL.parse(text) : null
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null
}

const pictureMax = 64 * 1024
const urlMax = 2_048

/** What an institution is found by: its name and its BIC, folded. */
export const searchText = ({ name, bic }: Pick<Institution, 'name' | 'bic'>): string => foldText(`${name} ${bic ?? ''}`)

/** By what it stands in a list: the beginning of its name, folded, since the key has to fit into a cursor. */
export const sortName = (name: string): string => foldText(name).slice(0, sortNameMax).toWellFormed()
const sortNameMax = 60

/** The order of providers that a list goes by, as a cursor has room for it: for more of them than there are. */
export const orderOf = (preferredProviders: readonly string[]): string => preferredProviders.join(' ').slice(0, 60)

/** Where a provider stands in such an order: the lower the earlier, last where it is not named. */
export function rankIn(order: string, providerId: string): number {
  const named = order.split(' ')
  return named.includes(providerId) ? named.indexOf(providerId) + 1 : named.length + 1
}

/** What the provider itself calls the institution or programme of that id. */
export const nativeIdOf = (id: InstitutionId | ProgrammeId): string => id.slice(id.indexOf('.') + 1)

/** The words that a search text must hold, in any order; the search as it is where it has neither letter nor digit. */
export function wordsOf(search: string): readonly string[] {
  const words = tokensOf(search)
  return words.length === 0 ? [foldText(search)] : [...new Set(words)]
}

/** What may be shown from our own address is nothing but pixels: an SVG is a program. */
export const pictureTypes = ['image/gif', 'image/jpeg', 'image/png', 'image/webp'] as const

export type Picture = { readonly mediaType: (typeof pictureTypes)[number]; readonly bytes: Buffer }

export const pictureBytesMax = 128 * 1024

/** The picture that these bytes are, by how they begin and never by what is said of them; undefined when they are none of those kinds, or too many. */
export function pictureIn(bytes: Buffer): Picture | undefined {
  if (bytes.length > pictureBytesMax) return undefined
  const start = bytes.toString('latin1', 0, 12)
  const mediaType = pictureTypes.find((type) => beginsAs[type](start))
  return mediaType && { mediaType, bytes }
}

const beginsAs: Readonly<Record<Picture['mediaType'], (start: string) => boolean>> = {
  'image/gif': (start) => start.startsWith('GIF87a') || start.startsWith('GIF89a'),
  'image/jpeg': (start) => start.startsWith('\u00ff\u00d8\u00ff'),
  'image/png': (start) => start.startsWith('\u0089PNG\r\n\u001a\n'),
  'image/webp': (start) => start.startsWith('RIFF') && start.endsWith('WEBP'),
}
