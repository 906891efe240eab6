// Enable Banking has no ids for banks: a name and a country are all that tells one. Ours is made of the two.

import { createHash } from 'node:crypto'
import { foldText } from '../../values/text.ts'

const nameLengthMax = 61
const foldedLengthMax = 51

/**
 * `SE-Handelsbanken`, `FI-S-Pankki`, `FI-Danske_Bank`: the same for ever, and never the same for two banks. A name that cannot be read back from it (letters
 * beyond ASCII, other marks, great length) is followed by a piece of its hash, behind a mark that no other has: `FI-Saastopankki~1c5e9fd2`.
 */
export function nativeIdOf({ country, name }: { readonly country: string; readonly name: string }): string {
  const isPlain = name.length <= nameLengthMax && /^[A-Za-z0-9.-]+( [A-Za-z0-9.-]+)*$/.test(name)
  return `${country}-${isPlain ? name.replaceAll(' ', '_') : `${folded(name)}~${hashOf(name)}`}`
}

function folded(name: string): string {
  const words = name.split(/\s+/).map((word) => titled(foldText(word).replace(/[^A-Z0-9.-]+/g, '')))
  return words
    .filter((word) => word !== '')
    .join('_')
    .slice(0, foldedLengthMax)
}

/** Folding shouts. */
const titled = (word: string): string => word.slice(0, 1) + word.slice(1).toLowerCase()

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8)
