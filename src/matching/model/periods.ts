// Which months a text names, as people do who pay the same every month: “mars”, “feb. 2026”, “04/2025”.

import { tokensOf } from '../../values/text.ts'

/** A month, 1 to 12, and its year where the text says that too. */
export type Period = { readonly month: number; readonly year?: number }

/** As they are written in full and short in Danish, Dutch, English, Finnish, French, German, Norwegian and Swedish, folded. */
const written: readonly string[] = [
  'JANUARY JANUAR JANUARI JANVIER JAN JANV TAMMI',
  'FEBRUARY FEBRUAR FEBRUARI FEVRIER FEB FEBR FEV FEVR HELMI',
  'MARCH MARS MARTS MAART MARZ MAERZ MRT MAALIS',
  'APRIL APR AVRIL AVR HUHTI',
  'MAY MAI MAJ MEI TOUKO',
  'JUNE JUNI JUN JUIN KESA',
  'JULY JULI JUILLET JUIL HEINA',
  'AUGUST AUGUSTI AUGUSTUS AUG AOUT ELO',
  'SEPTEMBER SEPTEMBRE SEP SEPT SYYS',
  'OCTOBER OKTOBER OCTOBRE OCT OKT LOKA',
  'NOVEMBER NOVEMBRE NOV MARRAS',
  'DECEMBER DESEMBER DEZEMBER DECEMBRE DEC DEZ JOULU',
]
/** Finnish ones stand alone only with their ending: `HELMI` is a pearl. */
const finnish = /^(TAMMI|HELMI|MAALIS|HUHTI|TOUKO|KESA|HEINA|ELO|SYYS|LOKA|MARRAS|JOULU)KUU[A-Z]{0,5}$/
const finnishStems = new Set('TAMMI HELMI MAALIS HUHTI TOUKO KESA HEINA ELO SYYS LOKA MARRAS JOULU'.split(' '))

const months: ReadonlyMap<string, number> = new Map(
  written.flatMap((words, at) => words.split(' ').map((word): [string, number] => [word, at + 1])),
)

const periodsMax = 6

/** Not the month of a whole date (“3 mars”, “01.09.25”), nor a word of somebody's name. */
export function periodsIn(text: string, isName: (word: string) => boolean = () => false): readonly Period[] {
  const found: Period[] = []
  const tokens = tokensOf(text)
  for (const [at, token] of tokens.entries()) {
    const [, word = '', glued] = /^([A-Z]+)(20\d\d)?$/.exec(token) ?? []
    const month = monthOf(word)
    if (month === undefined || isName(word) || /^\d{1,2}$/.test(tokens[at - 1] ?? '')) continue
    const year = glued ?? /^20\d\d$/.exec(tokens[at + 1] ?? '')?.[0]
    found.push({ month, ...(year !== undefined && { year: Number(year) }) })
  }
  for (const [, month, year] of text.matchAll(
    /(?<![\p{L}\d]|[\p{L}\d][./-])(0?[1-9]|1[0-2])[./-](20\d\d)(?![\p{L}\d])/gu,
  ))
    found.push({ month: Number(month), year: Number(year) })
  for (const [, year, month] of text.matchAll(
    /(?<![\p{L}\d]|[\p{L}\d][./-])(20\d\d)[./-](0[1-9]|1[0-2])(?![\p{L}\d]|[./-]\d)/gu,
  ))
    found.push({ month: Number(month), year: Number(year) })
  return found.slice(0, periodsMax)
}

function monthOf(word: string): number | undefined {
  const stem = finnish.exec(word)?.[1]
  if (stem !== undefined) return months.get(stem)
  return finnishStems.has(word) ? undefined : months.get(word)
}

/** Whether a text may mean that month by one of these. */
export const meansMonth = (periods: readonly Period[], { month, year }: Period): boolean =>
  periods.some(
    (period) => period.month === month && (period.year === undefined || year === undefined || period.year === year),
  )
