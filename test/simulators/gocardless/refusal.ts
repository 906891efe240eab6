// How GoCardless says no: a summary and a detail, on their own or for each field that is wrong, sometimes with a type.

export type Told = { readonly summary: string; readonly detail: string }

/** What is wrong with fields: one thing, several, or a sentence of the framework's own. */
export type FieldFaults = Readonly<Record<string, Told | readonly Told[] | readonly string[]>>

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: object

  constructor(status: number, body: object) {
    super(`refused with ${status}`)
    this.status = status
    this.body = body
  }
}

export function refusal(status: number, summary: string, detail: string, type?: string): Refusal {
  return new Refusal(status, { summary, detail, ...(type !== undefined && { type }), status_code: status })
}

export function fieldRefusal(faults: FieldFaults, status = 400): Refusal {
  return new Refusal(status, { ...faults, status_code: status })
}

export const notFound = (): Refusal =>
  new Refusal(404, { detail: 'Not found.', summary: 'Not found.', status_code: 404 })

export const invalidToken = (): Refusal => refusal(401, 'Invalid token', 'Token is invalid or expired')

export const required = ['This field is required.']

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (text: string): boolean => uuid.test(text)

/** Of agreements and requisitions. */
export function checkId(id: string): void {
  if (!isUuid(id)) throw refusal(400, 'Invalid ID', `${id} is not a valid UUID.`)
}

/** Nothing is overlooked that was sent. */
export function onlyKnown(
  sent: Readonly<Record<string, unknown>>,
  known: readonly string[],
  place: 'payload' | 'query parameters',
): void {
  const unknown = Object.keys(sent).filter((field) => !known.includes(field))
  if (unknown.length > 0)
    throw refusal(
      400,
      'Unknown fields',
      `Unknown fields {${unknown.map((field) => `'${field}'`).join(', ')}} in {'${place}'}`,
    )
}

export const textOf = (json: unknown): string => (typeof json === 'string' ? json : '')
