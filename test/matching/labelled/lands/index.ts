// The countries, one line each.

import type { Country } from '../format.ts'
import { belgium } from './be.ts'
import { britain } from './gb.ts'
import { denmark } from './dk.ts'
import { finland } from './fi.ts'
import { france } from './fr.ts'
import { germany } from './de.ts'
import type { Land } from './land.ts'
import { netherlands } from './nl.ts'
import { norway } from './no.ts'
import { sweden } from './se.ts'

export const lands = {
  NO: norway,
  SE: sweden,
  DK: denmark,
  FI: finland,
  NL: netherlands,
  BE: belgium,
  DE: germany,
  GB: britain,
  FR: france,
} satisfies Record<Country, () => Land>

export function isCountry(text: string): text is Country {
  return Object.hasOwn(lands, text)
}
