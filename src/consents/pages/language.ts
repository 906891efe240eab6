// Which language to speak: the one that the session names, else the browser's first that we speak, else our first.

import { spokenOf, tagsByPreference } from '../../values/language.ts'

/** The languages that a session may name: where the people live whose banks we reach. */
export const languages = ['en', 'nb', 'sv', 'da', 'fi', 'nl', 'fr', 'de'] as const

export type Language = (typeof languages)[number]

/** What is known of the reader's wishes: the session's language, and the browser's `Accept-Language` as it came. */
export type LanguageWish = { readonly session?: string | undefined; readonly acceptLanguage?: string | undefined }

/** The first wish among `spoken`, whose first is the answer to everybody else. */
export function negotiateLanguage<Spoken extends Language>(
  { session, acceptLanguage }: LanguageWish,
  spoken: readonly [Spoken, ...Spoken[]],
): Spoken {
  return spokenOf([session ?? '', ...tagsByPreference(acceptLanguage ?? '')], spoken)
}
