// What is asked, checked.

import { Refusal } from './refusal.ts'

type Fields = Readonly<Record<string, unknown>>

/** An object without a field that the API does not know. @throws {Refusal} */
export function exactFields(json: unknown, names: readonly string[]): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Refusal('WRONG_REQUEST_PARAMETERS')
  const unknown = Object.keys(json).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Refusal('WRONG_REQUEST_PARAMETERS', unknown)
  return { ...json }
}

/** @throws {Refusal} */
export function textIn(fields: Fields, name: string): string {
  const text = fields[name]
  if (typeof text !== 'string' || text === '') throw new Refusal('WRONG_REQUEST_PARAMETERS', name)
  return text
}

/** @throws {Refusal} */
export function demandUuid(params: unknown, name: string): string {
  const fields: Fields = typeof params === 'object' && params !== null ? { ...params } : {}
  const text = textIn(fields, name)
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)) throw new Refusal('WRONG_REQUEST_PARAMETERS', name)
  return text
}

/** A calendar day, or undefined where none is asked for. @throws {Refusal} */
export function dayIn(fields: Fields, name: string): string | undefined {
  if (fields[name] === undefined) return undefined
  const text = textIn(fields, name)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
  if (!isDay) throw new Refusal('WRONG_REQUEST_PARAMETERS', name)
  return text
}
