// Which numbers a careful reader finds in a line: whole, spelled apart, shortened in lists, broken over rows.

export const compact = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

export const bare = (digits: string): string => digits.replace(/^0+(?=.)/, '')

const longestRange = 24

export function numbersIn(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  const upper = text.toUpperCase()
  const tokens = upper.split(/[^A-Z0-9]+/).filter((token) => token !== '')
  tokens.forEach((token, at) => {
    add(found, token)
    // Glued to a word: "FAKTURA10234".
    for (const run of token.match(/\d{3,}/g) ?? []) add(found, run)
    let joined = token
    for (let next = at + 1; next < Math.min(tokens.length, at + 6); next++) {
      joined += tokens[next]!
      if (joined.length > 30) break
      if (/\d/.test(joined)) add(found, joined)
    }
  })
  for (const run of upper.match(/\d{3,}(?:[/,+]\s?\d{2,})+/g) ?? []) shortList(found, run.split(/[/,+]\s?/))
  for (const [, from, to] of upper.matchAll(/(\d{3,})\s?-\s?(\d{3,})/g)) range(found, from!, to!)
  return found
}

function add(found: Set<string>, token: string): void {
  if (!/\d/.test(token)) return
  found.add(token)
  if (/^\d+$/.test(token)) found.add(bare(token))
}

/** `1001/02/03` is 1001, 1002 and 1003. */
function shortList(found: Set<string>, parts: readonly string[]): void {
  const first = parts[0]!
  for (const part of parts.slice(1))
    if (part.length < first.length) add(found, first.slice(0, first.length - part.length) + part)
}

function range(found: Set<string>, from: string, to: string): void {
  const first = Number(from)
  const last = Number(to)
  if (from.length !== to.length || last <= first || last - first > longestRange) return
  for (let each = first; each <= last; each++) add(found, String(each))
}
