// Connectors that give access to cards and to nothing else. People look for them by the programme's name and not by the bank that issues the cards, and connectors
// do not tell that they are one. Those that are known: from the support page of an expense product, which lists what it reads through Powens (2016).

import type { AccountType } from '../../provider.ts'

const cardsOf: ReadonlyMap<string, AccountType> = new Map([
  ['american express', 'card'],
  ['bnp paribas cartes entreprises', 'card'],
  ['sogécarte net', 'card'],
  ['total gr', 'fuel_card'],
])

/** What a card of that programme is; undefined for a bank. */
export const cardsOfProgramme = (name: string): AccountType | undefined => cardsOf.get(name.trim().toLowerCase())
