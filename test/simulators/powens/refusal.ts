// How Powens says no.

export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, description: string, headers: Readonly<Record<string, string>> = {}) {
    super(description)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, 'notFound', `No such ${what}`)

/** Fields that it does not know, or parameters, are refused. */
export function onlyKnown(given: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  const fields = isRecord(given) ? given : {}
  const strange = Object.keys(fields).find((name) => !known.includes(name))
  if (strange !== undefined) throw new Refusal(400, 'invalidValue', `Unexpected ${strange}`)
  return fields
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
