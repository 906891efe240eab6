import type { BankProfile } from '../../provider.ts'

/** What the card owes is the expected balance; the available one is what is left of the credit. The structured field has a text with a day in it. (CONTRACTS §7; actual-server, banks/norwegian_xx_norwnok1) */
export const norwegian: Partial<BankProfile> = {
  proofBalances: ['closing_booked', 'interim_booked', 'expected'],
  reading: { structuredHoldsText: true },
}
