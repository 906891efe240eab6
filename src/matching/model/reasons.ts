// What a signal says, in words that a bookkeeper reads. A reason is stored by key and params; the sentence is made when it is
// read, in the reader's language: one file each in `sentences/`.

import { en, type ReasonKey, type Sentences } from './sentences/en.ts'
import { fr } from './sentences/fr.ts'
import { nb } from './sentences/nb.ts'
import { nl } from './sentences/nl.ts'
import { sv } from './sentences/sv.ts'

/** The first is for everybody else. */
export const reasonLanguages = ['en', 'nb', 'sv', 'nl', 'fr'] as const
export type ReasonLanguage = (typeof reasonLanguages)[number]

const sentences: Readonly<Record<ReasonLanguage, Sentences>> = { en, nb, sv, nl, fr }

export type { ReasonKey }

/** One piece of evidence, as it is kept with a match. */
export type Reason = {
  /** The signal that said it. */
  readonly signal: string
  /** Evidence in bits: log2 of how much likelier this is when the two belong together than when they do not. Negative is against. */
  readonly strength: number
  readonly key: ReasonKey
  /** What fills the sentence's placeholders: amounts and days as they are written everywhere. */
  readonly params: ReasonParams
}

export type ReasonParams = Readonly<Record<string, string | number>>

/** The reason as a sentence. A placeholder without its param stays to be seen. */
export function sentenceOf({ key, params }: Pick<Reason, 'key' | 'params'>, language: ReasonLanguage): string {
  return sentences[language][key].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(params[name] ?? placeholder),
  )
}
