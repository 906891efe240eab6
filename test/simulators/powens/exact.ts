// Numbers as they are written: amounts with all their decimals, and ids beyond what a double can tell apart.

export class Exact {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const mark = '\u0001'

export function toJson(value: unknown): string {
  const json = JSON.stringify(value, (_, inner: unknown) => (inner instanceof Exact ? mark + inner.text + mark : inner))
  return json.replaceAll(/"\\u0001([^"\\]*)\\u0001"/g, '$1')
}
