// Payers that the books have never heard of.

import { ibanOf } from './ibans.ts'
import { firmOf, fullName, personOf, registered, signed } from './names.ts'
import type { Scene } from './scene.ts'

export function plainPayer({ chance, land }: Scene): { name: string; iban: string } {
  const name = chance.is(0.5)
    ? signed(chance, fullName(chance, land, personOf(chance, land)))
    : registered(chance, land, firmOf(chance, land))
  return { name, iban: ibanOf(chance, land) }
}
