// Every word that a person reads on the page, one file per language. To add a language: its code in `languages`, its file in `texts/`, its line in `tables`.

import { languages, negotiateLanguage, type Language, type LanguageWish } from './language.ts'
import { da } from './texts/da.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { fi } from './texts/fi.ts'
import { fr } from './texts/fr.ts'
import { nb } from './texts/nb.ts'
import { nl } from './texts/nl.ts'
import { sv } from './texts/sv.ts'
import type { Texts } from './texts/texts.ts'

export type { Notice } from './texts/texts.ts'

/** A language that the page is written in: every one that a session may name. */
export type SpokenLanguage = Language

export const chooseLanguage = (wish: LanguageWish): SpokenLanguage => negotiateLanguage(wish, languages)

export const textsIn = (language: SpokenLanguage): Texts => tables[language]

const tables: Readonly<Record<SpokenLanguage, Texts>> = { en, nb, sv, da, fi, nl, fr, de }
