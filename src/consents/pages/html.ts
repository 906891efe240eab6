// HTML in which everything is text unless it was written here: forgetting to escape is not possible, only forgetting to trust.

/** Markup that is safe to send. Nominal, so that no object from elsewhere passes for it. */
class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

export type { Markup }

/** What a template takes: text (escaped), markup (as it is), undefined (nothing), or a list of these. */
type Interpolated = string | Markup | undefined | readonly Interpolated[]

/** A template whose interpolated strings stay text, between tags and inside quoted attribute values: an attribute's value must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Interpolated[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(rendered)))
}

/** Markup out of a constant of ours; never out of anything that came from outside. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

function rendered(value: Interpolated): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escaped(value)
  return value instanceof Markup ? value.toString() : value.map(rendered).join('')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
