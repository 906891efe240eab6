// Everything that can happen, and how much of all bank lines it is.

import type { Story } from '../scene.ts'
import { alike } from './alike.ts'
import { bills } from './bills.ts'
import { cards } from './cards.ts'
import { deductions } from './deductions.ts'
import { kin } from './kin.ts'
import { parts } from './parts.ts'
import { payouts } from './payouts.ts'
import { people } from './people.ts'
import { returns } from './returns.ts'
import { several } from './several.ts'
import { single } from './single.ts'
import { sundry } from './sundry.ts'
import { transfers } from './transfers.ts'
import { traps } from './traps.ts'

export const stories: readonly Story[] = [
  ...single,
  ...several,
  ...parts,
  ...deductions,
  ...returns,
  ...bills,
  ...transfers,
  ...cards,
  ...people,
  ...payouts,
  ...sundry,
  ...kin,
  ...alike,
  ...traps,
]

/** `part.twice+again` is told by `part.twice`. */
export const storyOf = (name: string): string => name.split('+')[0]!
