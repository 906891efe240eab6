// What is another in every run, and what reads instead in a guide: the same in every run, and the same for the same thing. Instants need none: the clock is
// the story's.

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

export type StandIns = {
  /** A path with its query. */
  ofUrl(url: string): string
  /** A body, or an answer, of that URL: its own `id` is of what the URL is about. */
  of(value: unknown, url: string): unknown
}

export function createStandIns(): StandIns {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  const named = (secret: string, kind: string): string => {
    const known = names.get(secret)
    if (known !== undefined) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    names.set(secret, `${kind}-${count}`)
    return `${kind}-${count}`
  }

  function inText(text: string, kind: string): string {
    if (text.startsWith('data:')) return `${text.split(',', 1)[0]},…`
    if (kind === 'cursor') return named(text, kind)
    return text
      .replaceAll(/http:\/\/(?:127\.0\.0\.1|localhost):\d+/g, 'https://bank.example')
      .replaceAll('http://bankfeed.test', 'https://bankfeed.example')
      .replaceAll(/(?<=\/connect\/)[\w-]{20,}/g, (token) => named(token, 'token'))
      .replaceAll(/(?<=[?&](?:after|cursor)=)[^&]+/g, (secret) => named(decodeURIComponent(secret), 'cursor'))
      .replaceAll(/\b([a-z-]+)(?=[/=]([0-9a-f-]{36})\b)/g, (word, segment: string, id: string) => {
        named(id, kindOf(segment))
        return word
      })
      .replaceAll(uuid, (id) => named(id, kind))
  }

  function within(value: unknown, kind: string): unknown {
    if (typeof value === 'string') return inText(value, kind)
    if (Array.isArray(value)) return value.map((each) => within(each, kind))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner, kindAt(key, kind))]))
  }

  return {
    ofUrl: (url) => inText(url, 'id'),
    of: (value, url) => {
      const about = url
        .split('?', 1)[0]
        ?.replaceAll(uuid, '')
        .split('/')
        .findLast((segment) => /^[a-z-]+s$/.test(segment))
      return within(value, kindOf(about ?? 'id'))
    },
  }
}

/** What an id is of that stands at that key, within something of that kind. */
function kindAt(key: string, kind: string): string {
  if (key === 'id' || key === 'data') return kind
  if (/cursor$/i.test(key)) return 'cursor'
  return kindOf(key.replace(/Ids?$/, ''))
}

/** `consent-sessions` and `consentSession` are of a `session`; a renewal is answered with sessions. */
function kindOf(name: string): string {
  const word =
    name
      .split(/-|(?=[A-Z])/)
      .at(-1)
      ?.toLowerCase() ?? name
  return word === 'renewals' ? 'session' : word.replace(/(?<=ch)es$|s$/, '')
}
