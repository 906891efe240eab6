/** A phrase, and what finding it tells. */
export type Phrase = { readonly text: string; readonly says: number }

/** What a text has in common with the phrases so far: a node for every beginning of a phrase. */
type Node = {
  readonly next: Map<string, Node>
  readonly says: number[]
  /** The node of the longest shorter beginning that this one ends with; null for the root. */
  back: Node | null
  /** The next of those that is a whole phrase. */
  whole: Node | null
}

/**
 * What the phrases that a text contains say. One pass over the text, however many phrases there are and however alike (Aho and Corasick): nobody can write
 * a list that takes long.
 */
export function phraseFinder(phrases: readonly Phrase[]): (text: string) => ReadonlySet<number> {
  const root = newNode()
  for (const { text, says } of phrases) {
    let node = root
    for (const letter of text) node = stepTo(node, letter)
    if (node !== root) node.says.push(says)
  }
  tieBack(root)
  return (text) => {
    const found = new Set<number>()
    const seen = new Set<Node>()
    let node = root
    for (const letter of text) {
      node = follow(node, letter) ?? root
      // Where a phrase has been seen, so have all that it ends with.
      for (let end = node.says.length > 0 ? node : node.whole; end !== null && !seen.has(end); end = end.whole) {
        seen.add(end)
        for (const says of end.says) found.add(says)
      }
    }
    return found
  }
}

const newNode = (): Node => ({ next: new Map(), says: [], back: null, whole: null })

function stepTo(node: Node, letter: string): Node {
  const known = node.next.get(letter)
  if (known !== undefined) return known
  const made = newNode()
  node.next.set(letter, made)
  return made
}

/** The node after this letter, of the longest beginning that still goes on with it. */
function follow(from: Node, letter: string): Node | undefined {
  for (let node: Node | null = from; node !== null; node = node.back) {
    const next = node.next.get(letter)
    if (next !== undefined) return next
  }
  return undefined
}

/** Shorter beginnings first, as longer ones are tied to them. */
function tieBack(root: Node): void {
  const nodes = [root]
  for (const node of nodes)
    for (const [letter, next] of node.next) {
      next.back = (node.back === null ? undefined : follow(node.back, letter)) ?? root
      next.whole = next.back.says.length > 0 ? next.back : next.back.whole
      nodes.push(next)
    }
}
